package org.emotion4j.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.emotion4j.emotion.EmotionScores;
import org.emotion4j.face.BoundingBox;
import org.emotion4j.face.DetectedFace;
import org.emotion4j.reading.EmotionReading;
import org.emotion4j.reading.FrameResult;
import org.emotion4j.reading.StageTimings;
import org.emotion4j.recording.CsvSessionRecorder;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pages in a headless Chromium, where there is one: nothing sticks out of the page, on a screen or on paper. */
@Tag("slow")
@Tag("window")
class ReportInBrowserTest {
    /** A4 less its margins, in the browser's pixels of 1/96 inch. */
    private static final int PAPER = 688;

    private static final int PHONE = 390;

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"300, 10", "7200, 1"})
    void nothingSticksOutOnAScreenOrOnPaper(int seconds, int framesPerSecond) throws Exception {
        Path chromium = chromium();
        String page = SessionReport.of(record(seconds, framesPerSecond)).toHtml();
        assertThat(widthNeeded(chromium, page, 1100)).isLessThanOrEqualTo(1100);
        assertThat(widthNeeded(chromium, page, PHONE)).isLessThanOrEqualTo(PHONE);
        // on paper the rules of the screen do not hold
        String onPaper = page.replace("@media print", "@media all").replace("@media screen", "@media speech");
        assertThat(widthNeeded(chromium, onPaper, PAPER)).isLessThanOrEqualTo(PAPER);
    }

    @Test
    void itIsPrinted() throws Exception {
        Path chromium = chromium();
        Path page = folder.resolve("page.html");
        SessionReport.of(record(300, 10)).writeHtml(page);
        Path pdf = folder.resolve("page.pdf");
        run(chromium, "--print-to-pdf=" + pdf, page.toUri().toString());
        assertThat(Files.readString(pdf, StandardCharsets.ISO_8859_1)).startsWith("%PDF");
    }

    /** Puts the page into a frame of a width, and lets the frame around it say how wide the page would be. */
    private int widthNeeded(Path chromium, String page, int width) throws Exception {
        String framed = page.replace("&", "&amp;").replace("\"", "&quot;");
        Path outer = Files.writeString(
                folder.resolve("outer.html"),
                "<!DOCTYPE html><iframe width=\"" + width + "\" height=\"900\" style=\"border:0\" srcdoc=\"" + framed
                        + "\" onload=\"document.title='wide '+this.contentDocument.documentElement.scrollWidth\">"
                        + "</iframe>");
        String dom = run(
                chromium, "--window-size=1300,900", "--dump-dom", outer.toUri().toString());
        Matcher title = Pattern.compile("<title>wide (\\d+)</title>").matcher(dom);
        assertThat(title.find())
                .as(dom.substring(0, Math.min(500, dom.length())))
                .isTrue();
        return Integer.parseInt(title.group(1));
    }

    private String run(Path chromium, String... arguments) throws Exception {
        Path output = folder.resolve("browser.txt");
        List<String> command = new ArrayList<>(List.of(
                chromium.toString(),
                "--no-sandbox",
                "--headless=new",
                "--disable-gpu",
                "--user-data-dir=" + folder.resolve("profile")));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectOutput(output.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (!process.waitFor(2, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new IOException("the browser did not end");
        }
        return Files.readString(output);
    }

    private static Path chromium() {
        Optional<Path> found = List.of("chromium", "chromium-browser", "google-chrome").stream()
                .map(name -> Path.of("/usr/bin", name))
                .filter(Files::isExecutable)
                .findFirst();
        assumeTrue(found.isPresent(), "no Chromium here");
        return found.orElseThrow();
    }

    private Path record(int seconds, int framesPerSecond) throws IOException {
        Path session = folder.resolve("session");
        Random random = new Random(4);
        try (CsvSessionRecorder recorder = CsvSessionRecorder.create(session)) {
            for (int i = 0; i < seconds * framesPerSecond; i++) {
                long nanos = i * 1_000_000_000L / framesPerSecond;
                float[] weights = new float[EmotionScores.SIZE];
                for (int j = 0; j < weights.length; j++) {
                    weights[j] = random.nextFloat() + (i / 40 % weights.length == j ? 3 : 0);
                }
                EmotionScores scores = EmotionScores.ofWeights(weights);
                recorder.record(new FrameResult(
                        i,
                        nanos,
                        Instant.EPOCH,
                        "clip",
                        640,
                        480,
                        i == 0,
                        i % 50 > 46
                                ? List.of()
                                : List.of(new EmotionReading(
                                        1,
                                        nanos,
                                        new DetectedFace(new BoundingBox(1, 2, 90, 90), 0.9),
                                        scores,
                                        scores,
                                        Optional.of(scores.top()))),
                        new StageTimings(1, 1, 1, 3)));
            }
            recorder.mark(0, "rest");
            recorder.mark(seconds * 400_000_000L, "a conversation about the week, with a longer text");
        }
        return session;
    }
}
