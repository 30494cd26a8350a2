package org.emotion4j.window;

import java.awt.BorderLayout;
import java.awt.FlowLayout;
import java.time.ZoneId;
import java.util.Objects;
import javax.swing.BorderFactory;
import javax.swing.ButtonGroup;
import javax.swing.JButton;
import javax.swing.JCheckBox;
import javax.swing.JLabel;
import javax.swing.JPanel;
import javax.swing.JRadioButton;
import javax.swing.JScrollPane;
import javax.swing.JTextArea;
import javax.swing.ScrollPaneConstants;
import org.emotion4j.recording.ConsentText.Signed;

/** The text of consent, to be read, printed, and signed or not. */
@SuppressWarnings("serial") // components are never serialized
final class ConsentPanel extends JPanel {
    private final Texts texts;
    private final GuidedStart guide;
    private final JTextArea words = Controls.prose("");
    private final JTextArea facts = Controls.note(" ");
    private final JCheckBox guardian;
    private final JRadioButton onScreen;
    private final JRadioButton onPaper;
    private final JRadioButton unsigned;
    private final SignaturePad pad;
    private final JButton clear;
    private final JButton agree;
    private final JButton takeBack;
    private final JLabel agreed = new JLabel(" ");
    private String whose = "";

    ConsentPanel(Texts texts, GuidedStart guide) {
        super(new BorderLayout(0, 8));
        this.texts = texts;
        this.guide = guide;
        guardian = Controls.checkBox(texts, "guide.guardian", "guide.guardian");
        onScreen = way("guide.sign.screen");
        onPaper = way("guide.sign.paper");
        unsigned = way("guide.sign.no");
        pad = new SignaturePad(texts);
        clear = Controls.button(texts, "guide.sign.clear", "guide.clear", pad::clear);
        agree = Controls.button(texts, "guide.agree", "guide.agree", this::agree);
        takeBack = Controls.button(texts, "guide.disagree", "guide.disagree", guide::disagree);
        words.setName("guide.words");
        words.setFocusable(true);
        words.setFont(words.getFont().deriveFont(words.getFont().getSize2D() + 2));
        words.setBorder(BorderFactory.createEmptyBorder(10, 14, 10, 14));
        Controls.describe(words, texts.get("guide.consent.title"));
        agreed.setName("guide.agreed");
        ButtonGroup ways = new ButtonGroup();
        ways.add(onScreen);
        ways.add(onPaper);
        ways.add(unsigned);
        onScreen.setSelected(true);
        onScreen.addActionListener(e -> showWays());
        onPaper.addActionListener(e -> showWays());
        unsigned.addActionListener(e -> showWays());
        JScrollPane scroll = new JScrollPane(
                words,
                ScrollPaneConstants.VERTICAL_SCROLLBAR_AS_NEEDED,
                ScrollPaneConstants.HORIZONTAL_SCROLLBAR_NEVER);
        add(scroll, BorderLayout.CENTER);
        add(below(), BorderLayout.SOUTH);
        setBorder(BorderFactory.createEmptyBorder(10, 14, 10, 14));
    }

    private JRadioButton way(String key) {
        JRadioButton button = new JRadioButton(texts.get(key));
        button.setName(key);
        Controls.describe(button, texts.get(key));
        return button;
    }

    private JPanel below() {
        JPanel file = row();
        file.add(Controls.button(texts, "guide.print", "guide.print", guide::print));
        file.add(Controls.button(texts, "guide.edit", "guide.edit", guide::editText));
        JPanel ways = row();
        ways.add(onScreen);
        ways.add(onPaper);
        ways.add(unsigned);
        JPanel signing = new JPanel(new BorderLayout(8, 0));
        signing.setOpaque(false);
        signing.add(pad, BorderLayout.CENTER);
        JPanel beside = new JPanel(new BorderLayout());
        beside.add(clear, BorderLayout.SOUTH);
        signing.add(beside, BorderLayout.EAST);
        JPanel decision = row();
        decision.add(agree);
        decision.add(takeBack);
        decision.add(agreed);
        Column column = new Column();
        column.row(Column.beside(facts, file), 0);
        column.row(guardian, 6);
        column.row(ways, 2);
        column.row(signing, 6);
        column.row(decision, 6);
        return column;
    }

    private static JPanel row() {
        JPanel row = new JPanel(new FlowLayout(FlowLayout.LEADING, 8, 0));
        row.setOpaque(false);
        return row;
    }

    private void agree() {
        Signed how = onScreen.isSelected() ? Signed.ON_SCREEN : onPaper.isSelected() ? Signed.ON_PAPER : Signed.NO;
        guide.agree(guardian.isSelected(), how, pad.signature());
    }

    private void showWays() {
        boolean open = guide.asked().agreement().isEmpty();
        pad.setEnabled(open && onScreen.isSelected());
        pad.setVisible(onScreen.isSelected());
        clear.setVisible(onScreen.isSelected());
        clear.setEnabled(open);
        for (JRadioButton way : new JRadioButton[] {onScreen, onPaper, unsigned}) {
            way.setEnabled(open);
        }
        guardian.setEnabled(open);
        agree.setVisible(open);
        agree.setEnabled(guide.state().text().isPresent());
        takeBack.setVisible(!open);
        revalidate();
    }

    void show(Guide state, SessionForm form) {
        Party asked = guide.asked();
        if (!whose.equals(state.step() + asked.subject())) {
            // Another person: nothing of the one before is left.
            whose = state.step() + asked.subject();
            pad.clear();
            guardian.setSelected(asked.agreement().filter(Agreement::guardian).isPresent());
            onScreen.setSelected(true);
        }
        String text = state.text().map(ConsentShelf.Shown::words).orElse("");
        if (!words.getText().equals(text)) {
            words.setText(text);
            words.setCaretPosition(0);
        }
        set(facts, texts.get("guide.consent.facts", asked.subject(), form.purpose(), guide.keepUntil()));
        agreed.setText(asked.agreement()
                .map(each -> texts.get(
                        each.guardian() ? "guide.agreed.guardian" : "guide.agreed",
                        texts.moment(each.at(), ZoneId.systemDefault())))
                .orElse(state.missing().contains(SessionForm.Field.CONSENT) ? texts.get("missing.consent") : " "));
        showWays();
    }

    /** Puts the keyboard where one begins to read. */
    void focus() {
        words.requestFocusInWindow();
    }

    private static void set(JTextArea area, String text) {
        if (!Objects.equals(area.getText(), text)) {
            area.setText(text);
        }
    }
}
