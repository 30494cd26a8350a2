package org.emotion4j.window;

import java.awt.BorderLayout;
import java.awt.Dimension;
import java.awt.FlowLayout;
import java.awt.Font;
import java.awt.event.MouseAdapter;
import java.awt.event.MouseEvent;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import javax.swing.BorderFactory;
import javax.swing.JButton;
import javax.swing.JComboBox;
import javax.swing.JLabel;
import javax.swing.JPanel;
import javax.swing.JScrollPane;
import javax.swing.JTable;
import javax.swing.JTextField;
import javax.swing.ListSelectionModel;
import javax.swing.SwingConstants;
import javax.swing.table.AbstractTableModel;
import org.emotion4j.analysis.SessionSummary;
import org.emotion4j.analysis.SubjectHistory;
import org.emotion4j.emotion.Emotion;
import org.emotion4j.recording.SessionNote;

/** The list of people and their sessions, the course of one, and what is done with a session. */
@SuppressWarnings("serial") // components are never serialized
final class PeopleView extends JPanel {
    private static final String[] COLUMNS = {
        "people.person", "people.when", "people.length", "people.state", "people.keep", "people.figure"
    };
    private static final int[] WIDTHS = {150, 170, 90, 130, 250, 140};
    private static final List<String> KINDS = List.of("xlsx", "csv", "json");
    private static final String[] QUESTIONNAIRES = {"PHQ-9", "GAD-7"};

    private final Texts texts;
    private final PeoplePresenter presenter;
    private final SaveDialog saving;
    private final MessageBar messages;
    private final Model model = new Model();
    private final JTable table;
    private final TrendView trend;
    private final JLabel whose = Controls.heading(" ");
    private final JTextField author = new JTextField(8);
    private final JComboBox<String> questionnaire = new JComboBox<>(QUESTIONNAIRES);
    private final JTextField value = new JTextField(5);
    private final List<JButton> ofASession = new ArrayList<>();
    private boolean updating;

    PeopleView(
            Texts texts,
            PeoplePresenter presenter,
            SaveDialog saving,
            Consumer<Path> review,
            Consumer<Optional<String>> showLabels) {
        super(new BorderLayout());
        this.saving = saving;
        this.texts = texts;
        this.presenter = presenter;
        // Asks for the names of its columns at once.
        table = new JTable(model);
        messages = new MessageBar(texts, presenter);
        trend = new TrendView(texts);
        setName("people");
        table.setName("people.table");
        table.setSelectionMode(ListSelectionModel.SINGLE_SELECTION);
        table.setRowHeight(table.getRowHeight() + 8);
        table.setFillsViewportHeight(true);
        for (int i = 0; i < WIDTHS.length; i++) {
            table.getColumnModel().getColumn(i).setPreferredWidth(WIDTHS[i]);
        }
        if (table.getTableHeader().getDefaultRenderer() instanceof JLabel header) {
            header.setHorizontalAlignment(SwingConstants.LEADING);
        }
        Controls.describe(table, texts.get("people.title"));
        table.getSelectionModel().addListSelectionListener(e -> select());
        table.addMouseListener(new MouseAdapter() {
            @Override
            public void mouseClicked(MouseEvent e) {
                if (e.getClickCount() == 2) {
                    open(review);
                }
            }
        });
        JPanel middle = new JPanel(new BorderLayout());
        middle.add(messages, BorderLayout.NORTH);
        middle.add(new JScrollPane(table), BorderLayout.CENTER);
        add(header(showLabels), BorderLayout.NORTH);
        add(middle, BorderLayout.CENTER);
        add(below(review), BorderLayout.SOUTH);
        presenter.addListener(this::show);
    }

