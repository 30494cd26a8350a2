package org.emotion4j.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.emotion4j.emotion.Emotion;
import org.emotion4j.reading.EmotionReading;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SessionReaderTest {
    @TempDir
    Path folder;

    @Test
    void readsWhatWasRecorded() throws IOException {
        record(200);
        List<RecordedFrame> frames = new ArrayList<>();
        try (SessionReader reader = SessionReader.open(folder)) {
            reader.forEachRemaining(frames::add);
            assertThat(reader.problems()).isEmpty();
            assertThat(reader.isUnfinished()).isFalse();
            assertThat(reader.info().counters()).contains(reader.counters());
        }
        assertThat(frames).hasSize(200);
        frames.forEach(frame -> SampleFrames.requireSame(frame, SampleFrames.frame(frame.index())));
    }

    @Test
    void aSessionIsOpenedAgainBeforeItsFirstFrameWithWhatIsKnownOfIt() throws IOException {
        record(5);
        try (SessionReader reader = SessionReader.open(folder)) {
            reader.forEachRemaining(frame -> {});
            try (SessionReader again = reader.again()) {
                assertThat(again.info()).isSameAs(reader.info());
                assertThat(again.counters().frames()).isZero();
                again.forEachRemaining(frame -> {});
                assertThat(again.counters()).isEqualTo(reader.counters());
            }
        }
    }

    @Test
    void rowsThatWereLookedAtForDamageAreNotLookedAtAgain() throws IOException {
        record(5);
        try (SessionReader reader = SessionReader.open(folder)) {
            change("session.csv", csv -> csv.replaceFirst("(?m)^1,", "-1,"));
            try (SessionReader again = reader.again()) {
                again.forEachRemaining(frame -> {});
                assertThat(again.unusableRows()).isEqualTo(1);
            }
            assertThatThrownBy(() -> SessionReader.open(folder)).isInstanceOf(SessionFormatException.class);
        }
    }

    @Test
    void anEmptySessionHasNoFrames() throws IOException {
        record(0);
        assertThat(problemsOf(folder)).isEmpty();
    }

    @Test
    void framesMayRepeatGoBackAndFollowEachOtherWithTheSameTime() throws IOException {
        try (CsvSessionRecorder recorder = CsvSessionRecorder.create(folder)) {
            for (long[] frame : new long[][] {{0, 50}, {1, 50}, {2, 10}, {2, 20}}) {
                EmotionReading reading = SampleFrames.reading(1, frame[1], Emotion.HAPPY);
                recorder.record(SampleFrames.frame(frame[0], frame[1] * 1_000_000, List.of(reading)));
            }
        }
        try (SessionReader reader = SessionReader.open(folder)) {
            List<Long> times = new ArrayList<>();
            reader.forEachRemaining(frame -> times.add(frame.mediaNanos() / 1_000_000));
            assertThat(times).containsExactly(50L, 50L, 10L, 20L);
        }
    }

    @Test
    void aFolderThatIsNoSession() {
        assertThatThrownBy(() -> SessionReader.open(folder))
                .isInstanceOf(SessionFormatException.class)
                .hasMessageContaining(folder + " is no session: it has neither session.json nor session.csv");
    }

    @Test
    void aNewerFormat() throws IOException {
        record(3);
        change("session.json", json -> json.replace("\"formatVersion\": 1", "\"formatVersion\": 2"));
        assertThatThrownBy(() -> SessionReader.open(folder))
                .isInstanceOf(SessionFormatException.class)
                .hasMessageContaining("format version is 2, this library reads up to 1");
    }

    @Test
    void aDamagedDescriptionLeavesTheRowsReadable() throws IOException {
        record(3);
        change("session.json", json -> json.substring(0, json.length() / 2));
        assertThatThrownBy(() -> SessionReader.open(folder))
                .isInstanceOf(SessionFormatException.class)
                .hasMessageContaining("damaged: not whole JSON, at line ")
                .hasMessageContaining("open " + folder.resolve("session.csv"))
                .hasMessageNotContainingAny("gson", "Gson", "strict");
        try (SessionReader reader = SessionReader.open(folder.resolve("session.csv"))) {
            assertThat(reader.info().state()).isEqualTo(SessionState.UNDESCRIBED);
            assertThat(reader.next()).isPresent();
        }
    }

    @Test
    void anyDamageToTheDescriptionIsTold() throws IOException {
        record(3);
        byte[] whole = Files.readAllBytes(folder.resolve("session.json"));
        Random random = new Random(3);
        for (int i = 0; i < 500; i++) {
            byte[] damaged = whole.clone();
            damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            Files.write(folder.resolve("session.json"), damaged);
            try {
                SessionReader.open(folder).close();
            } catch (SessionFormatException e) {
                assertThat(e.getMessage()).contains("session.json").doesNotContainIgnoringCase("gson");
            }
        }
    }

    @Test
    void rowsThatAreTooShortAreLeftOut() throws IOException {
        record(3);
        change("session.csv", csv -> {
            String row = csv.lines().skip(1).findFirst().orElseThrow().replaceFirst(",0,0\\.000,", ",3,99.999,");
            return csv + row.replace("\"clip, \"\"one\"\".avi\"", "\"never closed") + "\n1,2\n\n" + row + "\n";
        });
        try (SessionReader reader = SessionReader.open(folder)) {
            List<RecordedFrame> frames = new ArrayList<>();
            reader.forEachRemaining(frames::add);
            assertThat(frames).hasSize(4);
            assertThat(reader.unusableRows()).isEqualTo(3);
            assertThat(reader.problemCount()).isEqualTo(4);
            assertThat(reader.problems().stream().map(SessionProblem::toString))
                    .satisfiesExactly(
                            text -> assertThat(text).startsWith("line 5: it has 6 cells, expected 60"),
                            text -> assertThat(text).startsWith("line 6: it has 2 cells, expected 60"),
                            text -> assertThat(text).startsWith("line 7: it has"),
                            text -> assertThat(text).startsWith("session.json counts 3 frames"));
        }
    }

    @Test
    void whatIsWrongWithTheWholeIsToldHoweverManyRowsAreUnusable() throws IOException {
        record(3);
        change("session.csv", csv -> {
            String header = csv.substring(0, csv.indexOf('\n') + 1);
            return header
                    + csv.substring(header.length()).replaceAll("(?m)^1,", "2,").repeat(60);
        });
        try (SessionReader reader = SessionReader.open(folder)) {
            reader.forEachRemaining(frame -> {});
            assertThat(reader.unusableRows()).isEqualTo(180);
            assertThat(reader.problemCount()).isEqualTo(181);
            assertThat(reader.problems()).hasSize(SessionReader.MAX_PROBLEMS + 1);
            assertThat(reader.problems().get(SessionReader.MAX_PROBLEMS).line()).isZero();
        }
    }

    @Test
    void rowsOfANewerFormatAreLeftOut() throws IOException {
        record(3);
        change("session.csv", csv -> csv.replaceFirst("\n1,", "\n2,"));
        assertThat(problemsOf(folder).get(0)).startsWith("line 2: format_version is 2, this Emotion4J reads up to 1");
    }

    @Test
    void aRowWithoutAFaceHasNothingOfOne() throws IOException {
        record(3);
        change("session.csv", csv -> csv.replaceFirst(",[01],\\d+,", ",0,,"));
        assertThatThrownBy(() -> SessionReader.open(folder))
                .isInstanceOf(SessionFormatException.class)
                .hasMessageContaining("line 2: face_id is empty, and x is");
    }

    @Test
    void aTornLastRowIsLeftOut() throws IOException {
        record(3);
        change("session.csv", csv -> csv.substring(0, csv.length() - 1));
        assertThat(problemsOf(folder))
                .containsExactly(
                        "line 4: the last row is torn and was left out",
                        "session.json counts 3 frames with 3 readings, but 2 with 2 could be read:"
                                + " rows are missing or were added");
    }

    @Test
    void aForeignCsvMayHaveOtherColumnsInAnotherOrder() throws IOException {
        record(2);
        change("session.csv", csv -> {
            StringBuilder changed = new StringBuilder("\uFEFF");
            csv.lines().forEach(line -> changed.append("note,").append(line).append("\r\n"));
            return changed.toString();
        });
        Files.delete(folder.resolve("session.json"));
        try (SessionReader reader = SessionReader.open(folder)) {
            assertThat(reader.next().orElseThrow().readings()).hasSize(1);
            assertThat(reader.info().sessionId()).isEqualTo("unknown");
        }
    }

    /** Records from before the quality of pictures was kept end with the raw scores. */
    @Test
    void aRecordWithoutTheLaterColumnsReads() throws IOException {
        record(20);
        int later = CsvRows.columns().size() - CsvRows.requiredColumns().size();
        change("session.csv", csv -> csv.lines()
                .map(line -> line.replaceAll("(,[^,\"]*){" + later + "}$", ""))
                .collect(Collectors.joining("\n", "", "\n")));
        assertThat(Files.readAllLines(folder.resolve("session.csv")).get(0)).endsWith(",raw_neutral");
        try (SessionReader reader = SessionReader.open(folder)) {
            for (int i = 0; i < 20; i++) {
                RecordedFrame frame = reader.next().orElseThrow();
                assertThat(frame.readings())
                        .hasSameSizeAs(SampleFrames.frame(i).readings())
                        .allMatch(reading -> reading.quality().isEmpty())
                        .allMatch(reading -> reading.movements().isEmpty());
            }
            assertThat(reader.problems()).isEmpty();
        }
    }

    @Test
    void movementsComeBackAsTheyWereRecorded() throws IOException {
        record(40);
        int seen = 0;
        try (SessionReader reader = SessionReader.open(folder)) {
            for (int i = 0; i < 40; i++) {
                List<EmotionReading> read = reader.next().orElseThrow().readings();
                List<EmotionReading> written = SampleFrames.frame(i).readings();
                assertThat(read)
                        .extracting(EmotionReading::movements)
                        .isEqualTo(
                                written.stream().map(EmotionReading::movements).toList());
                seen += (int) read.stream()
                        .filter(reading -> reading.movements().isPresent())
                        .count();
            }
        }
        assertThat(seen).isGreaterThan(10);
    }

    @Test
    void aBadQualityIsRefusedAndAnIssueOfANewerVersionIsNot() throws IOException {
        record(3);
        change("session.csv", csv -> csv.replaceFirst("too_dark", "too_dark haunted"));
        assertThat(problemsOf(folder)).isEmpty();
        change("session.csv", csv -> csv.lines()
                .map(line -> line.contains("haunted")
                        ? line.replaceFirst("(,[^,\"]*){31}$", ",1.5,1.0,1.0,1.0,1.0,,,,,1,1" + ",".repeat(20))
                        : line)
                .collect(Collectors.joining("\n", "", "\n")));
        assertThatThrownBy(() -> SessionReader.open(folder))
                .hasMessageContaining("line 2: quality is \"1.5\", expected a number from 0 to 1");
    }

    @Test
    void aCsvOfAnotherKind() throws IOException {
        Files.writeString(folder.resolve("session.csv"), "name;age\nx;3\n");
        assertThatThrownBy(() -> SessionReader.open(folder))
                .isInstanceOf(SessionFormatException.class)
                .hasMessageContaining("its first line is \"name;age\", expected a header");
    }

    @Test
    void recoveryLeavesASessionThatEndedAsItIs() throws IOException {
        record(3);
        String before = Files.readString(folder.resolve("session.json"));
        assertThat(SessionReader.recover(folder))
                .isEqualTo(new SessionRecovery(false, new SessionCounters(3, 0, 3), 0));
        assertThat(folder.resolve("session.json")).hasContent(before);
    }

    @Test
    void recoveryCutsTheTornRow() throws IOException {
        record(3);
        Optional<Duration> length = SessionReader.readInfo(folder).length();
        change("session.json", json -> json.replace("\"finished\"", "\"recording\"")
                .replaceFirst("\"length\": .*\n", ""));
        assertThat(SessionReader.readInfo(folder).length()).isEmpty();
        Files.writeString(folder.resolve("session.csv"), "1,half", StandardOpenOption.APPEND);
        SessionRecovery recovery = SessionReader.recover(folder);
        assertThat(recovery).isEqualTo(new SessionRecovery(true, new SessionCounters(3, 0, 3), 6));
        assertThat(SessionReader.readInfo(folder).state()).isEqualTo(SessionState.RECOVERED);
        assertThat(SessionReader.readInfo(folder).length()).isPresent().isEqualTo(length);
        assertThat(problemsOf(folder)).isEmpty();
    }

    private void record(int frames) throws IOException {
        try (CsvSessionRecorder recorder = CsvSessionRecorder.create(folder)) {
            for (int i = 0; i < frames; i++) {
                recorder.record(SampleFrames.frame(i));
            }
        }
    }

    @Test
    void aRowWhoseQuotesDoNotMatchIsLeftOut() throws IOException {
        record(20);
        change("session.csv", csv -> csv.replaceFirst("\"\"\\.avi\"", "\".avi\""));
        assertThat(problemsOf(folder)).contains("line 2: its quotes do not match; the row was left out");
    }

    @Test
    void aHeaderWhoseQuotesDoNotMatchIsNone() throws IOException {
        record(3);
        change("session.csv", csv -> "\"format\"_version" + csv.substring("format_version".length()));
        assertThatThrownBy(() -> SessionReader.open(folder))
                .isInstanceOf(SessionFormatException.class)
                .hasMessageContaining("expected a header");
    }

    private void change(String name, UnaryOperator<String> change) throws IOException {
        Path file = folder.resolve(name);
        Files.writeString(file, change.apply(Files.readString(file)));
    }

    private static List<String> problemsOf(Path session) throws IOException {
        try (SessionReader reader = SessionReader.open(session)) {
            reader.forEachRemaining(frame -> {});
            return reader.problems().stream().map(SessionProblem::toString).toList();
        }
    }
}
