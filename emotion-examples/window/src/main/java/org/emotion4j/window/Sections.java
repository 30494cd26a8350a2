package org.emotion4j.window;

import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which parts of the left column are open, kept beside the sessions for the next start. Confined to the user interface's thread, but
 * for the file, which is written on a thread of its own.
 */
final class Sections implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Sections.class);
    private static final String FILE = "sections.txt";
    private static final String OPEN = " open";

    /** What can be opened and closed. */
    enum Kind {
        /** Detector and model: chosen once, if ever. */
        ANALYSIS(false),
        /** What is written, and where. */
        OUTPUT(true);

        private final boolean openAtFirst;

        Kind(boolean openAtFirst) {
            this.openAtFirst = openAtFirst;
        }
    }

    private final KeptLines kept;
    private final BackgroundWork work;
    private final Map<Kind, Boolean> open = new EnumMap<>(Kind.class);
    private final Map<Kind, Consumer<Boolean>> listeners = new EnumMap<>(Kind.class);

    /** What somebody has opened or closed since the start; what was kept says nothing about that any longer. */
    private final Set<Kind> touched = EnumSet.noneOf(Kind.class);

    /**
     * Reads what was kept.
     *
     * @param sessions the folder for the folders of recorded sessions
     * @param ui runs work on the user interface's thread
     */
    Sections(Path sessions, Executor ui) {
        this.kept = new KeptLines(sessions, FILE);
        this.work = new BackgroundWork("emotion4j-window-sections", ui);
        for (Kind kind : Kind.values()) {
            open.put(kind, kind.openAtFirst);
        }
        work.run(
                () -> read(kept),
                found -> found.forEach((kind, value) -> {
                    if (!touched.contains(kind)) {
                        put(kind, value);
                    }
                }),
                failure -> LOG.warn("{}: {}", FILE, failure.getMessage()));
    }

    /** Sets who is told when a part is opened or closed, in place of whoever was told before; told at once how it is. */
    void onChange(Kind kind, Consumer<Boolean> listener) {
        listeners.put(kind, listener);
        listener.accept(isOpen(kind));
    }

    boolean isOpen(Kind kind) {
        return Boolean.TRUE.equals(open.get(kind));
    }

    /** Opens or closes a part, and keeps that. */
    void set(Kind kind, boolean value) {
        touched.add(kind);
        put(kind, value);
        List<String> lines = lines(open);
        work.run(
                () -> {
                    kept.keep(lines);
                    return true;
                },
                done -> {},
                failure -> LOG.warn("{}: {}", FILE, failure.getMessage()));
    }

    private void put(Kind kind, boolean value) {
        open.put(kind, value);
        Optional.ofNullable(listeners.get(kind)).ifPresent(listener -> listener.accept(value));
    }

    private static List<String> lines(Map<Kind, Boolean> open) {
        return open.entrySet().stream()
                .map(each -> name(each.getKey()) + (each.getValue() ? OPEN : " closed"))
                .toList();
    }

    /** Lines that say something else are passed over. */
    static Map<Kind, Boolean> read(KeptLines kept) throws IOException {
        Map<Kind, Boolean> found = new EnumMap<>(Kind.class);
        for (String line : kept.read()) {
            for (Kind kind : Kind.values()) {
                if (line.startsWith(name(kind) + " ")) {
                    found.put(kind, line.endsWith(OPEN));
                }
            }
        }
        return found;
    }

    private static String name(Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    /** Takes no more; what was noted is written. */
    @Override
    public void close() {
        work.shutdown();
    }
}
