package org.emotion4j.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.emotion4j.emotion.Emotion;
import org.emotion4j.emotion.EmotionScores;
import org.emotion4j.face.BoundingBox;
import org.emotion4j.face.DetectedFace;
import org.emotion4j.face.FaceQuality;
import org.emotion4j.reading.EmotionReading;
import org.emotion4j.reading.FrameResult;
import org.emotion4j.reading.StageTimings;
import org.emotion4j.recording.CsvSessionRecorder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The figures of a page against those of the rows of {@code session.csv}, worked out here by hand: a frame every 100 ms, and
 * each stands for that long.
 */
class PageOfARecordTest {
    private static final int FRAMES = 600;
    private static final List<String> NAMES =
            List.of("angry", "disgust", "fear", "happy", "sad", "surprise", "neutral", "no clear expression");

    @TempDir
    Path folder;

    /** What each frame shows by its row; "" without a face. */
    private List<String> rows;

    private Path session;

    @BeforeEach
    void record() throws IOException {
        session = folder.resolve("session");
        Random random = new Random(11);
        try (CsvSessionRecorder recorder = CsvSessionRecorder.create(session)) {
            for (int i = 0; i < FRAMES; i++) {
                recorder.record(frame(i, random));
            }
            recorder.mark(0, "silence");
            recorder.mark(20_000_000_000L, "work");
            recorder.mark(40_000_000_000L, "home");
        }
        rows = readRows();
    }

