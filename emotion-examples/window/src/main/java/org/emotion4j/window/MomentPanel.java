package org.emotion4j.window;

import java.awt.BorderLayout;
import java.awt.Dimension;
import java.awt.Font;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.swing.BorderFactory;
import javax.swing.JButton;
import javax.swing.JLabel;
import javax.swing.JPanel;
import javax.swing.JScrollPane;
import javax.swing.JTextArea;
import javax.swing.ScrollPaneConstants;
import javax.swing.SwingConstants;
import org.emotion4j.analysis.MarkedMoments;
import org.emotion4j.emotion.Emotion;
import org.emotion4j.event.FacialEvent;

/** What the face shows at the moment that is looked at, and the most marked moments to jump to. */
@SuppressWarnings("serial") // components are never serialized
final class MomentPanel extends JPanel {
    private static final int WIDTH = 268;

    /** Small enough that all moments are in sight on a screen of 768 lines. */
    private static final int FACE = 76;

    private static final int BARS = 144;

    private final Texts texts;
    private final FaceView face;
    private final JLabel label = new JLabel(" ", SwingConstants.LEADING);
    private final ScoreBars bars;
    private final List<JButton> moments = new ArrayList<>();
    private final JTextArea noMoments;

    MomentPanel(Texts texts, ReviewPresenter presenter) {
        super(new BorderLayout());
        this.texts = texts;
        this.face = new FaceView(texts);
        this.bars = new ScoreBars(texts);
        this.noMoments = Controls.note(texts.get("review.moments.none"));
        setPreferredSize(new Dimension(WIDTH, 400));
        setBorder(BorderFactory.createEmptyBorder(10, 14, 10, 14));
        face.setName("review.face");
        bars.setName("review.scores");
        label.setName("review.reading");
        label.setFont(label.getFont().deriveFont(Font.BOLD, label.getFont().getSize2D() + 3));
        Column column = new Column();
        column.row(Controls.heading(texts.get("face.title")), 0);
        face.setPreferredSize(new Dimension(FACE, FACE));
        face.setMinimumSize(face.getPreferredSize());
        bars.setPreferredSize(new Dimension(220, BARS));
        JPanel reading = new JPanel(new BorderLayout(12, 0));
        reading.setOpaque(false);
        reading.add(face, BorderLayout.WEST);
        reading.add(label, BorderLayout.CENTER);
        column.row(reading, 6);
        column.row(bars, 8);
        column.row(Controls.heading(texts.get("review.moments")), 10);
        column.row(noMoments, 4);
        for (int i = 0; i < MarkedMoments.DEFAULT_COUNT; i++) {
            int rank = i;
            JButton button = new JButton(" ");
            button.setName("review.moment." + (i + 1));
            button.setHorizontalAlignment(SwingConstants.LEADING);
            button.setMnemonic('1' + i);
            button.addActionListener(e -> presenter.goToMoment(rank));
            moments.add(button);
            column.row(button, 2);
        }
        JScrollPane scroll = new JScrollPane(
                column,
                ScrollPaneConstants.VERTICAL_SCROLLBAR_AS_NEEDED,
                ScrollPaneConstants.HORIZONTAL_SCROLLBAR_NEVER);
        scroll.setBorder(BorderFactory.createEmptyBorder());
        add(scroll, BorderLayout.CENTER);
        add(Controls.note(texts.get("quality.limits")), BorderLayout.SOUTH);
    }

    void show(Review state, Optional<FrameTable.Moment> now) {
        boolean anyFace = now.filter(FrameTable.Moment::face).isPresent();
        boolean poor = now.filter(FrameTable.Moment::poor).isPresent();
        Optional<Emotion> shown = now.flatMap(FrameTable.Moment::label);
        face.show(anyFace, shown, poor);
        bars.show(now.map(FrameTable.Moment::shares).orElse(new double[0]), shown, poor);
        label.setForeground(poor ? Palette.quietInk() : Palette.ink());
        label.setText(
                now.isEmpty()
                        ? " "
                        : !anyFace
                                ? texts.get("emotion.noFace")
                                : poor ? texts.get("review.perhaps", texts.of(shown)) : texts.of(shown));
        List<FacialEvent> found = state.session().map(ReviewedSession::moments).orElse(List.of());
        noMoments.setVisible(state.session().isPresent() && found.isEmpty());
        for (int i = 0; i < moments.size(); i++) {
            JButton button = moments.get(i);
            button.setVisible(i < found.size());
            if (i < found.size()) {
                FacialEvent event = found.get(i);
                String text = texts.get(
                        "review.moment",
                        Integer.toString(i + 1),
                        texts.place(state.session().orElseThrow().onStrip(event.apexNanos())),
                        texts.of(Emotion.find(event.name())));
                button.setText(text);
                Controls.describe(button, text);
            }
        }
    }
}
