package org.emotion4j.cli.sessions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.emotion4j.cli.Cli;
import org.emotion4j.cli.io.ExitCode;
import org.emotion4j.cli.io.OutputFolder;
import org.emotion4j.cli.options.KeyFile;
import org.emotion4j.emotion.Emotion;
import org.emotion4j.emotion.EmotionScores;
import org.emotion4j.face.BoundingBox;
import org.emotion4j.face.DetectedFace;
import org.emotion4j.file.internal.ProductMark;
import org.emotion4j.reading.EmotionReading;
import org.emotion4j.reading.FrameResult;
import org.emotion4j.reading.StageTimings;
import org.emotion4j.recording.Consent;
import org.emotion4j.recording.CsvSessionRecorder;
import org.emotion4j.recording.SessionArchive;
import org.emotion4j.recording.SessionMetadata;
import org.emotion4j.recording.SessionNotes;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is done with a recorded session. */
@Tag("native")
class SessionCommandsTest {
    @TempDir
    Path folder;

    @Test
    void summaryForPeopleAndForPrograms() throws IOException {
        Path session = record("one");
        assertThat(Cli.run("summary", session).out())
                .contains("happy", "60.0 %", "from \"second half\" at 0:00.5", "recorded 20");
        JsonNode json = Cli.run("summary", session, "--json").json();
        assertThat(json.path("frames").asInt()).isEqualTo(10);
        assertThat(json.path("times").path("expressions").path("sad").asDouble())
                .isEqualTo(0.4);
        assertThat(json.path("changes").asInt()).isEqualTo(1);
        assertThat(json.path("transitions")).hasSize(1);
        assertThat(json.path("transitions").get(0).path("from").asText()).isEqualTo("happy");
        assertThat(json.path("transitions").get(0).path("to").asText()).isEqualTo("sad");
        JsonNode stretch = json.path("stretches").get(0);
        assertThat(stretch.path("marker").asText()).isEqualTo("second half");
        assertThat(stretch.path("to").asDouble() - stretch.path("from").asDouble())
                .isCloseTo(stretch.path("length").asDouble(), within(1e-6));
        assertThat(stretch.path("length").asDouble()).isPositive();
        assertThat(json.path("length").asDouble()).isCloseTo(1, within(1e-6));
        assertThat(json.path("briefMoments").isArray()).isTrue();
    }

    @Test
    void eventsHaveOnsetApexAndOffset() throws IOException {
        Path session = record("one");
        Cli.Result result = Cli.run("events", session, "--json");
        assertThat(result.exitCode()).isEqualTo(ExitCode.OK);
        assertThat(result.jsonLines()).hasSize(2);
        JsonNode whole = result.jsonLines().get(0);
        assertThat(whole.path("kind").asText()).isEqualTo("session");
        assertThat(whole.path("session").asText()).isEqualTo(session.toString());
        assertThat(whole.path("figures").path("followed").asDouble()).isEqualTo(0.9);
        assertThat(whole.path("figures").path("framesPerSecond").asDouble()).isEqualTo(10);
        assertThat(whole.path("figures").path("blinks").isNull()).isTrue();
        JsonNode event = result.jsonLines().get(1);
        assertThat(event.path("kind").asText()).isEqualTo("expression");
        assertThat(event.path("name").asText()).isEqualTo("sad");
        assertThat(event.path("session").asText()).isEqualTo(session.toString());
        assertThat(event.path("id")).isEqualTo(whole.path("id"));
        assertThat(event.path("onset").asDouble()).isBetween(0.5, 0.6);
        assertThat(event.path("apex").asDouble()).isEqualTo(0.6);
        assertThat(event.path("offset").asDouble()).isEqualTo(0.9);
        assertThat(event.path("peak").asDouble()).isEqualTo(1);
        assertThat(event.path("whileTalking").isNull())
                .as("nobody told the mouth")
                .isTrue();
        assertThat(Cli.run("events", session).out())
                .contains(" sad", "10 frames a second", "expressions alone")
                .as("it went on when the recording ended")
                .doesNotContain("sad, brief");
    }

    @Test
    void eventsAreWrittenIntoATable() throws IOException {
        Path session = record("one");
        Path table = folder.resolve("table.csv");
        assertThat(Cli.run("events", session, "--out", table).exitCode()).isEqualTo(ExitCode.OK);
        assertThat(Files.readString(table)).isEqualTo(Files.readString(session.resolve("events.csv")));
        Files.delete(session.resolve("events.csv"));
        Path again = folder.resolve("again.csv");
        Cli.run("events", session, "--out", again);
        assertThat(again).as("found in the rows").hasSameTextualContentAs(table);
        assertThat(Cli.run("events", session, "--out", table).exitCode()).isNotEqualTo(ExitCode.OK);
        assertThat(table).hasSameTextualContentAs(again);
    }

