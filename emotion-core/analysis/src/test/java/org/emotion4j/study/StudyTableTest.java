package org.emotion4j.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.emotion4j.emotion.EmotionScores;
import org.emotion4j.emotion.FacialMovement;
import org.emotion4j.emotion.FacialMovements;
import org.emotion4j.face.BoundingBox;
import org.emotion4j.face.DetectedFace;
import org.emotion4j.face.HeadPose;
import org.emotion4j.reading.EmotionReading;
import org.emotion4j.reading.FrameResult;
import org.emotion4j.reading.StageTimings;
import org.emotion4j.recording.CsvSessionRecorder;
import org.emotion4j.recording.SessionMetadata;
import org.emotion4j.recording.SessionNotes;
import org.emotion4j.recording.SessionReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Eight seconds at 25 frames a second: neutral, a smile from 3 to 5 s; nobody in the last second. */
final class StudyTableTest {
    private static final Instant START = Instant.parse("2026-01-02T03:04:05Z");
    private static final int FRAMES = 200;
    private static final int SEEN = 175;

    @TempDir
    Path folder;

    @Test
    void figuresAreThoseOfTheRowsOfTheRecord() throws IOException {
        Path session = record("one", true);
        List<Map<String, String>> rows = rows(Files.readString(session.resolve("session.csv")));
        List<Map<String, String>> seen =
                rows.stream().filter(row -> !row.get("face_id").isEmpty()).toList();

        Map<String, String> figures = rows(csv(table(session))).get(0);

        assertThat(figures.get("session_id")).isEqualTo("one");
        assertThat(figures.get("person")).isEqualTo("P-1");
        assertThat(figures.get("started_utc")).isEqualTo("2026-01-02 03:04:05");
        assertThat(figures.get("length_s")).isEqualTo("8.000");
        assertThat(figures.get("frames")).isEqualTo(String.valueOf(FRAMES));
        assertThat(figures.get("readings")).isEqualTo(String.valueOf(SEEN));
        assertThat(figures.get("face_share")).isEqualTo("0.8750");
        assertThat(figures.get("predominant")).isEqualTo("7");
        assertThat(number(figures, "share_happy"))
                .isCloseTo(
                        seen.stream()
                                        .filter(row -> row.get("expression").equals("happy"))
                                        .count()
                                / (double) SEEN,
                        within(0.01));
        for (String column : List.of("happy", "neutral", "AU12", "AU1")) {
            double[] values =
                    seen.stream().mapToDouble(row -> number(row, column)).toArray();
            double mean = Arrays.stream(values).average().orElseThrow();
            double deviation = Math.sqrt(Arrays.stream(values)
                            .map(value -> (value - mean) * (value - mean))
                            .sum()
                    / (values.length - 1));
            assertThat(number(figures, "mean_" + column)).isCloseTo(mean, within(1e-4));
            assertThat(number(figures, "sd_" + column)).isCloseTo(deviation, within(1e-4));
        }
        assertThat(figures.get("n_happy")).isEqualTo("1");
        assertThat(figures.get("n_blink")).isEqualTo("0");
        assertThat(figures.get("n_markers")).isEqualTo("1");
    }

    @Test
    void whatNobodyToldIsEmptyAndNoNumber() throws IOException {
        Map<String, String> figures = rows(csv(table(record("one", false)))).get(0);

        assertThat(figures.get("mean_AU12")).isEmpty();
        assertThat(figures.get("n_blink")).isEmpty();
        assertThat(figures.get("mean_quality")).isEmpty();
        assertThat(figures.get("n_happy")).isEqualTo("1");
    }

    @Test
    void aSessionWithoutAFaceHasTheMissingCode() throws IOException {
        Path session = folder.resolve("empty");
        try (CsvSessionRecorder recorder = CsvSessionRecorder.create(session)) {
            recorder.record(frame(180, false));
            recorder.record(frame(181, false));
        }
        StudyTable table = table(session);

        assertThat(rows(csv(table)).get(0)).containsEntry("predominant", "9").containsEntry("share_happy", "");
        assertThat(written(out -> table.writeSyntax("a.csv", out))).contains("MISSING VALUES predominant (9).");
    }

