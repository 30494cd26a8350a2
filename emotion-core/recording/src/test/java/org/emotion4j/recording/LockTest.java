package org.emotion4j.recording;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What keeps several programs, and several threads of one, off the same files. */
final class LockTest {
    private static final int ROUNDS = 2_000;

    @TempDir
    private Path folder;

    @Test
    void notesThatAreBlankedStayLockedUntilTheyAreClosed() throws Exception {
        Path notes = Files.writeString(folder.resolve("notes.csv"), "a note");
        try (DiskStorage.SharedDiskFile shared = DiskStorage.INSTANCE.share(notes)) {
            shared.blank();
            assertThat(probe(notes)).isEqualTo(HELD);
        }
        assertThat(Files.readAllBytes(notes)).hasSize(6).containsOnly(0);
        assertThat(probe(notes)).isEqualTo(FREE);
    }

    @Test
    void whoLooksAtNotesDoesNotGiveUpTheLockOfWhoWritesThem() throws Exception {
        Path notes = Files.writeString(folder.resolve("notes.csv"), NoteCsv.header());
        Thread looking = new Thread(() -> {
            try {
                SessionArchive.isOwn(notes);
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
        try (DiskStorage.SharedDiskFile shared = DiskStorage.INSTANCE.share(notes)) {
            looking.start();
            Awaitility.await()
                    .atMost(Duration.ofMinutes(2))
                    .until(() -> looking.getState() == Thread.State.WAITING
                            || looking.getState() == Thread.State.TERMINATED);
            assertThat(probe(notes)).isEqualTo(HELD);
            assertThat(shared.content()).isNotEmpty();
        }
        looking.join();
    }

    @Test
    void threadsMayAskWhileOthersLock() throws Exception {
        Files.createFile(folder.resolve(SessionFolder.LOCK)); // as a program that was killed leaves it
        ExecutorService threads = Executors.newFixedThreadPool(3);
        try {
            Callable<Void> asking = () -> {
                for (int i = 0; i < ROUNDS; i++) {
                    SessionArchive.isBeingRecorded(folder);
                }
                return null;
            };
            List<Future<Void>> asked = new ArrayList<>();
            asked.add(threads.submit(asking));
            asked.add(threads.submit(asking));
            asked.add(threads.submit(() -> {
                for (int i = 0; i < ROUNDS; i++) {
                    DiskStorage.INSTANCE.lock(folder).orElseThrow().close();
                }
                return null;
            }));
            for (Future<Void> each : asked) {
                each.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    /** The file of a lock goes with the lock, while others may have opened it already. */
    @Test
    void neverDoTwoProgramsHaveAFolder() throws Exception {
        List<Process> programs = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            programs.add(program("contend", folder));
        }
        int had = 0;
        for (Process program : programs) {
            String said = new String(program.getInputStream().readAllBytes());
            assertThat(program.waitFor()).as(said).isZero();
            had += Integer.parseInt(said.strip());
        }
        assertThat(had).isPositive();
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).isEmpty();
        }
    }

    private static final int FREE = 10;
    private static final int HELD = 11;

    private static int probe(Path file) throws Exception {
        return program("probe", file).waitFor();
    }

    private static Process program(String what, Path path) throws IOException {
        return AnotherProgram.start(Program.class, what, path);
    }

    /** Another program. */
    static final class Program {
        private Program() {}

        public static void main(String[] args) throws IOException {
            Path path = Path.of(args[1]);
            if (args[0].equals("probe")) {
                System.exit(probe(path));
            }
            System.out.println(contend(path));
        }

        private static int probe(Path file) throws IOException {
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
                    FileLock lock = channel.tryLock(Long.MAX_VALUE - 1, 1, false)) {
                return lock == null ? HELD : FREE;
            }
        }

        private static int contend(Path folder) throws IOException {
            Path alone = folder.resolve("alone");
            int had = 0;
            for (int i = 0; i < 5 * ROUNDS; i++) {
                Optional<Closeable> lock = DiskStorage.INSTANCE.lock(folder);
                if (lock.isPresent()) {
                    Files.createFile(alone);
                    Files.delete(alone);
                    lock.get().close();
                    had++;
                }
            }
            return had;
        }
    }
}
