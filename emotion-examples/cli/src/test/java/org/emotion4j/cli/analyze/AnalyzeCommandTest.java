package org.emotion4j.cli.analyze;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import javax.imageio.ImageIO;
import org.emotion4j.cli.Cli;
import org.emotion4j.cli.demo.DemoCommandTest;
import org.emotion4j.cli.io.ExitCode;
import org.emotion4j.emotion.Emotion;
import org.emotion4j.recording.Consent;
import org.emotion4j.recording.ConsentText;
import org.emotion4j.recording.SessionMetadata;
import org.emotion4j.recording.SessionReader;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("native")
final class AnalyzeCommandTest {
    @TempDir
    Path folder;

    private Path pictures;
    private Path out;

    @BeforeEach
    void threePictures() throws IOException {
        pictures = folder.resolve("pictures");
        out = folder.resolve("out");
        Cli.portrait(1, pictures.resolve("p1.jpg"));
        Cli.portrait(2, pictures.resolve("p2.jpg"));
        Cli.portrait(5, pictures.resolve("p10.jpg"));
    }

    @Test
    void aBaselineThatIsLearnedOnTheWayIsNotedInTheRecord() throws IOException {
        Path film = Cli.film(folder.resolve("film.avi"), 5);
        Path out = folder.resolve("out");
        assertThat(Cli.run("analyze", film, "--out", out, "--baseline", "running")
                        .exitCode())
                .isZero();
        assertThat(Files.readString(out.resolve("session.json")))
                .contains("\"baseline\": \"running\"", "RunningBaseline[memory=PT3M, one person]");
        assertThat(Cli.run("analyze", film, "--out", out, "--baseline", "rest").err())
                .contains("--baseline is \"rest\", expected running");
    }

    @Test
    void aConsentIsPartOfTheRecordAndEndsIt() throws IOException {
        assertThat(analyze(
                                "--subject",
                                "p-17",
                                "--purpose",
                                "a test",
                                "--keep-until",
                                "2999-12-31",
                                "--agreed-by",
                                "legal guardian",
                                "--agreed-at",
                                "2020-02-03T10:15+01:00")
                        .exitCode())
                .isZero();
        SessionMetadata metadata = SessionReader.readInfo(out).metadata();
        assertThat(metadata.subjectId()).contains("p-17");
        assertThat(metadata.consent())
                .contains(new Consent(
                        "legal guardian", Instant.parse("2020-02-03T09:15:00Z"), "a test", LocalDate.of(2999, 12, 31)));
        assertThat(Cli.run("sessions", folder).out()).contains("2999-12-31");

        assertThat(analyze("--purpose", "a test", "--keep-until", "2999-12-31").exitCode())
                .isZero();
        Consent now = SessionReader.readInfo(out.resolve("session-2"))
                .metadata()
                .consent()
                .orElseThrow();
        assertThat(now.agreedBy()).isEqualTo(Consent.PERSON_RECORDED);
        assertThat(now.agreedAt()).isBeforeOrEqualTo(Instant.now());
    }

