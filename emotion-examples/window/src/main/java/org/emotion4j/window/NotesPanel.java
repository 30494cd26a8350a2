package org.emotion4j.window;

import java.awt.BorderLayout;
import java.awt.Component;
import java.awt.Dimension;
import java.awt.GridLayout;
import java.awt.event.ComponentAdapter;
import java.awt.event.ComponentEvent;
import java.awt.event.KeyEvent;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import javax.swing.BorderFactory;
import javax.swing.DefaultListCellRenderer;
import javax.swing.DefaultListModel;
import javax.swing.JButton;
import javax.swing.JComboBox;
import javax.swing.JComponent;
import javax.swing.JLabel;
import javax.swing.JList;
import javax.swing.JPanel;
import javax.swing.JScrollPane;
import javax.swing.JTextField;
import javax.swing.KeyStroke;
import javax.swing.ListSelectionModel;
import org.emotion4j.emotion.Emotion;
import org.emotion4j.recording.SessionMarker;
import org.emotion4j.recording.SessionNote;

/** What people have added to the session that is looked at, and where they add more. */
@SuppressWarnings("serial") // components are never serialized
final class NotesPanel extends JPanel {
    private static final int WIDTH = 300;

    private final Texts texts;
    private final ReviewPresenter presenter;
    private final DefaultListModel<Entry> entries = new DefaultListModel<>();
    private final JList<Entry> list = new JList<>(entries);
    private final JTextField author = new JTextField(8);
    private final JTextField text = new JTextField(8);
    private final JLabel stretch = new JLabel(" ");
    private final JComboBox<Label> labels = new JComboBox<>();
    private final JButton withdraw;
    private List<Entry> shown = List.of();

    /** A line of the list: a note, or a marker of the record itself. */
    private record Entry(OptionalLong nanos, String text, Optional<SessionNote> note) {
        @Override
        public String toString() {
            return text;
        }
    }

    /** An entry of the list of labels. */
    private record Label(Optional<Emotion> emotion, String text) {
        @Override
        public String toString() {
            return text;
        }
    }

    NotesPanel(Texts texts, ReviewPresenter presenter, Runnable showLabels) {
        super(new BorderLayout(0, 8));
        this.texts = texts;
        this.presenter = presenter;
        this.withdraw = Controls.button(texts, "review.withdraw", "review.withdraw", this::withdraw);
        setPreferredSize(new Dimension(WIDTH, 300));
        setBorder(BorderFactory.createEmptyBorder(10, 14, 10, 10));
        list.setName("review.notes");
        list.setSelectionMode(ListSelectionModel.SINGLE_SELECTION);
        list.setCellRenderer(new Line());
        Controls.describe(list, texts.get("review.notes"));
        list.addListSelectionListener(e -> select());
        list.addComponentListener(new ComponentAdapter() {
            @Override
            public void componentResized(ComponentEvent e) {
                // A list remembers how high its lines are, also when they are broken elsewhere.
                list.setFixedCellHeight(1);
                list.setFixedCellHeight(-1);
            }
        });
        list.registerKeyboardAction(
                e -> withdraw(), KeyStroke.getKeyStroke(KeyEvent.VK_DELETE, 0), JComponent.WHEN_FOCUSED);
        JPanel above = new JPanel(new BorderLayout(0, 6));
        above.add(Controls.heading(texts.get("review.notes")), BorderLayout.NORTH);
        above.add(new JScrollPane(list), BorderLayout.CENTER);
        above.add(withdraw, BorderLayout.SOUTH);
        add(above, BorderLayout.CENTER);
        add(fields(showLabels), BorderLayout.SOUTH);
        author.setText(presenter.author());
        withdraw.setEnabled(false);
    }

    private JComponent fields(Runnable showLabels) {
        Column column = new Column();
        column.pair(Controls.labelFor(texts, "review.author", author, "review.author"), author, 0);
        column.pair(Controls.labelFor(texts, "review.text", text, "review.text"), text, 6);
        text.addActionListener(e -> note());
        column.row(
                twice(
                        Controls.button(texts, "review.note", "review.note", this::note),
                        Controls.button(texts, "review.mark", "review.mark", this::mark)),
                6);
        column.row(Controls.heading(texts.get("review.correction")), 12);
        column.row(
                twice(
                        Controls.button(texts, "review.from", "review.from", presenter::beginStretch),
                        Controls.button(texts, "review.to", "review.to", presenter::endStretch)),
                6);
        stretch.setName("review.stretch");
        column.row(stretch, 6);
        for (Emotion emotion : Emotion.all()) {
            labels.addItem(new Label(Optional.of(emotion), texts.of(emotion)));
        }
        labels.addItem(new Label(Optional.empty(), texts.get("emotion.none")));
        column.pair(Controls.labelFor(texts, "review.label", labels, "review.label"), labels, 6);
        column.row(Controls.button(texts, "review.correct", "review.correct", this::correct), 6);
        column.row(Controls.button(texts, "review.comparison", "review.comparison", showLabels), 6);
        return column;
    }

