package org.emotion4j.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Component;
import java.awt.Dimension;
import java.awt.Point;
import java.awt.event.KeyEvent;
import java.awt.event.MouseEvent;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import javax.swing.JComboBox;
import javax.swing.JList;
import org.emotion4j.emotion.Emotion;
import org.emotion4j.recording.SessionNotes;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Looks at recorded sessions as a clinician does, on a real screen. Run by {@link WindowTest}, as {@link WindowScenarios}. */
@Timeout(900)
class ReviewScenarios {
    private static final long SECOND = 1_000_000_000L;

    @TempDir
    static Path films;

    private static Path film;

    @TempDir
    Path folder;

    @BeforeAll
    static void shoot() throws IOException {
        film = SampleFilm.write(films.resolve("film.avi"), Duration.ofSeconds(40));
    }

    @Test
    void aRecordedSessionIsLookedAtBesideItsFilm() throws Exception {
        Path session = SampleRecord.write(sessions().resolve("one"), film, 40);
        try (WindowDriver driver = open(Locale.ENGLISH, ClinicianWindow.Look.LIGHT)) {
            review(driver, session);
            assertThat(driver.text("review.title")).isEqualTo("P-1");
            driver.await(() -> isFocused(driver, "review.timeline"), "the keyboard on the strip");
            driver.press(KeyEvent.VK_END);
            driver.await(() -> nanos(driver) == 39_960_000_000L, "the end");
            driver.await(() -> picture(driver) == 39_960_000_000L, "the last picture");
            driver.press(KeyEvent.VK_HOME);
            driver.await(() -> picture(driver) == 0, "the first picture");
            driver.press(KeyEvent.VK_ALT, KeyEvent.VK_RIGHT);
            driver.await(() -> picture(driver) == 40_000_000L, "the next picture");
            driver.press(KeyEvent.VK_ALT, KeyEvent.VK_1);
            driver.await(() -> nanos(driver) > 34 * SECOND && nanos(driver) < 36 * SECOND, "the most marked moment");
            assertThat(driver.text("review.reading")).isEqualTo("happy");
            clickStrip(driver, 0.5);
            driver.await(() -> Math.abs(nanos(driver) - 20 * SECOND) < SECOND, "the middle");
            driver.await(() -> picture(driver) == nanos(driver), "its picture");
            driver.screenshot("20-review");
            driver.click("review.back");
            driver.await(() -> driver.isShowing("picture"), "the live session");
        }
    }

    @Test
    void notesAndCorrectionsAreWrittenByTheKeyboard() throws Exception {
        Path session = SampleRecord.write(sessions().resolve("one"), film, 40);
        try (WindowDriver driver = open(Locale.ENGLISH, ClinicianWindow.Look.LIGHT)) {
            review(driver, session);
            driver.press(KeyEvent.VK_ALT, KeyEvent.VK_1);
            driver.press(KeyEvent.VK_ALT, KeyEvent.VK_N);
            driver.await(
                    () -> driver.isShowing("message") || reviewMessage(driver).isPresent(), "who writes");
            driver.write("review.author", "Dr. M");
            driver.write("review.text", "laughs, and looks away");
            driver.press(KeyEvent.VK_ALT, KeyEvent.VK_N);
            driver.await(() -> notes(driver) == 1, "the note");
            driver.await(() -> driver.text("review.text").isEmpty(), "an empty field");
            driver.write("review.text", "about the father");
            driver.press(KeyEvent.VK_ALT, KeyEvent.VK_M);
            driver.await(() -> notes(driver) == 2, "the marker");
            driver.press(KeyEvent.VK_ALT, KeyEvent.VK_2);
            driver.press(KeyEvent.VK_ALT, KeyEvent.VK_F);
            driver.press(KeyEvent.VK_ALT, KeyEvent.VK_RIGHT);
            driver.press(KeyEvent.VK_ALT, KeyEvent.VK_T);
            JComboBox<?> labels = driver.find("review.label", JComboBox.class);
            WindowDriver.ask(() -> {
                labels.setSelectedIndex(Emotion.SURPRISE.ordinal());
                return true;
            });
            driver.press(KeyEvent.VK_ALT, KeyEvent.VK_C);
            driver.await(() -> notes(driver) == 3, "the correction");
            driver.screenshot("21-review-notes");
            SessionNotes.Content written = SessionNotes.of(session).read();
            assertThat(written.markers()).singleElement().satisfies(marker -> assertThat(marker.text())
                    .isEqualTo("about the father"));
            assertThat(written.correctedLabels()).singleElement().satisfies(label -> assertThat(label.label())
                    .contains(Emotion.SURPRISE));
            JList<?> list = driver.find("review.notes", JList.class);
            WindowDriver.ask(() -> {
                list.requestFocusInWindow();
                list.setSelectedIndex(list.getModel().getSize() - 1);
                return true;
            });
            driver.await(() -> isFocused(driver, "review.notes"), "the keyboard in the list");
            driver.press(KeyEvent.VK_DELETE);
            driver.await(() -> notes(driver) == 2, "one taken back");
        }
    }

