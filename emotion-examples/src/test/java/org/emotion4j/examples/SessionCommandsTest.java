package org.emotion4j.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.emotion4j.emotion.Emotion;
import org.emotion4j.emotion.EmotionScores;
import org.emotion4j.face.BoundingBox;
import org.emotion4j.face.DetectedFace;
import org.emotion4j.reading.EmotionReading;
import org.emotion4j.reading.FrameResult;
import org.emotion4j.reading.StageTimings;
import org.emotion4j.session.Consent;
import org.emotion4j.session.CsvSessionRecorder;
import org.emotion4j.session.SessionMetadata;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is done with a recorded session. */
class SessionCommandsTest {
    @TempDir
    Path folder;

    @Test
    void summaryForPeopleAndForPrograms() throws IOException {
        Path session = record("one");
        assertThat(Cli.run("summary", session).out()).contains("happy", "60.0 %", "from \"second half\"");
        JsonNode json = Cli.run("summary", session, "--json").json();
        assertThat(json.path("frames").asInt()).isEqualTo(10);
        assertThat(json.path("times").path("expressions").path("sad").asDouble())
                .isEqualTo(0.4);
        assertThat(json.path("changes").asInt()).isEqualTo(1);
        assertThat(json.path("stretches").get(0).path("marker").asText()).isEqualTo("second half");
    }

    @Test
    void whatIsNoSessionIsToldAndTheOthersAreRead() throws IOException {
        Path session = record("one");
        Cli.Result result = Cli.run("summary", folder, session, folder.resolve("none"), "--json");
        assertThat(result.exitCode()).isEqualTo(EmotionCli.BAD_INPUT);
        assertThat(result.jsonLines()).hasSize(1);
        assertThat(result.err()).contains("is no session", "no such file or folder");
    }

    @Test
    void timelineKeepsItsIntervals() throws IOException {
        Cli.Result result = Cli.run("timeline", record("one"), "--interval", "500ms");
        assertThat(result.out().lines()).hasSize(3);
        assertThat(result.out()).contains(",0.000,0.500,5,happy,", ",0.500,1.000,5,sad,");
    }

    @Test
    void reportIsAPage() throws IOException {
        Path page = folder.resolve("page.html");
        assertThat(Cli.run("report", record("one"), "--out", page).exitCode()).isZero();
        assertThat(Files.readString(page)).startsWith("<!DOCTYPE html>").contains("second half");
    }

    @Test
    void theRowsOfASessionAreReadWithItsDescription() throws IOException {
        Path session = record("one");
        Path page = session.resolve("report.html");
        assertThat(Cli.run("report", session.resolve("session.csv")).exitCode()).isZero();
        assertThat(Files.readString(page)).contains("second half");
        Files.writeString(session.resolve("session.json"), "{");
        Cli.Result result = Cli.run("report", session.resolve("session.csv"));
        assertThat(result.exitCode()).isZero();
        assertThat(result.err()).contains("read without its description");
        assertThat(Files.readString(page)).contains("happy").doesNotContain("second half");
    }

    @Test
    void recoverTellsWhatIsPastRepair() throws IOException {
        Path session = record("one");
        Path rows = session.resolve("session.csv");
        List<String> lines = Files.readAllLines(rows);
        Files.write(rows, lines.subList(0, lines.size() - 2));
        byte[] cut = Files.readAllBytes(rows);
        Cli.Result result = Cli.run("recover", session);
        assertThat(result.exitCode()).isEqualTo(EmotionCli.BAD_INPUT);
        assertThat(result.out())
                .contains("had ended, but rows are missing or damaged", "1 problems", "counts 10 frames");
        assertThat(Files.readAllBytes(rows)).isEqualTo(cut);
    }

    @Test
    void recoverTidiesUpWhatWasCutOff() throws IOException {
        Path session = record("one");
        Path json = session.resolve("session.json");
        Files.writeString(json, Files.readString(json).replace("\"finished\"", "\"recording\""));
        Files.writeString(session.resolve("session.csv"), "1,half", StandardOpenOption.APPEND);
        assertThat(Cli.run("summary", session).err()).contains("was cut off; 'recover' tidies it up");
        assertThat(Cli.run("recover", session).out()).contains("recovered, 10 frames, 6 bytes of torn rows cut");
        assertThat(Cli.run("recover", session).out()).contains("nothing to do");
    }

    @Test
    void eraseAsksFirst() throws IOException {
        Path session = record("one");
        assertThat(Cli.run("erase", "--past", folder).out()).contains("one: would be erased");
        assertThat(session).exists();
        assertThat(Cli.run("erase", session, "--yes").out()).contains("one: erased");
        assertThat(session).doesNotExist();
        assertThat(Cli.run("erase").exitCode()).isEqualTo(EmotionCli.BAD_INPUT);
    }

    @Test
    void eraseLeavesNothingThatWasMadeFromIt() throws IOException {
        Path session = record("one");
        Cli.run("report", session);
        OutputFolder output = OutputFolder.at(session);
        Files.writeString(output.file(OutputFolder.TIMELINE_CSV), "x");
        Files.writeString(output.file(OutputFolder.TIMELINE_PNG), "x");
        output.setEarlierSessionAside(new PrintWriter(new StringWriter()));
        Path notes = Files.writeString(session.resolve("notes.txt"), "x");
        assertThat(Cli.names(session))
                .containsExactly(
                        "notes.txt",
                        "report.html",
                        "session-1.csv",
                        "session-1.json",
                        "timeline-1.csv",
                        "timeline-1.png");
        assertThat(Cli.run("erase", session, "--yes").out())
                .contains("one: erased; still there, not made by Emotion4J: [" + notes + "]");
        assertThat(Cli.names(session)).containsExactly("notes.txt");
    }

    /** The jar knows its version; classes that were compiled into a folder do not. */
    @Test
    void aSessionNamesTheVersionThatRecordedIt() throws Exception {
        Path core = Path.of(CsvSessionRecorder.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        assumeTrue(Files.isRegularFile(core));
        JsonNode json = Cli.parse(Files.readString(record("one").resolve("session.json")));
        assertThat(json.findValue("emotion4j").asText()).matches("\\d+\\.\\d+.*");
    }

    /** Ten frames in a second: happy six times, then sad. */
    private Path record(String name) throws IOException {
        Path session = folder.resolve(name);
        Consent consent = new Consent(
                Consent.PERSON_RECORDED, Instant.parse("2020-01-01T10:00:00Z"), "a test", LocalDate.of(2020, 2, 1));
        try (CsvSessionRecorder recorder = CsvSessionRecorder.create(session, SessionMetadata.of(consent))) {
            for (int i = 0; i < 10; i++) {
                EmotionScores scores = EmotionScores.certain(i < 6 ? Emotion.HAPPY : Emotion.SAD);
                EmotionReading reading = new EmotionReading(
                        1,
                        i * 100_000_000L,
                        new DetectedFace(new BoundingBox(1, 2, 90, 90), 0.9),
                        scores,
                        scores,
                        Optional.of(scores.top()));
                recorder.record(new FrameResult(
                        i,
                        i * 100_000_000L,
                        Instant.EPOCH,
                        "clip",
                        640,
                        480,
                        i == 0,
                        List.of(reading),
                        new StageTimings(1, 1, 1, 3)));
            }
            recorder.mark(500_000_000L, "second half");
        }
        return session;
    }
}
