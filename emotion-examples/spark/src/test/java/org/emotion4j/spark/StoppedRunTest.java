package org.emotion4j.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.emotion4j.NeedsLoopback;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Somebody stops the job in the midst of a film: a process of its own, which is told to end as Ctrl-C does. */
@NeedsLoopback
class StoppedRunTest {
    private static final int STOPPED = 128 + 15;

    @TempDir
    private Path folder;

    private Process begin(Path film, Path out, Path messages) throws IOException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        Arrays.stream(System.getProperty("emotion4j.opens").split(" ")).forEach(command::add);
        command.addAll(List.of(
                "-Dlog4j2.configurationFile=" + Path.of("log4j2.properties").toAbsolutePath(),
                "-cp",
                System.getProperty("java.class.path"),
                ArchiveJob.class.getName(),
                "--master",
                "local[1]",
                "--format",
                "csv",
                film.toString(),
                out.toString()));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(messages.toFile())
                .start();
    }

    private static boolean isBusy(Path out) throws IOException {
        Path running = out.resolve("_emotion4j/running");
        if (!Files.isDirectory(running)) {
            return false;
        }
        try (Stream<Path> marks = Files.list(running)) {
            return marks.anyMatch(mark -> !mark.getFileName().toString().startsWith("."));
        }
    }

    @Test
    void stoppingIsToldAndBlamesNoFilm() throws IOException, InterruptedException {
        Path film = Films.film(folder.resolve("film.avi"), 1, 3_000);
        Path out = folder.resolve("out");
        Path messages = folder.resolve("messages.txt");
        for (int i = 0; i < DeathMarks.MOST_DEATHS; i++) {
            Process job = begin(film, out, messages);
            try {
                Cluster.await("the film is being read", () -> isBusy(out) || !job.isAlive());
                job.destroy();
                assertThat(job.waitFor(2, TimeUnit.MINUTES)).isTrue();
                assertThat(Files.readString(messages))
                        .contains("archive: was stopped; what it has read is kept")
                        .doesNotContain("\tat ");
                assertThat(job.exitValue()).isEqualTo(STOPPED);
                assertThat(isBusy(out)).isFalse();
            } finally {
                job.destroyForcibly();
            }
        }
        assertThat(Job.run("--format", "csv", "--fps", "1", film, out).out()).contains("1 input: 1 read");
    }
}
