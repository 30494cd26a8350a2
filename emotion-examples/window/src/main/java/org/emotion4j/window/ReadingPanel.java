package org.emotion4j.window;

import java.awt.BorderLayout;
import java.awt.Dimension;
import java.awt.Font;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.swing.BorderFactory;
import javax.swing.DefaultComboBoxModel;
import javax.swing.JComboBox;
import javax.swing.JLabel;
import javax.swing.JPanel;
import javax.swing.JScrollPane;
import javax.swing.JTextArea;
import javax.swing.ScrollPaneConstants;
import javax.swing.SwingConstants;
import org.emotion4j.emotion.Emotion;
import org.emotion4j.reading.EmotionReading;
import org.emotion4j.reading.FrameResult;

/** What the chosen face shows: the drawn face, the seven bars, and why it cannot be read well where that is so. */
@SuppressWarnings("serial") // components are never serialized
final class ReadingPanel extends JPanel {
    private static final int WIDTH = 268;

    /** So many points larger than other text is what is read, and no smaller than this where its words are many. */
    private static final float LARGEST_LABEL = 5;

    private static final float SMALLEST_LABEL = 11;

    /** Room for as many lines of hints as there mostly are, so that what stands above does not move when they come and go. */
    private static final int QUALITY_LINES = 3;

    private final Texts texts;
    private final SessionPresenter presenter;
    private final FaceView face;
    private final JLabel label = new JLabel(" ", SwingConstants.CENTER);
    private final ScoreBars bars;
    private final JTextArea quality;
    private final JComboBox<FaceChoice> faces = new JComboBox<>();
    private List<FaceChoice> offered = List.of();
    private boolean updating;

    /** An entry of the list of faces. */
    private record FaceChoice(int id, String text) {
        @Override
        public String toString() {
            return text;
        }
    }

    ReadingPanel(Texts texts, SessionPresenter presenter) {
        super(new BorderLayout());
        this.texts = texts;
        this.presenter = presenter;
        this.face = new FaceView(texts);
        this.bars = new ScoreBars(texts);
        this.quality = Controls.prose(" ");
        setPreferredSize(new Dimension(WIDTH, 400));
        setBorder(BorderFactory.createEmptyBorder(8, 14, 6, 14));
        label.setName("reading");
        label.setFont(label.getFont().deriveFont(Font.BOLD, label.getFont().getSize2D() + 5));
        quality.setName("quality");
        quality.setRows(QUALITY_LINES);
        Column column = new Column();
        column.row(Controls.heading(texts.get("face.title")), 0);
        column.row(chooser(), 6);
        column.row(face, 8);
        column.row(label, 4);
        column.row(Controls.heading(texts.get("scores.title")), 8);
        column.row(bars, 6);
        column.row(Controls.heading(texts.get("quality.title")), 8);
        column.row(quality, 4);
        JScrollPane scroll = new JScrollPane(
                column,
                ScrollPaneConstants.VERTICAL_SCROLLBAR_AS_NEEDED,
                ScrollPaneConstants.HORIZONTAL_SCROLLBAR_NEVER);
        scroll.setBorder(BorderFactory.createEmptyBorder());
        add(scroll, BorderLayout.CENTER);
        add(Controls.note(texts.get("quality.limits")), BorderLayout.SOUTH);
        faces.addActionListener(e -> {
            if (!updating && faces.getSelectedItem() instanceof FaceChoice choice) {
                presenter.choose(choice.id());
            }
        });
        offer(List.of(new FaceChoice(LiveView.LARGEST, texts.get("face.largest"))));
    }

    private JPanel chooser() {
        JPanel row = new JPanel(new BorderLayout(8, 0));
        row.add(Controls.labelFor(texts, "face.which", faces, "faces"), BorderLayout.WEST);
        row.add(faces, BorderLayout.CENTER);
        row.setOpaque(false);
        return row;
    }