    @Test
    void aQuestionnaireIsAVariableOfAllSessionsAndTheLastFigureHolds() throws IOException {
        Path one = record("one", true);
        Path two = record("two", true);
        SessionNotes.of(one).figure("M", "PHQ-9", 14);
        SessionNotes.of(one).figure("M", "PHQ-9", 12.5);
        SessionNotes.of(two).figure("M", "PHQ 9", 3);
        StudyTable table = table(one, two);

        List<Map<String, String>> rows = rows(csv(table));
        assertThat(rows.get(0)).containsEntry("q_PHQ_9_2", "12.5").containsEntry("q_PHQ_9", "");
        assertThat(rows.get(1)).containsEntry("q_PHQ_9_2", "").containsEntry("q_PHQ_9", "3");
        assertThat(written(table::writeCodebook)).contains("q_PHQ_9_2,Questionnaire PHQ-9,number,points,4,,empty");
    }

    @Test
    void theCodebookHasEachColumn() throws IOException {
        StudyTable table = table(record("one", true));

        List<Map<String, String>> book = rows(written(table::writeCodebook));

        assertThat(book.stream().map(row -> row.get("name")))
                .containsExactlyElementsOf(rows(csv(table)).get(0).keySet());
        assertThat(book).allSatisfy(row -> assertThat(row.get("label")).isNotEmpty());
        assertThat(book)
                .filteredOn(row -> row.get("name").equals("predominant"))
                .singleElement()
                .satisfies(row ->
                        assertThat(row.get("values")).contains("4 = happy").contains("9 = no face"));
    }

