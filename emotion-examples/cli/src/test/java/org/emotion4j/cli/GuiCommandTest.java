package org.emotion4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.emotion4j.cli.io.ExitCode;
import org.junit.jupiter.api.Test;

/** The tests run without a display; the window itself is tested in {@code gui.WindowTest}. */
final class GuiCommandTest {
    @Test
    void saysThatThereIsNoDisplay() {
        Cli.Result result = Cli.run("gui");
        assertThat(result.exitCode()).isEqualTo(ExitCode.FAILURE);
        assertThat(result.err()).contains("there is no display").doesNotContain("Exception");
    }

    @Test
    void aReviewHasItsOwnFilm() {
        Cli.Result result = Cli.run("gui", "film.mp4", "--review", "session");
        assertThat(result.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(result.err()).contains("leave film.mp4 out");
    }

    @Test
    void refusesADetectorThatThereIsNotAndNamesThoseThereAre() {
        Cli.Result result = Cli.run("gui", "--detector", "eyes-of-an-eagle");
        assertThat(result.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(result.err()).contains("--detector is eyes-of-an-eagle, expected one of", "haar");
    }
}
