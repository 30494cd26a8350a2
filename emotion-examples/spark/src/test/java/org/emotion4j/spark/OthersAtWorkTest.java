package org.emotion4j.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import org.apache.hadoop.conf.Configuration;
import org.emotion4j.NeedsLoopback;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Others work in the folders too: in that of the inputs, and in that of the tables. */
@NeedsLoopback
class OthersAtWorkTest {
    @TempDir
    private Path folder;

    @Test
    void tablesOfSomebodyElseAreLeftAlone() throws IOException {
        Path film = Films.film(folder.resolve("film.avi"), 1, 2);
        Path out = folder.resolve("out");
        Path other = Files.createDirectories(out.resolve("sessions")).resolve("visits.csv");
        Files.writeString(other, "patient,visit\n7,1\n");
        Files.writeString(out.resolve("notes.txt"), "mine");
        Job job = Job.run("--format", "csv", film, out);
        assertThat(job.exitCode()).isEqualTo(2);
        assertThat(job.err())
                .contains(other + ": is not of the table sessions that an earlier run has written")
                .doesNotContain("\tat ");
        assertThat(other).hasContent("patient,visit\n7,1\n");
        Files.delete(other);
        assertThat(Job.run("--format", "csv", film, out).exitCode()).isZero();
        assertThat(out.resolve("notes.txt")).hasContent("mine");
    }

    @Test
    void whatIsWrittenIntoAFilmWhileItIsReadIsTold() throws Exception {
        Path film = Films.film(folder.resolve("12:30:05.avi"), 1, 2);
        WorkItem item = WorkItem.of(film.toUri().toString(), film.toString(), WorkItem.Kind.FILE, 0);
        TaskPlace place = new TaskPlace(folder, new Configuration(), "host7", Clock.systemUTC());
        try (LocalInput input = LocalInput.fetch(item, place)) {
            input.requireUnchanged();
            Files.write(film, new byte[1], StandardOpenOption.APPEND);
            assertThatThrownBy(input::requireUnchanged)
                    .isInstanceOf(InputException.class)
                    .hasMessage("was changed while it was read");
        }
    }
}