    @Test
    void nothingIsWrittenBesideARecord() throws IOException {
        Path session = record("one");
        Path other = record("two");
        Files.delete(other.resolve("events.csv"));
        for (Path folder : List.of(session, other)) {
            for (List<String> command : List.of(
                    List.of("events", session.toString(), "--out", folder + "/events.csv"),
                    List.of("events", session.toString(), "--out", folder + "/other.csv"),
                    List.of("export", session.toString(), "--format", "csv", "--out", folder + "/export.csv"))) {
                Cli.Result result = Cli.run(command.toArray());
                assertThat(result.exitCode()).as("%s", command).isEqualTo(ExitCode.BAD_INPUT);
                assertThat(result.err()).contains("is in the folder of the session", "write it somewhere else");
            }
        }
        try (Stream<Path> files = Files.list(other)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("session.csv", "session.json");
        }
    }

    @Test
    void eventsAreMeasuredAgainstAStretchOfRest() throws IOException {
        Path session = record("one");
        String happy =
                Cli.run("events", session, "--baseline", "0.6-1.0", "--json").err();
        assertThat(happy).contains("the face is in fewer than 5 frames of the baseline");
        List<JsonNode> lines = Cli.run("events", session, "--baseline", "second half", "--json")
                .jsonLines();
        assertThat(lines.get(0).path("baseline").asText()).isEqualTo("the mean of the stretch \"second half\"");
        assertThat(lines.subList(1, lines.size()))
                .singleElement()
                .satisfies(event -> assertThat(event.path("name").asText()).isEqualTo("happy"));
        assertThat(Cli.run("events", session, "--baseline", "0-0.5").out())
                .contains(" sad", "Measured against the mean of the seconds 0-0.5.");
        assertThat(Cli.run("events", session, "--baseline", "5-2").err()).contains("the second is later");
        assertThat(Cli.run("events", session, "--baseline", "7-9").err()).contains("no face was read in the seconds");
        assertThat(Cli.run("summary", session, "--baseline", "0-0.5").exitCode())
                .isEqualTo(ExitCode.OK);
    }

    @Test
    void aSummaryCountsEvents() throws IOException {
        Path session = record("one");
        assertThat(Cli.run("summary", session).out())
                .contains("events: 1 expression")
                .doesNotContain("brief:");
    }

    @Test
    void aSummaryTellsWhatPeopleHaveAdded() throws IOException {
        Path session = record("one");
        SessionNotes notes = SessionNotes.of(session);
        notes.note("Dr. M", 300_000_000L, "looks down");
        notes.correct("Dr. M", 400_000_000L, 600_000_000L, Optional.of(Emotion.FEAR));
        notes.figure("Dr. M", "PHQ-9", 14);
        notes.withdraw("Dr. M", notes.note("Dr. M", "a slip of the pen").number());
        notes.mark("Dr. M", 700_000_000L, "the end");
        assertThat(Cli.run("summary", session).out())
                .contains(
                        "note at 0:00.3: looks down (Dr. M, ",
                        "corrected at 0:00.4 to 0:00.6: fear (Dr. M, ",
                        "PHQ-9: 14 (Dr. M, ",
                        "from \"the end\" at 0:00.7")
                .doesNotContain("a slip of the pen");
    }