    /** Reads the rows with nothing of ours. */
    private List<String> readRows() throws IOException {
        List<String> lines = Files.readAllLines(session.resolve("session.csv"));
        List<String> columns = Arrays.asList(lines.get(0).split(",", -1));
        List<String> shown = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            String[] cells = line.split(",", -1);
            String expression = cells[columns.indexOf("expression")];
            boolean isFace = !cells[columns.indexOf("face_id")].isEmpty();
            shown.add(!isFace ? "" : NAMES.contains(expression) ? expression : "no clear expression");
        }
        return shown;
    }

    /** A program in another language, which shares no code with ours. */
    @Test
    void aScriptApartFromThisProgramFindsTheFiguresOfThePageInTheRecord() throws Exception {
        Optional<String> same = recomputed(html("en"));
        assumeTrue(same.isPresent(), "skipped: python3 is not installed");
        assertThat(same.orElseThrow()).matches("(?s)[0-9]{3,} figures compared, 0 differ\\s*");
        String share = PageText.of(html("en")).rows("Shares").get(0).get(2);
        assertThat(recomputed(html("en").replace(share, "77.7 %")).orElseThrow())
                .startsWith("share of angry: the page says 77.7");
    }

    /** What the script says; empty where there is no Python. */
    private Optional<String> recomputed(String page) throws IOException, InterruptedException {
        Path script = folder.resolve("recompute.py");
        try (InputStream in = PageOfARecordTest.class.getResourceAsStream("recompute.py")) {
            Files.write(script, in.readAllBytes());
        }
        Path html = Files.writeString(folder.resolve("page.html"), page);
        try {
            Process python = new ProcessBuilder("python3", script.toString(), session.toString(), html.toString())
                    .redirectErrorStream(true)
                    .start();
            String said = new String(python.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            python.waitFor();
            return Optional.of(said);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    @Test
    void theTableOfSharesIsThatOfTheRows() throws IOException {
        List<List<String>> table = PageText.of(html("en")).rows("Shares");
        double withFace = rows.stream().filter(row -> !row.isEmpty()).count();
        for (int i = 0; i < NAMES.size(); i++) {
            double count = count(NAMES.get(i), 0, FRAMES);
            assertThat(table.get(i).get(0)).isEqualTo(NAMES.get(i));
            assertThat(clock(table.get(i).get(1))).isCloseTo(count / 10, within(0.051));
            assertThat(percent(table.get(i).get(2))).isCloseTo(100 * count / withFace, within(0.1));
        }
        assertThat(clock(table.get(8).get(1))).isCloseTo(count("", 0, FRAMES) / 10.0, within(0.051));
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "es", "es-PE"})
    void theFirstSentenceNamesWhatPrevailed(String language) throws IOException {
        Map<Long, String> byCount = new TreeMap<>();
        NAMES.forEach(name -> byCount.put(count(name, 0, FRAMES), name));
        long most = byCount.keySet().stream().max(Long::compare).orElseThrow();
        double withFace = rows.stream().filter(row -> !row.isEmpty()).count();
        assertThat(most).isLessThan((long) (withFace / 2));
        String sentence = PageText.of(html(language)).sentences().get(0);
        String figure = String.format(Locale.forLanguageTag(language), "%.1f %%", 100 * most / withFace);
        assertThat(sentence).contains(figure);
        if (language.equals("en")) {
            assertThat(sentence)
                    .startsWith("Longest, though not more than half of the time, the face showed " + byCount.get(most));
        } else {
            assertThat(sentence).startsWith("Lo que el rostro mostró por más tiempo, aunque no más de la mitad, fue ");
        }
    }

    @Test
    void theSecondSentenceHasTheLargestDifferenceBetweenTopics() throws IOException {
        double largest = 0;
        String which = "";
        for (String name : NAMES) {
            double least = 100;
            double most = 0;
            for (int topic = 0; topic < 3; topic++) {
                int from = 200 * topic;
                double share = 100.0 * count(name, from, from + 200) / (200 - count("", from, from + 200));
                least = Math.min(least, share);
                most = Math.max(most, share);
            }
            if (most - least > largest) {
                largest = most - least;
                which = name;
            }
        }
        String sentence = PageText.of(html("en")).sentences().get(1);
        assertThat(sentence)
                .startsWith("What differed most between the topics, by ")
                .contains(" points: " + which);
        assertThat(Double.parseDouble(sentence.replaceAll(".* by ([0-9.]+) points.*", "$1")))
                .isCloseTo(largest, within(0.2));
    }

    @Test
    void theThirdSentenceSaysHowMuchCouldBeRead() throws IOException {
        double noFace = count("", 0, FRAMES);
        String sentence = PageText.of(html("en")).sentences().get(2);
        double[] said = Arrays.stream(sentence.replaceAll(
                                "The face could be read well for ([0-9.]+) % of the 1:00.0 recorded; for ([0-9.]+) %"
                                        + " its picture was poor, and for ([0-9.]+) % there was no face.",
                                "$1 $2 $3")
                        .split(" "))
                .mapToDouble(Double::parseDouble)
                .toArray();
        assertThat(said[2]).isCloseTo(100 * noFace / FRAMES, within(0.1));
        // every tenth frame is too dark, where there is a face
        double dark = 0;
        for (int i = 0; i < FRAMES; i += 10) {
            dark += rows.get(i).isEmpty() ? 0 : 1;
        }
        assertThat(said[1]).isCloseTo(100 * dark / FRAMES, within(0.1));
        assertThat(said[0] + said[1] + said[2]).isCloseTo(100, within(1e-9));
    }

    @Test
    void theComparisonOfTopicsIsThatOfTheRows() throws IOException {
        List<List<String>> table = PageText.of(html("en")).rows("Marked stretches compared");
        assertThat(table).extracting(row -> row.get(0)).containsExactly("silence", "work", "home");
        for (int topic = 0; topic < 3; topic++) {
            int from = 200 * topic;
            double withFace = 200 - count("", from, from + 200);
            for (int i = 0; i < NAMES.size(); i++) {
                assertThat(percent(table.get(topic).get(5 + i)))
                        .isCloseTo(100 * count(NAMES.get(i), from, from + 200) / withFace, within(0.1));
            }
        }
    }

    @Test
    void theTableOfChangesIsThatOfTheRows() throws IOException {
        long[][] changes = new long[8][8];
        for (int i = 1; i < FRAMES; i++) {
            int from = NAMES.indexOf(rows.get(i - 1));
            int to = NAMES.indexOf(rows.get(i));
            if (from >= 0 && to >= 0 && from != to) {
                changes[from][to]++;
            }
        }
        PageText page = PageText.of(html("en"));
        List<List<String>> table = page.rows("Changes");
        for (int from = 0; from < 8; from++) {
            for (int to = 0; to < 8; to++) {
                String cell = table.get(from).get(to + 1);
                assertThat(cell.isEmpty() || cell.equals("·") ? 0 : Long.parseLong(cell))
                        .isEqualTo(changes[from][to]);
            }
        }
        long all = Arrays.stream(changes).flatMapToLong(Arrays::stream).sum();
        assertThat(page.textOf("Changes")).contains("The label changed " + all + " times");
    }

    /** Of each second what was shown in most of its ten frames. */
    @Test
    void theStripInWordsIsThatOfTheRows() throws IOException {
        List<List<String>> table = PageText.of(html("en")).rows("What the face showed over time");
        for (List<String> row : table) {
            for (int second = (int) clock(row.get(0)); second < (int) clock(row.get(1)); second++) {
                int from = 10 * second;
                if (row.get(2).equals("no face")) {
                    assertThat(count("", from, from + 10)).isEqualTo(10);
                } else {
                    long most = NAMES.stream()
                            .mapToLong(name -> count(name, from, from + 10))
                            .max()
                            .orElseThrow();
                    assertThat(count(row.get(2), from, from + 10)).isEqualTo(most);
                }
            }
        }
        assertThat(clock(table.get(table.size() - 1).get(1))).isEqualTo(60);
    }

    @Test
    void thePageIsTheSameInSpanishButForItsWords() throws IOException {
        PageText english = PageText.of(html("en"));
        PageText spanish = PageText.of(html("es-PE"));
        assertThat(spanish.rows("Proporciones").stream().map(row -> row.subList(1, 3)))
                .isEqualTo(english.rows("Shares").stream()
                        .map(row -> row.subList(1, 3))
                        .toList());
        assertThat(spanish.headings())
                .hasSameSizeAs(english.headings())
                .doesNotContainAnyElementsOf(english.headings());
    }

    /** But for what somebody wrote, or a program: names of topics, of settings, of models. */
    @Test
    void nothingIsEnglishOnTheSpanishPage() throws IOException {
        String text = PageText.of(html("es")).all();
        for (String word : List.of(
                "the",
                "of",
                "and",
                "is",
                "was",
                "with",
                "face",
                "no clear",
                "happy",
                "angry",
                "expression",
                "second",
                "frame")) {
            assertThat(text).doesNotContainPattern("(?i)(?<![\\p{L}.])" + word + "(?![\\p{L}.])");
        }
        assertThat(html("es")).contains("<html lang=\"es\">").doesNotContainPattern("[0-9]\\.[0-9]+ %");
    }

    private String html(String language) throws IOException {
        return SessionReport.of(session)
                .withLanguage(Locale.forLanguageTag(language))
                .toHtml();
    }

    private long count(String name, int from, int to) {
        return rows.subList(from, to).stream().filter(name::equals).count();
    }

    private static double percent(String text) {
        return Double.parseDouble(text.replace(" %", ""));
    }

    private static double clock(String text) {
        String[] parts = text.split(":");
        return 60 * Integer.parseInt(parts[0]) + Double.parseDouble(parts[1]);
    }

    private static FrameResult frame(int i, Random random) {
        long nanos = i * 100_000_000L;
        float[] weights = new float[EmotionScores.SIZE];
        for (int j = 0; j < weights.length; j++) {
            weights[j] = random.nextFloat() + (i / 23 % weights.length == j ? 2 : 0) + (j == 6 ? i / 200 * 0.8f : 0);
        }
        EmotionScores scores = EmotionScores.ofWeights(weights);
        Optional<Emotion> label = scores.confidence() > 0.35 ? Optional.of(scores.top()) : Optional.empty();
        FaceQuality quality = new FaceQuality(
                i % 10 == 0 ? 0.3 : 0.9,
                120,
                1,
                0.5,
                0.2,
                Optional.empty(),
                i % 10 == 0 ? Set.of(FaceQuality.Issue.TOO_DARK) : Set.of());
        EmotionReading reading = new EmotionReading(
                1,
                nanos,
                new DetectedFace(new BoundingBox(1, 2, 90, 90), 0.9),
                scores,
                scores,
                label,
                Optional.of(quality));
        return new FrameResult(
                i,
                nanos,
                Instant.EPOCH,
                "clip",
                640,
                480,
                i == 0,
                i % 100 > 85 ? List.of() : List.of(reading),
                new StageTimings(1, 1, 1, 3));
    }
}
