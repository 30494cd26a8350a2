package org.emotion4j.recording;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.google.gson.JsonParser;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipInputStream;
import javax.xml.parsers.SAXParserFactory;
import org.emotion4j.event.FacialEvent;
import org.emotion4j.event.SessionEvent;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;
import org.xml.sax.helpers.DefaultHandler;

/**
 * Whatever a session's files hold, reading them gives a session or an {@link IOException}: no other exception, and it ends; what
 * was read reads the same when it is written again. Runs the seeds; the profile {@code fuzz} makes more of them.
 */
@Timeout(20)
final class RecordFuzzTest {
    private static final String DAMAGED = "\"\u0000,\n999999999999999999999,-1e400,NaN,\uFEFF";
    private static final long MICRO = 1_000;

    /** Numbers with so many digits that nobody waits for all of them. */
    private static final String HUGE = "1e600000000";

    private static final String LONG = "9".repeat(1_000_000);

    @TempDir
    static Path root;

    private static Path session;
    private static SessionInfo info;

    @BeforeAll
    static void record() throws IOException {
        session = SampleFrames.recorded(root.resolve("session"), Optional.empty());
        info = SessionReader.readInfo(session);
    }

    @MethodSource("rowSeeds")
    @FuzzTest(maxDuration = "10m")
    void rows(byte[] csv) throws Exception {
        SampleFrames.requireReadOrRefused(session.resolve("session.csv"), csv, () -> {
            try (SessionReader reader = SessionReader.open(session)) {
                long frames = 0;
                while (reader.next().isPresent()) {
                    frames++;
                }
                assertThat(reader.counters().frames()).isEqualTo(frames);
            }
        });
    }

    /** What is read can be exported, too, and others can read that. */
    @MethodSource("rowSeeds")
    @FuzzTest(maxDuration = "10m")
    void exports(byte[] csv) throws Exception {
        SampleFrames.requireReadOrRefused(session.resolve("session.csv"), csv, () -> {
            try (SessionReader one = SessionReader.open(session);
                    SessionReader two = one.again();
                    SessionReader three = one.again()) {
                StringWriter table = new StringWriter();
                PyFeatExport.of(table).add(one);
                assertThat(table.toString().chars().filter(c -> c == '\n').count())
                        .isGreaterThan(one.counters().readings());
                StringWriter json = new StringWriter();
                SessionExport.json(json).add(two);
                JsonReader strict = new JsonReader(new StringReader(json.toString()));
                strict.setStrictness(Strictness.STRICT);
                assertThat(JsonParser.parseReader(strict).getAsJsonObject().getAsJsonArray("frames"))
                        .hasSize((int) two.counters().frames());
                requireSheets(three);
            }
        });
    }

    private static void requireSheets(SessionReader reader) throws Exception {
        ByteArrayOutputStream workbook = new ByteArrayOutputStream();
        try (SessionWorkbook writing = SessionWorkbook.of(workbook)) {
            writing.add(reader);
        }
        ZipInputStream parts = new ZipInputStream(new ByteArrayInputStream(workbook.toByteArray()));
        while (parts.getNextEntry() != null) {
            SAXParserFactory.newInstance()
                    .newSAXParser()
                    .parse(new ByteArrayInputStream(parts.readAllBytes()), new DefaultHandler());
        }
    }

    @MethodSource("eventSeeds")
    @FuzzTest(maxDuration = "10m")
    void events(byte[] csv) {
        try {
            String again = written(EventCsv.read(new String(csv, StandardCharsets.UTF_8), info.sessionId()));
            assertThat(written(EventCsv.read(again, info.sessionId()))).isEqualTo(again);
        } catch (SessionFormatException refused) {
            assertThat(refused.getMessage()).isNotBlank();
        }
    }

    @MethodSource("noteSeeds")
    @FuzzTest(maxDuration = "10m")
    void notes(byte[] csv) throws IOException, DamageException {
        NoteLog log;
        try {
            log = NoteLog.of(Path.of("notes.csv"), csv, info, Optional.empty());
        } catch (SessionFormatException refused) {
            assertThat(refused.getMessage()).contains("notes.csv");
            return;
        }
        assertThat(log.nextNumber()).isPositive();
        SessionNotes.Content content = log.content();
        assertThat(content.problems()).allMatch(problem -> !problem.message().isBlank());
        assertThat(content.current()).hasSizeLessThanOrEqualTo(content.all().size());
        List<SessionNotes.CorrectedLabel> labels = content.correctedLabels();
        for (int i = 0; i + 1 < labels.size(); i++) {
            assertThat(labels.get(i).toNanos())
                    .isLessThanOrEqualTo(labels.get(i + 1).fromNanos());
        }
        for (SessionNote note : content.all()) {
            if (note.fromNanos().orElse(0) % MICRO == 0 && note.toNanos().orElse(0) % MICRO == 0) {
                assertThat(NoteCsv.read(NoteCsv.row(info.sessionId(), note).strip(), info.sessionId()))
                        .isEqualTo(note);
            }
        }
    }

