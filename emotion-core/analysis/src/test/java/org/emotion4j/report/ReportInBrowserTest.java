package org.emotion4j.report;

import static org.assertj.core.api.Assertions.assertThat;
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
import org.emotion4j.recording.SessionReader;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages in a headless Chromium, where there is one: nothing sticks out, letters can be read, and axe-core has nothing to object. */
@Tag("slow")
@Tag("window")
class ReportInBrowserTest {
    /** A4 less its margins, in the browser's pixels of 1/96 inch. */
    private static final int PAPER = 688;

    private static final int PHONE = 390;
    private static final double LEAST_LETTERS = 11;
    private static final String AXE = "/META-INF/resources/webjars/axe-core/4.6.3/axe.min.js";

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"300, 10, en", "7200, 1, es"})
    void nothingSticksOutOnAScreenOrOnPaper(int seconds, int framesPerSecond, String language) throws Exception {
        Path chromium = chromium();
        String page = page(record(seconds, framesPerSecond, "session"), language);
        assertThat(sticksOut(chromium, page, 1100)).isEmpty();
        assertThat(sticksOut(chromium, page, PHONE)).isEmpty();
        // on paper the rules of the screen do not hold
        String onPaper = page.replace("@media print", "@media all").replace("@media screen", "@media speech");
        assertThat(sticksOut(chromium, onPaper, PAPER)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "es"})
    void severalSessionsFitToo(String language) throws Exception {
        Path chromium = chromium();
        String page = pageOfSeveral(language);
        assertThat(sticksOut(chromium, page, 1100)).isEmpty();
        assertThat(sticksOut(chromium, page, PHONE)).isEmpty();
    }

    /** A picture of a thousand pixels on a phone of 390 had letters of four. */
    @Test
    void whatIsWrittenInPicturesCanBeReadOnAPhone() throws Exception {
        Path chromium = chromium();
        for (String page : List.of(page(record(300, 10, "session"), "es"), pageOfSeveral("en"))) {
            assertThat(letters(chromium, page, PHONE)).isNotEmpty().allMatch(size -> size >= LEAST_LETTERS);
            assertThat(letters(chromium, page, 1100)).isNotEmpty().allMatch(size -> size >= LEAST_LETTERS);
        }
    }

    /** What the Web Content Accessibility Guidelines 2.1 ask for on levels A and AA, as far as axe-core can tell. */
    @ParameterizedTest
    @CsvSource({"en, light, 1100", "en, dark, 1100", "es, light, 390", "es, dark, 390"})
    void accessibilityHasNoViolations(String language, String theme, int width) throws Exception {
        Path chromium = chromium();
        String axe = axe();
        for (String page : List.of(page(record(60, 10, "session"), language), pageOfSeveral(language))) {
            String themed =
                    theme.equals("dark") ? page.replace("(prefers-color-scheme:dark)", "(min-width:1px)") : page;
            String found = told(
                    chromium,
                    themed,
                    width,
                    "const"
                            + " script=d.createElement('script');script.textContent=document.getElementById('axe').textContent;"
                            + "d.head.append(script);"
                            + "w.axe.run(d,{runOnly:['wcag2a','wcag2aa','wcag21a','wcag21aa','best-practice']}).then(r=>tell(r.passes.length+'"
                            + " passed '+r.violations.map(v=>v.id+' '+v.nodes.map(n=>n.target+' '+n.failureSummary).join('"
                            + " | ')).join('; ')))",
                    axe);
            assertThat(found).matches("[1-9][0-9]+ passed ");
        }
    }

    @Test
    void itIsPrinted() throws Exception {
        Path chromium = chromium();
        Path page = folder.resolve("page.html");
        SessionReport.of(record(300, 10, "session")).writeHtml(page);
        Path pdf = folder.resolve("page.pdf");
        run(chromium, "--print-to-pdf=" + pdf, page.toUri().toString());
        assertThat(Files.readString(pdf, StandardCharsets.ISO_8859_1)).startsWith("%PDF");
    }

    /** The page, and whatever on it would have to be scrolled sideways. */
    private String sticksOut(Path chromium, String page, int width) throws Exception {
        return told(
                chromium,
                page,
                width,
                "tell([...d.querySelectorAll('*')].filter(e=>e.clientWidth>0&&e.scrollWidth>e.clientWidth+1"
                        + "&&!e.closest('svg')&&!e.closest('thead')&&w.getComputedStyle(e).display!=='inline')"
                        + ".map(e=>e.tagName+' '+e.className+' '+e.scrollWidth+'>'+e.clientWidth).join('; '))",
                "");
    }

    /** How high the letters of each picture are that is shown, in pixels. */
    private List<Double> letters(Path chromium, String page, int width) throws Exception {
        String sizes = told(
                chromium,
                page,
                width,
                "tell([...d.querySelectorAll('svg')].filter(s=>s.querySelector('text')&&s.getBoundingClientRect().width>0).map(s=>12*s.getBoundingClientRect().width/s.viewBox.baseVal.width).join('"
                        + " '))",
                "");
        return sizes.isEmpty()
                ? List.of()
                : Arrays.stream(sizes.split(" ")).map(Double::valueOf).toList();
    }

    /** Puts the page into a frame of a width, and lets a script of the page around it tell something. */
    private String told(Path chromium, String page, int width, String script, String library) throws Exception {
        String framed = page.replace("&", "&amp;").replace("\"", "&quot;");
        Path outer = Files.writeString(
                folder.resolve("outer.html"),
                "<!DOCTYPE html><meta charset=\"utf-8\"><script type=\"text/plain\" id=\"axe\">" + library
                        + "</script><script>function tell(text){document.getElementById('told').textContent="
                        + "'told: '+text}function look(w){const d=w.document;" + script + "}</script>"
                        + "<pre id=\"told\"></pre><iframe width=\"" + width
                        + "\" height=\"900\" style=\"border:0\" srcdoc=\"" + framed
                        + "\" onload=\"look(this.contentWindow)\"></iframe>");
        String dom = run(
                chromium,
                "--window-size=1300,900",
                "--virtual-time-budget=60000",
                "--dump-dom",
                outer.toUri().toString());
        Matcher told = Pattern.compile("<pre id=\"told\">told: (.*?)</pre>", Pattern.DOTALL)
                .matcher(dom);
        assertThat(told.find())
                .as(dom.substring(0, Math.min(500, dom.length())))
                .isTrue();
        return told.group(1);
    }

    private static String page(Path session, String language) throws IOException {
        return SessionReport.of(session)
                .withLanguage(Locale.forLanguageTag(language))
                .toHtml();
    }

    private String pageOfSeveral(String language) throws IOException {
        SubjectReport.Builder builder = SubjectReport.builder();
        for (int i = 0; i < 3; i++) {
            try (SessionReader reader = SessionReader.open(record(30, 10, "one-of-several-" + i))) {
                builder.add(reader);
            }
        }
        return builder.build().withLanguage(Locale.forLanguageTag(language)).toHtml();
    }

    private static String axe() throws IOException {
        try (InputStream in = ReportInBrowserTest.class.getResourceAsStream(AXE)) {
            assertThat(in).as(AXE).isNotNull();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("</script", "<\\/script");
        }
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

    private Path record(int seconds, int framesPerSecond, String name) throws IOException {
        Path session = folder.resolve(name);
        if (Files.exists(session)) {
            return session;
        }
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
            recorder.mark(0, "silence");
            recorder.mark(seconds * 400_000_000L, "a conversation about the week, with a longer text");
        }
        return session;
    }
}
