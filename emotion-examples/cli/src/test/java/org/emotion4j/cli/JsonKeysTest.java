package org.emotion4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.emotion4j.emotion.Emotion;
import org.emotion4j.emotion.EmotionScores;
import org.emotion4j.face.BoundingBox;
import org.emotion4j.face.DetectedFace;
import org.emotion4j.reading.EmotionReading;
import org.emotion4j.reading.FrameResult;
import org.emotion4j.reading.StageTimings;
import org.emotion4j.recording.Consent;
import org.emotion4j.recording.CsvSessionRecorder;
import org.emotion4j.recording.SessionMetadata;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tables of {@code docs/guides/json.md} have the keys that commands print, all of them and no others. */
@Tag("native")
final class JsonKeysTest {
    private static final Path PAGE = Path.of("..", "..", "docs", "guides", "json.md");
    private static final Pattern HEADING = Pattern.compile("## `([a-z-]+) --json`");
    private static final Pattern ROW = Pattern.compile("\\| `([^`]+)` \\|.*");

    /** Objects whose keys are data. */
    private static final Map<String, String> DATA = Map.of("settings", "NAME", "groups", "COLUMN", "movements", "UNIT");

    private static final Set<String> SHARE = Set.of("count", "of", "share", "low", "high");

    @TempDir
    private Path folder;

    private final Map<String, Set<String>> documented = new TreeMap<>();

    @BeforeEach
    void readPage() throws IOException {
        String command = "";
        for (String line : Files.readAllLines(PAGE)) {
            Matcher heading = HEADING.matcher(line);
            Matcher row = ROW.matcher(line);
            if (heading.matches()) {
                command = heading.group(1);
                documented.put(command, new TreeSet<>());
            } else if (row.matches() && !command.isEmpty()) {
                assertThat(documented.get(command).add(row.group(1)))
                        .as("%s of %s stands there once", row.group(1), command)
                        .isTrue();
            }
        }
    }

    @Test
    void everyCommandWithTheOptionHasItsTable() {
        Set<String> commands = new TreeSet<>();
        EmotionCli.commandLine().getSubcommands().forEach((name, command) -> {
            if (command.getCommandSpec().findOption("--json") != null) {
                commands.add(name);
            }
        });
        assertThat(documented.keySet()).isEqualTo(commands);
    }

    @Test
    void analyze() throws IOException {
        Path portrait = Cli.portrait(1, folder.resolve("portrait.jpg"));
        Path dark = Cli.portrait(2, folder.resolve("small.jpg"));
        assertKeys(
                "analyze",
                Cli.run("analyze", portrait, dark, "--out", folder.resolve("out"), "--json", "--movements"),
                Set.of("quality.issues[]"));
    }

    @Test
    void detect() throws IOException {
        Path portrait = Cli.portrait(1, folder.resolve("portrait.jpg"));
        assertKeys("detect", Cli.run("detect", portrait, "--json", "--landmarks"), Set.of());
    }

    @Test
    void demo() {
        assertKeys("demo", Cli.run("demo", "--out", folder.resolve("demo"), "--json"), Set.of());
    }

    @Test
    void summary() throws IOException {
        Path film = Cli.film(folder.resolve("film.avi"), 4);
        Path out = folder.resolve("out");
        Cli.run("analyze", film, "--out", out, "--classifier", "brightness");
        assertKeys("summary", Cli.run("summary", out, record(), "--json"), Set.of());
    }

    @Test
    void sessions() throws IOException {
        record();
        assertKeys("sessions", Cli.run("sessions", folder, "--json"), Set.of());
    }

    @Test
    void events() throws IOException {
        assertKeys("events", Cli.run("events", record(), "--json"), Set.of());
    }

    @Test
    void cluster() throws IOException {
        assertKeys("cluster", Cli.run("cluster", record(), "--k", "2", "--json"), Set.of());
    }

    @Test
    void evaluate() throws IOException {
        Cli.portrait(1, folder.resolve("a.jpg"));
        Path labels = Files.writeString(folder.resolve("labels.csv"), "image,label,site\na.jpg,happy,x\n");
        assertKeys(
                "evaluate", Cli.run("evaluate", "--labels", labels, "--landmarks", "--by", "site", "--json"), Set.of());
    }

    @Test
    void evaluateDetector() throws IOException {
        Cli.portrait(1, folder.resolve("a.jpg"));
        Path boxes = Files.writeString(folder.resolve("boxes.csv"), "image,x,y,w,h\na.jpg,20,20,90,100\n");
        assertKeys("evaluate-detector", Cli.run("evaluate-detector", "--boxes", boxes, "--json"), Set.of());
    }

    /**
     * @param mayBeMissing what is documented and need not be there, because the list may be empty
     */
    private void assertKeys(String command, Cli.Result result, Set<String> mayBeMissing) {
        assertThat(result.exitCode()).as(result.err()).isZero();
        Set<String> known = documented.get(command);
        Set<String> printed = new TreeSet<>();
        result.jsonLines().forEach(line -> collect(line, "", printed));
        // What is null as a whole stands in the page by its parts.
        printed.removeIf(key -> known.stream().anyMatch(each -> each.startsWith(key + ".")));
        printed.addAll(mayBeMissing);
        assertThat(printed).as(result.out()).isEqualTo(known);
    }

    private static void collect(JsonNode node, String path, Set<String> keys) {
        if (node.isObject()) {
            String dot = path.isEmpty() ? "" : ".";
            Set<String> names = new TreeSet<>();
            node.fieldNames().forEachRemaining(names::add);
            String last = path.substring(path.lastIndexOf('.') + 1);
            if (names.equals(SHARE)) {
                keys.add(path + ".SHARE");
                return;
            }
            for (String name : names) {
                String shown = Emotion.labels().contains(name) ? "LABEL" : DATA.getOrDefault(last, name);
                collect(node.get(name), path + dot + shown, keys);
            }
        } else if (node.isArray()) {
            node.forEach(each -> collect(each, path + "[]", keys));
        } else {
            keys.add(path);
        }
    }

    /** Ten seconds of a happy face with a surprise of a fifth of a second in it, then a sad one. */
    private Path record() throws IOException {
        Path session = folder.resolve("session");
        Consent consent = new Consent(
                Consent.PERSON_RECORDED, Instant.parse("2020-01-01T10:00:00Z"), "a test", LocalDate.of(2020, 2, 1));
        try (CsvSessionRecorder recorder = CsvSessionRecorder.create(session, SessionMetadata.of(consent))) {
            for (int i = 0; i < 100; i++) {
                Emotion shown = i < 50 ? Emotion.HAPPY : Emotion.SAD;
                recorder.record(frame(i, i == 20 || i == 21 ? Emotion.SURPRISE : shown, shown));
            }
            recorder.mark(5_000_000_000L, "second half");
        }
        return session;
    }

    private static FrameResult frame(int index, Emotion raw, Emotion shown) {
        List<EmotionReading> readings = new ArrayList<>();
        readings.add(new EmotionReading(
                1,
                index * 100_000_000L,
                new DetectedFace(new BoundingBox(1, 2, 90, 90), 0.9),
                EmotionScores.certain(raw),
                EmotionScores.certain(shown),
                Optional.of(shown)));
        return new FrameResult(
                index,
                index * 100_000_000L,
                Instant.EPOCH,
                "clip",
                640,
                480,
                index == 0,
                readings,
                new StageTimings(1, 1, 1, 3));
    }
}
