package org.emotion4j.window;

import java.awt.BasicStroke;
import java.awt.BorderLayout;
import java.awt.Color;
import java.awt.Component;
import java.awt.Container;
import java.awt.Dimension;
import java.awt.FlowLayout;
import java.awt.Font;
import java.awt.Graphics;
import java.awt.Graphics2D;
import java.awt.Insets;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.util.List;
import java.util.Optional;
import javax.accessibility.AccessibleContext;
import javax.swing.BorderFactory;
import javax.swing.Icon;
import javax.swing.JButton;
import javax.swing.JLabel;
import javax.swing.JPanel;
import javax.swing.JTextArea;
import javax.swing.JToggleButton;
import javax.swing.SwingConstants;

/**
 * What there is to say, above the picture: nothing waits until it is put away. Takes a part of the height at most, so that no
 * text, however long, hides a control.
 */
@SuppressWarnings("serial") // components are never serialized
final class MessageBar extends JPanel {
    private static final Color ERROR = new Color(0xC0, 0x39, 0x1B);
    private static final Color WARNING = new Color(0xB8, 0x86, 0x0B);
    private static final Color INFO = new Color(0x1F, 0x77, 0xB4);

    private static final int GAP = 12;

    /** The share of what the bar lies in that it may take. */
    private static final double MOST = 0.4;

    /** Who clicks twice in this time has clicked once: an answer is no answer to the question that comes after it. */
    private static final long TWICE_MILLIS = 700;

    /** Who is told what is answered. */
    interface Answers {
        /** Does what a message offers. */
        void act(Message.Action action);

        /** Does what the other answer to a message's question says. */
        void decline(Message.Action action);

        /** Puts the message away. */
        void dismiss();
    }

    private final Texts texts;
    private final Answers presenter;
    private final JLabel icon = new JLabel();
    private final JTextArea text = Controls.prose("");
    private final JTextArea trouble = Controls.prose("");
    private final JTextArea detail = Controls.note("");
    private final JToggleButton details = new JToggleButton();
    private final Words words = new Words();
    private final JPanel buttons = new JPanel(new FlowLayout(FlowLayout.TRAILING, 8, 0));
    private final JButton action = new JButton();
    private final JButton dismiss;
    private Optional<Message> shown = Optional.empty();

    MessageBar(Texts texts, Answers presenter) {
        super(new BorderLayout(GAP, 0));
        this.texts = texts;
        this.presenter = presenter;
        this.dismiss = Controls.button(texts, "action.dismiss", "dismiss", this::decline);
        text.setName("message");
        text.setFont(text.getFont().deriveFont(Font.BOLD));
        trouble.setName("message.trouble");
        detail.setName("message.detail");
        Controls.label(details, texts, "message.details");
        details.setName("message.details");
        details.addActionListener(e -> showDetail());
        action.setName("message.action");
        action.setMultiClickThreshhold(TWICE_MILLIS);
        action.addActionListener(e -> shown.ifPresent(message -> presenter.act(message.action())));
        icon.setVerticalAlignment(SwingConstants.TOP);
        words.setOpaque(false);
        words.add(text);
        words.add(trouble);
        words.add(detail);
        buttons.setOpaque(false);
        buttons.add(details);
        buttons.add(action);
        buttons.add(dismiss);
        add(icon, BorderLayout.WEST);
        add(words, BorderLayout.CENTER);
        add(buttons, BorderLayout.EAST);
        setVisible(false);
    }

    void show(Optional<Message> message) {
        if (message.equals(shown)) {
            return;
        }
        shown = message;
        setVisible(message.isPresent());
        message.ifPresent(this::fill);
    }

