package org.emotion4j.web.access;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/**
 * Which pages may call: those that the service itself gave out at a loopback address, and those that were named. A request
 * without an origin is no page's, and is a matter of its token alone. Immutable.
 */
public final class OriginCheck {
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    private final Set<String> named;

    /**
     * Allows origins beside the service's own.
     *
     * @param named as browsers write them, for example {@code https://clinic.example}
     */
    public OriginCheck(Set<String> named) {
        this.named = Set.copyOf(named);
    }

    /**
     * Decides on a request.
     *
     * @param request any request
     * @return whether it may go on
     */
    public boolean allows(HttpServletRequest request) {
        String origin = request.getHeader(HttpHeaders.ORIGIN);
        return origin == null
                || named.contains(origin)
                || isOwn(origin, request.getScheme(), request.getHeader(HttpHeaders.HOST));
    }

    /** Whether a browser has to be told that a page of another address may have the answer. */
    boolean isNamed(@Nullable String origin) {
        return origin != null && named.contains(origin);
    }

    /** A name that leads to a loopback address and is none of these is somebody's who rebinds names. */
    private static boolean isOwn(String origin, String scheme, @Nullable String host) {
        if (host == null) {
            return false;
        }
        try {
            URI page = new URI(origin);
            String name = page.getHost();
            return name != null
                    && LOOPBACK.contains(name.toLowerCase(Locale.ROOT))
                    && scheme.equals(page.getScheme())
                    && host.equalsIgnoreCase(page.getRawAuthority());
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