    private JPanel header(Consumer<Optional<String>> showLabels) {
        JLabel title = Controls.heading(texts.get("people.title"));
        title.setFont(title.getFont().deriveFont(Font.BOLD, title.getFont().getSize2D() + 3));
        JLabel where = new JLabel(presenter.folder().toString());
        where.setForeground(Palette.quietInk());
        JPanel words = new JPanel(new BorderLayout(0, 2));
        words.add(title, BorderLayout.NORTH);
        words.add(where, BorderLayout.CENTER);
        JPanel buttons = new JPanel(new FlowLayout(FlowLayout.TRAILING, 8, 0));
        buttons.add(Controls.button(
                texts,
                "people.comparison",
                "people.comparison",
                () -> showLabels.accept(presenter.state().chosen().flatMap(SessionListing::subject))));
        buttons.add(Controls.button(texts, "people.back", "people.back", presenter::leave));
        JPanel header = new JPanel(new BorderLayout(16, 0));
        header.setBorder(BorderFactory.createEmptyBorder(8, 14, 8, 10));
        header.add(words, BorderLayout.CENTER);
        header.add(buttons, BorderLayout.EAST);
        return header;
    }

    private JPanel below(Consumer<Path> review) {
        JPanel actions = new JPanel(new WrappingRow(8, 6));
        ofASession.add(Controls.button(texts, "people.review", "people.review", () -> open(review)));
        ofASession.add(Controls.button(texts, "people.export", "people.export", this::export));
        ofASession.add(Controls.button(texts, "people.erase", "people.erase", presenter::erase));
        questionnaire.setEditable(true);
        questionnaire.setPreferredSize(new Dimension(120, questionnaire.getPreferredSize().height));
        JButton save = Controls.button(texts, "people.save", "people.save", this::save);
        ofASession.forEach(actions::add);
        actions.add(Controls.labelFor(texts, "people.questionnaire", questionnaire, "people.questionnaire"));
        actions.add(questionnaire);
        actions.add(Controls.labelFor(texts, "people.value", value, "people.value"));
        actions.add(value);
        actions.add(Controls.labelFor(texts, "people.author", author, "people.author"));
        actions.add(author);
        actions.add(save);
        ofASession.add(save);
        value.addActionListener(e -> save());
        whose.setName("people.whose");
        JPanel course = new JPanel(new BorderLayout(0, 4));
        course.setBorder(BorderFactory.createEmptyBorder(8, 14, 10, 14));
        course.add(whose, BorderLayout.NORTH);
        course.add(trend, BorderLayout.CENTER);
        course.add(Controls.note(texts.get("people.trend.limits")), BorderLayout.SOUTH);
        JPanel below = new JPanel(new BorderLayout());
        below.setBorder(BorderFactory.createMatteBorder(1, 0, 0, 0, Palette.line()));
        below.add(actions, BorderLayout.NORTH);
        below.add(course, BorderLayout.CENTER);
        return below;
    }

    private void open(Consumer<Path> review) {
        presenter
                .state()
                .chosen()
                .filter(SessionListing::canBeOpened)
                .map(SessionListing::folder)
                .ifPresent(review);
    }

    private void save() {
        presenter.setFigure(author.getText(), String.valueOf(questionnaire.getSelectedItem()), value.getText());
    }

    private void export() {
        String name = presenter
                .state()
                .chosen()
                .map(each -> String.valueOf(each.folder().getFileName()))
                .orElse("session");
        saving.ask(this, texts.get("people.export.chooser"), name, KINDS).ifPresent(presenter::export);
    }

    private void select() {
        int row = table.getSelectedRow();
        if (!updating && !table.getSelectionModel().getValueIsAdjusting()) {
            presenter.choose(row < 0 ? Optional.empty() : Optional.of(model.sessions.get(row)));
        }
    }

    private void show(People state) {
        messages.show(state.message());
        updating = true;
        model.show(state.sessions(), state.trend().map(SubjectHistory::sessions).orElse(List.of()));
        int row = state.chosen().map(model.sessions::indexOf).orElse(-1);
        if (row >= 0 && table.getSelectedRow() != row) {
            table.setRowSelectionInterval(row, row);
        } else if (row < 0) {
            table.clearSelection();
        }
        updating = false;
        boolean chosen = state.chosen().isPresent();
        boolean readable = state.chosen().filter(SessionListing::canBeOpened).isPresent();
        ofASession.forEach(button -> button.setEnabled(
                chosen && (readable || String.valueOf(button.getName()).equals("people.erase"))));
        whose.setText(state.chosen()
                .flatMap(SessionListing::subject)
                .map(subject -> texts.get(
                        "people.course", subject, state.of(Optional.of(subject)).size()))
                .orElse(texts.get("people.course.none")));
        trend.show(points(state), otherwise(state));
    }

