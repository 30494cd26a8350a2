package org.emotion4j.cli.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.emotion4j.cli.Cli;
import org.emotion4j.cli.io.ExitCode;
import org.emotion4j.emotion.EmotionScores;
import org.emotion4j.face.BoundingBox;
import org.emotion4j.face.DetectedFace;
import org.emotion4j.reading.EmotionReading;
import org.emotion4j.reading.FrameResult;
import org.emotion4j.reading.StageTimings;
import org.emotion4j.recording.CsvSessionRecorder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AnnotationFilesTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "elan, a.eaf, <ANNOTATION_VALUE>happy</ANNOTATION_VALUE>",
        "textgrid, a.TextGrid, text = \"happy\"",
        "boris, a.boris, \"code\": \"happy\"",
        "bids, sub-01_task-talk_events.tsv, expression\thappy"
    })
    void aSessionBecomesAFileOfEachProgram(String format, String name, String content) throws IOException {
        Path file = folder.resolve(name);
        Cli.Result result = Cli.run("export", record("one"), "--format", format, "--out", file);

        assertThat(result.exitCode()).isEqualTo(ExitCode.OK);
        assertThat(result.out()).contains("annotations as " + format);
        assertThat(file).content().contains(content.trim());
    }

    @Test
    void bidsHasItsSidecarAndWantsItsName() throws IOException {
        Path session = record("one");

        assertThat(Cli.run("export", session, "--format", "bids", "--out", folder.resolve("a.tsv"))
                        .err())
                .contains("_events.tsv");
        Path file = folder.resolve("a_events.tsv");
        assertThat(Cli.run("export", session, "--format", "bids", "--out", file).exitCode())
                .isEqualTo(ExitCode.OK);
        assertThat(folder.resolve("a_events.json")).content().contains("\"trial_type\"");
    }

    @Test
    void filesThatAreThereStayAsTheyAre() throws IOException {
        Path session = record("one");
        Path sidecar = Files.writeString(folder.resolve("a_events.json"), "mine");

        Cli.Result result = Cli.run("export", session, "--format", "bids", "--out", folder.resolve("a_events.tsv"));

        assertThat(result.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(sidecar).hasContent("mine");
        assertThat(folder.resolve("a_events.tsv")).doesNotExist();
    }

    @Test
    void onlyBorisTakesSeveralSessions() throws IOException {
        Path one = record("one");
        Path two = record("two");

        assertThat(Cli.run("export", one, two, "--format", "elan", "--out", folder.resolve("a.eaf"))
                        .exitCode())
                .isEqualTo(ExitCode.BAD_INPUT);
        Path project = folder.resolve("a.boris");
        assertThat(Cli.run("export", one, two, "--format", "boris", "--out", project)
                        .exitCode())
                .isEqualTo(ExitCode.OK);
        assertThat(Cli.run("export", one, "--format", "elan").err()).contains("--out");
    }

    private Path record(String name) throws IOException {
        Path session = folder.resolve(name);
        try (CsvSessionRecorder recorder = CsvSessionRecorder.create(session)) {
            for (int i = 0; i < 10; i++) {
                EmotionScores seen = EmotionScores.ofWeights(new float[] {0, 0, 0, i < 6 ? 1 : 0, i < 6 ? 0 : 1, 0, 0});
                recorder.record(new FrameResult(
                        i,
                        i * 100_000_000L,
                        Instant.parse("2026-01-02T03:04:05Z").plusMillis(i * 100L),
                        "film.mp4",
                        640,
                        480,
                        i == 0,
                        List.of(new EmotionReading(
                                1,
                                i * 100_000_000L,
                                new DetectedFace(new BoundingBox(10, 20, 100, 120), 0.9),
                                seen,
                                seen,
                                Optional.of(seen.top()),
                                Optional.empty(),
                                Optional.empty())),
                        new StageTimings(1, 2, 3, 6)));
            }
        }
        return session;
    }
}
