package org.emotion4j.window;

import java.awt.Color;
import java.awt.Component;
import java.awt.Dimension;
import java.awt.FlowLayout;
import java.awt.Graphics;
import java.awt.Graphics2D;
import java.awt.GridBagLayout;
import java.awt.RenderingHints;
import java.awt.geom.RoundRectangle2D;
import java.nio.file.Path;
import java.util.List;
import javax.swing.BorderFactory;
import javax.swing.Icon;
import javax.swing.JButton;
import javax.swing.JLabel;
import javax.swing.JPanel;
import javax.swing.JProgressBar;
import javax.swing.JTextArea;
import javax.swing.SwingConstants;

/** What to do while there is no picture: a card with the ways to begin, or what is being opened and that it goes on. */
@SuppressWarnings("serial") // components are never serialized
final class EmptyView extends JPanel {
    private static final int CARD_WIDTH = 430;
    private static final int ARC = 14;
    private static final int MOST_RECENT = 4;
    private static final int NAME_LENGTH = 38;

    private final Texts texts;
    private final SessionPresenter presenter;
    private final RecentFiles recent;
    private final JLabel title = Controls.heading("");
    private final JTextArea words;
    private final JProgressBar progress = new JProgressBar();
    private final JPanel ways = new JPanel(new FlowLayout(FlowLayout.LEADING, 8, 0));
    private final Column lately = new Column();
    private final Column card = new Card();

    EmptyView(Texts texts, SessionPresenter presenter, RecentFiles recent, Runnable chooseFile, Runnable chooseFolder) {
        super(new GridBagLayout());
        this.texts = texts;
        this.presenter = presenter;
        this.recent = recent;
        words = Controls.prose(" ");
        setOpaque(false);
        setName("empty");
        title.setName("empty.title");
        title.setFont(title.getFont().deriveFont(title.getFont().getSize2D() + 3));
        progress.setIndeterminate(true);
        progress.setName("empty.progress");
        Controls.describe(progress, texts.get("empty.progress"));
        ways.setOpaque(false);
        ways.add(way("empty.camera", Icons.CAMERA, presenter::openCamera));
        ways.add(way("empty.file", Icons.FILE, chooseFile));
        ways.add(way("empty.folder", Icons.FOLDER, chooseFolder));
        card.row(title, 0);
        card.row(words, 6);
        card.row(progress, 12);
        card.row(ways, 12);
        card.row(lately, 12);
        add(card);
        listRecent();
    }

    private JButton way(String key, Icon icon, Runnable action) {
        JButton button = Controls.button(texts, key, key, action);
        button.setIcon(icon);
        return button;
    }

    /** Shows what fits the state; nothing where there is a picture. */
    void show(Presentation state, boolean isEmpty) {
        boolean opening = state.phase() != Phase.IDLE && !state.phase().hasEnded();
        boolean shown = isEmpty;
        if (shown != isVisible()) {
            setVisible(shown);
        }
        if (!shown) {
            return;
        }
        String name = state.source().map(SourceChoice::name).orElse("");
        title.setText(opening ? texts.get("empty.opening") : texts.get("empty.title"));
        String text = opening
                ? texts.get("source.opening", name)
                : texts.get(state.cameras().isEmpty() ? "empty.noCamera" : "empty.words");
        if (!words.getText().equals(text)) {
            words.setText(text);
        }
        progress.setVisible(opening);
        ways.setVisible(!opening);
        lately.setVisible(!opening && lately.getComponentCount() > 0);
    }

    /** Takes over which files were opened last. */
    void listRecent() {
        lately.removeAll();
        List<Path> files = recent.files().stream().limit(MOST_RECENT).toList();
        if (!files.isEmpty()) {
            JLabel heading = new JLabel(texts.get("menu.file.recent"));
            heading.setForeground(Palette.quietInk());
            lately.row(heading, 0);
        }
        for (Path file : files) {
            SourceChoice choice = SourceChoice.of(file);
            JButton button = new JButton(shortened(choice.name()));
            button.setName("empty.recent");
            button.setHorizontalAlignment(SwingConstants.LEADING);
            button.setToolTipText(file.toString());
            button.putClientProperty("JButton.buttonType", "borderless");
            Controls.describe(button, choice.name());
            button.addActionListener(e -> presenter.open(choice));
            lately.row(button, 2);
        }
        revalidate();
        repaint();
    }

    private static String shortened(String name) {
        return name.length() <= NAME_LENGTH ? name : name.substring(0, NAME_LENGTH - 1) + "…";
    }

    /** On paper, with round corners, no wider than it needs. */
    private static final class Card extends Column {
        Card() {
            setBorder(BorderFactory.createEmptyBorder(20, 24, 20, 24));
        }

        @Override
        public Dimension getPreferredSize() {
            int wide = 0;
            for (Component each : getComponents()) {
                if (each instanceof JPanel && !(each instanceof Column)) {
                    wide = Math.max(wide, each.getPreferredSize().width);
                }
            }
            Dimension size = super.getPreferredSize();
            return new Dimension(Math.max(CARD_WIDTH, wide + 2 * 24), size.height);
        }

        @Override
        protected void paintComponent(Graphics graphics) {
            Graphics2D pen = (Graphics2D) graphics.create();
            pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
            Color paper = Palette.ground();
            pen.setColor(paper);
            pen.fill(new RoundRectangle2D.Double(0, 0, getWidth(), getHeight(), ARC, ARC));
            pen.dispose();
            super.paintComponent(graphics);
        }
    }
}
