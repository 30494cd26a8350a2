package org.emotion4j.window;

import java.awt.BorderLayout;
import java.awt.FlowLayout;
import java.awt.Font;
import java.awt.GridBagConstraints;
import java.awt.GridBagLayout;
import java.awt.Insets;
import java.awt.event.ComponentAdapter;
import java.awt.event.ComponentEvent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.swing.BorderFactory;
import javax.swing.Box;
import javax.swing.JButton;
import javax.swing.JComponent;
import javax.swing.JLabel;
import javax.swing.JPanel;
import javax.swing.JScrollPane;
import javax.swing.JTextArea;
import org.emotion4j.analysis.BriefMoment;
import org.emotion4j.analysis.SessionSummary;
import org.emotion4j.analysis.SharedSmiles;
import org.emotion4j.emotion.Emotion;
import org.emotion4j.emotion.EmotionScores;

/** What the session came to, in place of the picture. */
@SuppressWarnings("serial") // components are never serialized
final class SummaryView extends JPanel {
    private static final int MOST_MOMENTS = 5;

    /** A width in which two facts do not stand side by side, in any language. */
    private static final int NARROW = 560;

    private final Texts texts;
    private final JTextArea lead = Controls.prose("");
    private final ScoreBars shares;
    private final JPanel facts = new JPanel(new GridBagLayout());
    private final JButton report;
    private int cells;
    private int perRow = 2;
    private Optional<SessionOutcome> shown = Optional.empty();

    SummaryView(Texts texts, SessionPresenter presenter, Runnable showPicture) {
        super(new BorderLayout());
        this.texts = texts;
        this.shares = new ScoreBars(texts);
        this.report = Controls.button(texts, "summary.report", "report", presenter.afterwards()::openReport);
        setName("summary");
        Controls.describe(this, texts.get("summary.name"));
        setBackground(Palette.paper());
        lead.setName("summary.lead");
        lead.setFont(lead.getFont().deriveFont(Font.BOLD, lead.getFont().getSize2D() + 3));
        shares.setName("summary.shares");
        facts.setOpaque(false);
        Controls.primary(report);
        report.setIcon(Icons.REPORT);
        Column column = new Column();
        JLabel title = Controls.heading(texts.get("summary.title"));
        title.setFont(title.getFont().deriveFont(title.getFont().getSize2D() + 6));
        column.row(title, 0);
        column.row(lead, 8);
        column.row(shares, 14);
        column.row(facts, 14);
        JPanel buttons = new JPanel(new FlowLayout(FlowLayout.LEADING, 0, 0));
        buttons.setOpaque(false);
        buttons.add(report);
        buttons.add(Box.createHorizontalStrut(10));
        buttons.add(Controls.button(texts, "summary.picture", "showPicture", showPicture));
        column.row(buttons, 16);
        column.row(Controls.note(texts.get("summary.limits")), 16);
        column.setBorder(BorderFactory.createEmptyBorder(20, 30, 16, 30));
        JScrollPane scroll = new JScrollPane(column);
        scroll.setBorder(BorderFactory.createEmptyBorder());
        scroll.getViewport().setOpaque(false);
        scroll.setOpaque(false);
        add(scroll, BorderLayout.CENTER);
        addComponentListener(new ComponentAdapter() {
            @Override
            public void componentResized(ComponentEvent event) {
                if (isNarrow() != (perRow == 1)) {
                    shown.ifPresent(SummaryView.this::show);
                }
            }
        });
    }

    private boolean isNarrow() {
        return getWidth() > 0 && getWidth() < NARROW;
    }

    void show(SessionOutcome outcome) {
        shown = Optional.of(outcome);
        lead.setText(lead(outcome));
        double[] values = new double[Emotion.all().size()];
        Emotion.all().forEach(emotion -> values[emotion.ordinal()] = outcome.share(emotion));
        double[] percents = outcome.percents();
        shares.show(values, percents, outcome.predominant(), false);
        facts.removeAll();
        cells = 0;
        perRow = isNarrow() ? 1 : 2;
        boolean pictures = outcome.isPictures();
        fact(
                pictures ? "summary.pictures" : "summary.length",
                pictures ? Long.toString(outcome.frames()) : clock(outcome.length()));
        fact("emotion.none", texts.percent(percents[EmotionScores.SIZE]));
        fact(
                "summary.noFace",
                pictures ? Long.toString(outcome.frames() - outcome.framesWithFace()) : clock(outcome.noFace()));
        if (!pictures) {
            outcome.changes().ifPresent(changes -> fact("summary.changes", Long.toString(changes)));
        }
        fact("summary.markers", Integer.toString(outcome.markers()));
        if (!pictures) {
            fact("summary.gaps", Integer.toString(outcome.gaps()));
            fact("summary.frames", Long.toString(outcome.frames()));
        }
        fact("summary.dropped", Long.toString(outcome.dropped()));
        if (!pictures) {
            showMovement(outcome);
        }
        outcome.rest()
                .ifPresent(rest -> wide(
                        texts.get("summary.rest"),
                        texts.get("summary.rest.text", texts.place(rest.fromNanos()), texts.place(rest.toNanos()))));
        outcome.smiles().ifPresent(both -> wide(texts.get("summary.smiles"), words(both), "summary.smiles"));
        outcome.summary().ifPresent(this::showEnding);
        wide(
                texts.get(
                        outcome.folder().isPresent()
                                ? "summary.stored"
                                : outcome.erased() ? "summary.erased" : "summary.notStored"),
                outcome.folder().map(Path::toString).orElse(""));
        report.setVisible(outcome.folder().isPresent());
        revalidate();
        repaint();
    }

