package org.emotion4j.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Component;
import java.awt.Dimension;
import java.awt.FontMetrics;
import java.awt.Insets;
import java.awt.Rectangle;
import java.awt.event.KeyEvent;
import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.imageio.ImageIO;
import javax.swing.AbstractButton;
import javax.swing.Icon;
import javax.swing.JComponent;
import javax.swing.JLabel;
import javax.swing.JScrollPane;
import javax.swing.SwingUtilities;
import org.emotion4j.emotion.Emotion;
import org.emotion4j.recording.SessionNotes;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Leaves a picture of every state of the window in {@code target/window/tour}: at three sizes, light and dark, in each language.
 * In none of them a button's or a label's text is cut off, the left column needs no scrolling, and Start, Pause and Stop are in sight. Run by {@link WindowTest}.
 */
@Timeout(900)
class TourScenarios {
    private static final Path PICTURES = Path.of("target", "window", "tour");
    private static final List<Dimension> SIZES =
            List.of(new Dimension(1280, 800), new Dimension(1366, 768), new Dimension(1920, 1080));

    @TempDir
    static Path folder;

    private static Path film;
    private static Path portraits;

    @BeforeAll
    static void shoot() throws IOException {
        film = SampleFilm.write(folder.resolve("film.avi"), Duration.ofSeconds(20));
        portraits = Files.createDirectory(folder.resolve("portraits"));
        int number = 1;
        for (BufferedImage each : SampleFilm.portraits(1, 3, 4, 5)) {
            ImageIO.write(each, "png", new File(portraits.toFile(), "portrait-" + number++ + ".png"));
        }
    }

    @Test
    void pictures() throws Exception {
        try (WindowDriver driver = open(new TestMachine(), "none")) {
            show(driver, "01-empty");
            driver.press(KeyEvent.VK_CONTROL, KeyEvent.VK_K);
            driver.await(() -> driver.isShowing("message"), "no camera");
            show(driver, "02-camera-missing");
            driver.press(KeyEvent.VK_ESCAPE);
            driver.open(portraits.resolve("portrait-1.png"));
            driver.await(Phase.READY);
            show(driver, "03-picture");
            driver.click("start");
            driver.await(Phase.STOPPED);
            driver.await(() -> driver.isShowing("summary"), "summary");
            show(driver, "04-picture-summary");
            driver.open(portraits);
            driver.await(Phase.READY);
            show(driver, "05-folder");
            driver.click("start");
            driver.await(Phase.STOPPED);
            driver.await(() -> driver.isShowing("summary"), "summary");
            show(driver, "06-folder-summary");
            Path broken = Files.writeString(folder.resolve("broken.mp4"), "this is no film");
            driver.open(broken);
            driver.await(Phase.FAILED);
            show(driver, "07-message");
        }
    }

    @Test
    void aSession() throws Exception {
        TestMachine machine = new TestMachine().withFilm(choice -> SampleFilm.endless());
        try (WindowDriver driver = open(machine, "recorded")) {
            driver.open(film);
            driver.await(Phase.READY);
            show(driver, "08-film-ready");
            driver.click("start");
            driver.await(Phase.RUNNING);
            driver.await(() -> driver.window().presenter().view().now() > 3_000_000_000L, "three seconds");
            show(driver, "09-film-running");
            driver.click("stop");
            driver.await(Phase.STOPPED);
            driver.click("start");
            driver.await(Phase.READY);
            WindowScenarios.fillIn(driver);
            driver.click("start");
            driver.await(Phase.RUNNING);
            driver.await(() -> driver.window().presenter().view().now() > 3_000_000_000L, "three seconds");
            driver.write("marker", "exposure begins");
            driver.click("mark");
            driver.await(() -> driver.window().presenter().view().markers().size() == 1, "marker");
            show(driver, "10-recording");
            driver.click("pause");
            driver.await(Phase.PAUSED);
            show(driver, "11-paused");
            driver.click("stop");
            driver.await(Phase.STOPPED);
            driver.await(() -> driver.isShowing("summary"), "summary");
            show(driver, "12-summary");
        }
    }

