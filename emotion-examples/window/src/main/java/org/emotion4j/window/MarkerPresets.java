package org.emotion4j.window;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.emotion4j.file.internal.PrivateFiles;
import org.emotion4j.pipeline.EmotionSession;

/**
 * The markers that a clinic sets again and again, on the keys 1 to 9. Kept beside its sessions, a line each. Immutable.
 *
 * @param texts at most nine, in the order of their keys
 */
record MarkerPresets(List<String> texts) {
    static final MarkerPresets NONE = new MarkerPresets(List.of());
    static final int MOST = 9;

    private static final String FILE = "markers.txt";

    MarkerPresets {
        texts = List.copyOf(texts);
    }

    /** Takes the first nine lines that are not blank; what is too long for a marker is cut. */
    static MarkerPresets of(String lines) {
        return new MarkerPresets(lines.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .map(line -> line.substring(0, Math.min(line.length(), EmotionSession.MAX_MARK_LENGTH)))
                .limit(MOST)
                .toList());
    }

    /** Reads those of a folder of sessions; none where nobody has kept any. */
    static MarkerPresets in(Path sessions) throws IOException {
        try {
            return of(Files.readString(sessions.resolve(FILE), StandardCharsets.UTF_8));
        } catch (NoSuchFileException e) {
            return NONE;
        }
    }

    /** Keeps them in a folder of sessions. */
    void keepIn(Path sessions) throws IOException {
        PrivateFiles.createFolders(sessions);
        PrivateFiles.replaceAtomically(sessions.resolve(FILE), (lines() + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /** As they are edited. */
    String lines() {
        return String.join("\n", texts);
    }

    /** The one on a key, from 1. */
    Optional<String> on(int key) {
        return key >= 1 && key <= texts.size() ? Optional.of(texts.get(key - 1)) : Optional.empty();
    }
}
