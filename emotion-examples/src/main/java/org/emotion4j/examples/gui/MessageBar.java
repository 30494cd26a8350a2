package org.emotion4j.examples.gui;

import java.awt.BasicStroke;
import java.awt.BorderLayout;
import java.awt.Color;
import java.awt.Component;
import java.awt.FlowLayout;
import java.awt.Font;
import java.awt.Graphics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.util.Locale;
import java.util.Optional;
import javax.accessibility.AccessibleContext;
import javax.swing.BorderFactory;
import javax.swing.Icon;
import javax.swing.JButton;
import javax.swing.JLabel;
import javax.swing.JPanel;
import javax.swing.JTextArea;
import javax.swing.SwingConstants;

/** What there is to say, above everything else and inside the window: nothing waits until it is put away. */
@SuppressWarnings("serial") // components are never serialised
final class MessageBar extends JPanel {
    private static final Color ERROR = new Color(0xC0, 0x39, 0x1B);
    private static final Color WARNING = new Color(0xB8, 0x86, 0x0B);
    private static final Color INFO = new Color(0x1F, 0x77, 0xB4);

    private final Texts texts;
    private final SessionPresenter presenter;
    private final JLabel icon = new JLabel();
    private final JTextArea text = Controls.prose("");
    private final JTextArea detail = Controls.note("");
    private final JButton action = new JButton();
    private final JButton dismiss;
    private Optional<Message> shown = Optional.empty();

    MessageBar(Texts texts, SessionPresenter presenter) {
        super(new BorderLayout(12, 0));
        this.texts = texts;
        this.presenter = presenter;
        this.dismiss = Controls.button(texts, "action.dismiss", "dismiss", presenter::dismiss);
        text.setName("message");
        text.setFont(text.getFont().deriveFont(Font.BOLD));
        detail.setName("message.detail");
        action.setName("message.action");
        action.addActionListener(e -> shown.ifPresent(message -> presenter.act(message.action())));
        icon.setVerticalAlignment(SwingConstants.TOP);
        JPanel words = new JPanel(new BorderLayout(0, 2));
        words.setOpaque(false);
        words.add(text, BorderLayout.NORTH);
        words.add(detail, BorderLayout.CENTER);
        JPanel buttons = new JPanel(new FlowLayout(FlowLayout.TRAILING, 8, 0));
        buttons.setOpaque(false);
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
        Color colour =
                switch (message.level()) {
                    case INFO -> INFO;
                    case WARNING -> WARNING;
                    case ERROR -> ERROR;
                };
        setBackground(Palette.mix(Palette.ground(), colour, 0.14));
        setBorder(BorderFactory.createCompoundBorder(
                BorderFactory.createMatteBorder(0, 6, 1, 0, colour), BorderFactory.createEmptyBorder(9, 12, 9, 12)));
        icon.setIcon(new Sign(message.level(), colour));
        text.setText(message.text(texts));
        detail.setText(message.detail().orElse(""));
        detail.setVisible(message.detail().isPresent());
        boolean offers = message.action() != Message.Action.NONE;
        action.setVisible(offers);
        if (offers) {
            Controls.label(action, texts, "action." + message.action().name().toLowerCase(Locale.ROOT));
        }
        Controls.describe(this, text.getText());
        getAccessibleContext().setAccessibleDescription(detail.getText());
        getAccessibleContext().firePropertyChange(AccessibleContext.ACCESSIBLE_NAME_PROPERTY, "", text.getText());
        revalidate();
        repaint();
    }

    /** The presenter, for the key that puts a message away. */
    void dismiss() {
        if (isVisible()) {
            presenter.dismiss();
        }
    }

    /** An i, or an exclamation mark: told apart without colours. */
    private record Sign(Message.Level level, Color colour) implements Icon {
        private static final int SIDE = 20;

        @Override
        public void paintIcon(Component component, Graphics graphics, int x, int y) {
            Graphics2D pen = (Graphics2D) graphics.create();
            pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
            pen.setColor(colour);
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
