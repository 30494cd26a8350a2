package org.emotion4j.window;

import java.awt.Font;
import java.util.List;
import javax.swing.BorderFactory;
import javax.swing.JComponent;
import javax.swing.JToggleButton;
import javax.swing.SwingConstants;

/** The heading of a part of a column that can be opened and closed. */
@SuppressWarnings("serial") // components are never serialized
final class Disclosure extends JToggleButton {
    /**
     * Makes a heading.
     *
     * @param texts what it is called
     * @param key of its name, which is its name for tests, too
     * @param sections what remembers it
     * @param kind which part
     * @param body what is shown where it is open
     */
    Disclosure(Texts texts, String key, Sections sections, Sections.Kind kind, List<? extends JComponent> body) {
        Controls.label(this, texts, key);
        setName(key);
        setFont(getFont().deriveFont(Font.BOLD, getFont().getSize2D() + 1));
        setHorizontalAlignment(SwingConstants.LEADING);
        setIcon(Icons.CLOSED);
        setSelectedIcon(Icons.OPENED);
        setIconTextGap(2);
        setContentAreaFilled(false);
        setBorder(BorderFactory.createEmptyBorder(1, 0, 1, 4));
        // What lies below moves when it is clicked on, and at no other time.
        addActionListener(e -> sections.set(kind, isSelected()));
        sections.onChange(kind, open -> {
            setSelected(open);
            body.forEach(each -> each.setVisible(open));
        });
    }
}
