package org.emotion4j.recording;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.emotion4j.emotion.Emotion;
import org.emotion4j.emotion.FacialMovement;
import org.emotion4j.reading.FrameResult;
import org.emotion4j.reading.Subject;
import org.emotion4j.reading.SubjectRule;
import org.emotion4j.recording.RowColumn.Part;
import org.emotion4j.session.PipelineSettings;
import org.emotion4j.session.SessionEnd;
import org.emotion4j.session.UnreadInput;
import org.emotion4j.stage.StageMetadata;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tables of {@code docs/session-format.md} say what records hold: all of it and nothing else. */
class SessionFormatTest {
    private static final Path PAGE = Path.of("..", "..", "docs", "session-format.md");
    private static final Pattern KEY = Pattern.compile("\\| `([^`]+)` \\|.*");

    /** Objects whose keys are data. */
    static final Set<String> DATA = Set.of("settings", "pipeline", "versions", "passedOver");

    private static final Set<String> OF_ENCRYPTED_RECORDS = Set.of("keepUntil", "sealed");

    @TempDir
    private Path folder;

    @Test
    void everyColumnStandsThereAsItIsWritten() throws IOException {
        List<List<String>> documented = new ArrayList<>();
        for (String line : section("`session.csv`")) {
            if (!KEY.matcher(line).matches()) {
                continue;
            }
            List<String> cells =
                    Stream.of(line.split("\\|", -1)).map(String::strip).toList();
            String name = cells.get(1).replace("`", "");
            for (String each : name.contains("LABEL") ? Emotion.labels() : List.of("")) {
                List<String> row = new ArrayList<>(cells.subList(1, cells.size() - 1));
                row.set(0, name.replace("LABEL", each));
                documented.add(row);
            }
        }
        assertThat(documented).extracting(row -> row.get(0)).isEqualTo(CsvSessionRecorder.columns());
        for (int i = 0; i < documented.size(); i++) {
            List<String> row = documented.get(i);
            RowColumn column = RowColumn.columns().get(i);
            assertThat(row.get(1)).as("unit of %s", column.name()).isNotBlank();
            assertThat(row.get(2)).as("range of %s", column.name()).isEqualTo(range(column));
            assertThat(row.get(3)).as("decimals of %s", column.name()).isEqualTo(decimals(column));
            assertThat(row.get(4)).as("when %s is empty", column.name()).matches(empty(column));
            assertThat(row.get(5)).as("since when %s", column.name()).isEqualTo(since(column.part()));
        }
    }

    @Test
    void everyColumnOfEventsAndNotesStandsThere() throws IOException {
        assertThat(columns("`events.csv`")).isEqualTo(EventCsv.columns());
        assertThat(columns("`notes.csv`")).isEqualTo(SessionNotes.columns());
    }

    private static List<String> columns(String heading) throws IOException {
        List<String> documented = new ArrayList<>();
        for (String line : section(heading)) {
            Matcher column = KEY.matcher(line);
            if (column.matches()) {
                documented.add(column.group(1));
            }
        }
        return documented;
    }

    @Test
    void everyKeyOfTheDescriptionStandsThere() throws IOException {
        Path plain = record("plain", Optional.empty());
        Path sealed = record("sealed", Optional.of(SampleFrames.cipher()));
        Set<String> found = new TreeSet<>(keysOf(plain));
        found.addAll(keysOf(sealed));
        assertThat(found).isEqualTo(keys("`session.json`"));
    }

    @Test
    void everyKeyOfAnExportStandsThere() throws IOException {
        Path session = record("plain", Optional.empty());
        Files.writeString(session.resolve("session.csv"), "1,2\n", StandardOpenOption.APPEND);
        SessionNotes notes = SessionNotes.of(session);
        notes.note("M", "a note");
        notes.correct("M", 0, 1_000_000, Optional.of(Emotion.SAD));
        notes.figure("M", "PHQ-9", 3);
        notes.withdraw("M", 1);
        StringWriter text = new StringWriter();
        try (SessionReader reader = SessionReader.open(session)) {
            SessionExport.json(text).add(reader);
        }
        Set<String> found = new TreeSet<>();
        collect(JsonParser.parseString(text.toString()), "", found);
        Set<String> documented = new TreeSet<>(keys("The JSON export"));
        documented.addAll(keys("`session.json`"));
        documented.removeAll(OF_ENCRYPTED_RECORDS);
        documented.remove("encrypted");
        assertThat(found).isEqualTo(documented);
    }

    private Set<String> keysOf(Path session) throws IOException {
        Set<String> found = new TreeSet<>();
        collect(JsonParser.parseString(Files.readString(session.resolve("session.json"))), "", found);
        return found;
    }

    /** The keys of a table, as {@code stages[].settings.NAME}. */
    static Set<String> keys(String heading) throws IOException {
        Set<String> keys = new TreeSet<>();
        for (String line : section(heading)) {
            Matcher key = KEY.matcher(line);
            if (key.matches()) {
                assertThat(keys.add(key.group(1))).as(key.group(1)).isTrue();
            }
        }
        return keys;
    }

