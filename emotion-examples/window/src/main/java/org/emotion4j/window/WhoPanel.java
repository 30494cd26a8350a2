package org.emotion4j.window;

import java.awt.BorderLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javax.swing.BorderFactory;
import javax.swing.DefaultComboBoxModel;
import javax.swing.JButton;
import javax.swing.JCheckBox;
import javax.swing.JComboBox;
import javax.swing.JComponent;
import javax.swing.JLabel;
import javax.swing.JPanel;
import javax.swing.JTextArea;
import javax.swing.JTextField;
import javax.swing.event.DocumentEvent;
import javax.swing.event.DocumentListener;

/** Whose session it is, what it is recorded for, and whether somebody else is recorded too. */
@SuppressWarnings("serial") // components are never serialized
final class WhoPanel extends JPanel {
    private final Texts texts;
    private final JComboBox<String> known = new JComboBox<>();
    private final JTextField subject = new JTextField(14);
    private final JTextField purpose = new JTextField(14);
    private final JCheckBox two;
    private final JComboBox<String> knownCompanion = new JComboBox<>();
    private final JTextField companion = new JTextField(14);
    private final JComponent companionRow;
    private final JTextArea missing = Controls.prose(" ");
    private List<String> offered = List.of();
    private boolean updating;

    WhoPanel(Texts texts, SessionPresenter presenter, GuidedStart guide) {
        super(new BorderLayout());
        this.texts = texts;
        two = Controls.checkBox(texts, "guide.two", "guide.two");
        missing.setName("guide.missing");
        missing.setForeground(Palette.quietInk());
        subject.setName("guide.subject");
        purpose.setName("guide.purpose");
        companion.setName("guide.companion");
        known.setName("guide.known");
        knownCompanion.setName("guide.knownCompanion");
        Controls.describe(subject, texts.get("guide.subject"));
        Controls.describe(purpose, texts.get("guide.purpose"));
        Controls.describe(companion, texts.get("guide.companion"));
        Controls.describe(known, texts.get("guide.known"));
        Controls.describe(knownCompanion, texts.get("guide.knownCompanion"));
        Column column = new Column();
        column.row(Controls.prose(texts.get("guide.who.help")), 0);
        column.pair(label("guide.known"), known, 14);
        column.pair(label("guide.subject"), Column.beside(subject, newOne("guide.new", guide::name)), 6);
        column.pair(label("guide.purpose"), purpose, 6);
        column.row(two, 16);
        Column other = new Column();
        other.row(Controls.prose(texts.get("guide.two.help")), 0);
        other.pair(label("guide.known"), knownCompanion, 6);
        other.pair(
                label("guide.companion"),
                Column.beside(companion, newOne("guide.newCompanion", guide::nameCompanion)),
                6);
        companionRow = other;
        column.row(other, 4);
        column.row(missing, 14);
        column.setBorder(BorderFactory.createEmptyBorder(16, 20, 16, 20));
        add(column, BorderLayout.NORTH);
        onEdit(subject, guide::name);
        onEdit(companion, guide::nameCompanion);
        onEdit(purpose, text -> presenter.fill(presenter.state().form().withPurpose(text)));
        known.addActionListener(e -> chosen(known).ifPresent(guide::pick));
        knownCompanion.addActionListener(e -> chosen(knownCompanion).ifPresent(guide::nameCompanion));
        two.addActionListener(e -> guide.withCompanion(two.isSelected()));
    }

    private JLabel label(String key) {
        return new JLabel(texts.get(key));
    }

    private JButton newOne(String name, Consumer<String> take) {
        JButton button = new JButton("↻");
        button.setName(name);
        button.setToolTipText(texts.get("data.subject.new"));
        Controls.describe(button, texts.get("data.subject.new"));
        button.addActionListener(e -> take.accept(SessionForm.newPseudonym()));
        return button;
    }

    /** The first entry is nobody. */
    private Optional<String> chosen(JComboBox<String> from) {
        return updating || from.getSelectedIndex() < 1
                ? Optional.empty()
                : Optional.of(from.getItemAt(from.getSelectedIndex()));
    }

    void show(Guide state, SessionForm form) {
        updating = true;
        if (!offered.equals(state.known()) || known.getItemCount() == 0) {
            offered = state.known();
            offer(known);
            offer(knownCompanion);
        }
        select(known, form.subject());
        select(knownCompanion, form.companion().map(Party::subject).orElse(""));
        write(subject, form.subject());
        write(purpose, form.purpose());
        write(companion, form.companion().map(Party::subject).orElse(""));
        two.setSelected(form.companion().isPresent());
        companionRow.setVisible(form.companion().isPresent());
        String words = state.missing().stream()
                .sorted()
                .map(field -> texts.get(field.key()))
                .findFirst()
                .orElse(" ");
        if (!missing.getText().equals(words)) {
            missing.setText(words);
        }
        outline(subject, state.missing().contains(SessionForm.Field.SUBJECT));
        outline(purpose, state.missing().contains(SessionForm.Field.PURPOSE));
        outline(companion, state.missing().contains(SessionForm.Field.COMPANION));
        updating = false;
    }

    private void offer(JComboBox<String> list) {
        List<String> entries = new ArrayList<>();
        entries.add(texts.get(offered.isEmpty() ? "guide.known.none" : "guide.known.new"));
        entries.addAll(offered);
        list.setModel(new DefaultComboBoxModel<>(entries.toArray(new String[0])));
        list.setEnabled(!offered.isEmpty());
    }

    private void select(JComboBox<String> list, String name) {
        int index = 1 + offered.indexOf(name);
        if (list.getSelectedIndex() != index) {
            list.setSelectedIndex(index);
        }
    }

    /** Puts the keyboard where one begins. */
    void focus() {
        subject.requestFocusInWindow();
    }

    private static void outline(JComponent field, boolean wrong) {
        field.putClientProperty("JComponent.outline", wrong ? "error" : null);
        field.repaint();
    }

    private static void write(JTextField field, String text) {
        if (!field.getText().strip().equals(text)) {
            field.setText(text);
        }
    }

    private void onEdit(JTextField field, Consumer<String> edited) {
        field.getDocument().addDocumentListener(new DocumentListener() {
            @Override
            public void insertUpdate(DocumentEvent e) {
                changedUpdate(e);
            }

            @Override
            public void removeUpdate(DocumentEvent e) {
                changedUpdate(e);
            }

            @Override
            public void changedUpdate(DocumentEvent e) {
                if (!updating) {
                    edited.accept(field.getText());
                }
            }
        });
    }
}