    @Test
    void everyStateIsShownInBothLanguagesLooksAndSizes() throws Exception {
        Path session = SampleRecord.write(sessions().resolve("one"), film, 40);
        Path gone = SampleRecord.write(sessions().resolve("two"), folder.resolve("gone.avi"), 40);
        SessionNotes.of(session)
                .note("Dr. M", 15 * SECOND, "speaks quietly, hands before the mouth; asked about the school");
        SessionNotes.of(session).mark("Dr. M", 21 * SECOND, "about the father");
        SessionNotes.of(session).correct("Dr. M", 24 * SECOND, 26 * SECOND, Optional.of(Emotion.SURPRISE));
        SessionNotes.of(session).figure("Dr. M", "PHQ-9", 14);
        for (Locale language : Texts.LANGUAGES) {
            for (ClinicianWindow.Look look : ClinicianWindow.Look.values()) {
                try (WindowDriver driver = open(language, look)) {
                    for (Dimension size : new Dimension[] {new Dimension(1280, 800), new Dimension(1366, 768)}) {
                        WindowDriver.ask(() -> {
                            driver.window().frame().setSize(size);
                            driver.window().frame().validate();
                            return true;
                        });
                        review(driver, session);
                        driver.press(KeyEvent.VK_ALT, KeyEvent.VK_2);
                        driver.await(() -> picture(driver) == nanos(driver), "its picture");
                        String name = language + "-" + look + "-" + size.width;
                        WindowScenarios.requireNamesAndKeys(driver, language);
                        driver.screenshot("22-review-" + name);
                        open(driver, gone);
                        driver.await(() -> state(driver).filmState() == Review.FilmState.GONE, "no film");
                        driver.screenshot("23-review-gone-" + name);
                    }
                }
            }
        }
    }

    @Test
    void behindAReviewNoKeyBeginsASession() throws Exception {
        Path session = SampleRecord.write(sessions().resolve("one"), film, 5);
        try (WindowDriver driver = open(Locale.ENGLISH, ClinicianWindow.Look.LIGHT)) {
            driver.open(film);
            driver.await(Phase.READY);
            review(driver, session);
            driver.press(KeyEvent.VK_F5);
            driver.press(KeyEvent.VK_HOME);
            driver.press(KeyEvent.VK_ALT, KeyEvent.VK_RIGHT);
            driver.await(() -> nanos(driver) == 40_000_000L, "the keys have come");
            assertThat(driver.state().phase()).isEqualTo(Phase.READY);
            open(driver, folder);
            driver.await(() -> reviewMessage(driver).isPresent(), "what is no session");
            driver.press(KeyEvent.VK_ESCAPE);
            driver.await(() -> driver.isShowing("picture"), "the live session");
        }
    }

    private static void clickStrip(WindowDriver driver, double share) {
        Component strip = driver.find("review.timeline", TimelineView.class);
        WindowDriver.ask(() -> {
            Point at = new Point((int) (share * strip.getWidth()), strip.getHeight() / 2);
            strip.dispatchEvent(new MouseEvent(
                    strip, MouseEvent.MOUSE_PRESSED, 0, MouseEvent.BUTTON1_DOWN_MASK, at.x, at.y, 1, false));
            return true;
        });
    }

    private static boolean isFocused(WindowDriver driver, String name) {
        Component component = driver.find(name, Component.class);
        return WindowDriver.ask(component::isFocusOwner);
    }

    private static Review state(WindowDriver driver) {
        return WindowDriver.ask(() -> driver.window().reviews().state());
    }

    private static Optional<Message> reviewMessage(WindowDriver driver) {
        return state(driver).message();
    }

    private static long nanos(WindowDriver driver) {
        return state(driver).nanos();
    }

    private static int notes(WindowDriver driver) {
        return state(driver).session().orElseThrow().notes().current().size();
    }

    /** The time of the picture that is shown; -1 where there is none. */
    private static long picture(WindowDriver driver) {
        return WindowDriver.ask(() -> driver.window()
                .reviews()
                .picture()
                .map(FilmReel.Picture::mediaNanos)
                .orElse(-1L));
    }

    private static void review(WindowDriver driver, Path session) {
        open(driver, session);
        driver.await(
                () -> state(driver)
                        .session()
                        .filter(each -> each.folder().equals(session))
                        .isPresent(),
                "the session");
        driver.await(() -> picture(driver) >= 0, "the first picture");
    }

    private static void open(WindowDriver driver, Path session) {
        WindowDriver.ask(() -> {
            driver.window().reviews().open(session);
            return true;
        });
    }

    private WindowDriver open(Locale language, ClinicianWindow.Look look) throws Exception {
        return WindowDriver.open(new TestMachine(), sessions(), language, look);
    }

    private Path sessions() {
        return folder.resolve("sessions");
    }
}