    private static List<String> section(String heading) throws IOException {
        List<String> lines = Files.readAllLines(PAGE);
        int from = lines.indexOf("## " + heading);
        assertThat(from).as(heading).isNotNegative();
        List<String> section = new ArrayList<>();
        for (int i = from + 1; i < lines.size() && !lines.get(i).startsWith("## "); i++) {
            section.add(lines.get(i));
        }
        return section;
    }

    private static void collect(JsonElement element, String path, Set<String> keys) {
        if (element.isJsonObject()) {
            JsonObject object = element.getAsJsonObject();
            String last = path.substring(path.lastIndexOf('.') + 1);
            for (String name : object.keySet()) {
                String shown = DATA.contains(last)
                        ? "NAME"
                        : Emotion.labels().contains(name)
                                ? "LABEL"
                                : FacialMovement.find(name).isPresent() ? "UNIT" : name;
                collect(object.get(name), path + (path.isEmpty() ? "" : ".") + shown, keys);
            }
        } else if (element.isJsonArray()) {
            element.getAsJsonArray().forEach(each -> collect(each, path + "[]", keys));
        } else {
            keys.add(path);
        }
    }

    private Path record(String name, Optional<SessionCipher> cipher) throws IOException {
        Path session = folder.resolve(name);
        recordEverything(session, cipher);
        return session;
    }

    /** A record that has everything that one can have. */
    static void recordEverything(Path session, Optional<SessionCipher> cipher) throws IOException {
        StageMetadata stage = new StageMetadata(
                "stage",
                Optional.of("1"),
                Optional.of("ab"),
                Optional.of("CC0"),
                Optional.of("JVM"),
                Optional.of("made up"),
                Map.of("width", "3"));
        Consent consent = new Consent(
                        Consent.PERSON_RECORDED,
                        Instant.parse("2026-01-01T10:00:00Z"),
                        "a test",
                        LocalDate.of(2099, 1, 1))
                .withText(ConsentText.of("Version: 2\nI agree.", ConsentText.Signed.ON_PAPER));
        CsvSessionRecorder.Builder builder = CsvSessionRecorder.builder(session)
                .metadata(SessionMetadata.of(consent)
                        .withSubject("P-1")
                        .withSetting("fps", "none")
                        .withCompanion(new SessionMetadata.Companion("other", "folder")));
        cipher.ifPresent(builder::encryption);
        try (CsvSessionRecorder recorder = builder.create()) {
            recorder.begin(
                    new PipelineSettings(List.of(new PipelineSettings.Part("detector", stage)), Map.of("mode", "run")));
            recorder.beginWithin(Duration.ofSeconds(3));
            for (int i = 0; i < 40; i++) {
                recorder.record(about(SampleFrames.frame(i)));
            }
            recorder.mark(1_000_000, "begins");
            recorder.end(
                    SessionEnd.STOPPED,
                    Optional.of("by the test"),
                    new UnreadInput(1, 2, 3, 4, Duration.ofSeconds(5), Map.of("HEIC", 6)));
        }
    }

    private static FrameResult about(FrameResult frame) {
        OptionalInt face = frame.readings().isEmpty()
                ? OptionalInt.empty()
                : OptionalInt.of(frame.readings().get(0).faceId());
        return new FrameResult(
                frame.index(),
                frame.mediaNanos(),
                frame.wallTime(),
                frame.origin(),
                frame.width(),
                frame.height(),
                frame.discontinuity(),
                frame.readings(),
                frame.timings(),
                Optional.of(new Subject(
                        SubjectRule.largestFace(),
                        face,
                        face.isPresent() ? Subject.Basis.LARGEST : Subject.Basis.NONE,
                        frame.readings().size(),
                        false)));
    }

    private static String range(RowColumn column) {
        if (!column.isNumber()) {
            return "";
        }
        return column.decimals() == 0 && column.most() >= Integer.MAX_VALUE
                ? bound(column.least()) + " or more"
                : bound(column.least()) + " to " + bound(column.most());
    }

    private static String bound(double value) {
        double exponent = Math.log10(Math.abs(value));
        if (Math.abs(value) >= 1e6 && exponent == Math.rint(exponent)) {
            return (value < 0 ? "-" : "") + "1e" + (int) exponent;
        }
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }

    private static String decimals(RowColumn column) {
        return column.isNumber() ? Integer.toString(column.decimals()) : "";
    }

    private static String empty(RowColumn column) {
        if (column.mayBeEmptyText()) {
            return column.part().isOfFace() ? "without a face; where .*" : "where .*";
        }
        if (!column.part().isOfFace()) {
            return "never";
        }
        return column.part().isOptional() ? "without a face; (where|without) .*" : "without a face";
    }

    private static String since(Part part) {
        return switch (part) {
            case FRAME, FACE -> "first";
            case QUALITY, POSE -> "quality";
            case SUBJECT, SIGHT -> "subject";
            case MOVEMENTS -> "movements";
        };
    }
}
