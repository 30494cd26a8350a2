package org.emotion4j.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Component;
import java.awt.event.KeyEvent;
import java.awt.event.MouseEvent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import javax.swing.AbstractButton;
import org.emotion4j.analysis.RestStretch;
import org.emotion4j.recording.ConsentText;
import org.emotion4j.recording.SessionArchive;
import org.emotion4j.recording.SessionInfo;
import org.emotion4j.recording.SessionReader;
import org.emotion4j.recording.SessionSignature;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The guided start and sessions of two, on a real screen. Run by {@link WindowTest}, as {@link WindowScenarios}. */
@Timeout(900)
class GuideScenarios {
    @TempDir
    Path folder;

    @Test
    void aSessionIsBegunStepByStepWithASignatureAndARest() throws Exception {
        try (WindowDriver driver = open(
                new TestMachine().withCamera(choice -> SampleFilm.camera(Duration.ofMinutes(10))), Locale.ENGLISH)) {
            driver.press(KeyEvent.VK_CONTROL, KeyEvent.VK_K);
            driver.await(Phase.READY);
            driver.press(KeyEvent.VK_CONTROL, KeyEvent.VK_G);
            driver.await(() -> driver.isShowing("guide.subject"), "the first step");
            WindowScenarios.requireNamesAndKeys(driver, Locale.ENGLISH);
            driver.click("guide.next");
            driver.await(() -> !driver.text("guide.missing").isBlank(), "what is missing");
            driver.write("guide.subject", "P-17");
            driver.write("guide.purpose", "therapy follow-up");
            driver.screenshot("30-guide-who");
            driver.press(KeyEvent.VK_ALT, KeyEvent.VK_X);
            driver.await(() -> driver.text("guide.words").contains("Consent to a recording"), "the text");
            driver.await(() -> driver.isShowing("guide.pad"), "the second step");
            WindowScenarios.requireNamesAndKeys(driver, Locale.ENGLISH);
            driver.click("guide.agree");
            driver.await(() -> driver.text("message").startsWith("Nothing is signed yet."), "that nothing is signed");
            sign(driver);
            driver.screenshot("31-guide-consent");
            driver.click("guide.agree");
            driver.await(() -> driver.text("guide.agreed").startsWith("The person agreed on"), "consent");
            driver.click("guide.next");
            driver.await(() -> driver.isShowing("picture") && isEnabled(driver, "guide.next"), "the third step");
            driver.screenshot("32-guide-place");
            driver.click("guide.next");
            driver.await(() -> driver.isShowing("guide.rest"), "the fourth step");
            driver.press(KeyEvent.VK_ALT, KeyEvent.VK_B);
            driver.await(() -> driver.text("guide.help").startsWith("Rest: look at the camera"), "the rest");
            driver.screenshot("33-guide-rest");
            driver.await(() -> driver.text("guide.help").startsWith("The rest is in the record"), "its end");
            driver.screenshot("34-guide-rested");
            driver.click("guide.next");
            driver.await(() -> !driver.isShowing("guide"), "the session alone");
            driver.click("stop");
            driver.await(Phase.STOPPED);
            driver.await(() -> driver.isShowing("summary"), "summary");
            driver.screenshot("35-guided-summary");
            Path session = driver.state().outcome().orElseThrow().folder().orElseThrow();
            SessionInfo info = SessionReader.readInfo(session);
            assertThat(info.metadata()
                            .consent()
                            .orElseThrow()
                            .text()
                            .orElseThrow()
                            .signed())
                    .isEqualTo(ConsentText.Signed.ON_SCREEN);
            assertThat(SessionSignature.read(session).orElseThrow().strokes()).hasSize(1);
            assertThat(RestStretch.of(info.markers())).isPresent();
        }
    }

