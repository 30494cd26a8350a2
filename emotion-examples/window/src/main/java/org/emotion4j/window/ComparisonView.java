package org.emotion4j.window;

import java.awt.BorderLayout;
import java.awt.CardLayout;
import java.awt.Dimension;
import java.awt.FlowLayout;
import java.awt.Font;
import java.awt.Graphics;
import java.awt.Graphics2D;
import java.awt.GridBagConstraints;
import java.awt.GridBagLayout;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.swing.BorderFactory;
import javax.swing.DefaultComboBoxModel;
import javax.swing.JButton;
import javax.swing.JComboBox;
import javax.swing.JComponent;
import javax.swing.JLabel;
import javax.swing.JPanel;
import javax.swing.JTable;
import javax.swing.JTextArea;
import javax.swing.SwingConstants;
import javax.swing.table.AbstractTableModel;
import javax.swing.table.DefaultTableCellRenderer;
import org.emotion4j.chart.ConfusionChart;
import org.emotion4j.emotion.Emotion;
import org.emotion4j.evaluation.ConfusionMatrix;

/** What people say that faces showed, against what was read: the confusion matrix and the figures of each expression. */
@SuppressWarnings("serial") // components are never serialized
final class ComparisonView extends JPanel {
    private static final int SIDE_WIDTH = 332;
    private static final String MATRIX = "matrix";
    private static final String WORDS = "words";
    private static final String[] COLUMNS = {
        "comparison.class", "comparison.precision", "comparison.recall", "comparison.f1", "comparison.support"
    };

    private final Texts texts;
    private final ComparisonPresenter presenter;
    private final SaveDialog saving;
    private final MessageBar messages;
    private final CardLayout cards = new CardLayout();
    private final JPanel center = new JPanel(cards);
    private final JTextArea words = Controls.prose("");
    private final MatrixView matrix = new MatrixView();
    private final JComboBox<Choice> scopes = new JComboBox<>();
    private final JTextArea summary = Controls.prose("");
    private final JTextArea unclear = Controls.note("");
    private final JTextArea limits;
    private final Figures figures = new Figures();
    private final JTable table;
    private final JButton picture;
    private final JButton csv;
    private List<Choice> offered = List.of();
    private boolean updating;

    /** An entry of the list of whose labels count. */
    private record Choice(Comparison.Scope scope, String text) {
        @Override
        public String toString() {
            return text;
        }
    }

    ComparisonView(Texts texts, ComparisonPresenter presenter, SaveDialog saving) {
        super(new BorderLayout());
        this.saving = saving;
        this.texts = texts;
        this.presenter = presenter;
        messages = new MessageBar(texts, presenter);
        // Asks for the names of its columns at once.
        table = new JTable(figures);
        limits = Controls.note(texts.get("comparison.limits"));
        picture = Controls.button(texts, "comparison.picture", "comparison.picture", () -> save("png"));
        csv = Controls.button(texts, "comparison.table", "comparison.table", () -> save("csv"));
        setName("comparison");
        summary.setName("comparison.summary");
        words.setName("comparison.words");
        add(header(), BorderLayout.NORTH);
        JPanel shown = new JPanel(new BorderLayout());
        shown.add(messages, BorderLayout.NORTH);
        shown.add(center, BorderLayout.CENTER);
        center.add(matrix, MATRIX);
        center.add(words(), WORDS);
        add(shown, BorderLayout.CENTER);
        add(side(), BorderLayout.EAST);
        presenter.addListener(this::show);
    }

    private JPanel header() {
        JLabel title = Controls.heading(texts.get("comparison.title"));
        title.setFont(title.getFont().deriveFont(Font.BOLD, title.getFont().getSize2D() + 3));
        JPanel buttons = new JPanel(new FlowLayout(FlowLayout.TRAILING, 8, 0));
        buttons.add(picture);
        buttons.add(csv);
        buttons.add(Controls.button(texts, "comparison.back", "comparison.back", presenter::leave));
        return Controls.header(title, buttons);
    }

    /** In the middle, no wider than can be read. */
    private JPanel words() {
        words.setColumns(46);
        JPanel place = new JPanel(new GridBagLayout());
        GridBagConstraints middle = new GridBagConstraints();
        middle.fill = GridBagConstraints.HORIZONTAL;
        place.add(words, middle);
        return place;
    }

    private JPanel side() {
        table.setName("comparison.figures");
        Controls.describe(table, texts.get("comparison.figures"));
        table.setRowSelectionAllowed(false);
        table.setFocusable(false);
        table.setRowHeight(table.getRowHeight() + 4);
        DefaultTableCellRenderer number = new DefaultTableCellRenderer();
        number.setHorizontalAlignment(SwingConstants.TRAILING);
        table.getColumnModel().getColumn(0).setPreferredWidth(96);
        for (int i = 1; i < COLUMNS.length; i++) {
            table.getColumnModel().getColumn(i).setCellRenderer(number);
            table.getColumnModel().getColumn(i).setPreferredWidth(50);
        }
        JPanel framed = new JPanel(new BorderLayout());
        framed.add(table.getTableHeader(), BorderLayout.NORTH);
        framed.add(table, BorderLayout.CENTER);
        Column column = new Column();
        column.row(Controls.heading(Controls.labelFor(texts, "comparison.scope", scopes, "comparison.scope")), 0);
        column.row(scopes, 4);
        column.row(summary, 12);
        column.row(framed, 12);
        column.row(unclear, 10);
        column.row(limits, 8);
        scopes.addActionListener(e -> {
            if (!updating && scopes.getSelectedItem() instanceof Choice choice) {
                presenter.choose(choice.scope());
            }
        });
        JPanel side = new JPanel(new BorderLayout());
        side.setPreferredSize(new Dimension(SIDE_WIDTH, 400));
        side.setBorder(BorderFactory.createEmptyBorder(10, 14, 10, 14));
        side.add(column, BorderLayout.NORTH);
        return side;
    }

