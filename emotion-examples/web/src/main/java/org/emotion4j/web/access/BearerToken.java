package org.emotion4j.web.access;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.http.HttpHeaders;

/**
 * The token that a request brings along: in {@code Authorization: Bearer …}, or, of a WebSocket of a browser, which can set no
 * header, as the subprotocol {@code token.} and the token in Base64 for addresses.
 */
final class BearerToken {
    private static final String BEARER = "bearer ";
    private static final String SUBPROTOCOL = "token.";
    private static final String SUBPROTOCOLS = "Sec-WebSocket-Protocol";

    private BearerToken() {}

    static Optional<String> of(HttpServletRequest request) {
        String header = request.getHeader(HttpHeaders.AUTHORIZATION);
        if (header != null && header.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            return Optional.of(header.substring(BEARER.length()).strip());
        }
        return subprotocols(request)
                .filter(name -> name.startsWith(SUBPROTOCOL))
                .flatMap(name -> decoded(name.substring(SUBPROTOCOL.length())).stream())
                .findFirst();
    }

    private static Stream<String> subprotocols(HttpServletRequest request) {
        List<String> headers = Collections.list(request.getHeaders(SUBPROTOCOLS));
        return headers.stream().flatMap(header -> Stream.of(header.split(","))).map(String::strip);
    }

    private static Optional<String> decoded(String base64) {
        try {
            return Optional.of(new String(Base64.getUrlDecoder().decode(base64), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