    /** Looks at the newest reading. */
    void refresh(Phase phase) {
        LiveView view = presenter.view();
        offer(choices(view));
        Optional<FrameResult> result = view.pictured();
        Optional<EmotionReading> reading = view.picturedFocus();
        boolean poor = reading.filter(each -> !each.isReadable()).isPresent();
        face.show(reading.isPresent(), reading.flatMap(EmotionReading::label), poor);
        bars.show(
                reading.map(ReadingPanel::shares).orElse(new double[0]), reading.flatMap(EmotionReading::label), poor);
        label.setForeground(poor ? Palette.quietInk() : Palette.ink());
        setText(
                label,
                reading.map(each -> texts.get(
                                poor ? "reading.poor" : "reading.text",
                                texts.of(each.label()),
                                texts.percent(Percents.confidence(each))))
                        .orElse(texts.get(
                                result.isPresent()
                                        ? "emotion.noFace"
                                        : view.pictures().isEmpty() ? "emotion.waiting" : "emotion.unread")));
        String why = view.hints().stream().map(hint -> texts.get(hint.key())).collect(Collectors.joining("\n"));
        boolean nothing = view.pictures().isEmpty() || phase == Phase.IDLE;
        String text = result.isEmpty() || nothing
                ? texts.get(nothing ? "quality.wait" : "quality.unread")
                : !why.isEmpty()
                        ? why
                        : texts.get(
                                reading.filter(SetupGuide::isGood).isPresent() ? "quality.good" : "quality.unknown");
        if (!quality.getText().equals(text)) {
            quality.setText(text);
        }
    }

    private static double[] shares(EmotionReading reading) {
        double[] shares = new double[Emotion.all().size()];
        for (Emotion emotion : Emotion.all()) {
            shares[emotion.ordinal()] = reading.scores().get(emotion);
        }
        return shares;
    }

    private static void setText(JLabel label, String text) {
        if (!Objects.equals(label.getText(), text)) {
            label.setText(text);
            Font whole = label.getFont()
                    .deriveFont(LARGEST_LABEL + label.getParent().getFont().getSize2D());
            float fits = (float) (WIDTH - 40)
                    / Math.max(1, label.getFontMetrics(whole).stringWidth(text));
            label.setFont(whole.deriveFont(Math.max(SMALLEST_LABEL, whole.getSize2D() * Math.min(1, fits))));
        }
    }

    private List<FaceChoice> choices(LiveView view) {
        List<FaceChoice> choices = new ArrayList<>();
        int chosen = view.selected();
        if (view.isToChoose()) {
            choices.add(new FaceChoice(LiveView.LARGEST, texts.get("face.choose")));
        }
        int largest = chosen == LiveView.LARGEST && choices.isEmpty() ? LiveView.LARGEST : LiveView.LARGEST_CHOSEN;
        choices.add(new FaceChoice(largest, texts.get("face.largest")));
        List<Integer> ids = view.pictured().map(FrameResult::readings).orElse(List.of()).stream()
                .map(EmotionReading::faceId)
                .sorted()
                .toList();
        ids.forEach(id -> choices.add(new FaceChoice(id, texts.get("face.number", Integer.toString(id)))));
        if (chosen > LiveView.LARGEST && !ids.contains(chosen)) {
            choices.add(new FaceChoice(chosen, texts.get("face.number.gone", Integer.toString(chosen))));
        }
        return choices;
    }

    /** Leaves the list alone while it is open or nothing has changed. */
    private void offer(List<FaceChoice> choices) {
        int chosen = presenter.view().selected();
        boolean same = choices.equals(offered)
                && faces.getSelectedItem() instanceof FaceChoice selected
                && selected.id() == chosen;
        if (same || faces.isPopupVisible()) {
            return;
        }
        updating = true;
        offered = choices;
        faces.setModel(new DefaultComboBoxModel<>(choices.toArray(new FaceChoice[0])));
        choices.stream().filter(each -> each.id() == chosen).findFirst().ifPresent(faces::setSelectedItem);
        updating = false;
    }
}
