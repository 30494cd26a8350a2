package org.emotion4j.window;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.emotion4j.file.internal.PrivateFiles;
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

    private final Path sessions;
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
        this.sessions = sessions;
        this.work = new BackgroundWork("emotion4j-window-recent", ui);
        work.run(
                () -> read(sessions),
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
        List<Path> kept = files;
        work.run(
                () -> {
                    write(sessions, kept);
                    return true;
                },
                done -> {},
                failure -> LOG.warn("{}: {}", FILE, failure.getMessage()));
    }

    private static void write(Path sessions, List<Path> files) throws IOException {
        Path file = sessions.resolve(FILE);
        if (files.isEmpty()) {
            Files.deleteIfExists(file);
            return;
        }
        StringBuilder lines = new StringBuilder();
        files.forEach(each -> lines.append(each).append('\n'));
        PrivateFiles.createFolders(sessions);
        PrivateFiles.replaceAtomically(file, lines.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static List<Path> read(Path sessions) throws IOException {
        List<Path> found = new ArrayList<>();
        try {
            for (String line : Files.readAllLines(sessions.resolve(FILE), StandardCharsets.UTF_8)) {
                if (!line.isBlank()) {
                    found.add(Path.of(line));
                }
            }
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (InvalidPathException e) {
            throw new IOException("a line is no path: " + e.getInput(), e);
        }
        return found;
    }

    /** Takes no more; what was noted is written. */
    @Override
    public void close() {
        work.shutdown();
    }
}
