package org.emotion4j.web.records;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Addresses that show one thing once: a browser's new tab can bring no token along. Each is 192 random bits, valid for a minute
 * and for one look. Thread-safe; keeps the latest hundred.
 */
final class OneTimeLinks {
    private static final Duration VALID = Duration.ofMinutes(1);
    private static final int MOST = 100;
    private static final int RANDOM_BYTES = 24;

    private final SecureRandom random = new SecureRandom();
    private final Map<String, Link> links = new LinkedHashMap<>();
    private final LongSupplier nanos;

    OneTimeLinks(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** Makes one that leads to a session. */
    synchronized String to(String sessionId) {
        byte[] bytes = new byte[RANDOM_BYTES];
        random.nextBytes(bytes);
        String key = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        if (links.size() >= MOST) {
            Iterator<String> eldest = links.keySet().iterator();
            eldest.next();
            eldest.remove();
        }
        links.put(key, new Link(sessionId, nanos.getAsLong()));
        return key;
    }

    /** Follows one, which leads nowhere from then on. */
    synchronized Optional<String> follow(String key) {
        Link link = links.remove(key);
        return Optional.ofNullable(link)
                .filter(found -> nanos.getAsLong() - found.madeAt <= VALID.toNanos())
                .map(Link::sessionId);
    }

    private record Link(String sessionId, long madeAt) {}
}
