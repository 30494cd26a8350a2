package org.emotion4j.window;

import java.awt.BorderLayout;
import java.awt.Dimension;
import java.awt.GridBagConstraints;
import java.awt.GridBagLayout;
import java.awt.Insets;
import java.awt.Rectangle;
import javax.swing.JComponent;
import javax.swing.JPanel;
import javax.swing.Scrollable;

/** Components one below the other, each as wide as the column; scrolls up and down only. */
@SuppressWarnings("serial") // components are never serialized
class Column extends JPanel implements Scrollable {
    private static final int LINE = 16;
    private static final int LABEL_WIDTH = 82;

    private int rows;

    Column() {
        super(new GridBagLayout());
        setOpaque(false);
    }

    /** Adds a row with a gap above it. */
    final void row(JComponent component, int gapAbove) {
        add(
                component,
                new GridBagConstraints(
                        0,
                        rows++,
                        1,
                        1,
                        1,
                        0,
                        GridBagConstraints.NORTHWEST,
                        GridBagConstraints.HORIZONTAL,
                        new Insets(gapAbove, 0, 0, 0),
                        0,
                        0));
    }

    /** Adds a label with its field beside it. */
    final void pair(JComponent label, JComponent field, int gapAbove) {
        JPanel row = new JPanel(new BorderLayout(8, 0));
        row.setOpaque(false);
        label.setPreferredSize(
                new Dimension(Math.max(LABEL_WIDTH, label.getPreferredSize().width), label.getPreferredSize().height));
        row.add(label, BorderLayout.WEST);
        row.add(field, BorderLayout.CENTER);
        row(row, gapAbove);
    }

    @Override
    public final Dimension getPreferredScrollableViewportSize() {
        return getPreferredSize();
    }

    @Override
    public final int getScrollableUnitIncrement(Rectangle visible, int orientation, int direction) {
        return LINE;
    }

    @Override
    public final int getScrollableBlockIncrement(Rectangle visible, int orientation, int direction) {
        return Math.max(LINE, visible.height - LINE);
    }

    @Override
    public final boolean getScrollableTracksViewportWidth() {
        return true;
    }

    @Override
    public final boolean getScrollableTracksViewportHeight() {
        return false;
    }

    /** Two components beside each other, the first of which takes what is left. */
    static JPanel beside(JComponent wide, JComponent narrow) {
        JPanel row = new JPanel(new BorderLayout(6, 0));
        row.setOpaque(false);
        row.add(wide, BorderLayout.CENTER);
        row.add(narrow, BorderLayout.EAST);
        return row;
    }
}