    private static JPanel twice(JComponent one, JComponent other) {
        JPanel row = new JPanel(new GridLayout(1, 2, 6, 0));
        row.setOpaque(false);
        row.add(one);
        row.add(other);
        return row;
    }

    private void note() {
        presenter.sign(author.getText());
        presenter.note(text.getText());
    }

    private void mark() {
        presenter.sign(author.getText());
        presenter.mark(text.getText());
    }

    private void correct() {
        presenter.sign(author.getText());
        if (labels.getSelectedItem() instanceof Label label) {
            presenter.correct(label.emotion());
        }
    }

    private void withdraw() {
        presenter.sign(author.getText());
        Optional.ofNullable(list.getSelectedValue()).flatMap(Entry::note).ifPresent(presenter::withdraw);
    }

    private void select() {
        Optional<Entry> chosen = Optional.ofNullable(list.getSelectedValue());
        withdraw.setEnabled(chosen.flatMap(Entry::note).isPresent());
        if (!list.getValueIsAdjusting()) {
            chosen.map(Entry::nanos).ifPresent(nanos -> nanos.ifPresent(presenter::go));
        }
    }

    void show(Review state) {
        List<Entry> next = state.session().map(this::entries).orElse(List.of());
        if (!next.equals(shown)) {
            boolean added = next.size() > shown.size() && !shown.isEmpty();
            shown = next;
            entries.clear();
            next.forEach(entries::addElement);
            if (added) {
                // What was typed is on the disk now.
                text.setText("");
            }
        }
        stretch.setText(
                state.from().isEmpty() && state.to().isEmpty()
                        ? texts.get("review.stretch.none")
                        : texts.get("review.stretch", clock(state, state.from()), clock(state, state.to())));
    }

    private String clock(Review state, OptionalLong nanos) {
        return nanos.isEmpty()
                ? "…"
                : texts.place(state.session()
                        .map(each -> each.onStrip(nanos.getAsLong()))
                        .orElse(0L));
    }

    private List<Entry> entries(ReviewedSession session) {
        List<Entry> found = new ArrayList<>();
        for (SessionMarker marker : session.info().markers()) {
            found.add(new Entry(
                    OptionalLong.of(marker.mediaNanos()),
                    texts.get("review.line.marker", clock(session, marker.mediaNanos()), marker.text()),
                    Optional.empty()));
        }
        session.notes()
                .current()
                .forEach(note -> found.add(new Entry(note.fromNanos(), line(session, note), Optional.of(note))));
        found.sort((one, other) ->
                Long.compare(one.nanos().orElse(Long.MIN_VALUE), other.nanos().orElse(Long.MIN_VALUE)));
        return found;
    }

    private String line(ReviewedSession session, SessionNote note) {
        String when =
                note.fromNanos().isPresent() ? clock(session, note.fromNanos().getAsLong()) : "";
        String what =
                switch (note.kind()) {
                    case MARKER -> texts.get("review.line.marker", when, note.text());
                    case LABEL ->
                        texts.get(
                                "review.line.label",
                                when,
                                clock(session, note.toNanos().orElse(0)),
                                texts.of(note.label()));
                    case FIGURE ->
                        texts.get(
                                "review.line.figure",
                                note.text(),
                                texts.plain(note.value().orElse(0)));
                    case NOTE, WITHDRAWAL -> (when + " " + note.text()).strip();
                };
        return texts.get("review.line.by", what, note.by(), texts.moment(note.writtenAt(), ZoneId.systemDefault()));
    }

    private String clock(ReviewedSession session, long mediaNanos) {
        return texts.place(session.onStrip(mediaNanos));
    }

    /** A note is broken over lines rather than cut. */
    private static final class Line extends DefaultListCellRenderer {
        @Override
        public Component getListCellRendererComponent(
                JList<?> of, Object value, int index, boolean selected, boolean focused) {
            Component drawn = super.getListCellRendererComponent(of, "", index, selected, focused);
            int width = Math.max(120, of.getWidth() - 20);
            StringBuilder html = new StringBuilder("<html>");
            for (String line : Lines.wrap(String.valueOf(value), getFontMetrics(getFont()), width)) {
                html.append(html.length() > 6 ? "<br>" : "").append(harmless(line));
            }
            setText(html.append("</html>").toString());
            getAccessibleContext().setAccessibleName(String.valueOf(value));
            setBorder(BorderFactory.createEmptyBorder(4, 6, 4, 6));
            return drawn;
        }

        private static String harmless(String line) {
            return line.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
        }
    }
}
