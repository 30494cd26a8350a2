package org.emotion4j.cli.analyze;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.emotion4j.opencv.Pictures;

/** Names a session after what goes into it, so that the same input gives the same record twice. */
final class SessionNames {
    private static final int BYTES = 8;

    private SessionNames() {}

    /**
     * Returns a name for an analysis.
     *
     * @param files the pictures; their paths and sizes count
     * @param settings whatever else changes the readings
     * @return {@code analyze-} and sixteen hexadecimal digits
     */
    static String of(List<Path> files, List<?> settings) throws IOException {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
        for (Path file : files) {
            digest.update((Pictures.origin(file) + "\n" + Files.size(file) + "\n").getBytes(StandardCharsets.UTF_8));
        }
        digest.update(settings.toString().getBytes(StandardCharsets.UTF_8));
        return "analyze-" + HexFormat.of().formatHex(digest.digest(), 0, BYTES);
    }
}
