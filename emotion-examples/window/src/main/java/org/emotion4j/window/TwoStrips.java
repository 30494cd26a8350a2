package org.emotion4j.window;

import java.awt.BorderLayout;
import java.awt.Dimension;
import java.util.Optional;
import java.util.OptionalLong;
import javax.swing.BorderFactory;
import javax.swing.BoxLayout;
import javax.swing.JLabel;
import javax.swing.JPanel;

/** The timeline of a session; of two people one below the other, each with a pseudonym above it. */
@SuppressWarnings("serial") // components are never serialized
final class TwoStrips extends JPanel {
    private static final int HEIGHT_OF_TWO = 112;

    private final TimelineView first;
    private final TimelineView second;
    private final JLabel ofFirst = Controls.heading(" ");
    private final JLabel ofSecond = Controls.heading(" ");
    private final JPanel lower;
    private final Dimension alone;
    private Optional<String> other = Optional.empty();

    /**
     * Makes them; the second is hidden until there is a second person.
     *
     * @param name of the first for tests; the second's has {@code .companion} behind it
     */
    TwoStrips(TimelineView first, TimelineView second, String name) {
        this.first = first;
        this.second = second;
        alone = first.getPreferredSize();
        second.setName(name + ".companion");
        ofFirst.setName(name + ".of");
        ofSecond.setName(name + ".companion.of");
        setLayout(new BoxLayout(this, BoxLayout.Y_AXIS));
        add(labeled(ofFirst, first));
        lower = labeled(ofSecond, second);
        add(lower);
        lower.setVisible(false);
        ofFirst.setVisible(false);
    }

    private static JPanel labeled(JLabel label, TimelineView strip) {
        label.setBorder(BorderFactory.createEmptyBorder(3, TimelineDrawing.LEFT, 0, 0));
        JPanel panel = new JPanel(new BorderLayout());
        panel.add(label, BorderLayout.NORTH);
        panel.add(strip, BorderLayout.CENTER);
        return panel;
    }

    /** Says whose they are; one person's has no need of it. */
    void name(String person, Optional<String> companion) {
        ofFirst.setText(person.isEmpty() ? " " : person);
        ofSecond.setText(companion.filter(each -> !each.isEmpty()).orElse(" "));
        if (!companion.equals(other)) {
            other = companion;
            boolean two = other.isPresent();
            ofFirst.setVisible(two);
            lower.setVisible(two);
            Dimension size = two ? new Dimension(alone.width, HEIGHT_OF_TWO) : alone;
            for (TimelineView strip : new TimelineView[] {first, second}) {
                strip.setPreferredSize(size);
                strip.setMinimumSize(new Dimension(200, size.height));
            }
            revalidate();
        }
    }

    void ended(boolean value) {
        first.ended(value);
        second.ended(value);
    }

    void refresh() {
        first.refresh();
        if (other.isPresent()) {
            second.refresh();
        }
    }

    void position(OptionalLong nanos) {
        first.position(nanos);
        second.position(nanos);
    }
}
