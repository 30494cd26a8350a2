package org.emotion4j.window;

import java.awt.Component;
import java.awt.Container;
import java.awt.Dimension;
import java.awt.FlowLayout;
import java.awt.Insets;

/** A row that goes on in the next where the container around it is too narrow, and is as high as its rows need. */
@SuppressWarnings("serial") // layouts are never serialized
final class WrappingRow extends FlowLayout {
    WrappingRow(int gap, int between) {
        super(LEADING, gap, between);
    }

    @Override
    public Dimension preferredLayoutSize(Container target) {
        Container around = target.getParent();
        int room = around == null || around.getWidth() == 0 ? Integer.MAX_VALUE : around.getWidth();
        Insets edge = target.getInsets();
        int width = 0;
        int height = getVgap();
        int rowWidth = getHgap();
        int rowHeight = 0;
        for (Component each : target.getComponents()) {
            if (!each.isVisible()) {
                continue;
            }
            Dimension size = each.getPreferredSize();
            if (rowHeight > 0 && rowWidth + size.width + getHgap() > room - edge.left - edge.right) {
                height += rowHeight + getVgap();
                rowWidth = getHgap();
                rowHeight = 0;
            }
            rowWidth += size.width + getHgap();
            rowHeight = Math.max(rowHeight, size.height);
            width = Math.max(width, rowWidth);
        }
        return new Dimension(width + edge.left + edge.right, height + rowHeight + getVgap() + edge.top + edge.bottom);
    }

    @Override
    public Dimension minimumLayoutSize(Container target) {
        return new Dimension(0, preferredLayoutSize(target).height);
    }
}
