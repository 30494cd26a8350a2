package org.emotion4j.window;

import java.awt.Component;
import java.awt.Container;
import java.awt.Rectangle;
import java.awt.Robot;
import java.awt.Toolkit;
import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.function.BooleanSupplier;
import javax.imageio.ImageIO;
import javax.swing.AbstractButton;
import javax.swing.ButtonModel;
import javax.swing.JLabel;
import javax.swing.SwingUtilities;
import javax.swing.text.JTextComponent;

/** Uses a window as a person does: by the names of its controls, and by the keyboard. */
final class WindowDriver implements AutoCloseable {
    private static final Path SCREENSHOTS = Path.of("target", "window");

    private final ClinicianWindow window;
    private final Robot robot;

    private WindowDriver(ClinicianWindow window) throws Exception {
        this.window = window;
        this.robot = new Robot();
        robot.setAutoDelay(20);
    }

    static WindowDriver open(Platform machine, Path sessions, Locale language, ClinicianWindow.Look look)
            throws Exception {
        return new WindowDriver(ClinicianWindow.open(
                new ClinicianWindow.Options(
                        look,
                        language,
                        sessions,
                        Optional.empty(),
                        Optional.of("haar"),
                        Optional.of("brightness"),
                        Optional.empty(),
                        Optional.empty()),
                machine));
    }

    /** With the networks that a clinician has, in place of the quick ones of tests. */
    static WindowDriver openWithDefaults(Platform machine, Path sessions, Locale language) throws Exception {
        return new WindowDriver(ClinicianWindow.open(
                new ClinicianWindow.Options(
                        ClinicianWindow.Look.LIGHT,
                        language,
                        sessions,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()),
                machine));
    }

    ClinicianWindow window() {
        return window;
    }

    Presentation state() {
        return ask(() -> window.presenter().state());
    }

    void await(Phase phase) {
        await(() -> state().phase() == phase, "phase " + phase);
    }

    void await(BooleanSupplier condition, String what) {
        Threads.await(condition, () -> what + " did not come; now " + state());
    }

    void open(Path file) {
        ask(() -> {
            window.presenter().open(SourceChoice.of(file));
            return true;
        });
    }

    void click(String name) {
        AbstractButton button = find(name, AbstractButton.class);
        await(() -> ask(button::isEnabled), name + " is enabled");
        SwingUtilities.invokeLater(() -> {
            ButtonModel model = button.getModel();
            model.setArmed(true);
            model.setPressed(true);
            model.setPressed(false);
            model.setArmed(false);
        });
    }

    void write(String name, String text) {
        JTextComponent field = find(name, JTextComponent.class);
        ask(() -> {
            field.setText(text);
            return true;
        });
    }

    String text(String name) {
        Component component = find(name, Component.class);
        return ask(() -> component instanceof JTextComponent field ? field.getText() : ((JLabel) component).getText());
    }

    boolean isShowing(String name) {
        Component component = find(name, Component.class);
        return ask(component::isShowing);
    }

    void press(int... keys) {
        await(() -> ask(window.frame()::isFocused), "the keyboard");
        for (int key : keys) {
            robot.keyPress(key);
        }
        for (int i = keys.length - 1; i >= 0; i--) {
            robot.keyRelease(keys[i]);
        }
    }

    <T extends Component> T find(String name, Class<T> type) {
        return ask(() -> all().stream()
                .filter(each -> name.equals(each.getName()) && type.isInstance(each))
                .map(type::cast)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + type.getSimpleName() + " is called " + name)));
    }

    List<Component> all() {
        List<Component> found = new ArrayList<>();
        collect(window.frame(), found);
        return found;
    }

    private static void collect(Component component, List<Component> found) {
        found.add(component);
        if (component instanceof Container container) {
            for (Component child : container.getComponents()) {
                collect(child, found);
            }
        }
    }

    /** Takes a picture of the window as it is on the screen, and keeps it for whoever wants to look. */
    BufferedImage screenshot(String name) throws IOException {
        return screenshot(SCREENSHOTS, name);
    }

    BufferedImage screenshot(Path folder, String name) throws IOException {
        ask(() -> true);
        drawn();
        Rectangle place = ask(() -> window.frame().getBounds());
        BufferedImage image = robot.createScreenCapture(place);
        Files.createDirectories(folder);
        ImageIO.write(image, "png", new File(folder.toFile(), name + ".png"));
        return image;
    }

    /** Lets pass what was put off: layout, drawing, and the timer that looks at readings and figures. */
    void settle() {
        for (int i = 0; i < 3; i++) {
            drawn();
            robot.delay(150);
        }
    }

    /** Waits for what the event thread has to do now; the robot's own waiting takes ten seconds where nothing else happens. */
    private static void drawn() {
        ask(() -> true);
        ask(() -> true);
        Toolkit.getDefaultToolkit().sync();
    }

    /** Asks on the event thread. */
    static <T> T ask(Callable<T> question) {
        try {
            if (SwingUtilities.isEventDispatchThread()) {
                return question.call();
            }
            FutureTask<T> task = new FutureTask<>(question);
            SwingUtilities.invokeLater(task);
            return task.get();
        } catch (Exception e) {
            throw new AssertionError(e.getCause() == null ? e : e.getCause());
        }
    }

    @Override
    public void close() {
        window.close();
        try {
            if (!window.awaitClosed(300)) {
                throw new AssertionError("the window does not close");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }
}
