package org.emotion4j.window;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.function.Consumer;

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

    private final Map<Kind, Consumer<Boolean>> listeners = new ConcurrentHashMap<>();

    /** Sets who is told when an overlay is switched, in place of whoever was told before. */
    void onChange(Kind kind, Consumer<Boolean> listener) {
        listeners.put(kind, listener);
    }

    boolean has(Kind kind) {
        return shown.contains(kind);
    }

    void set(Kind kind, boolean on) {
        if (on) {
            shown.add(kind);
        } else {
            shown.remove(kind);
        }
        Optional.ofNullable(listeners.get(kind)).ifPresent(listener -> listener.accept(on));
    }
}