    @MethodSource("descriptionSeeds")
    @FuzzTest(maxDuration = "10m")
    void description(byte[] json) throws IOException, GeneralSecurityException {
        try {
            SessionInfo read = SessionJson.read(json, Optional.empty());
            assertThat(SessionJson.readVisible(json).sessionId()).isEqualTo(read.sessionId());
            byte[] again = SessionJson.write(read, Optional.empty());
            assertThat(SessionJson.write(SessionJson.read(again, Optional.empty()), Optional.empty()))
                    .isEqualTo(again);
        } catch (SessionFormatException refused) {
            assertThat(refused.getMessage()).isNotBlank();
        }
    }

    static Stream<byte[]> rowSeeds() throws IOException {
        byte[] recorded = Files.readAllBytes(session.resolve("session.csv"));
        String whole = new String(recorded, StandardCharsets.UTF_8);
        assertThat(whole).contains("\"\".avi\"", ",80.5,", ",90.3,", "2026-01-02T");
        return Stream.concat(
                damaged(recorded),
                // Found by fuzzing: quotes that do not match, in a row and in the header.
                Stream.of(
                                whole.replaceFirst("\"\"\\.avi\"", "\"a.vi\""),
                                "\"format\"_version,x\n",
                                whole.replaceAll(",80\\.5,", ",8d,").replaceAll(",90\\.3,", ",0x1p3,"),
                                whole.replaceAll("2026-01-02T", "+1000000000-01-02T"),
                                whole.replaceFirst("\\.avi", "\u0001\uFFFE]]>&"))
                        .map(text -> text.getBytes(StandardCharsets.UTF_8)));
    }

    static Stream<byte[]> eventSeeds() {
        FacialEvent smile = FacialEvent.of(
                FacialEvent.Kind.EXPRESSION, "happy", 1_000_000_000, 1_500_000_000, 2_000_000_000, 0.93, 0.1);
        FacialEvent nod = FacialEvent.of(FacialEvent.Kind.NOD, "nod, \"twice\"", 0, 0, 333_333_333, 12.5, -0.25);
        String whole = written(List.of(
                new SessionEvent(1, true, smile.withTalking(true)), new SessionEvent(2, false, nod.withEndUnseen())));
        return Stream.concat(
                damaged(whole.getBytes(StandardCharsets.UTF_8)),
                Stream.of(whole.replace("1500.000", HUGE), whole.replace("1500.000", LONG))
                        .map(text -> text.getBytes(StandardCharsets.UTF_8)));
    }

    static Stream<byte[]> noteSeeds() throws IOException {
        byte[] written = SampleFrames.annotated(session, Optional.empty());
        String whole = new String(written, StandardCharsets.UTF_8);
        return Stream.concat(
                damaged(written),
                Stream.of(
                                whole.replace("1,note,", Long.MAX_VALUE + ",note,"),
                                whole.replace("1.000", HUGE),
                                whole.replace("1.000", LONG))
                        .map(text -> text.getBytes(StandardCharsets.UTF_8)));
    }

    static Stream<byte[]> descriptionSeeds() throws IOException {
        byte[] recorded = Files.readAllBytes(session.resolve("session.json"));
        String whole = new String(recorded, StandardCharsets.UTF_8);
        assertThat(whole).contains("\"time\": 0.033333");
        return Stream.concat(
                damaged(recorded),
                Stream.of(
                                whole.replace("0.033333", HUGE),
                                whole.replace("0.033333", LONG),
                                "{".repeat(100_000),
                                "[[[[",
                                "{\"formatVersion\": 1e999}",
                                "null",
                                "{\"session\": []}")
                        .map(text -> text.getBytes(StandardCharsets.UTF_8)));
    }

    /** A file as it was written, cut short, with damage in its middle, twice in a row, and empty. */
    static Stream<byte[]> damaged(byte[] whole) {
        assertThat(whole).isNotEmpty();
        byte[] cut = Arrays.copyOf(whole, whole.length * 2 / 3);
        byte[] damaged = whole.clone();
        byte[] damage = DAMAGED.getBytes(StandardCharsets.UTF_8);
        System.arraycopy(damage, 0, damaged, whole.length / 2, Math.min(damage.length, whole.length / 2));
        byte[] twice = Arrays.copyOf(whole, whole.length * 2);
        System.arraycopy(whole, 0, twice, whole.length, whole.length);
        return Stream.of(whole, cut, damaged, twice, new byte[0]);
    }

    private static String written(List<SessionEvent> events) {
        return events.stream()
                .map(event -> EventCsv.row(info.sessionId(), event))
                .collect(Collectors.joining("", EventCsv.header(), ""));
    }
}