    @Test
    void afterwards() throws Exception {
        Path sessions = Files.createDirectory(folder.resolve("afterwards"));
        Path session = SampleRecord.write(sessions.resolve("first"), film, 20);
        SampleRecord.write(sessions.resolve("second"), film, 20, "P-1", SampleRecord.START.plus(Duration.ofDays(7)));
        SampleRecord.write(sessions.resolve("third"), film, 8, "P-2", SampleRecord.START.plus(Duration.ofDays(9)));
        try (WindowDriver driver = open(new TestMachine(), "afterwards")) {
            driver.press(KeyEvent.VK_CONTROL, KeyEvent.VK_L);
            driver.await(() -> driver.window().people().state().open(), "the list");
            driver.await(() -> driver.isShowing("people.table"), "the list");
            show(driver, "13-people");
            WindowDriver.ask(() -> {
                driver.window().reviews().open(session);
                return true;
            });
            driver.await(
                    () -> WindowDriver.ask(
                            () -> driver.window().reviews().state().session().isPresent()),
                    "the review");
            driver.await(() -> driver.isShowing("review.timeline"), "the strip");
            show(driver, "14-review");
            driver.click("review.comparison");
            driver.await(() -> driver.isShowing("comparison.words"), "what to do");
            show(driver, "15-comparison-empty");
            SessionNotes notes = SessionNotes.of(session);
            notes.correct("Dr. M", 0, 2_000_000_000L, Optional.of(Emotion.NEUTRAL));
            notes.correct("Dr. M", 4_000_000_000L, 6_000_000_000L, Optional.of(Emotion.HAPPY));
            notes.correct("Dr. M", 6_500_000_000L, 8_000_000_000L, Optional.of(Emotion.SAD));
            notes.correct("Dr. M", 9_000_000_000L, 9_500_000_000L, Optional.empty());
            driver.click("comparison.back");
            driver.click("review.comparison");
            driver.await(() -> driver.isShowing("comparison.matrix"), "the matrix");
            show(driver, "16-comparison");
        }
    }

    private static WindowDriver open(TestMachine machine, String sessions) throws Exception {
        return WindowDriver.openWithDefaults(machine, folder.resolve(sessions), Locale.ENGLISH);
    }

    /** Takes the state at all sizes, in all looks and languages, and puts the window back. */
    private static void show(WindowDriver driver, String state) throws Exception {
        for (Locale language : Texts.LANGUAGES) {
            for (ClinicianWindow.Look look : ClinicianWindow.Look.values()) {
                WindowDriver.ask(() -> {
                    driver.window().show(look, language);
                    return true;
                });
                for (Dimension size : SIZES) {
                    String name = state + "-" + size.width + "x" + size.height + "-"
                            + look.name().toLowerCase(Locale.ROOT) + "-" + language.getLanguage();
                    WindowDriver.ask(() -> {
                        driver.window().frame().setBounds(0, 0, size.width, size.height);
                        driver.window().frame().validate();
                        return true;
                    });
                    driver.settle();
                    driver.screenshot(PICTURES, name);
                    assertThat(cut(driver)).as("cut off in %s", name).isEmpty();
                }
            }
        }
        WindowDriver.ask(() -> {
            driver.window().show(ClinicianWindow.Look.LIGHT, Locale.ENGLISH);
            return true;
        });
    }

    /** The texts of labels and buttons that are wider than their place, and controls that are not wholly in sight. */
    private static List<String> cut(WindowDriver driver) {
        return WindowDriver.ask(() -> {
            List<String> cut = new ArrayList<>();
            for (Component each : driver.all()) {
                if (each.isShowing()) {
                    text(each)
                            .filter(text -> isTooWide((JComponent) each, text))
                            .ifPresent(cut::add);
                    if (List.of("start", "pause", "stop").contains(String.valueOf(each.getName()))) {
                        Rectangle place = SwingUtilities.convertRectangle(
                                each.getParent(),
                                each.getBounds(),
                                driver.window().frame());
                        if (!driver.window().frame().getRootPane().getBounds().contains(place)) {
                            cut.add(each.getName());
                        }
                    }
                    if (each instanceof JScrollPane scroll
                            && "left".equals(each.getName())
                            && scroll.getVerticalScrollBar().isVisible()) {
                        cut.add("the left column, which scrolls");
                    }
                }
            }
            return cut;
        });
    }

    private static Optional<String> text(Component component) {
        String text = component instanceof AbstractButton button
                ? button.getText()
                : component instanceof JLabel label ? label.getText() : null;
        return Optional.ofNullable(text).filter(each -> !each.isBlank());
    }

    private static boolean isTooWide(JComponent component, String text) {
        FontMetrics metrics = component.getFontMetrics(component.getFont());
        Insets around = component.getInsets();
        Icon icon = component instanceof JLabel label
                ? label.getIcon()
                : component instanceof AbstractButton button ? button.getIcon() : null;
        int room = component.getWidth() - around.left - around.right - (icon == null ? 0 : icon.getIconWidth() + 4);
        return metrics.stringWidth(text) > room + 1 && component.getToolTipText() == null;
    }
}
