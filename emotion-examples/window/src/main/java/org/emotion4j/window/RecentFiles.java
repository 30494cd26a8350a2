package org.emotion4j.window;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files and folders that were opened last, the newest first, kept beside the sessions for the next start; only names, and
 * only until somebody has them forgotten. Confined to the user interface's thread, but for the file, which is written on a thread
 * of its own.
 */
final class RecentFiles implements AutoCloseable {
    static final int MOST = 8;

    private static final Logger LOG = LoggerFactory.getLogger(RecentFiles.class);
    private static final String FILE = "recent.txt";

    private final KeptLines kept;
    private final BackgroundWork work;
    private List<Path> files = List.of();
    private Runnable changed = () -> {};

    /**
     * Reads what was kept.
     *
     * @param sessions the folder for the folders of recorded sessions
     * @param ui runs work on the user interface's thread
     */
    RecentFiles(Path sessions, Executor ui) {
        this.kept = new KeptLines(sessions, FILE);
        this.work = new BackgroundWork("emotion4j-window-recent", ui);
        work.run(
                () -> read(kept),
                found -> {
                    List<Path> all = new ArrayList<>(files);
                    found.stream().filter(each -> !all.contains(each)).forEach(all::add);
                    set(all);
                },
                failure -> LOG.warn("{}: {}", FILE, failure.getMessage()));
    }

    /** Sets who is told that there are others now. */
    void onChange(Runnable value) {
        changed = value;
    }

    /** The newest first; some may be gone. */
    List<Path> files() {
        return files;
    }

    /** Where the last one lay, for the next dialog. */
    Optional<Path> folder() {
        return files.stream().findFirst().map(Path::getParent);
    }

    /** Notes what could be opened; a camera is no file. */
    void add(SourceChoice choice) {
        if (choice.isCamera()) {
            return;
        }
        Path file = Path.of(choice.text()).toAbsolutePath().normalize();
        if (files.stream().findFirst().filter(file::equals).isPresent()) {
            return;
        }
        List<Path> all = new ArrayList<>(List.of(file));
        files.stream().filter(each -> !each.equals(file)).forEach(all::add);
        set(all);
        keep();
    }

    /** Forgets all of them, on the disk as well. */
    void forget() {
        set(List.of());
        keep();
    }

    private void set(List<Path> value) {
        files = value.stream().limit(MOST).toList();
        changed.run();
    }

    private void keep() {
        List<String> lines = lines(files);
        work.run(
                () -> {
                    kept.keep(lines);
                    return true;
                },
                done -> {},
                failure -> LOG.warn("{}: {}", FILE, failure.getMessage()));
    }

    /** What lies on this machine; a line that is no path here is passed over. */
    static List<Path> read(KeptLines kept) throws IOException {
        List<Path> found = new ArrayList<>();
        for (String line : kept.read()) {
            try {
                found.add(Path.of(line));
            } catch (InvalidPathException e) {
                LOG.debug("{}: no path: {}", FILE, line, e);
            }
        }
        return found;
    }

    /** A name that is no line of its own is not kept. */
    private static List<String> lines(List<Path> files) {
        return files.stream()
                .map(Path::toString)
                .filter(name -> name.equals(name.strip()) && name.lines().count() == 1)
                .toList();
    }

    /** Takes no more; what was noted is written. */
    @Override
    public void close() {
        work.shutdown();
    }
}