    private String otherwise(People state) {
        if (state.sessions().isEmpty()) {
            return texts.get(state.loading() ? "people.loading" : "people.empty", presenter.folder());
        }
        if (state.chosen().isEmpty()) {
            return texts.get("people.choose");
        }
        return texts.get(
                state.chosen().flatMap(SessionListing::subject).isPresent() ? "people.reading" : "people.unknown",
                texts.percent(state.progress()));
    }

    private static List<TrendView.Point> points(People state) {
        List<TrendView.Point> points = new ArrayList<>();
        state.trend().ifPresent(history -> {
            for (SessionSummary each : history.sessions()) {
                each.info().started().ifPresent(started -> {
                    double[] shares = new double[Emotion.all().size()];
                    Emotion.all().forEach(emotion -> shares[emotion.ordinal()] = each.share(emotion));
                    Optional<SessionNote> figure = state.sessions().stream()
                            .filter(listed -> listed.entry()
                                    .sessionId()
                                    .filter(each.info().sessionId()::equals)
                                    .isPresent())
                            .findFirst()
                            .flatMap(SessionListing::figure);
                    points.add(new TrendView.Point(
                            started,
                            shares,
                            figure.map(SessionNote::value).orElse(OptionalDouble.empty()),
                            figure.map(SessionNote::text).orElse("")));
                });
            }
        });
        return points;
    }

    void dismissMessage() {
        messages.dismiss();
    }

    /** The sessions as a table has them. */
    private final class Model extends AbstractTableModel {
        private List<SessionListing> sessions = List.of();
        private List<SessionSummary> summaries = List.of();

        void show(List<SessionListing> next, List<SessionSummary> known) {
            if (!next.equals(sessions)) {
                sessions = next;
                summaries = known;
                fireTableDataChanged();
            } else if (!known.equals(summaries)) {
                summaries = known;
                fireTableRowsUpdated(0, Math.max(0, next.size() - 1));
            }
        }

        /** As its figures say once it was summed up, also of a record from before it said so itself. */
        private Optional<Duration> length(SessionListing session) {
            return summaries.stream()
                    .filter(each -> session.entry()
                            .sessionId()
                            .filter(each.info().sessionId()::equals)
                            .isPresent())
                    .findFirst()
                    .map(SessionSummary::length)
                    .or(session::length);
        }

        @Override
        public int getRowCount() {
            return sessions.size();
        }

        @Override
        public int getColumnCount() {
            return COLUMNS.length;
        }

        @Override
        public String getColumnName(int column) {
            return texts.get(COLUMNS[column]);
        }

        @Override
        public Object getValueAt(int row, int column) {
            SessionListing session = sessions.get(row);
            return switch (column) {
                case 0 ->
                    session.subject()
                            .orElse(texts.get(
                                    session.entry().encrypted() && !session.readable()
                                            ? "people.encrypted"
                                            : "review.noPseudonym"));
                case 1 ->
                    session.started()
                            .map(started -> texts.moment(started, ZoneId.systemDefault()))
                            .orElse(String.valueOf(session.folder().getFileName()));
                case 2 -> length(session).map(texts::place).orElse("–");
                case 3 ->
                    session.entry().problem().isPresent()
                            ? texts.get("people.damaged")
                            : texts.get(
                                    "state." + session.entry().state().name().toLowerCase(Locale.ROOT));
                case 4 ->
                    session.keepUntil()
                            .map(day ->
                                    texts.get(session.isPast(presenter.now()) ? "people.past" : "people.until", day))
                            .orElse("–");
                default ->
                    session.figure()
                            .map(figure -> texts.get(
                                    "review.line.figure",
                                    figure.text(),
                                    texts.plain(figure.value().orElse(0))))
                            .orElse("");
            };
        }
    }
}
