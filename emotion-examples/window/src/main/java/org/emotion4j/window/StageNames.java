package org.emotion4j.window;

import java.awt.Component;
import java.awt.Dimension;
import javax.swing.DefaultListCellRenderer;
import javax.swing.JComboBox;
import javax.swing.JList;

/** Names detectors and models in plain words; the name that the command line takes stands in their tooltip. */
@SuppressWarnings("serial") // components are never serialized
final class StageNames extends DefaultListCellRenderer {
    private static final int NARROW = 120;

    private final Texts texts;

    private StageNames(Texts texts) {
        this.texts = texts;
    }

    /** Shows a box's entries so. The box is as wide as its place, the list that opens as wide as its longest name. */
    static void in(JComboBox<String> box, Texts texts) {
        box.setRenderer(new StageNames(texts));
        box.setPreferredSize(new Dimension(NARROW, box.getPreferredSize().height));
    }

    /** The plain words of a stage, or its name where there are none. */
    static String of(String stage, Texts texts) {
        return texts.getOr("stage." + stage, stage);
    }

    @Override
    public Component getListCellRendererComponent(
            JList<?> list, Object value, int index, boolean isSelected, boolean hasFocus) {
        String stage = String.valueOf(value);
        String words = of(stage, texts);
        super.getListCellRendererComponent(list, words, index, isSelected, hasFocus);
        setToolTipText(words.equals(stage) ? words : words + " (" + stage + ")");
        return this;
    }
}