    @Test
    void aTableWithoutSessionsIsRefused() {
        assertThatThrownBy(() -> csv(new StudyTable()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("no session was added");
    }

    @Test
    void psppRunsTheSyntaxAndHasTheSameFigures() throws Exception {
        assumeTrue(isThere("pspp"), "no pspp on this machine (apt-get install pspp)");
        StudyTable table = files(record("one", true), record("two", false));
        Files.writeString(
                folder.resolve("run.sps"),
                "INSERT FILE='study.sps'.\n"
                        + "SAVE TRANSLATE /OUTFILE='back.csv' /TYPE=CSV /FIELDNAMES /CELLS=LABELS /REPLACE.\n");

        assertThat(run("pspp", "run.sps")).doesNotContain("error:").doesNotContain("warning:");

        List<Map<String, String>> back = rows(Files.readString(folder.resolve("back.csv")));
        List<Map<String, String>> own = rows(csv(table));
        assertThat(back).hasSize(2);
        for (int i = 0; i < 2; i++) {
            assertThat(back.get(i)).containsEntry("predominant", "neutral");
            for (String column : List.of("share_happy", "mean_happy", "sd_AU12", "blinks_per_minute")) {
                String value = own.get(i).get(column);
                if (value.isEmpty()) {
                    assertThat(back.get(i).get(column).strip()).isEmpty();
                } else {
                    assertThat(number(back.get(i), column)).isEqualTo(Double.parseDouble(value));
                }
            }
        }
    }

    @Test
    void rReadsNumbersTextAndWhatIsMissing() throws Exception {
        assumeTrue(isThere("Rscript"), "no R on this machine (apt-get install r-base-core)");
        StudyTable table = files(record("one", true), record("two", false));

        String said = run(
                "Rscript",
                "-e",
                "d <- read.csv('study.csv'); b <- read.csv('study-codebook.csv');"
                        + " stopifnot(identical(names(d), b$name), is.numeric(d$mean_AU12), is.na(d$mean_AU12[2]));"
                        + " cat(sprintf('%.4f', d$mean_happy[1]), d$session_id[2])");

        assertThat(said).isEqualTo(rows(csv(table)).get(0).get("mean_happy") + " two");
    }

    private StudyTable files(Path... sessions) throws IOException {
        StudyTable table = table(sessions);
        Files.writeString(folder.resolve("study.csv"), csv(table));
        Files.writeString(folder.resolve("study-codebook.csv"), written(table::writeCodebook));
        Files.writeString(folder.resolve("study.sps"), written(out -> table.writeSyntax("study.csv", out)));
        return table;
    }

    private String run(String... command) throws Exception {
        Path output = folder.resolve("said.txt");
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        String said = Files.readString(output);
        assertThat(process.exitValue()).as(said).isZero();
        return said;
    }

    private static boolean isThere(String program) {
        return Stream.of(System.getenv("PATH").split(":"))
                .anyMatch(place -> Files.isExecutable(Path.of(place, program)));
    }

    private interface Writing {
        void to(OutputStream out) throws IOException;
    }

    private static String csv(StudyTable table) throws IOException {
        return written(table::writeCsv);
    }

    private static String written(Writing writing) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        writing.to(out);
        return out.toString(StandardCharsets.UTF_8);
    }

    private static StudyTable table(Path... sessions) throws IOException {
        StudyTable table = new StudyTable();
        for (Path session : sessions) {
            try (SessionReader reader = SessionReader.open(session)) {
                table.add(reader);
            }
        }
        return table;
    }

    private static double number(Map<String, String> row, String column) {
        return Double.parseDouble(row.get(column));
    }

    private static List<Map<String, String>> rows(String csv) {
        List<String> lines = csv.lines().toList();
        String[] header = lines.get(0).split(",", -1);
        return lines.stream()
                .skip(1)
                .map(line -> {
                    // Commas in quotes hold no cell apart.
                    String[] cells = line.split(",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)", -1);
                    Map<String, String> row = new LinkedHashMap<>();
                    for (int i = 0; i < header.length; i++) {
                        row.put(header[i], cells[i].replace("\"", ""));
                    }
                    return row;
                })
                .toList();
    }

    private Path record(String name, boolean movements) throws IOException {
        Path session = folder.resolve(name);
        try (CsvSessionRecorder recorder = CsvSessionRecorder.builder(session)
                .metadata(new SessionMetadata(name, Optional.of("P-1"), Optional.empty(), List.of(), Map.of()))
                .clock(Clock.fixed(START, ZoneOffset.UTC))
                .create()) {
            for (int i = 0; i < FRAMES; i++) {
                recorder.record(frame(i, movements));
            }
            recorder.mark(2_000_000_000L, "school");
        }
        return session;
    }

    private static FrameResult frame(int index, boolean movements) {
        double time = index / 25.0;
        long nanos = Math.round(time * 1e9);
        float smile = (float) (0.9 * Math.max(0, Math.min(1, Math.min((time - 3) / 0.5, (5 - time) / 0.5))));
        EmotionScores seen =
                EmotionScores.ofWeights(new float[] {0.01f, 0.01f, 0.01f, 0.02f + smile, 0.01f, 0.01f, 1 - smile});
        float[] intensities = new float[FacialMovement.COUNT];
        intensities[FacialMovement.LIP_CORNERS_PULLED.ordinal()] = smile;
        EmotionReading reading = new EmotionReading(
                1,
                nanos,
                new DetectedFace(new BoundingBox(10, 20, 100, 120), 0.9),
                seen,
                seen,
                Optional.of(seen.top()),
                Optional.empty(),
                movements
                        ? Optional.of(FacialMovements.of(intensities, 0, 0, new HeadPose(0, 0, 0)))
                        : Optional.empty());
        return new FrameResult(
                index,
                nanos,
                START.plusNanos(nanos),
                "film.mp4",
                640,
                480,
                index == 0,
                index >= SEEN ? List.of() : List.of(reading),
                new StageTimings(1, 2, 3, 6));
    }
}
