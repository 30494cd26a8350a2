package org.emotion4j.window;

import java.awt.Color;
import java.time.Period;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import javax.swing.JButton;
import javax.swing.JCheckBox;
import javax.swing.JComboBox;
import javax.swing.JComponent;
import javax.swing.JTextArea;
import javax.swing.JTextField;
import javax.swing.event.DocumentEvent;
import javax.swing.event.DocumentListener;
import org.emotion4j.window.SessionForm.Field;

/** Whether the session is recorded and, where it is, of whom, with whose consent, what for and for how long. */
@SuppressWarnings("serial") // components are never serialized
final class DataPanel extends Column {
    private static final Color MISSING = new Color(0xD0, 0x45, 0x35);

    private final Texts texts;
    private final SessionPresenter presenter;
    private final JCheckBox record;
    private final JTextArea note = Controls.note(" ");
    private final JTextField subject = new JTextField(10);
    private final JButton newSubject;
    private final JCheckBox consent;
    private final JTextField purpose = new JTextField(10);
    private final JComboBox<Keep> keep;
    private boolean updating;

    /** For how long a record may be kept. */
    private record Keep(Period period, String text) {
        @Override
        public String toString() {
            return text;
        }
    }

    DataPanel(Texts texts, SessionPresenter presenter) {
        this.texts = texts;
        this.presenter = presenter;
        record = Controls.checkBox(texts, "data.record", "record");
        consent = Controls.checkBox(texts, "data.consent", "consent");
        newSubject = new JButton("↻");
        newSubject.setName("newSubject");
        newSubject.setToolTipText(texts.get("data.subject.new"));
        Controls.describe(newSubject, texts.get("data.subject.new"));
        keep = new JComboBox<>(new Keep[] {
            new Keep(Period.ofDays(30), texts.get("data.keep.month")),
            new Keep(Period.ofDays(90), texts.get("data.keep.quarter")),
            new Keep(Period.ofYears(1), texts.get("data.keep.year")),
            new Keep(Period.ofYears(5), texts.get("data.keep.long"))
        });
        row(Controls.heading(texts.get("data.title")), 0);
        row(record, 4);
        // Room for what is missing, so that no field moves when it is said.
        note.setRows(2);
        row(note, 2);
        pair(Controls.labelFor(texts, "data.subject", subject, "subject"), beside(subject, newSubject), 6);
        pair(Controls.labelFor(texts, "data.purpose", purpose, "purpose"), purpose, 4);
        pair(Controls.labelFor(texts, "data.keep", keep, "keep"), keep, 4);
        row(consent, 4);
        record.addActionListener(e -> fill(form().withRecord(record.isSelected())));
        consent.addActionListener(e -> agree(consent.isSelected()));
        newSubject.addActionListener(e -> fill(form().withSubject(SessionForm.newPseudonym())));
        keep.addActionListener(e -> {
            if (keep.getSelectedItem() instanceof Keep chosen) {
                fill(form().withKeepFor(chosen.period()));
            }
        });
        onEdit(subject, () -> fill(form().withSubject(subject.getText())));
        onEdit(purpose, () -> fill(form().withPurpose(purpose.getText())));
    }

    private SessionForm form() {
        return presenter.state().form();
    }

    private void fill(SessionForm form) {
        if (!updating) {
            presenter.fill(form);
        }
    }

    private void agree(boolean yes) {
        if (!updating) {
            presenter.agree(yes);
        }
    }

    void show(Presentation state) {
        updating = true;
        SessionForm form = state.form();
        boolean free = !state.phase().isGoingOn() && state.phase() != Phase.STARTING && state.phase() != Phase.STOPPING;
        record.setSelected(form.record());
        consent.setSelected(form.consent());
        write(subject, form.subject());
        write(purpose, form.purpose());
        for (int i = 0; i < keep.getItemCount(); i++) {
            if (keep.getItemAt(i).period().equals(form.keepFor()) && keep.getSelectedIndex() != i) {
                keep.setSelectedIndex(i);
            }
        }
        record.setEnabled(free);
        for (JComponent field : List.of(subject, newSubject, consent, purpose, keep)) {
            field.setEnabled(free && form.record());
        }
        showMissing(state.missing());
        showNote(form, state.missing());
        updating = false;
    }

    private void showMissing(Set<Field> missing) {
        outline(subject, missing.contains(Field.SUBJECT));
        outline(purpose, missing.contains(Field.PURPOSE));
        outline(consent, missing.contains(Field.CONSENT));
    }

    private void showNote(SessionForm form, Set<Field> missing) {
        String text = missing.stream()
                .sorted()
                .map(field -> texts.get(field.key()))
                .findFirst()
                .orElseGet(() -> texts.get(form.record() ? "data.record.on" : "data.record.off"));
        if (!Objects.equals(note.getText(), text)) {
            note.setText(text);
        }
    }

    /** FlatLaf draws the outline of a field with an error. */
    private static void outline(JComponent field, boolean missing) {
        field.putClientProperty("JComponent.outline", missing ? "error" : null);
        if (field instanceof JCheckBox) {
            field.setForeground(missing ? MISSING : null);
        }
        field.repaint();
    }

    /** Leaves the field alone while it says the same, so that the caret stays where it is. */
    private static void write(JTextField field, String text) {
        if (!field.getText().strip().equals(text)) {
            field.setText(text);
        }
    }

    private static void onEdit(JTextField field, Runnable edited) {
        field.getDocument().addDocumentListener(new DocumentListener() {
            @Override
            public void insertUpdate(DocumentEvent e) {
                edited.run();
            }

            @Override
            public void removeUpdate(DocumentEvent e) {
                edited.run();
            }

            @Override
            public void changedUpdate(DocumentEvent e) {
                edited.run();
            }
        });
    }
}
