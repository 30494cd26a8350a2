package org.emotion4j.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Component;
import java.awt.Dimension;
import java.awt.Point;
import java.awt.event.KeyEvent;
import java.awt.event.MouseEvent;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.swing.JButton;
import javax.swing.JComboBox;
import javax.swing.JList;
import javax.swing.JTable;
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
    private static final long LONGEST_EVENT_MILLIS = 50;
    private static final int MOST_ATTEMPTS = 8;

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
    void labelsStandAgainstReadingsInAMatrix() throws Exception {
        Path session = SampleRecord.write(sessions().resolve("one"), film, 40);
        SampleRecord.write(sessions().resolve("two"), film, 40, "P-1", SampleRecord.START.plus(Duration.ofDays(7)));
        SessionNotes.of(sessions().resolve("two")).correct("Dr. M", 0, 2 * SECOND, Optional.of(Emotion.SAD));
        try (WindowDriver driver = open(Locale.ENGLISH, ClinicianWindow.Look.LIGHT)) {
            review(driver, session);
            driver.click("review.comparison");
            driver.await(() -> driver.isShowing("comparison.words"), "what to do");
            driver.await(() -> driver.text("comparison.words").contains("press “Correct”"), "what to do");
            assertThat(WindowDriver.ask(() ->
                            driver.find("comparison.picture", JButton.class).isEnabled()))
                    .as("nothing to save")
                    .isFalse();
            driver.click("comparison.back");
            driver.await(() -> driver.isShowing("review.timeline"), "the review again");
            SessionNotes.of(session).correct("Dr. M", 0, 2 * SECOND, Optional.of(Emotion.NEUTRAL));
            driver.click("review.comparison");
            driver.await(() -> driver.isShowing("comparison.matrix"), "the matrix");
            int pictures = 2 * SampleFilm.RATE;
            assertThat(driver.text("comparison.summary"))
                    .isEqualTo(pictures + " of " + pictures
                            + " pictures were read as people labeled them (one stretch in one session).");
            JTable figures = driver.find("comparison.figures", JTable.class);
            assertThat(WindowDriver.ask(() -> figures.getValueAt(Emotion.NEUTRAL.ordinal(), 2)))
                    .isEqualTo("1.00");
            WindowDriver.ask(() -> {
                driver.window().comparison().choose(Comparison.Scope.PERSON);
                return true;
            });
            driver.await(
                    () -> driver.text("comparison.summary").startsWith(pictures + " of " + 2 * pictures),
                    "both sessions");
            assertThat(WindowDriver.ask(() -> figures.getValueAt(Emotion.NEUTRAL.ordinal(), 1)))
                    .as("half of what was read as neutral is sad")
                    .isEqualTo("0.50");
            driver.screenshot("28-comparison");
            driver.click("comparison.back");
            driver.await(() -> driver.isShowing("review.timeline"), "the review again");
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

    /** What the window does wrong shows in every attempt; what a busy machine does, not in each of a few. */
    @Test
    void aLongSessionOpensAndIsGoneThroughWithoutKeepingTheEventThread() throws Exception {
        Path session = SampleRecord.write(sessions().resolve("long"), film, 1_200);
        List<EventThreadWatch.Event> blocked = List.of();
        try (WindowDriver driver = open(Locale.ENGLISH, ClinicianWindow.Look.LIGHT)) {
            for (int i = 0; i < MOST_ATTEMPTS && (i == 0 || !blocked.isEmpty()); i++) {
                try (EventThreadWatch watch = EventThreadWatch.begin(LONGEST_EVENT_MILLIS)) {
                    review(driver, session);
                    for (int step = 0; step < 40; step++) {
                        clickStrip(driver, 0.01 + step / 41.0);
                    }
                    long last = nanos(driver);
                    driver.await(() -> picture(driver) == last || last > 40 * SECOND, "its picture");
                    System.out.println("event thread in a review: " + watch.summary());
                    blocked = watch.blocked();
                }
                driver.click("review.back");
                driver.await(() -> driver.isShowing("picture"), "the live session");
            }
        }
        assertThat(blocked).isEmpty();
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

    @Test
    void peopleAndSessionsAreListedComparedAndErased() throws Exception {
        for (int i = 0; i < 4; i++) {
            SampleRecord.write(
                    sessions().resolve("p1-" + i),
                    film,
                    20 + 10 * i,
                    "P-1",
                    SampleRecord.START.plus(Duration.ofDays(9L * i)));
            SessionNotes.of(sessions().resolve("p1-" + i)).figure("Dr. M", "PHQ-9", 17 - 3.0 * i);
        }
        SampleRecord.write(sessions().resolve("p2"), film, 20, "P-2", SampleRecord.START);
        TestMachine machine =
                new TestMachine().withClock(Clock.fixed(SampleRecord.START.plus(Duration.ofDays(92)), ZoneOffset.UTC));
        for (Locale language : Texts.LANGUAGES) {
            ClinicianWindow.Look look =
                    language.equals(Locale.ENGLISH) ? ClinicianWindow.Look.LIGHT : ClinicianWindow.Look.DARK;
            try (WindowDriver driver = WindowDriver.open(machine, sessions(), language, look)) {
                driver.press(KeyEvent.VK_CONTROL, KeyEvent.VK_L);
                JTable table = driver.find("people.table", JTable.class);
                driver.await(() -> WindowDriver.ask(table::getRowCount) > 0, "the list");
                driver.await(() -> people(driver).message().isPresent(), "the reminder");
                driver.screenshot("24-people-" + language);
                WindowDriver.ask(() -> {
                    table.setRowSelectionInterval(0, 0);
                    return true;
                });
                driver.await(() -> people(driver).trend().isPresent(), "the course");
                WindowScenarios.requireNamesAndKeys(driver, language);
                driver.screenshot("25-people-course-" + language);
                WindowDriver.ask(() -> {
                    driver.window().frame().setSize(1366, 768);
                    driver.window().frame().validate();
                    return true;
                });
                driver.screenshot("26-people-course-768-" + language);
                driver.click("people.review");
                driver.await(() -> state(driver).session().isPresent(), "the review");
                driver.click("review.back");
                driver.await(() -> driver.isShowing("people.table"), "the list again");
                int before = WindowDriver.ask(table::getRowCount);
                driver.click("people.erase");
                driver.await(() -> isAsked(driver, Message.Action.ERASE), "the first question");
                WindowDriver.ask(() -> {
                    driver.window().people().act(Message.Action.ERASE);
                    return true;
                });
                assertThat(isAsked(driver, Message.Action.ERASE_FOR_GOOD)).isTrue();
                driver.screenshot("27-people-erase-" + language);
                WindowDriver.ask(() -> {
                    driver.window().people().act(Message.Action.ERASE_FOR_GOOD);
                    return true;
                });
                driver.await(() -> WindowDriver.ask(table::getRowCount) == before - 1, "one less");
                driver.click("people.back");
                driver.await(() -> driver.isShowing("picture"), "the live session");
            }
        }
    }

    private static People people(WindowDriver driver) {
        return WindowDriver.ask(() -> driver.window().people().state());
    }

    private static boolean isAsked(WindowDriver driver, Message.Action action) {
        return people(driver)
                .message()
                .filter(message -> message.action() == action)
                .isPresent();
    }

    private static void clickStrip(WindowDriver driver, double share) {
        Component strip = driver.find("review.timeline", TimelineView.class);
        WindowDriver.ask(() -> {
            int plot = strip.getWidth() - TimelineDrawing.LEFT - TimelineDrawing.RIGHT;
            Point at = new Point(TimelineDrawing.LEFT + (int) (share * plot), strip.getHeight() / 2);
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
