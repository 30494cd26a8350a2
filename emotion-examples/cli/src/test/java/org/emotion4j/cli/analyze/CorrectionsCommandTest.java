package org.emotion4j.cli.analyze;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.emotion4j.cli.Cli;
import org.emotion4j.emotion.Emotion;
import org.emotion4j.recording.SessionNotes;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three seconds of one portrait, analyzed and corrected. */
@Tag("native")
final class CorrectionsCommandTest {
    private static final long SECOND = 1_000_000_000L;

    @TempDir
    Path folder;

    private Path film = Path.of("");
    private Path session = Path.of("");
    private Path out = Path.of("");

    @BeforeEach
    void analyze() throws IOException {
        film = Cli.film(folder.resolve("films/film.avi"), 75);
        session = folder.resolve("session");
        out = folder.resolve("faces");
        assertThat(Cli.run("analyze", film, "--out", session).exitCode()).isZero();
    }

    @Test
    void theFacesOfCorrectedStretchesGoIntoAFolderALabel() throws IOException {
        SessionNotes notes = SessionNotes.of(session);
        notes.correct("M", 0, SECOND, Optional.of(Emotion.SAD));
        notes.correct("M", SECOND, 2 * SECOND, Optional.empty());
        notes.correct("M", 2 * SECOND, 3 * SECOND, Optional.of(Emotion.SURPRISE));
        Cli.Result result = Cli.run("corrections", session, "--out", out);
        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(result.out()).startsWith("2 sad, 2 surprise, in " + out);
        assertThat(Cli.names(out)).containsExactly("sad", "surprise");
        assertThat(Cli.names(out.resolve("sad"))).hasSize(2).allMatch(name -> name.endsWith(".png"));
        Cli.run("crops", folder.resolve("films/film.avi-portrait/p.jpg"), "--out", folder.resolve("crops"));
        int side = ImageIO.read(folder.resolve("crops/p-1.png").toFile()).getWidth();
        Path first = out.resolve("sad").resolve(Cli.names(out.resolve("sad")).get(0));
        assertThat(ImageIO.read(first.toFile()).getWidth())
                .as("as a classifier gets it")
                .isEqualTo(side);
    }

    @Test
    void severalSessionsOfOneFilmFillOneFolder() throws IOException {
        for (String id : List.of("analyze-eb8d9ea4", "analyze-6bd7c0de")) {
            Path recorded = folder.resolve(id);
            assertThat(Cli.run("analyze", film, "--session", id, "--out", recorded)
                            .exitCode())
                    .isZero();
            SessionNotes.of(recorded).correct("M", 0, SECOND, Optional.of(Emotion.SAD));
            Cli.Result result = Cli.run("corrections", recorded, "--out", out);
            assertThat(result.exitCode()).as(result.err()).isZero();
        }
        assertThat(Cli.names(out.resolve("sad"))).hasSize(4);
    }

    @Test
    void whatIsThereIsNotWrittenOver() throws IOException {
        SessionNotes.of(session).correct("M", 0, SECOND, Optional.of(Emotion.SAD));
        Cli.run("corrections", session, "--out", out);
        Cli.Result again = Cli.run("corrections", session, "--out", out);
        assertThat(again.exitCode()).isEqualTo(2);
        assertThat(again.err()).contains("is there already");
    }

    @Test
    void aFilmThatIsGoneIsAskedForAndOneThatWasMovedIsTaken() throws IOException {
        SessionNotes.of(session).correct("M", 0, SECOND, Optional.of(Emotion.SAD));
        Path moved = Files.move(film, folder.resolve("moved.avi"));
        Cli.Result gone = Cli.run("corrections", session, "--out", out);
        assertThat(gone.exitCode()).isEqualTo(2);
        assertThat(gone.err()).contains("film.avi", "--film FILE");
        assertThat(Cli.run("corrections", session, "--film", moved, "--out", out)
                        .out())
                .startsWith("2 sad");
    }

    @Test
    void anotherFilmHasNoFaceThere() throws IOException {
        SessionNotes.of(session).correct("M", 0, SECOND, Optional.of(Emotion.SAD));
        Path shorter = Cli.film(folder.resolve("other/short.avi"), 5);
        Cli.Result result = Cli.run("corrections", session, "--film", shorter, "--out", out, "--per-second", "5");
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.out()).startsWith("1 sad");
        assertThat(result.err()).contains("in 4 pictures the face of the record was not found again");
    }

    @Test
    void withoutCorrectionsNothingIsWritten() throws IOException {
        Cli.Result result = Cli.run("corrections", session, "--out", out);
        assertThat(result.exitCode()).isZero();
        assertThat(result.out()).contains("no label was corrected");
        assertThat(out).doesNotExist();
    }
}