    @Test
    void aRestThatWasMarkedLaterIsABaseline() throws IOException {
        Path session = record("one");
        SessionNotes.of(session).mark("Dr. M", 0, "rest");
        for (String command : List.of("summary", "timeline", "cluster")) {
            Cli.Result result = Cli.run(command, session, "--baseline", "rest");
            assertThat(result.exitCode()).as(command + ": " + result.err()).isZero();
        }
        Cli.Result unknown = Cli.run("summary", session, "--baseline", "breakfast");
        assertThat(unknown.err()).contains("its markers are [\"rest\", \"second half\"]");
        Cli.Result nothing = Cli.run("cluster", session, "--baseline", "breakfast");
        assertThat(nothing.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(nothing.err().lines()).as("said once").hasSize(1);
    }

    @Test
    void theRestOfASessionOfTwoIsTakenOutByDefaultAndWhatTheyShareIsTold() throws IOException {
        SessionMetadata own = SessionMetadata.withoutConsent();
        SessionMetadata other = SessionMetadata.withoutConsent();
        Path session = rested("own", own.withCompanion(new SessionMetadata.Companion(other.sessionId(), "other")));
        rested("other", other.withCompanion(new SessionMetadata.Companion(own.sessionId(), "own")));
        assertThat(Cli.run("summary", session).out())
                .contains(
                        "relative to the rest marked from 0:00.0 to 0:05.0 (--baseline none leaves it in)",
                        "shared smiles ",
                        "with session " + other.sessionId());
        JsonNode json = Cli.run("summary", session, "--json").jsonLines().get(0);
        assertThat(json.path("restTo").asDouble()).isEqualTo(5);
        assertThat(json.path("companion").asText()).isEqualTo(other.sessionId());
        assertThat(json.path("bothReadable").asDouble()).isEqualTo(6);
        assertThat(Cli.run("summary", session, "--baseline", "none").out()).doesNotContain("relative to the rest");
        assertThat(Cli.run("report", session, "--language", "es").exitCode()).isZero();
        assertThat(Files.readString(session.resolve("report.html")))
                .contains("Sonrisas compartidas", "relativas al reposo");
        SessionArchive.erase(folder.resolve("other"));
        assertThat(Cli.run("summary", session).out()).doesNotContain("shared smiles");
    }

    /** Six seconds, of which the first five are marked as rest. */
    private Path rested(String name, SessionMetadata metadata) throws IOException {
        Path session = folder.resolve(name);
        try (CsvSessionRecorder recorder = CsvSessionRecorder.create(session, metadata)) {
            for (int i = 0; i < 60; i++) {
                recorder.record(frame(i, EmotionScores.certain(i < 50 ? Emotion.NEUTRAL : Emotion.HAPPY)));
            }
            recorder.mark(0, "rest");
            recorder.mark(5_000_000_000L, "rest over");
        }
        return session;
    }

    @Test
    void whatIsNoSessionIsToldAndTheOthersAreRead() throws IOException {
        Path session = record("one");
        Cli.Result result = Cli.run("summary", folder, session, folder.resolve("none"), "--json");
        assertThat(result.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(result.jsonLines()).hasSize(1);
        assertThat(result.err()).contains("is no session", "no such file or folder");
    }

    @Test
    void aKilledSessionIsNotBeingRecorded() throws IOException {
        Path session = record("one");
        Path json = session.resolve("session.json");
        Files.writeString(json, Files.readString(json).replaceFirst("\"finished\"", "\"recording\""));
        assertThat(Cli.run("sessions", folder).out())
                .startsWith("cut off ")
                .contains("ended without an end: killed, or a power cut");
        assertThat(Cli.run("sessions", folder, "--json")
                        .jsonLines()
                        .get(0)
                        .path("state")
                        .asText())
                .isEqualTo("cut_off");
        assertThat(Cli.run("summary", session, "--json")
                        .jsonLines()
                        .get(0)
                        .path("state")
                        .asText())
                .isEqualTo("cut_off");
        try (CsvSessionRecorder recorder = CsvSessionRecorder.create(folder.resolve("two"))) {
            assertThat(recorder.forcedFrames()).isZero();
            assertThat(Cli.run("sessions", folder).out().lines())
                    .anyMatch(line -> line.startsWith("recording ") && line.endsWith("two"));
        }
    }

    @Test
    void whatIsMissingIsCountedRight() throws IOException {
        Path session = record("one");
        Path csv = session.resolve("session.csv");
        List<String> lines = Files.readAllLines(csv);
        Files.write(csv, lines.subList(0, lines.size() - 4));
        Cli.Result result = Cli.run("summary", session);
        assertThat(result.err()).contains("1 problem: ");
        assertThat(result.out())
                .contains("it had 10 frames with 10 readings, and 6 with 6 could be read")
                .doesNotContain("One row");
    }

    @Test
    void thereIsOneNumberOfRowsThatCouldNotBeUsed() throws IOException {
        Path session = record("one");
        Path csv = session.resolve("session.csv");
        List<String> lines = new ArrayList<>(Files.readAllLines(csv));
        lines.set(3, "1,cut");
        lines.set(7, "1,cut");
        Files.write(csv, lines);
        Cli.Result result = Cli.run("summary", session, "--json");
        assertThat(result.err()).contains("2 rows could not be used; the first: line 4: ", "counts 10 frames");
        JsonNode json = result.json();
        assertThat(json.path("problems").asInt()).isEqualTo(2);
        assertThat(json.path("complete").asBoolean()).isFalse();
        assertThat(json.path("concerns").toString()).contains("2 rows of the record could not be used.");
        assertThat(Cli.run("summary", record("two"), "--json")
                        .json()
                        .path("complete")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void anExportAsInputIsNamed() throws IOException {
        Path session = record("one");
        Path book = folder.resolve("all.xlsx");
        Path json = folder.resolve("all.json");
        assertThat(Cli.run("export", session, "--format", "xlsx", "--out", book).exitCode())
                .isZero();
        assertThat(Cli.run("export", session, "--format", "json", "--out", json).exitCode())
                .isZero();
        for (String command : List.of("summary", "timeline", "report", "cluster", "recover")) {
            assertThat(Cli.run(command, book).exitCode()).isEqualTo(ExitCode.BAD_INPUT);
        }
        assertThat(Cli.run("summary", book).err())
                .startsWith(book + " is a workbook or another archive")
                .contains("give the session's folder")
                .doesNotContain("PK");
        assertThat(Cli.run("summary", json).err()).startsWith(json + " is JSON");
    }

    @Test
    void aFolderOfSessionsAsASessionNamesThem() throws IOException {
        Path one = record("one");
        Path two = record("two");
        for (String command : List.of("summary", "timeline", "report", "cluster", "recover")) {
            Cli.Result result = Cli.run(command, folder);
            assertThat(result.exitCode()).as(command).isEqualTo(ExitCode.BAD_INPUT);
            assertThat(result.err()).as(command).contains("sessions are in it, give these: " + one + ", " + two);
        }
        assertThat(Cli.run("erase", folder).err()).contains("Its folders do: name these, or give --past");
        assertThat(Cli.run("erase", folder, "--yes").err()).contains("give these: " + one, "nothing was erased");
        assertThat(one).exists();
    }

    @Test
    void aFolderWithoutASessionIsToldAndStaysEmpty() throws IOException {
        Path empty = Files.createDirectory(folder.resolve("empty"));
        Cli.Result recover = Cli.run("recover", empty);
        assertThat(recover.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(recover.err().lines()).singleElement().asString().startsWith(empty + " is no session");
        assertThat(Cli.run("erase", "--past", empty).err())
                .contains(empty + ": no sessions past their date; nothing to erase");
        assertThat(Cli.names(empty)).isEmpty();
    }

    @Test
    void whereNobodyWasSeenThereIsNothingToCluster() throws IOException {
        Path session = folder.resolve("nobody");
        try (CsvSessionRecorder recorder = CsvSessionRecorder.create(session)) {
            recorder.record(
                    new FrameResult(0, 0, Instant.EPOCH, "", 640, 480, true, List.of(), new StageTimings(1, 2, 3, 6)));
        }
        Cli.Result result = Cli.run("cluster", session);
        assertThat(result.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(result.err().lines())
                .containsExactly(session + ": no face was read in it, so there is nothing to cluster");
    }

    @Test
    void timelineSaysThatPicturesAreNoCourse() throws IOException {
        Path session = folder.resolve("pictures");
        Cli.portrait(1, folder.resolve("a/1.jpg"));
        Cli.portrait(3, folder.resolve("a/2.jpg"));
        Cli.run("analyze", folder.resolve("a"), "--classifier", "brightness", "--out", session);
        Cli.Result result = Cli.run("timeline", session);
        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(result.err()).contains("these are 2 pictures that do not follow from one another");
        assertThat(result.out().lines()).hasSize(3);
    }

    @Test
    void timelineKeepsItsIntervals() throws IOException {
        Cli.Result result = Cli.run("timeline", record("one"), "--interval", "500ms");
        assertThat(result.out().lines()).hasSize(3);
        assertThat(result.out()).contains(",1,0.000000,0.500000,5,happy,1.0000,", ",1,0.500000,1.000000,5,sad,0.8000,");
    }

    @Test
    void reportIsAPage() throws IOException {
        Path page = folder.resolve("page.html");
        assertThat(Cli.run("report", record("one"), "--out", page).exitCode()).isZero();
        assertThat(Files.readString(page)).startsWith("<!DOCTYPE html>").contains("second half");
    }

    @Test
    void aPageIsInTheLanguageThatWasAskedFor() throws IOException {
        Path session = record("one");
        Path page = folder.resolve("page.html");
        Cli.run("report", session, "--language", "es", "--baseline", "second half", "--out", page);
        assertThat(Files.readString(page))
                .contains("<html lang=\"es\">", "Lo que el rostro mostró", "la media del tramo «second half»");
        Path together = folder.resolve("together.html");
        Cli.run("report", session, record("two"), "--language", "es-PE", "--out", together);
        assertThat(Files.readString(together)).contains("<html lang=\"es-PE\">", "2 sesiones");
        Cli.Result unknown = Cli.run("report", session, "--language", "de");
        assertThat(unknown.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(unknown.err()).contains("no texts in \"de\"; expected en, es");
        assertThat(Cli.run("report", session, "--language", "¿?").err()).contains("is no language");
        assertThat(session.resolve("report.html")).doesNotExist();
    }

    @Test
    void severalSessionsOfOnePersonShareAPage() throws IOException {
        Path page = folder.resolve("page.html");
        Cli.Result result = Cli.run("report", record("one"), record("two"), "--out", page);
        assertThat(result.out()).isEqualTo(page + System.lineSeparator());
        assertThat(Files.readString(page)).contains("2 sessions", "The course of each figure", "second half");
        Path one = folder.resolve("one");
        assertThat(Cli.run("report", one, one, "--out", page).err())
                .contains("is there twice", "without --out each session gets a page of its own");
        assertThat(Cli.run("report", one, folder.resolve("two")).out()).contains("report.html");
        assertThat(one.resolve("report.html")).exists();
    }

    @Test
    void aPersonsOwnRestIsTakenOut() throws IOException {
        Path session = record("one");
        assertThat(Cli.run("timeline", session, "--baseline", "second half", "--interval", "500ms")
                        .out())
                .contains(",0.000000,0.500000,5,happy,");
        assertThat(Cli.run("summary", session, "--baseline", "running").out()).contains("happy", "60.0 %");
        Cli.Result unknown = Cli.run("summary", session, "--baseline", "breakfast");
        assertThat(unknown.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(unknown.err())
                .contains("no face was read in a stretch marked \"breakfast\"; its markers are [\"second half\"]");
        Path page = folder.resolve("page.html");
        Cli.run("report", session, "--baseline", "second half", "--out", page);
        assertThat(Files.readString(page)).contains("the mean of the stretch \"second half\"");
    }

    @Test
    void picturesThatAreNoFilmAreCounted() throws IOException {
        Path out = folder.resolve("out");
        Path one = Cli.portrait(1, folder.resolve("pictures/1.jpg"));
        Cli.even(90, 120, folder.resolve("pictures/2.png"));
        Cli.run("analyze", one.getParent(), "--out", out);
        assertThat(Cli.run("summary", out).out())
                .contains("2 pictures that do not follow from one another", "no face                       1");
        JsonNode json = Cli.run("summary", out, "--json").json();
        assertThat(json.path("pictures").asBoolean()).isTrue();
        assertThat(json.path("counts").path("noFace").asInt()).isEqualTo(1);
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
        assertThat(result.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(result.out())
                .contains("had ended, but rows are missing or damaged", "1 problem: ", "counts 10 frames");
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
        assertThat(Cli.run("erase").exitCode()).isEqualTo(ExitCode.BAD_INPUT);
    }

    @Test
    void eraseSaysBeforehandWhatIsNoSessionOfOurs() throws IOException {
        Path appointments = Files.writeString(folder.resolve("session.csv"), "date,patient\n2026-03-01,Jane\n");
        for (Object[] arguments : List.of(new Object[] {"erase", folder}, new Object[] {"erase", folder, "--yes"})) {
            Cli.Result result = Cli.run(arguments);
            assertThat(result.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
            assertThat(result.out()).isEmpty();
            assertThat(result.err()).contains("erased").doesNotContain("say --yes");
        }
        assertThat(Cli.run("erase", folder.resolve("none")).err()).contains("no such file or folder");
        assertThat(Cli.run("sessions", folder).err()).contains("no sessions");
        assertThat(appointments).hasContent("date,patient\n2026-03-01,Jane\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"summary", "summary --json", "timeline", "report", "export --format csv", "cluster --k 2"})
    void ofARecordWithoutAUsableRowNothingIsStated(String command) throws IOException {
        Path session = record("one");
        Path rows = session.resolve("session.csv");
        Files.writeString(rows, Files.readString(rows).replaceAll("(?m)^1,", "2,"));
        List<String> arguments = new ArrayList<>(List.of(command.split(" ")));
        arguments.add(session.toString());
        Cli.Result result = Cli.run(arguments.toArray());
        assertThat(result.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(result.out()).isEmpty();
        assertThat(result.err())
                .contains("line 2: format_version is 2", "use a newer one", "no row of it could be used");
        assertThat(Cli.names(session)).containsExactly("events.csv", "session.csv", "session.json");
    }

    @Test
    void anExportOfWhatCannotBeReadLeavesNoFile() throws IOException {
        for (String format : List.of("csv", "xlsx", "json")) {
            Path file = folder.resolve("all." + format);
            Cli.Result result = Cli.run("export", folder.resolve("none/one"), "--format", format, "--out", file);
            assertThat(result.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
            assertThat(result.err()).contains("no such file or folder", "none of the sessions can be read");
            assertThat(file).doesNotExist();
        }
    }

    @Test
    void badRowsBeforeTheFirstGoodOneAreLeftOutAndTold() throws IOException {
        Path session = record("one");
        Path rows = session.resolve("session.csv");
        Files.writeString(rows, Files.readString(rows).replaceFirst("(?m)^1,", "2,"));
        Cli.Result result = Cli.run("summary", session);
        assertThat(result.exitCode()).isZero();
        assertThat(result.out()).contains("9 frames");
        assertThat(result.err()).containsOnlyOnce("line 2: format_version is 2").doesNotContain("no row of it");
    }

    @Test
    void eraseLeavesNothingThatWasMadeFromIt() throws IOException {
        Path session = record("one");
        Cli.run("report", session);
        OutputFolder output = OutputFolder.at(session);
        Files.writeString(output.file(OutputFolder.TIMELINE_CSV), "face,start,end,readings,expression,share\n");
        Files.write(output.file(OutputFolder.TIMELINE_PNG), chart());
        setAside(session);
        Path notes = Files.writeString(session.resolve("notes.txt"), "x");
        assertThat(Cli.names(session))
                .containsExactly(
                        "events-1.csv",
                        "notes.txt",
                        "report-1.html",
                        "session-1.csv",
                        "session-1.json",
                        "timeline-1.csv",
                        "timeline-1.png");
        assertThat(Cli.run("erase", session, "--yes").out())
                .contains("one: erased; still there, not made by Emotion4J or changed since: [" + notes + "]");
        assertThat(Cli.names(session)).containsExactly("notes.txt");
    }

    @Test
    void eraseTakesOnlyWhatIsPastItsDate() throws IOException {
        Path session = record("one");
        Files.writeString(session.resolve("timeline.csv"), "face,start,end,readings,expression,share\n");
        setAside(session);
        record("one", Optional.empty(), LocalDate.of(2999, 1, 1));
        assertThat(Cli.run("sessions", folder, "--past").out())
                .contains("2020-02-01", "PAST", "session-1.json")
                .doesNotContain("2999");
        assertThat(Cli.run("sessions", folder, "--json").jsonLines()).hasSize(2);
        assertThat(Cli.run("erase", "--past", folder, "--yes").out()).contains("session-1.json: erased");
        assertThat(Cli.names(session)).containsExactly("events.csv", "session.csv", "session.json");
        assertThat(Cli.run("sessions", folder, "--past").err()).contains("no sessions past their date");
        assertThat(Cli.run("sessions", folder.resolve("none")).exitCode()).isEqualTo(ExitCode.BAD_INPUT);
    }

    @Test
    void anEncryptedSessionNeedsItsKeyEverywhere() throws IOException {
        Path key = folder.resolve("key.json");
        assertThat(Cli.run("new-key", key).exitCode()).isZero();
        String secret = Files.readString(key);
        assertThat(Cli.run("new-key", key).err()).contains("there is a file of that name");
        assertThat(Files.readString(key)).isEqualTo(secret);
        Path other = folder.resolve("other.json");
        Cli.run("new-key", other);
        Path session = record("sealed", Optional.of(key), LocalDate.of(2020, 2, 1));
        Path out = folder.resolve("out");
        for (List<Object> command : List.<List<Object>>of(
                List.of("summary", session),
                List.of("timeline", session),
                List.of("report", session, "--out", out),
                List.of("cluster", session, "--k", 2),
                List.of("export", session, "--format", "csv"),
                List.of("recover", session))) {
            Cli.Result without = Cli.run(command.toArray());
            assertThat(without.exitCode()).as(command.toString()).isEqualTo(ExitCode.BAD_INPUT);
            assertThat(without.err()).contains("--key FILE");
            Cli.Result wrong = Cli.run(with(command, "--key", other));
            assertThat(wrong.exitCode()).as(command.toString()).isEqualTo(ExitCode.BAD_INPUT);
            assertThat(wrong.err()).contains("the key is another one").doesNotContain(secret);
            assertThat(Cli.run(with(command, "--key", key)).exitCode())
                    .as(command.toString())
                    .isZero();
        }
        Path noKey = Files.writeString(folder.resolve("no-key.json"), "{\"primaryKeyId\":1}");
        assertThat(Cli.run("summary", session, "--key", noKey).err()).contains("is no keyset", "new-key");
        Files.write(noKey, new byte[] {(byte) 0xC3, 0x28, 0, (byte) 0xFF});
        assertThat(Cli.run("summary", session, "--key", noKey).err()).contains(noKey + ": is not text in UTF-8");
        assertThat(Cli.run("summary", session, "--key", folder).err()).contains("--key " + folder + ": ");
        assertThat(Cli.run("summary", session, "--key", folder.resolve("none")).exitCode())
                .isEqualTo(ExitCode.BAD_INPUT);
    }

    @Test
    void clustersInWordsInNumbersAndInAPicture() throws IOException {
        Path picture = folder.resolve("clusters.png");
        Path session = record("one");
        Cli.Result result = Cli.run("cluster", session, record("two"), "--k", "2", "--out", picture);
        assertThat(result.out())
                .contains("20 readings, 2 clusters", "100.0 % of the variance")
                .contains("60.0 %", "happy 100 %", "40.0 %", "sad 100 %");
        assertThat(ImageIO.read(picture.toFile()).getWidth()).isEqualTo(1_400);
        JsonNode json = Cli.run("cluster", session, "--json").json();
        assertThat(json.path("k").asInt()).isEqualTo(2);
        assertThat(json.path("clusters").get(0).path("meaning").asText()).isEqualTo("happy 100 %");
        assertThat(json.path("components").get(0).path("varianceShare").asDouble())
                .isEqualTo(1);
        assertThat(json.path("components").get(0).path("meaning").asText()).contains("more", "less");
    }

    @Test
    void theReportHasTheClustersOfTheClusterCommand() throws IOException {
        Path session = folder.resolve("varied");
        Random random = new Random(3);
        try (CsvSessionRecorder recorder = CsvSessionRecorder.create(session)) {
            for (int i = 0; i < 120; i++) {
                float happy = i % 3 == 0 ? 5 : 0.5f;
                EmotionScores scores = EmotionScores.ofWeights(
                        random.nextFloat(), 0.1f, 0.1f, happy, 3 * random.nextFloat(), 0.1f, random.nextFloat());
                recorder.record(frame(i, scores));
            }
        }
        Path page = folder.resolve("page.html");
        assertThat(Cli.run("report", session, "--out", page).exitCode()).isZero();
        String html = Files.readString(page);
        JsonNode clusters = Cli.run("cluster", session, "--json").json().path("clusters");
        String text = html.replaceAll("\\s*<[^>]+>\\s*", "|");
        assertThat(clusters).hasSizeGreaterThan(1).allSatisfy(cluster -> assertThat(text)
                .containsPattern(Pattern.quote(cluster.path("meaning").asText()) + "\\|+"
                        + cluster.path("size").asInt() + "\\|"));
        assertThat(html)
                .contains("</span>" + clusters.size() + "</span></td>")
                .doesNotContain("</span>" + (clusters.size() + 1) + "</span></td>");
    }

    @Test
    void clustersThatCannotBeFound() throws IOException {
        Path session = record("one");
        assertThat(Cli.run("cluster").err()).contains("name sessions, or give --fer2013 DIR");
        assertThat(Cli.run("cluster", session, "--fer2013", folder).exitCode()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(Cli.run("cluster", session, "--k", "many").err()).contains("--k is \"many\", expected auto");
        assertThat(Cli.run("cluster", session, "--k", "3").err())
                .contains("there are 2 different readings, expected at least 3");
        assertThat(Cli.run("cluster", session, "--split", "PrivateTest").err()).contains("belongs to --fer2013");
        assertThat(Cli.run("cluster", "--fer2013", folder).err()).contains("fer2013.csv");
    }

    /** Nine pictures of three grays, which the network scores differently. */
    @Test
    void clustersOfTheScoresOverFer2013() throws IOException {
        StringBuilder csv = new StringBuilder("emotion,pixels,Usage\n");
        for (int i = 0; i < 9; i++) {
            csv.append(i % 7).append(',').append("0 ".repeat(2304 - 1 - 200 * (i % 3)));
            csv.append("255 ".repeat(200 * (i % 3)))
                    .append("9,")
                    .append(i < 6 ? "Training" : "PrivateTest")
                    .append('\n');
        }
        Files.writeString(folder.resolve("fer2013.csv"), csv);
        Path picture = folder.resolve("fer.png");
        Cli.Result all =
                Cli.run("cluster", "--fer2013", folder, "--k", "3", "--classifier", "table2", "--out", picture);
        assertThat(all.err()).doesNotContain("Exception");
        assertThat(all.out()).contains("9 readings, 3 clusters");
        assertThat(picture).exists();
        assertThat(Cli.run(
                                "cluster",
                                "--fer2013",
                                folder,
                                "--split",
                                "PrivateTest",
                                "--k",
                                "2",
                                "--classifier",
                                "table2")
                        .out())
                .contains("3 readings, 2 clusters");
    }

    @Test
    void exportsWhatWasRecorded() throws IOException {
        Path session = record("one");
        assertThat(Cli.run("export", session, "--format", "csv").out())
                .isEqualTo(Files.readString(session.resolve("session.csv")));
        Path file = folder.resolve("all.json");
        Cli.Result result = Cli.run("export", session, record("two"), "--format", "json", "--out", file);
        assertThat(result.out()).contains("one: 10 readings as json", "two: 10 readings as json");
        List<String> lines = Files.readAllLines(file);
        assertThat(lines).hasSize(2);
        JsonNode json = Cli.parse(lines.get(0));
        assertThat(json.path("frames")).hasSize(10);
        assertThat(json.path("markers").get(0).path("text").asText()).isEqualTo("second half");
        assertThat(Cli.run("export", session).exitCode()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(Cli.run("export", session, "--format", "csv", "--out", session.resolve("session.csv"))
                        .err())
                .contains("write it somewhere else");
        assertThat(Cli.names(folder)).doesNotContain("all.json.new");
    }

    @Test
    void aSessionIsNotExportedTwice() throws IOException {
        Path session = record("one");
        Path again = session.resolve("..").resolve("one");
        Cli.Result result = Cli.run("export", session, again, "--format", "csv");
        assertThat(result.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(result.err()).contains(again + ": is there twice; give each session once");
    }

    @Test
    void aFileInPlaceOfAFolderOfSessionsIsTold() throws IOException {
        Path file = Files.createFile(folder.resolve("film.mp4"));
        Cli.Result result = Cli.run("sessions", file);
        assertThat(result.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(result.err()).startsWith(file + ": is no folder");
    }

    @Test
    void exportsForSpreadsheets() throws IOException {
        Path session = record("one");
        assertThat(Cli.run("export", session, "--format", "csv", "--locale", "de")
                        .out())
                .contains("media_time_ms;")
                .contains(";100,000;");
        Path workbook = folder.resolve("all.xlsx");
        assertThat(Cli.run("export", session, "--format", "xlsx", "--out", workbook)
                        .out())
                .contains("one: 10 readings as xlsx");
        assertThat(Files.readAllBytes(workbook)).startsWith('P', 'K');
        assertThat(Cli.run("export", session, "--format", "xlsx").err()).contains("--format xlsx needs --out");
        assertThat(Cli.run("export", session, "--format", "csv", "--locale", "nonsense")
                        .err())
                .contains("--locale is \"nonsense\"");
        assertThat(Cli.run("export", session, "--format", "json", "--locale", "de")
                        .err())
                .contains("--locale belongs to --format csv");
    }

    @Test
    void anIntervalThatIsTooShortIsBadInput() throws IOException {
        Path session = record("one");
        Path rows = session.resolve("session.csv");
        Files.writeString(rows, Files.readString(rows).replace(",900.000,", ",9000000.000,"));
        Cli.Result result = Cli.run("timeline", session, "--interval", "1ms");
        assertThat(result.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(result.err()).contains("one: readings span", "set a longer interval");
    }

    private static Object[] with(List<Object> command, Object... more) {
        return Stream.concat(command.stream(), Stream.of(more)).toArray();
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

    /** As former versions did before they recorded into the same folder. */
    private static void setAside(Path session) throws IOException {
        for (String name : Cli.names(session)) {
            int dot = name.indexOf('.');
            if (!name.equals("notes.txt")) {
                Files.move(session.resolve(name), session.resolve(name.substring(0, dot) + "-1" + name.substring(dot)));
            }
        }
    }

    private static byte[] chart() throws IOException {
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(4, 4, BufferedImage.TYPE_3BYTE_BGR), "png", png);
        return ProductMark.onPicture(png.toByteArray());
    }

    /** Ten frames in a second: happy six times, then sad. */
    private Path record(String name) throws IOException {
        return record(name, Optional.empty(), LocalDate.of(2020, 2, 1));
    }

    private Path record(String name, Optional<Path> key, LocalDate keepUntil) throws IOException {
        Path session = folder.resolve(name);
        Consent consent =
                new Consent(Consent.PERSON_RECORDED, Instant.parse("2020-01-01T10:00:00Z"), "a test", keepUntil);
        CsvSessionRecorder.Builder builder = CsvSessionRecorder.builder(session).metadata(SessionMetadata.of(consent));
        key.map(KeyFile::read).ifPresent(builder::encryption);
        try (CsvSessionRecorder recorder = builder.create()) {
            for (int i = 0; i < 10; i++) {
                EmotionScores scores = EmotionScores.certain(i < 6 ? Emotion.HAPPY : Emotion.SAD);
                recorder.record(frame(i, scores));
            }
            recorder.mark(500_000_000L, "second half");
        }
        return session;
    }

    private static FrameResult frame(int index, EmotionScores scores) {
        EmotionReading reading = new EmotionReading(
                1,
                index * 100_000_000L,
                new DetectedFace(new BoundingBox(1, 2, 90, 90), 0.9),
                scores,
                scores,
                Optional.of(scores.top()));
        return new FrameResult(
                index,
                index * 100_000_000L,
                Instant.EPOCH,
                "clip",
                640,
                480,
                index == 0,
                List.of(reading),
                new StageTimings(1, 1, 1, 3));
    }
}