    @Test
    void theTextThatWasAgreedToIsPartOfTheRecordByItsHash() throws IOException {
        Path text = Files.writeString(folder.resolve("consent.txt"), "Version: 4\r\nI agree to be recorded.\r\n");
        assertThat(analyze(
                                "--purpose",
                                "x",
                                "--keep-until",
                                "2999-12-31",
                                "--consent-text",
                                text.toString(),
                                "--signed",
                                "paper")
                        .exitCode())
                .isZero();
        ConsentText kept = SessionReader.readInfo(out)
                .metadata()
                .consent()
                .flatMap(Consent::text)
                .orElseThrow();
        assertThat(kept)
                .isEqualTo(ConsentText.of("Version: 4\nI agree to be recorded.\n", ConsentText.Signed.ON_PAPER));
        assertThat(kept.version()).contains("4");
        assertThat(Files.readString(out.resolve("session.json"))).doesNotContain("I agree");
        Files.write(text, new byte[] {(byte) 0xC3, 0x28});
        Cli.Result refused = analyze("--purpose", "x", "--keep-until", "2999-12-31", "--consent-text", text.toString());
        assertThat(refused.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(refused.err()).contains("no text in UTF-8");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --purpose x                                                 | a consent needs --purpose and --keep-until
            --keep-until 2999-01-01                                     | a consent needs --purpose and --keep-until
            --agreed-by me                                              | a consent needs --purpose and --keep-until
            --purpose x --keep-until 2020-01-01 --agreed-at 2019-01-01  | --keep-until is 2020-01-01, expected today
            --purpose x --keep-until 2020-01-01                         | --keep-until is 2020-01-01, expected the day
            --purpose x --keep-until 2999-01-01 --agreed-at 2998-01-01  | expected a time up to now
            --purpose x --keep-until soon                               | no day, expected for example 2027-06-30
            --purpose x --keep-until 2999-01-01 --agreed-at yesterday   | no time, expected for example 2026-11-29
            --consent-text c.txt                                        | a consent needs --purpose and --keep-until
            --purpose x --keep-until 2999-01-01 --signed paper          | expected no or paper, with --consent-text
            --purpose x --keep-until 2999-01-01 --consent-text none.txt | none.txt
            --subject Jane/Doe                                          | --subject is "Jane/Doe", expected
            """)
    void aConsentThatCannotBeIsRefusedBeforeAnythingIsWritten(String options, String message) {
        Cli.Result result = analyze(options.split(" "));
        assertThat(result.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(result.err()).contains(message);
        assertThat(out).doesNotExist();
    }

    @Test
    void theRecordSaysByWhichLabelsFacesWereRead() throws IOException {
        for (String[] each :
                new String[][] {{"expression", "photo"}, {"expression-ferplus", "ferplus"}, {"expression-fer", "blend"}
                }) {
            Path record = folder.resolve(each[0]);
            assertThat(Cli.run("analyze", pictures, "--out", record, "--classifier", each[0])
                            .exitCode())
                    .isZero();
            assertThat(Files.readString(record.resolve("session.json"))).contains("\"labels\": \"" + each[1] + "\"");
        }
    }

    @Test
    void withLandmarksAReadingKnowsWhereTheHeadIsTurnedTo() throws IOException {
        Cli.Result result = analyze("--json", "--landmarks");
        assertThat(result.exitCode()).isZero();
        assertThat(result.jsonLines()).isNotEmpty().allSatisfy(reading -> {
            JsonNode quality = reading.get("quality");
            assertThat(quality.get("overall").asDouble()).isBetween(0.0, 1.0);
            assertThat(quality.get("issues").isArray()).isTrue();
            assertThat(quality.get("yaw").asDouble()).isBetween(-60.0, 60.0);
        });
        assertThat(analyze("--json").jsonLines()).isNotEmpty().allSatisfy(reading -> {
            assertThat(reading.get("quality").has("overall")).isTrue();
        });
    }

    @Test
    void anEncryptedRecordHasNothingInClearTextBesideIt() throws IOException {
        Path key = folder.resolve("key.json");
        Cli.run("new-key", key);
        Path film = Cli.film(folder.resolve("film.avi"), 10);
        Path out = folder.resolve("out");
        for (int i = 0; i < 2; i++) {
            assertThat(Cli.run("analyze", film, "--out", out, "--key", key).exitCode())
                    .isZero();
        }
        assertThat(Cli.names(out)).containsExactly("session-2", "session.csv.sealed", "session.json");
        assertThat(Cli.names(out.resolve("session-2"))).containsExactly("session.csv.sealed", "session.json");
        assertThat(Cli.run("summary", out, "--key", key).out()).contains("10 frames");
    }

    @Test
    void aRecordInClearTextDoesNotGoBesideAnEncryptedOne() throws IOException {
        Path key = folder.resolve("key.json");
        Cli.run("new-key", key);
        assertThat(analyze("--key", key.toString()).exitCode()).isZero();
        List<String> before = Cli.names(out);
        Cli.Result result = analyze();
        assertThat(result.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(result.err()).contains("holds an encrypted session", "--key FILE, or choose another folder");
        assertThat(Cli.names(out)).isEqualTo(before);
        assertThat(Cli.run("demo", "--out", out).exitCode()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(Cli.names(out)).isEqualTo(before);
    }

    @Test
    void whatIsNoPictureIsToldAndNothingIsWritten() throws IOException {
        Path notes = Files.writeString(folder.resolve("notes.txt"), "not a picture");
        Path none = folder.resolve("none");
        Cli.Result result = Cli.run("analyze", notes, "--out", none);
        assertThat(result.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(result.err()).contains(notes + ": a text file and no picture", "no picture to work on");
        assertThat(none).doesNotExist();
    }

    @Test
    void theIdOfAnEncryptedRecordTellsNothingOfItsInput() throws IOException {
        Path key = folder.resolve("key.json");
        Cli.run("new-key", key);
        Set<String> ids = new HashSet<>();
        for (String name : List.of("one", "two")) {
            Path sealed = folder.resolve(name);
            Cli.run("analyze", pictures, "--out", sealed, "--classifier", "brightness", "--key", key);
            String visible = Files.readString(sealed.resolve("session.json"));
            assertThat(visible).doesNotContain("p1.jpg", "analyze-", pictures.toString());
            ids.add(Cli.parse(visible).get("session").asText());
        }
        analyze();
        String clear = Cli.parse(Files.readString(out.resolve("session.json")))
                .get("session")
                .asText();
        assertThat(clear).startsWith("analyze-");
        assertThat(ids).hasSize(2).doesNotContain(clear);
    }

    @Test
    void printsOneObjectAReading() {
        Cli.Result result = analyze("--json");
        assertThat(result.exitCode()).isZero();
        List<JsonNode> readings = result.jsonLines();
        assertThat(readings)
                .extracting(each ->
                        Path.of(each.get("image").asText()).getFileName().toString())
                .containsExactly("p1.jpg", "p2.jpg", "p10.jpg");
        JsonNode first = readings.get(0);
        assertThat(first.get("frame").asInt()).isZero();
        assertThat(first.get("time").isNumber()).isTrue();
        assertThat(first.get("face").asInt()).isEqualTo(1);
        assertThat(first.get("expression").asText()).isIn(Emotion.labels());
        assertThat(first.get("label")).isEqualTo(first.get("expression"));
        assertThat(first.get("confidence").asDouble()).isBetween(0.0, 1.0);
        assertThat(first.get("box").fieldNames()).toIterable().containsExactly("x", "y", "width", "height");
        assertThat(first.get("scores").fieldNames()).toIterable().containsExactlyElementsOf(Emotion.labels());
    }

    @Test
    void unrelatedPicturesHaveARecordAndNoTimeline() throws IOException {
        Cli.Result result = analyze();
        assertThat(result.exitCode()).isZero();
        assertThat(Cli.names(out)).containsExactly("session.csv", "session.json");
        assertThat(Files.readAllLines(out.resolve("session.csv"))).hasSize(4);
    }

    @Test
    void aSequenceHasATimelineOfItsFaces() throws IOException {
        Path sequence = folder.resolve("sequence");
        for (int i = 0; i < 6; i++) {
            Cli.portrait(1, sequence.resolve("frame" + i + ".jpg"));
        }
        Cli.Result result = Cli.run(
                "analyze", sequence, "--out", out, "--classifier", "brightness", "--fps", "2", "--interval", "1500ms");
        assertThat(result.exitCode()).isZero();
        assertThat(Cli.names(out)).containsExactly("session.csv", "session.json", "timeline.csv", "timeline.png");
        assertThat(Files.readAllLines(out.resolve("timeline.csv")))
                .hasSize(3)
                .satisfies(rows -> assertThat(rows.get(0))
                        .isEqualTo("session,face,start,end,readings,expression,share,angry,disgust,fear,happy,sad,"
                                + "surprise,neutral"))
                .satisfies(rows -> assertThat(rows.get(1)).contains(",1,0.000000,1.500000,3,"))
                .satisfies(rows -> assertThat(rows.get(2)).contains(",1,1.500000,3.000000,3,"));
        assertThat(result.out()).contains("face 1: ").contains("100 % of 6 readings");
    }

    @Test
    void theTimelineOfARecordIsTheOneThatWasWrittenWithIt() throws IOException {
        analyze("--fps", "2", "--session", "monday");
        Cli.Result printed = Cli.run("timeline", out);
        assertThat(printed.exitCode()).isZero();
        assertThat(printed.out()).isEqualTo(Files.readString(out.resolve("timeline.csv")));
        assertThat(printed.out()).contains("monday,1,0.000000,1.000000,2,");
    }

    @Test
    void whatIsCountedIsWhatTheRecordHas() throws IOException {
        Path sequence = folder.resolve("sequence");
        for (int i = 0; i < 3; i++) {
            twoPortraits(sequence.resolve("frame" + i + ".png"));
        }
        Cli.Result one = Cli.run("analyze", sequence, "--out", out, "--fps", "2");
        assertThat(one.out())
                .contains("3 readings of other faces are not stored")
                .contains("3 frames, 3 with a face, 3 readings, 0 not read");
        assertThat(Files.readAllLines(out.resolve("session.csv"))).hasSize(4);
        Cli.Result all = Cli.run("analyze", sequence, "--out", folder.resolve("all"), "--fps", "2", "--all-faces");
        assertThat(all.out()).contains("3 frames, 3 with a face, 6 readings").doesNotContain("not stored");
    }

    private static void twoPortraits(Path file) throws IOException {
        Path one = Cli.portrait(1, file.resolveSibling("one.jpg"));
        BufferedImage portrait = ImageIO.read(one.toFile());
        Files.delete(one);
        BufferedImage both =
                new BufferedImage(2 * portrait.getWidth(), portrait.getHeight(), BufferedImage.TYPE_3BYTE_BGR);
        both.getRaster().setRect(0, 0, portrait.getRaster());
        both.getRaster().setRect(portrait.getWidth(), 0, portrait.getRaster());
        ImageIO.write(both, "png", file.toFile());
    }

    @Test
    void aRunThatCouldReadNothingLeavesNoRecord() throws IOException {
        Path whole = Cli.portrait(1, folder.resolve("whole.jpg"));
        Path cut = Files.write(folder.resolve("cut.jpg"), Arrays.copyOf(Files.readAllBytes(whole), 1_500));
        Path key = folder.resolve("key");
        Cli.run("new-key", key);
        Files.createDirectories(out);
        Files.writeString(out.resolve("notes.txt"), "mine");
        for (Object[] arguments : List.of(
                new Object[] {"analyze", cut, "--out", out},
                new Object[] {"analyze", cut, "--out", out, "--key", key},
                new Object[] {"analyze", cut, "--out", out, "--json"})) {
            Cli.Result result = Cli.run(arguments);
            assertThat(result.exitCode()).isEqualTo(2);
            assertThat(result.err()).contains("cut.jpg: the JPEG is cut short", "nothing could be read");
            assertThat(result.out()).isEmpty();
            assertThat(Cli.names(out)).containsExactly("notes.txt");
        }
    }

    @Test
    void whatIsWrongWithAPictureStandsBesideItsReading() throws IOException {
        Path turned = Cli.upsideDown(2, folder.resolve("turned.png"));
        Cli.Result result = Cli.run("analyze", turned, "--out", folder.resolve("out"));
        assertThat(result.out()).containsPattern("turned.png  face 1: [a-z ]+ 0\\.\\d\\d \\(.*not upright");
    }

    @Test
    void aBrokenFileInTheMiddleIsReportedAndTheOthersAreRecorded() throws IOException {
        Files.writeString(pictures.resolve("p2.jpg"), "no picture");
        Cli.Result result = analyze();
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).contains("p2.jpg: not a picture").doesNotContain("\tat ");
        assertThat(Files.readString(out.resolve("session.csv"))).contains("p1.jpg", "p10.jpg");
    }

    @Test
    void aMissingInputIsReportedAndTheOthersAreRecorded() throws IOException {
        Cli.Result result =
                Cli.run("analyze", folder.resolve("nowhere.jpg"), pictures, "--out", out, "--classifier", "brightness");
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).contains("nowhere.jpg: there is no such file");
        assertThat(Files.readAllLines(out.resolve("session.csv"))).hasSize(4);
    }

    @Test
    void aPictureWithoutAFaceIsNoError() throws IOException {
        Path even = Cli.even(120, 200, folder.resolve("even.png"));
        Cli.Result result = Cli.run("analyze", even, "--out", out, "--classifier", "brightness");
        assertThat(result.exitCode()).isZero();
        assertThat(Files.readAllLines(out.resolve("session.csv"))).hasSize(2);
    }

    @Test
    void anEarlierSessionStaysAsItIsAndLaterOnesGetFoldersOfTheirOwn() throws IOException {
        Cli.Result first = analyze("--fps", "2");
        assertThat(first.err()).doesNotContain("session-2");
        Map<String, String> before = content(out);
        Cli.Result second = analyze("--fps", "2");
        assertThat(second.exitCode()).isZero();
        Path later = out.resolve("session-2");
        assertThat(second.err()).contains(out + " holds a session already, which stays as it is", "goes to " + later);
        assertThat(second.out()).contains("see " + later.resolve("session.csv"));
        assertThat(Cli.names(later)).containsExactly("session.csv", "session.json", "timeline.csv", "timeline.png");
        assertThat(analyze().err()).contains("goes to " + out.resolve("session-3"));
        assertThat(content(out)).isEqualTo(before);
        assertThat(Cli.names(out))
                .containsExactly(
                        "session-2", "session-3", "session.csv", "session.json", "timeline.csv", "timeline.png");
    }

    @Test
    void laterSessionsAreFoundByTheOtherCommands() throws IOException {
        analyze("--fps", "2");
        analyze("--fps", "2");
        Path later = out.resolve("session-2");
        Cli.Result summary = Cli.run("summary", out);
        assertThat(summary.out()).startsWith(out + ":");
        assertThat(summary.err()).contains("this is its first session; later ones are [" + later + "]");
        assertThat(Cli.run("summary", later).err()).isEmpty();
        assertThat(Cli.run("report", later).exitCode()).isZero();
        assertThat(later.resolve("report.html")).exists();
        assertThat(Cli.run("sessions", out).out()).contains(out + "\n", later + "\n");
        assertThat(Cli.run("sessions", folder).out()).contains(out + "\n", later + "\n");
        assertThat(Cli.run("erase", out).out()).contains("would be erased, and in it [" + later + "]");
        assertThat(Cli.run("erase", out, "--yes").exitCode()).isZero();
        assertThat(out).doesNotExist();
    }

    @Test
    void ofSeveralRecordingsEachIsKept() throws IOException {
        Path film = Cli.film(folder.resolve("film.avi"), 4);
        for (int run = 0; run < 2; run++) {
            analyze(film.toString());
        }
        assertThat(Cli.names(out.resolve("film"))).contains("session.csv", "session-2");
        assertThat(Cli.names(out.resolve("film/session-2"))).contains("session.csv", "timeline.csv");
    }

    private static Map<String, String> content(Path folder) throws IOException {
        Map<String, String> content = new TreeMap<>();
        for (String name : Cli.names(folder)) {
            Path file = folder.resolve(name);
            if (Files.isRegularFile(file)) {
                content.put(
                        name, Files.readString(file, StandardCharsets.ISO_8859_1) + Files.getLastModifiedTime(file));
            }
        }
        return content;
    }

    @Test
    void theSameInputIsRecordedTheSameTwiceWallTimesAside() throws IOException {
        analyze("--fps", "2");
        analyze("--fps", "2");
        Path later = out.resolve("session-2");
        assertThat(DemoCommandTest.withoutWallTime(out.resolve("session.csv")))
                .isEqualTo(DemoCommandTest.withoutWallTime(later.resolve("session.csv")));
        assertThat(out.resolve("timeline.csv")).hasSameTextualContentAs(later.resolve("timeline.csv"));
        assertThat(out.resolve("timeline.png")).hasSameBinaryContentAs(later.resolve("timeline.png"));
    }

    @Test
    void aSessionCanBeNamed() throws IOException {
        assertThat(analyze("--session", "monday-3").exitCode()).isZero();
        assertThat(Files.readAllLines(out.resolve("session.csv")).get(1)).contains(",monday-3,");
        assertThat(analyze("--session", "no/path").exitCode()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--window=0s", "--window=1", "--window=61m", "--interval=soon", "--fps=0", "--fps=x"})
    void refusesTimesOutOfRangeBeforeAnythingIsWritten(String option) {
        Cli.Result result = analyze(option);
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).contains(option.substring(0, option.indexOf('=')));
        assertThat(out).doesNotExist();
    }

    @Test
    void aVideoHasARecordWithItsTimesAndATimeline() throws IOException {
        Path video = Cli.film(folder.resolve("film.avi"), 12);
        Cli.Result result = Cli.run("analyze", video, "--out", out, "--classifier", "brightness");
        assertThat(result.err()).isEmpty();
        assertThat(result.exitCode()).isZero();
        assertThat(Cli.names(out)).containsExactly("session.csv", "session.json", "timeline.csv", "timeline.png");
        assertThat(Files.readAllLines(out.resolve("session.csv")))
                .hasSize(13)
                .satisfies(rows -> assertThat(rows.get(1)).contains(",0,0.000,20"))
                .satisfies(rows -> assertThat(rows.get(12)).contains(",11,440.000,20"));
        assertThat(result.out()).contains("12 frames, 12 with a face");
    }

    @Test
    void aPartOfAVideoAtFewerFramesASecond() throws IOException {
        Path video = Cli.film(folder.resolve("film.avi"), 30);
        Cli.Result result = Cli.run(
                "analyze",
                video,
                "--out",
                out,
                "--classifier",
                "brightness",
                "--from",
                "200ms",
                "--to",
                "1s",
                "--fps",
                "5");
        assertThat(result.exitCode()).isZero();
        assertThat(result.out()).contains("5 frames");
        assertThat(Files.readAllLines(out.resolve("session.csv")).get(1)).contains(",0,200.000,20");
    }

    @Test
    void severalInputsHaveARecordEachAndOneThatFailsDoesNotStopTheOthers() throws IOException {
        Path first = Cli.film(folder.resolve("film.avi"), 3);
        Path second = Cli.film(folder.resolve("other").resolve("film.avi"), 4);
        Path broken = Files.writeString(folder.resolve("broken.mp4"), "no video");
        Cli.Result result =
                Cli.run("analyze", first, broken, pictures, second, "--out", out, "--classifier", "brightness");
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).contains("broken.mp4: is no video that FFmpeg reads");
        assertThat(Cli.names(out)).containsExactly("film", "film~2", "pictures");
        assertThat(Files.readAllLines(out.resolve("film").resolve("session.csv")))
                .hasSize(4);
        assertThat(Files.readAllLines(out.resolve("film~2").resolve("session.csv")))
                .hasSize(5);
        assertThat(Files.readAllLines(out.resolve("pictures").resolve("session.csv")))
                .hasSize(4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"camera:987", "camera:x", "camera:/dev/video987"})
    void aCameraThatIsNotThereIsSaidBeforeAnythingIsWritten(String camera) {
        Cli.Result result = Cli.run("analyze", camera, "--out", out, "--classifier", "brightness");
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).containsAnyOf("camera", "/dev/video987").doesNotContain("\tat ");
        assertThat(out).doesNotExist();
    }

    @Test
    void onlyAnalyzeReadsVideos() throws IOException {
        Path video = Cli.film(folder.resolve("film.avi"), 1);
        Cli.Result result = Cli.run("detect", video);
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).contains("film.avi: only analyze reads videos and cameras");
    }

    @Test
    void aStartTimeIsForVideos() {
        Cli.Result result = analyze("--from", "1s", "--to", "500ms");
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).contains("--to is not after --from");
    }

    private Cli.Result analyze(String... options) {
        Object[] args = new Object[6 + options.length];
        System.arraycopy(new Object[] {"analyze", pictures, "--out", out, "--classifier", "brightness"}, 0, args, 0, 6);
        System.arraycopy(options, 0, args, 6, options.length);
        return Cli.run(args);
    }
}