    @Test
    void twoPeopleAreTwoStripsLiveAndInReview() throws Exception {
        try (WindowDriver driver = open(
                new TestMachine().withCamera(choice -> SampleFilm.cameraOnTwo(Duration.ofMinutes(10))),
                Locale.forLanguageTag("es"))) {
            driver.press(KeyEvent.VK_CONTROL, KeyEvent.VK_K);
            driver.await(Phase.READY);
            driver.press(KeyEvent.VK_CONTROL, KeyEvent.VK_G);
            driver.await(() -> driver.isShowing("guide.subject"), "the first step");
            driver.write("guide.subject", "P-17");
            driver.write("guide.purpose", "seguimiento");
            driver.click("guide.two");
            driver.await(() -> driver.isShowing("guide.companion"), "the second person");
            driver.write("guide.companion", "T-1");
            WindowScenarios.requireNamesAndKeys(driver, Locale.forLanguageTag("es"));
            driver.screenshot("36-guide-two");
            driver.click("guide.next");
            agree(driver, "P-17");
            agree(driver, "T-1");
            LiveView view = driver.window().presenter().view();
            driver.await(() -> view.people().size() == 2, "two faces");
            int right = view.people().stream()
                    .filter(each -> each.face().box().centerX() > SampleFilm.WIDTH / 2.0)
                    .findFirst()
                    .orElseThrow()
                    .faceId();
            WindowDriver.ask(() -> {
                driver.window().guiding().choose(right);
                return true;
            });
            driver.await(() -> isEnabled(driver, "guide.next"), "whose is whose");
            driver.screenshot("37-guide-both");
            driver.click("guide.next");
            driver.await(() -> driver.isShowing("guide.rest.skip"), "the fourth step");
            driver.click("guide.rest.skip");
            driver.await(Phase.RUNNING);
            driver.await(() -> view.now() > 6_000_000_000L, "six seconds");
            driver.await(() -> driver.isShowing("timeline.companion"), "the second strip");
            assertThat(driver.text("timeline.of")).isEqualTo("P-17");
            assertThat(driver.text("timeline.companion.of")).isEqualTo("T-1");
            driver.screenshot("38-two-live");
            driver.click("stop");
            driver.await(Phase.STOPPED);
            driver.await(() -> driver.isShowing("summary"), "summary");
            driver.screenshot("39-two-summary");
            Path own = driver.state().outcome().orElseThrow().folder().orElseThrow();
            Path other = SessionArchive.companion(own, Optional.empty()).orElseThrow();
            review(driver, own);
            assertThat(driver.isShowing("review.timeline.companion")).isTrue();
            assertThat(driver.text("review.timeline.of")).isEqualTo("P-17");
            assertThat(driver.text("review.timeline.companion.of")).isEqualTo("T-1");
            driver.press(KeyEvent.VK_END);
            driver.screenshot("40-two-review");
            driver.click("review.back");
            driver.await(() -> driver.isShowing("summary"), "the live session");
            SessionArchive.erase(own);
            review(driver, other);
            assertThat(driver.isShowing("review.timeline.companion")).isFalse();
            assertThat(driver.text("review.title")).isEqualTo("T-1");
        }
    }

    private static void review(WindowDriver driver, Path session) {
        WindowDriver.ask(() -> {
            driver.window().reviews().open(session);
            return true;
        });
        driver.await(
                () -> WindowDriver.ask(() -> driver.window().reviews().state().session())
                        .filter(each -> each.folder().equals(session))
                        .isPresent(),
                "the review");
    }

    private static void agree(WindowDriver driver, String whose) {
        driver.await(() -> driver.text("guide.title").contains(whose), "consent of " + whose);
        driver.await(() -> !driver.text("guide.words").isEmpty(), "the text");
        driver.click("guide.sign.paper");
        driver.click("guide.agree");
        driver.await(() -> driver.isShowing("guide.disagree"), "consent of " + whose);
        driver.click("guide.next");
    }

    private static boolean isEnabled(WindowDriver driver, String name) {
        AbstractButton button = driver.find(name, AbstractButton.class);
        return WindowDriver.ask(button::isEnabled);
    }

    /** One stroke of a mouse. */
    private static void sign(WindowDriver driver) {
        Component pad = driver.find("guide.pad", Component.class);
        WindowDriver.ask(() -> {
            send(pad, MouseEvent.MOUSE_PRESSED, 30, 50);
            for (int i = 1; i <= 40; i++) {
                send(pad, MouseEvent.MOUSE_DRAGGED, 30 + 6 * i, (int) (50 - 25 * Math.sin(i / 3.0)));
            }
            send(pad, MouseEvent.MOUSE_RELEASED, 270, 50);
            return true;
        });
    }

    private static void send(Component pad, int what, int x, int y) {
        pad.dispatchEvent(new MouseEvent(
                pad,
                what,
                System.currentTimeMillis(),
                MouseEvent.BUTTON1_DOWN_MASK,
                x,
                y,
                1,
                false,
                MouseEvent.BUTTON1));
    }

    private WindowDriver open(TestMachine machine, Locale language) throws Exception {
        return WindowDriver.open(machine, folder.resolve("sessions"), language, ClinicianWindow.Look.LIGHT);
    }
}