    /** Puts the keyboard where one wants to go next. */
    void focus() {
        Optional.of(report).filter(JComponent::isVisible).ifPresent(JComponent::requestFocusInWindow);
    }

    /** What the shares do not tell: where the scores lie, and what was too short for a label. */
    private void showMovement(SessionOutcome outcome) {
        outcome.affect()
                .ifPresent(mean -> fact(
                        "summary.affect",
                        texts.get(
                                "summary.affect.text",
                                texts.number(mean.valence(), 2),
                                texts.number(mean.arousal(), 2))));
        List<BriefMoment> moments = outcome.briefMoments();
        List<String> lines = new ArrayList<>();
        moments.stream()
                .limit(MOST_MOMENTS)
                .forEach(moment -> lines.add(texts.get(
                        "summary.brief.text",
                        texts.place(moment.fromNanos()),
                        texts.of(moment.emotion()),
                        texts.number(moment.length().toNanos() / 1e9, 2),
                        texts.percent(moment.peak()))));
        if (moments.size() > MOST_MOMENTS) {
            lines.add(texts.get("summary.brief.more", moments.size() - MOST_MOMENTS));
        }
        wide(
                texts.get("summary.brief"),
                lines.isEmpty() ? texts.get("summary.brief.none") : String.join("\n", lines),
                "summary.brief");
    }

    private String words(SharedSmiles both) {
        return both.readable().isZero()
                ? texts.get("summary.smiles.unread")
                : texts.get(
                        "summary.smiles.text",
                        clock(both.shared()),
                        texts.percent(both.share()),
                        clock(both.readable()));
    }

    /** How it ended, and what the report says, too, of how far its figures can be relied on. */
    private void showEnding(SessionSummary summary) {
        summary.info()
                .end()
                .ifPresent(end -> wide(
                        texts.get("summary.ended"),
                        texts.get("end." + end.name().toLowerCase(Locale.ROOT)),
                        "summary.end"));
        List<String> warnings = summary.warnings(texts.locale());
        if (!warnings.isEmpty()) {
            wide(texts.get("summary.warnings"), String.join("\n", warnings), "summary.warnings");
        }
    }

    /** What was shown most, in words that hold: "most" is more than half, and equal shares are said to be equal. */
    private String lead(SessionOutcome outcome) {
        List<Optional<Emotion>> leaders = outcome.leaders();
        if (leaders.isEmpty()) {
            return texts.get("summary.lead.none");
        }
        String names = texts.list(leaders.stream().map(texts::of).toList());
        if (outcome.isPictures()) {
            return texts.get(
                    leaders.size() == 1 ? "summary.lead.pictures" : "summary.lead.picturesTie",
                    names,
                    outcome.count(leaders.get(0)),
                    outcome.framesWithFace());
        }
        double share = outcome.share(leaders.get(0));
        double written = outcome.percents()[leaders.get(0).map(Emotion::ordinal).orElse(EmotionScores.SIZE)];
        String key = leaders.size() > 1 ? "summary.lead.tie" : share > 0.5 ? "summary.lead" : "summary.lead.longest";
        return texts.get(key, names, texts.percent(written), clock(outcome.withFace()));
    }

    private String clock(Duration time) {
        return texts.place(time);
    }

    /** Two facts a row where there is room, else one. Figures are short, and are never broken over lines. */
    private void fact(String key, String value) {
        int column = cells % perRow * 2;
        place(name(texts.get(key)), column, 1, 0);
        JLabel text = new JLabel(value);
        text.setName(key);
        place(text, column + 1, 1, 1);
        cells++;
    }

    private void wide(String name, String value) {
        wide(name, value, "summary.folder");
    }

    private void wide(String name, String value, String component) {
        cells += (perRow - cells % perRow) % perRow;
        place(name(name), 0, value.isEmpty() ? 4 : 1, 0);
        JTextArea text = Controls.prose(value);
        text.setName(component);
        place(text, 1, 3, 1);
        cells += perRow;
    }

    private JLabel name(String text) {
        JLabel name = new JLabel(text.substring(0, 1).toUpperCase(texts.locale()) + text.substring(1));
        name.setForeground(Palette.quietInk());
        return name;
    }

    private void place(JComponent component, int column, int width, double weight) {
        facts.add(
                component,
                new GridBagConstraints(
                        column,
                        cells / perRow,
                        width,
                        1,
                        weight,
                        0,
                        GridBagConstraints.NORTHWEST,
                        GridBagConstraints.HORIZONTAL,
                        new Insets(3, 0, 3, 18),
                        0,
                        0));
    }
}