    private void show(Comparison state) {
        messages.show(state.message());
        offer(state);
        Optional<LabelComparison> some = state.found().filter(each -> !each.isEmpty());
        cards.show(center, some.isPresent() ? MATRIX : WORDS);
        words.setText(
                state.found().isEmpty()
                        ? texts.get("comparison.reading", texts.percent(state.progress()))
                        : texts.get("comparison.empty"));
        some.ifPresent(matrix::show);
        figures.show(some);
        summary.setText(some.map(this::summary).orElse(""));
        unclear.setText(state.found().map(this::besides).orElse(""));
        for (JComponent each : List.of(summary, table, table.getTableHeader(), limits)) {
            each.setVisible(some.isPresent());
        }
        picture.setEnabled(some.isPresent());
        csv.setEnabled(some.isPresent());
    }

    private void offer(Comparison state) {
        List<Choice> choices = new ArrayList<>();
        for (Comparison.Scope scope : state.scopes()) {
            choices.add(new Choice(
                    scope,
                    switch (scope) {
                        case SESSION -> texts.get("comparison.scope.session");
                        case PERSON ->
                            texts.get("comparison.scope.person", state.subject().orElse(""));
                        case ALL -> texts.get("comparison.scope.all");
                    }));
        }
        updating = true;
        if (!choices.equals(offered)) {
            offered = choices;
            scopes.setModel(new DefaultComboBoxModel<>(choices.toArray(new Choice[0])));
        }
        choices.stream().filter(each -> each.scope() == state.scope()).forEach(scopes::setSelectedItem);
        updating = false;
    }

    private String summary(LabelComparison found) {
        return texts.get(
                "comparison.summary",
                found.matrix().correct(),
                found.matrix().total(),
                found.stretches(),
                found.sessions());
    }

    /** What is not in the matrix. */
    private String besides(LabelComparison found) {
        List<String> lines = new ArrayList<>();
        if (found.unclear() > 0) {
            lines.add(texts.get("comparison.unclear", found.unclear(), found.unclearRead()));
        }
        if (found.closed() > 0) {
            lines.add(texts.get("comparison.closed", found.closed()));
        }
        return String.join("\n", lines);
    }

    private ConfusionChart.Words chartWords(ConfusionMatrix counts) {
        return new ConfusionChart.Words(
                texts.locale(),
                Emotion.all().stream().map(texts::of).toList(),
                texts.get("comparison.neutralOrNone"),
                texts.get("emotion.noFace"),
                texts.get("comparison.said"),
                texts.get("comparison.read"),
                texts.get("comparison.below", counts.correct(), counts.total()));
    }

    private void save(String ending) {
        if (presenter.state().found().isPresent()) {
            String title = texts.get(ending.equals("csv") ? "comparison.table" : "comparison.picture");
            saving.ask(this, title, "confusion-matrix", List.of(ending)).ifPresent(this::write);
        }
    }

    /** Writes what is shown. */
    void write(Path file) {
        presenter.state().found().ifPresent(found -> presenter.write(file, chartWords(found.matrix())));
    }

    void dismissMessage() {
        messages.dismiss();
    }

    /** The matrix, as large as there is room for, in the colors of the look. */
    private final class MatrixView extends DrawnComponent {
        private Optional<LabelComparison> found = Optional.empty();

        MatrixView() {
            setName("comparison.matrix");
        }

        void show(LabelComparison value) {
            found = Optional.of(value);
            Controls.describe(this, summary(value));
            repaint();
        }

        @Override
        protected void paintComponent(Graphics graphics) {
            if (found.isEmpty()) {
                return;
            }
            Graphics2D pen = (Graphics2D) graphics.create();
            Dimension whole = ConfusionChart.size();
            double scale = Math.min(getWidth() / (double) whole.width, getHeight() / (double) whole.height);
            pen.translate((getWidth() - scale * whole.width) / 2, (getHeight() - scale * whole.height) / 2);
            pen.scale(scale, scale);
            ConfusionMatrix counts = found.get().matrix();
            ConfusionChart.Colors colors =
                    new ConfusionChart.Colors(Palette.ground(), Palette.ink(), Palette.quietInk(), Palette.line());
            ConfusionChart.of(counts, chartWords(counts), colors).draw(pen);
            pen.dispose();
        }
    }

    /** Precision, recall and F1 of each expression. */
    private final class Figures extends AbstractTableModel {
        private Optional<ConfusionMatrix> counts = Optional.empty();

        void show(Optional<LabelComparison> found) {
            counts = found.map(LabelComparison::matrix);
            fireTableDataChanged();
        }

        @Override
        public int getRowCount() {
            return counts.isPresent() ? Emotion.all().size() : 0;
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
            ConfusionMatrix matrixOf = counts.orElseThrow();
            Emotion emotion = Emotion.all().get(row);
            return switch (column) {
                case 0 -> texts.of(emotion);
                case 1 -> share(matrixOf.precision(emotion));
                case 2 -> share(matrixOf.recall(emotion));
                case 3 -> share(matrixOf.f1(emotion));
                default -> Long.toString(matrixOf.rowSum(emotion));
            };
        }

        private String share(double value) {
            return Double.isNaN(value) ? "–" : texts.number(value, 2);
        }
    }
}