    private void fill(Message message) {
        Color color =
                switch (message.level()) {
                    case INFO -> INFO;
                    case WARNING -> WARNING;
                    case ERROR -> ERROR;
                };
        setBackground(Palette.mix(Palette.ground(), color, 0.14));
        setBorder(BorderFactory.createCompoundBorder(
                BorderFactory.createMatteBorder(0, 6, 1, 0, color), BorderFactory.createEmptyBorder(9, 12, 9, 12)));
        icon.setIcon(new Sign(message.level(), color));
        text.setText(message.text(texts));
        trouble.setText(message.trouble().map(each -> texts.get(each.key())).orElse(""));
        trouble.setVisible(message.trouble().isPresent());
        detail.setText(message.detail().orElse(""));
        details.setVisible(message.detail().isPresent());
        details.setSelected(false);
        detail.setVisible(false);
        boolean offers = message.action() != Message.Action.NONE;
        action.setVisible(offers);
        if (offers) {
            Controls.label(action, texts, message.action().key());
        }
        Controls.label(dismiss, texts, message.action().otherKey());
        Controls.describe(this, text.getText());
        getAccessibleContext().setAccessibleDescription((trouble.getText() + " " + detail.getText()).strip());
        getAccessibleContext().firePropertyChange(AccessibleContext.ACCESSIBLE_NAME_PROPERTY, "", text.getText());
        text.setToolTipText(text.getText());
        detail.setToolTipText(detail.getText());
        if (message.action().isQuestion()) {
            dismiss.requestFocusInWindow();
        }
        revalidate();
        repaint();
    }

    /**
     * As high as its text is when it is broken at the width that there is. The text's own size will not do: it is that of its
     * last layout, and before the first one, at no width, each letter has a line.
     */
    @Override
    public Dimension getPreferredSize() {
        Container place = getParent();
        int width = place == null || place.getWidth() == 0 ? Integer.MAX_VALUE : place.getWidth();
        Insets around = getInsets();
        int beside = around.left + around.right + Sign.SIDE + 2 * GAP + buttons.getPreferredSize().width;
        int forWords = Math.max(1, width - beside);
        int whole = Math.max(words.heightAt(forWords), Math.max(Sign.SIDE, buttons.getPreferredSize().height))
                + around.top
                + around.bottom;
        int most = place == null || place.getHeight() == 0 ? whole : (int) (place.getHeight() * MOST);
        return new Dimension(
                Math.min(width, 10_000), Math.min(whole, Math.max(most, buttons.getPreferredSize().height)));
    }

    /** What a library said, in its own words, for whoever asks: in a letter to those who help, say. */
    private void showDetail() {
        detail.setVisible(details.isSelected());
        revalidate();
        repaint();
    }

    private void decline() {
        shown.map(Message::action)
                .filter(Message.Action::isQuestion)
                .ifPresentOrElse(presenter::decline, presenter::dismiss);
    }

    /** The presenter, for the key that puts a message away. */
    void dismiss() {
        if (isVisible()) {
            presenter.dismiss();
        }
    }

    /** The message above what is behind it and its detail, each as high as it is at the width that there is. */
    private final class Words extends JPanel {
        private static final int BETWEEN = 2;

        Words() {
            super(null);
        }

        int heightAt(int width) {
            int high = Controls.heightAt(text, width);
            for (JTextArea each : List.of(trouble, detail)) {
                high += each.isVisible() ? BETWEEN + Controls.heightAt(each, width) : 0;
            }
            return high;
        }

        @Override
        public void doLayout() {
            int top = Controls.heightAt(text, getWidth());
            text.setBounds(0, 0, getWidth(), top);
            for (JTextArea each : List.of(trouble, detail)) {
                if (each.isVisible()) {
                    int high = Math.min(Controls.heightAt(each, getWidth()), Math.max(0, getHeight() - top - BETWEEN));
                    each.setBounds(0, top + BETWEEN, getWidth(), high);
                    top += BETWEEN + high;
                }
            }
        }
    }

    /** An i, or an exclamation mark: told apart without colors. */
    private record Sign(Message.Level level, Color color) implements Icon {
        private static final int SIDE = 20;

        @Override
        public void paintIcon(Component component, Graphics graphics, int x, int y) {
            Graphics2D pen = (Graphics2D) graphics.create();
            pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
            pen.setColor(color);
            pen.fill(new Ellipse2D.Double(x, y, SIDE, SIDE));
            pen.setColor(Color.WHITE);
            pen.setStroke(new BasicStroke(2.4f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
            double middle = x + SIDE / 2.0;
            double dot = level == Message.Level.INFO ? y + 5.5 : y + 14.5;
            double from = level == Message.Level.INFO ? y + 9.5 : y + 5;
            double to = level == Message.Level.INFO ? y + 15 : y + 10.5;
            pen.draw(new Line2D.Double(middle, dot, middle, dot));
            pen.draw(new Line2D.Double(middle, from, middle, to));
            pen.dispose();
        }

        @Override
        public int getIconWidth() {
            return SIDE;
        }

        @Override
        public int getIconHeight() {
            return SIDE;
        }
    }
}
