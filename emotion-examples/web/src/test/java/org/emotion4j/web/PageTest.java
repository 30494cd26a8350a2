package org.emotion4j.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.emotion4j.NeedsLoopback;
import org.emotion4j.recording.SessionReader;
import org.emotion4j.recording.SessionState;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * A visit to the page in a Chromium without a window, whose camera shows a film. Screenshots of it lie in
 * {@code target/screenshots} afterwards; {@code -Demotion4j.film=FILE} shows another film, as MJPEG or Y4M;
 * {@code -Demotion4j.web.within=300} wants 10 frames a second and 95 % of the labels that many milliseconds after their picture.
 */
@Tag("slow")
@Tag("window")
@NeedsLoopback
final class PageTest {
    private static final Path SCREENSHOTS = Path.of("target", "screenshots");

    /** Null where nobody asks: a machine that is busy with a build may be late. */
    private static final Integer WITHIN = Integer.getInteger("emotion4j.web.within");

    private final Service service = Service.shared();

    @TempDir
    Path folder;

    @Test
    void somebodyConsentsIsReadRecordedAndErased() throws Exception {
        assumeTrue(
                Browser.executable().isPresent(), "skipped: there is no Chromium on the PATH to visit the page with");
        try (Browser browser = Browser.start(folder.resolve("profile"), film())) {
            browser.look(1100, 900, false);
            browser.open(service.uri("/"));
            browser.await("!document.getElementById('token-form').hidden");
            browser.open(service.uri("/#token=wrong"));
            browser.evaluate("location.reload()");
            browser.await("document.getElementById('message').textContent.includes('does not know this token')");
            browser.evaluate("document.getElementById('token').value = '" + Service.TOKEN + "'");
            browser.evaluate("document.getElementById('token-form').requestSubmit()");
            browser.await("!document.getElementById('consent-form').hidden");
            browser.evaluate("document.getElementById('message').hidden = true");
            assertThat(browser.evaluate("location.hash").asString()).isEmpty();

            browser.evaluate("document.getElementById('start').click()");
            assertThat(browser.evaluate("document.getElementById('session').hidden")
                            .asBoolean())
                    .as("nothing begins without the consent")
                    .isTrue();
            browser.evaluate("document.getElementById('consent').click(); document.getElementById('record').click();"
                    + "document.getElementById('purpose').value = '<img src=x onerror=alert(1)>'");
            browser.screenshot(SCREENSHOTS.resolve("consent.png"));
            browser.evaluate("document.getElementById('start').click()");
            browser.await("document.getElementById('label').dataset.expression !== ''");
            browser.await(
                    "Number(document.getElementById('numbers').dataset.readings) >= " + (WITHIN == null ? 40 : 200));
            JsonNode numbers = browser.evaluate("({...document.getElementById('numbers').dataset})");
            browser.evaluate("document.getElementById('mark').click()");
            pictures(browser, "session");
            System.out.println("from the camera's picture to the label on the page: median " + numbers.path("median")
                    + " ms, 95 % within " + numbers.path("p95") + " ms, over " + numbers.path("readings")
                    + " readings, " + numbers.path("fps") + " frames a second");
            if (WITHIN != null) {
                assertThat(numbers.path("p95").asInt())
                        .as("milliseconds in which 95 % of the labels follow their picture")
                        .isLessThanOrEqualTo(WITHIN);
                assertThat(numbers.path("fps").asDouble()).as("frames a second").isBetween(9.0, 11.0);
            }
            assertThat(browser.evaluate("document.getElementById('label').textContent")
                            .asString())
                    .matches(".+ \\d+ %");
            assertThat(browser.evaluate("document.getElementById('emoji').textContent")
                            .asString())
                    .isNotEmpty();
            assertThat(drawnOn(browser, "boxes")).isTrue();
            assertThat(drawnOn(browser, "timeline")).isTrue();
            browser.await("document.querySelectorAll('#movements tr').length === 15");
            assertThat(browser.evaluate("document.getElementById('movements').checkVisibility()")
                            .asBoolean())
                    .isTrue();
            assertThat(browser.evaluate("document.querySelectorAll('#scores tr').length")
                            .asInt())
                    .isEqualTo(7);

            browser.evaluate("document.getElementById('stop').click()");
            browser.await("document.querySelectorAll('#records li').length > 0");
            assertThat(browser.evaluate("document.querySelectorAll('#records img').length")
                            .asInt())
                    .as("what somebody typed is text")
                    .isZero();
            JsonNode listed = Service.json(service.get("/api/sessions"));
            Path session =
                    service.records().resolve(listed.get(0).path("session").asString());
            assertThat(SessionReader.readInfo(session).state()).isEqualTo(SessionState.FINISHED);
            assertThat(SessionReader.readInfo(session).markers())
                    .anyMatch(marker -> marker.text().equals("marked by hand"));

            browser.evaluate("document.getElementById('language').value = 'es';"
                    + "document.getElementById('language').dispatchEvent(new Event('change'))");
            browser.await("document.body.innerText.includes('Sesiones grabadas')");
            pictures(browser, "records-es");

            browser.evaluate("window.confirm = () => true");
            browser.evaluate(
                    "[...document.querySelectorAll('#records button')].find(b => b.textContent === 'Borrar').click()");
            browser.await("document.querySelectorAll('#records li').length === 0");
            assertThat(session).doesNotExist();
            assertThat(browser.complaints())
                    .allSatisfy(complaint -> assertThat(complaint).contains("401"));
        }
    }

    private static boolean drawnOn(Browser browser, String canvas) throws Exception {
        return browser.evaluate(
                        "(() => { const c = document.getElementById('" + canvas + "');"
                                + "return c.getContext('2d').getImageData(0, 0, c.width, c.height).data.some(v => v !== 0); })()")
                .asBoolean();
    }

    private static void pictures(Browser browser, String name) throws Exception {
        browser.look(1100, 900, false);
        browser.screenshot(SCREENSHOTS.resolve(name + ".png"));
        browser.look(1100, 900, true);
        browser.screenshot(SCREENSHOTS.resolve(name + "-dark.png"));
        browser.look(390, 844, false);
        assertThat(browser.evaluate("document.documentElement.scrollWidth").asInt())
                .as("nothing sticks out to the side of a phone")
                .isLessThanOrEqualTo(390);
        browser.evaluate("window.scrollTo(0, 0)");
        browser.screenshot(SCREENSHOTS.resolve(name + "-390.png"));
        browser.look(1100, 900, false);
    }

    /** Motion JPEG: one picture after another. */
    private Path film() throws IOException {
        String own = System.getProperty("emotion4j.film");
        if (own != null) {
            return Path.of(own).toAbsolutePath();
        }
        Path file = folder.resolve("camera.mjpeg");
        try (OutputStream out = Files.newOutputStream(file)) {
            for (int i = 0; i < 60; i++) {
                out.write(Samples.cameraPicture(1, i));
            }
        }
        return file;
    }
}
