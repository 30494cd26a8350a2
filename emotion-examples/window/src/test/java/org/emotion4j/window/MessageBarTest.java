package org.emotion4j.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.BorderLayout;
import java.awt.Component;
import java.awt.Container;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import javax.swing.JPanel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How much room a message takes. No display is needed to lay it out. */
final class MessageBarTest {
    private static final int WIDTH = 740;
    private static final int HEIGHT = 500;

    private final SessionPresenter presenter = new SessionPresenter(
            new TestMachine(),
            Path.of("sessions"),
            new LiveView(new SetupGuide()),
            Runnable::run,
            SessionForm.blank("haar", "brightness"));
    private final JPanel window = new JPanel(new BorderLayout());
    private MessageBar bar;

    @BeforeEach
    void build() {
        bar = new MessageBar(Texts.of(Locale.ENGLISH), presenter);
        window.add(bar, BorderLayout.NORTH);
        window.add(new JPanel(), BorderLayout.CENTER);
    }

    @AfterEach
    void close() {
        presenter.close();
    }

    @Test
    void isAsHighAsItsTextWhenItIsShownBeforeTheWindowHasAWidth() {
        bar.show(Optional.of(Message.info("message.sourceBack")));
        layOut(0, 0);
        layOut(1, 1);
        layOut(WIDTH, HEIGHT);
        assertThat(bar.getHeight()).isBetween(20, 60);
    }

    @Test
    void isAsHighAsItsTextWhenTheWindowBecomesNarrowAndWideAgain() {
        bar.show(Optional.of(
                Message.info("message.cannotRecord", "sessions").because(Optional.of(Trouble.FULL_DISK), "no room")));
        layOut(WIDTH, HEIGHT);
        int before = bar.getHeight();
        layOut(300, HEIGHT);
        assertThat(bar.getHeight()).isGreaterThan(before);
        layOut(WIDTH, HEIGHT);
        assertThat(bar.getHeight()).isEqualTo(before);
    }

    @Test
    void takesAPartOfTheHeightHoweverLongTheTextIs() {
        bar.show(Optional.of(Message.error("message.noSummary")
                .because(Optional.of(Trouble.DAMAGED_RECORD), "a very long reason, ".repeat(500))));
        layOut(WIDTH, HEIGHT);
        assertThat(bar.getHeight()).isLessThanOrEqualTo(HEIGHT / 2);
        assertThat(bar.getWidth()).isEqualTo(WIDTH);
    }

    @Test
    void bothAnswersOfAQuestionAreInSight() {
        for (Message.Action action : Message.Action.values()) {
            if (action.isQuestion()) {
                bar.show(Optional.of(Message.warning("message.ask.quit").offering(action)));
                layOut(WIDTH, HEIGHT);
                assertThat(inside("message.action")).isTrue();
                assertThat(inside("dismiss")).isTrue();
            }
        }
    }

    private boolean inside(String name) {
        Component button = find(bar, name).orElseThrow();
        return button.isVisible()
                && button.getWidth() >= button.getPreferredSize().width
                && button.getHeight() >= button.getPreferredSize().height;
    }

    private void layOut(int width, int height) {
        window.setSize(width, height);
        layOut(window);
    }

    private static void layOut(Container container) {
        container.doLayout();
        for (Component child : container.getComponents()) {
            if (child instanceof Container inner) {
                layOut(inner);
            }
        }
    }

    private static Optional<Component> find(Container container, String name) {
        for (Component child : container.getComponents()) {
            Optional<Component> found = name.equals(child.getName())
                    ? Optional.of(child)
                    : child instanceof Container inner ? find(inner, name) : Optional.empty();
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }
}
