package org.emotion4j.window;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
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
        return of(lines.lines().map(String::strip).toList());
    }

    private static MarkerPresets of(List<String> lines) {
        return new MarkerPresets(lines.stream()
                .filter(line -> !line.isEmpty())
                .limit(MOST)
                .map(line -> line.substring(0, longest(line)).strip())
                .toList());
    }

    /** At most as long as a marker, and no half of a character. */
    private static int longest(String line) {
        int length = Math.min(line.length(), EmotionSession.MAX_MARK_LENGTH);
        return length < line.length() && Character.isHighSurrogate(line.charAt(length - 1)) ? length - 1 : length;
    }

    /** Reads those of a folder of sessions; none where nobody has kept any. */
    static MarkerPresets in(Path sessions) throws IOException {
        return of(new KeptLines(sessions, FILE).read());
    }

    /** Keeps them in a folder of sessions. */
    void keepIn(Path sessions) throws IOException {
        new KeptLines(sessions, FILE).keep(texts);
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
