package org.emotion4j.cli.models;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The fifth of the pictures that no detector of ours is trained on, chosen by the name of the file alone: the first four
 * bytes of the name's SHA-256, as an unsigned number with the highest byte first, are divisible by five.
 */
final class HoldoutSplit {
    private static final long ONE_IN = 5;

    private HoldoutSplit() {}

    /** Tells whether a picture is held out; folders in front of its name do not matter. */
    static boolean contains(String image) {
        String name = image.substring(Math.max(image.lastIndexOf('/'), image.lastIndexOf('\\')) + 1);
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
            return Integer.toUnsignedLong(ByteBuffer.wrap(hash).getInt()) % ONE_IN == 0;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
