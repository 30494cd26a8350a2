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

    @Test
    void aStudyIsATableWithItsCodebookAndSyntax() throws IOException {
        Path table = folder.resolve("study.csv");
        Cli.Result result = Cli.run("export", record("one"), record("two"), "--format", "study", "--out", table);

        assertThat(result.exitCode()).isEqualTo(ExitCode.OK);
        assertThat(Files.readAllLines(table)).hasSize(3);
        assertThat(table).content().contains("share_happy");
        assertThat(folder.resolve("study-codebook.csv")).content().contains("share_happy,");
        assertThat(folder.resolve("study.sps")).content().contains("/FILE='study.csv'");
        assertThat(Cli.run("export", folder.resolve("one"), "--format", "study", "--out", folder.resolve("a.txt"))
                        .err())
                .contains("ends in .csv");
    }

    @Test
    void pyFeatsNamesGoToStandardOutputToo() throws IOException {
        Cli.Result result = Cli.run("export", record("one"), "--format", "pyfeat");

        assertThat(result.exitCode()).isEqualTo(ExitCode.OK);
        assertThat(result.out().lines().toList()).hasSize(11);
        assertThat(result.out()).startsWith("frame,approx_time,FaceRectX,").contains("film.mp4");
    }

    @Test
    void aBundleForAHospitalNamesTheSystemOfItsPseudonyms() throws IOException {
        Path bundle = folder.resolve("one.fhir.json");
        Path session = record("one");
        Cli.Result result =
                Cli.run("export", session, "--format", "fhir", "--out", bundle, "--filmed-at", "2026-01-02T03:04:05Z");

        assertThat(result.exitCode()).isEqualTo(ExitCode.OK);
        assertThat(bundle).content().contains("\"Bundle\"").contains("2026-01-02T03:04:05Z");
        assertThat(Cli.run("export", session, "--format", "csv", "--filmed-at", "2026-01-02T03:04:05Z")
                        .err())
                .contains("belong to --format fhir");
        assertThat(Cli.run(
                                "export",
                                session,
                                "--format",
                                "fhir",
                                "--out",
                                folder.resolve("b.json"),
                                "--identifier-system",
                                "study")
                        .err())
                .contains("--identifier-system")
                .contains("absolute");
        assertThat(folder.resolve("b.json")).doesNotExist();
    }

    @Test
    void whatWasAddedInElanIsTakenBack() throws IOException {
        Path session = record("one");
        Path file = folder.resolve("a.eaf");
        Cli.run("export", session, "--format", "elan", "--out", file);
        String eaf = Files.readString(file)
                .replace(
                        "<LINGUISTIC_TYPE ",
                        "<TIER LINGUISTIC_TYPE_REF=\"default-lt\" TIER_ID=\"marker\"><ANNOTATION>"
                                + "<ALIGNABLE_ANNOTATION ANNOTATION_ID=\"x\" TIME_SLOT_REF1=\"ts1\" TIME_SLOT_REF2=\"ts2\">"
                                + "<ANNOTATION_VALUE>school</ANNOTATION_VALUE></ALIGNABLE_ANNOTATION></ANNOTATION></TIER>"
                                + "<LINGUISTIC_TYPE ");
        Files.writeString(file, eaf);

        Cli.Result dry = Cli.run("import", session, "--from", file, "--by", "coder", "--dry-run");
        assertThat(dry.out()).contains("marker 0.000 s: school").contains("1 annotation would be added");
        assertThat(session.resolve("notes.csv")).doesNotExist();
        Cli.Result result = Cli.run("import", session, "--from", file, "--by", "coder");
        assertThat(result.exitCode()).isEqualTo(ExitCode.OK);
        assertThat(session.resolve("notes.csv"))
                .content()
                .contains("marker,coder,")
                .contains("school");
        assertThat(Cli.run("import", session, "--from", file, "--by", "coder").out())
                .contains("0 annotations added, 1 there already");
        Cli.Result refused = Cli.run("import", record("two"), "--from", file, "--by", "coder");
        assertThat(refused.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(refused.err()).contains("a.eaf: it is of session ");
        assertThat(Cli.run("import", session, "--from", folder.resolve("a.txt"), "--by", "coder")
                        .err())
                .contains(".eaf");
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
