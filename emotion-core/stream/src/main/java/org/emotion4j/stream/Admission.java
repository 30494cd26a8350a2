package org.emotion4j.stream;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Who may listen. Immutable. */
final class Admission {
    /** What a browser's page asks for beside its token, and is told back. */
    static final String PROTOCOL = "emotion4j";

    private static final String IN_PROTOCOL = "token.";
    private static final String BEARER = "bearer ";

    private final byte[] token;
    private final Set<String> origins;

    Admission(String token, Set<String> origins) {
        this.token = token.getBytes(StandardCharsets.UTF_8);
        this.origins = Set.copyOf(origins);
    }

    /** Why somebody may not, by the headers {@code Origin}, {@code Authorization} and {@code Sec-WebSocket-Protocol}. */
    Optional<String> refusal(String origin, String authorization, String protocols) {
        if (!origin.isEmpty() && !origins.contains(origin)) {
            return Optional.of("this page may not listen");
        }
        boolean knows = Stream.concat(inHeader(authorization), inProtocols(protocols))
                .anyMatch(offered -> MessageDigest.isEqual(token, offered));
        return knows ? Optional.empty() : Optional.of("the token is missing or another one");
    }

    private static Stream<byte[]> inHeader(String authorization) {
        return authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())
                ? Stream.of(authorization.substring(BEARER.length()).strip().getBytes(StandardCharsets.UTF_8))
                : Stream.empty();
    }

    private static Stream<byte[]> inProtocols(String protocols) {
        return Stream.of(protocols.split(","))
                .map(String::strip)
                .filter(protocol -> protocol.startsWith(IN_PROTOCOL))
                .flatMap(protocol -> decoded(protocol.substring(IN_PROTOCOL.length())));
    }

    private static Stream<byte[]> decoded(String text) {
        try {
            return Stream.of(Base64.getUrlDecoder().decode(text));
        } catch (IllegalArgumentException e) {
            return Stream.empty();
        }
    }

    @Override
    public String toString() {
        return "Admission[origins=" + origins + "]";
    }
}
