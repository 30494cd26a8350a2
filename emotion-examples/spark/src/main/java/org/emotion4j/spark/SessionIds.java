package org.emotion4j.spark;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.emotion4j.stage.StageMetadata;

/** Names a session after what goes into it, as {@code analyze} does: the same input has the same id in both. */
final class SessionIds {
    private static final int BYTES = 8;

    private SessionIds() {}

    static String of(String origin, long bytes, List<StageMetadata> stages, ReadingSettings settings) {
        List<Object> all = new ArrayList<>(stages);
        all.addAll(List.of(settings.window(), settings.fpsText()));
        if (settings.allFaces()) {
            all.add("all faces");
        }
        MessageDigest digest = sha256();
        digest.update((origin + "\n" + bytes + "\n").getBytes(StandardCharsets.UTF_8));
        digest.update(all.toString().getBytes(StandardCharsets.UTF_8));
        return "analyze-" + HexFormat.of().formatHex(digest.digest(), 0, BYTES);
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
