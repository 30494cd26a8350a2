package org.emotion4j.cli.sessions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
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

/** Whether others read from our files what stands in the record. */
final class OtherReadersTest {
    private static final String SCRIPT = "other-readers.py";

    @TempDir
    Path folder;

    @Test
    void pythonFindsTheNumbersOfTheRecordInEachExport() throws Exception {
        assumeTrue(isThere("python3"), "no python3 on this machine");
        Path session = record();
        export(session, "csv", "a.csv");
        export(session, "csv", "german.csv", "--locale", "de");
        export(session, "xlsx", "a.xlsx");
        export(session, "json", "a.json");
        export(session, "pyfeat", "pyfeat.csv");
        export(session, "elan", "a.eaf");
        export(session, "boris", "a.boris");
        export(session, "bids", "a_events.tsv");
        export(session, "study", "study.csv");
        export(session, "fhir", "a.fhir.json");
        Path script = folder.resolve(SCRIPT);
        try (var source = OtherReadersTest.class.getResourceAsStream(SCRIPT)) {
            Files.copy(source, script);
        }

        Path said = folder.resolve("said.txt");
        Process python = new ProcessBuilder("python3", script.toString(), folder.toString())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();

        assertThat(python.waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertThat(said).hasContent("all the same");
    }

    private void export(Path session, String format, String name, String... more) {
        Object[] args = Stream.concat(
                        Stream.of("export", session, "--format", format, "--out", folder.resolve(name)),
                        Stream.of(more))
                .toArray();
        assertThat(Cli.run(args).exitCode()).isEqualTo(ExitCode.OK);
    }

    private static boolean isThere(String program) {
        return Stream.of(System.getenv("PATH").split(":"))
                .anyMatch(place -> Files.isExecutable(Path.of(place, program)));
    }

    /** Ten seconds, ten frames a second: happy, sad from 3 s, neutral from 7 s. */
    private Path record() throws IOException {
        Path session = folder.resolve("session");
        try (CsvSessionRecorder recorder = CsvSessionRecorder.create(session)) {
            for (int i = 0; i < 100; i++) {
                float[] weights = new float[EmotionScores.SIZE];
                weights[i < 30 ? 3 : i < 70 ? 4 : 6] = 1 + i / 100f;
                weights[0] = 0.1f;
                EmotionScores seen = EmotionScores.ofWeights(weights);
                long nanos = i * 100_000_000L;
                recorder.record(new FrameResult(
                        i,
                        nanos,
                        Instant.parse("2026-01-02T03:04:05Z").plusNanos(nanos),
                        "film, \"one\".mp4",
                        640,
                        480,
                        i == 0,
                        List.of(new EmotionReading(
                                1,
                                nanos,
                                new DetectedFace(new BoundingBox(10 + i, 20, 100, 120), 0.9),
                                seen,
                                seen,
                                Optional.of(seen.top()))),
                        new StageTimings(1, 2, 3, 6)));
            }
        }
        return session;
    }
}
