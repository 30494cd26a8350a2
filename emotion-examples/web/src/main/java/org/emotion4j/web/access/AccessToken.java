package org.emotion4j.web.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;

/** What a caller has to know. Immutable; tells nobody what it is but whoever started the service. */
public final class AccessToken {
    private static final int RANDOM_BYTES = 24;

    private final String text;
    private final boolean generated;

    private AccessToken(String text, boolean generated) {
        this.text = text;
        this.generated = generated;
    }

    /**
     * Takes the token that was configured, or makes one of 192 random bits.
     *
     * @param configured the token, or a blank text for none
     * @return the token
     */
    public static AccessToken of(String configured) {
        if (!configured.isBlank()) {
            return new AccessToken(configured, false);
        }
        byte[] random = new byte[RANDOM_BYTES];
        new SecureRandom().nextBytes(random);
        return new AccessToken(Base64.getUrlEncoder().withoutPadding().encodeToString(random), true);
    }

    /**
     * Compares, in a time that says nothing about how much of it is right.
     *
     * @param offered what a caller says
     * @return whether it is this
     */
    public boolean is(String offered) {
        return MessageDigest.isEqual(text.getBytes(StandardCharsets.UTF_8), offered.getBytes(StandardCharsets.UTF_8));
    }

    /** Whether nobody chose it, so that somebody has to be told. */
    boolean isGenerated() {
        return generated;
    }

    /** The token itself. */
    String text() {
        return text;
    }

    @Override
    public String toString() {
        return generated ? "a generated token" : "a configured token";
    }
}
