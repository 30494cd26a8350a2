package org.emotion4j.examples.gui;

import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;

/** Which overlays are shown over the picture, and whether it is mirrored. Kept while the language or the look changes. */
final class Overlays {
    /** What can be switched. */
    enum Kind {
        BOXES("overlay.boxes"),
        LANDMARKS("overlay.landmarks"),
        LABELS("overlay.labels"),
        MIRROR("overlay.mirror");

        private final String key;

        Kind(String key) {
            this.key = key;
        }

        /** The key of its name. */
        String key() {
            return key;
        }
    }

    private final Set<Kind> shown = new CopyOnWriteArraySet<>(Set.of(Kind.BOXES, Kind.LANDMARKS, Kind.LABELS));

    boolean has(Kind kind) {
        return shown.contains(kind);
    }

    void set(Kind kind, boolean on) {
        if (on) {
            shown.add(kind);
        } else {
            shown.remove(kind);
        }
    }
}
