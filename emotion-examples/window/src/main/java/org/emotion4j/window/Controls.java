package org.emotion4j.window;

import java.awt.BorderLayout;
import java.awt.Component;
import java.awt.Font;
import java.awt.Insets;
import javax.accessibility.Accessible;
import javax.swing.AbstractButton;
import javax.swing.BorderFactory;
import javax.swing.JButton;
import javax.swing.JCheckBox;
import javax.swing.JComponent;
import javax.swing.JLabel;
import javax.swing.JMenu;
import javax.swing.JMenuItem;
import javax.swing.JPanel;
import javax.swing.JTextArea;
import javax.swing.KeyStroke;
import javax.swing.UIManager;
import javax.swing.border.Border;
import javax.swing.text.DefaultCaret;
import javax.swing.text.View;

/** Makes controls that have a name for tests, a name for screen readers and a key. */
final class Controls {
    private Controls() {}

    static JButton button(Texts texts, String key, String name, Runnable action) {
        JButton button = new JButton();
        label(button, texts, key);
        button.setName(name);
        button.addActionListener(e -> action.run());
        return button;
    }

    /** The one thing that is done next, in the color of the accent. */
    static void primary(JButton button) {
        String accent = "#1f6fb2";
        button.putClientProperty(
                "FlatLaf.style",
                "background:" + accent + ";foreground:#ffffff;borderColor:" + accent
                        + ";hoverBackground:#2a7dc2;pressedBackground:#185a91;focusedBackground:" + accent
                        + ";hoverBorderColor:" + accent);
    }

    static JCheckBox checkBox(Texts texts, String key, String name) {
        JCheckBox box = new JCheckBox();
        label(box, texts, key);
        box.setName(name);
        return box;
    }

    static JMenu menu(Texts texts, String key) {
        JMenu menu = new JMenu();
        label(menu, texts, key);
        return menu;
    }

    /** With a key such as {@code "ctrl O"}; none where empty. */
    static <T extends JMenuItem> T item(T item, Texts texts, String key, String accelerator, Runnable action) {
        label(item, texts, key);
        item.setName(key);
        if (!accelerator.isEmpty()) {
            item.setAccelerator(KeyStroke.getKeyStroke(accelerator));
        }
        item.addActionListener(e -> action.run());
        return item;
    }

    /** Text and mnemonic. */
    static void label(AbstractButton button, Texts texts, String key) {
        button.setText(texts.get(key));
        texts.mnemonic(key).ifPresentOrElse(button::setMnemonic, () -> button.setMnemonic(0));
        describe(button, texts.get(key));
    }

    /** A label that leads to its field by the keyboard, and names it for a screen reader. */
    static JLabel labelFor(Texts texts, String key, JComponent field, String name) {
        JLabel label = new JLabel(texts.get(key));
        texts.mnemonic(key).ifPresent(label::setDisplayedMnemonic);
        label.setLabelFor(field);
        field.setName(name);
        String plain = texts.get(key);
        describe(field, plain.endsWith(":") ? plain.substring(0, plain.length() - 1) : plain);
        return label;
    }

    static void describe(Component component, String text) {
        if (component instanceof Accessible accessible) {
            accessible.getAccessibleContext().setAccessibleName(text);
        }
    }

    static JLabel heading(String text) {
        return heading(new JLabel(text));
    }

    static JLabel heading(JLabel label) {
        label.setFont(label.getFont().deriveFont(Font.BOLD, label.getFont().getSize2D() + 1));
        return label;
    }

    /** The bar above a page: what it is about, and buttons at its end. */
    static JPanel header(JComponent title, JComponent buttons) {
        JPanel header = new JPanel(new BorderLayout(16, 0));
        header.setBorder(underlined());
        header.add(title, BorderLayout.CENTER);
        header.add(buttons, BorderLayout.EAST);
        return header;
    }

    /** The border of a bar that lies above something. */
    static Border underlined() {
        return BorderFactory.createCompoundBorder(
                BorderFactory.createMatteBorder(0, 0, 1, 0, Palette.line()),
                BorderFactory.createEmptyBorder(8, 14, 8, 10));
    }

    /** Text of several lines that is read only and looks like a label. */
    static JTextArea prose(String text) {
        JTextArea area = new JTextArea(text);
        area.setLineWrap(true);
        area.setWrapStyleWord(true);
        area.setEditable(false);
        area.setFocusable(false);
        area.setOpaque(false);
        area.setBorder(BorderFactory.createEmptyBorder());
        area.setFont(UIManager.getFont("Label.font"));
        // A caret that follows the text scrolls what the text lies in to the text.
        if (area.getCaret() instanceof DefaultCaret caret) {
            caret.setUpdatePolicy(DefaultCaret.NEVER_UPDATE);
        }
        return area;
    }

    /** How high a text is when its lines are broken at a width, whatever its own size is now. */
    static int heightAt(JTextArea area, int width) {
        Insets around = area.getInsets();
        View root = area.getUI().getRootView(area);
        root.setSize(Math.max(1, width - around.left - around.right), Short.MAX_VALUE);
        return (int) Math.ceil(root.getPreferredSpan(View.Y_AXIS)) + around.top + around.bottom;
    }

    /** The same, small and quiet. */
    static JTextArea note(String text) {
        JTextArea area = prose(text);
        area.setFont(area.getFont().deriveFont(area.getFont().getSize2D() - 1));
        area.setForeground(Palette.quietInk());
        return area;
    }
}
