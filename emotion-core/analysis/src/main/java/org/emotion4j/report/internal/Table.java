package org.emotion4j.report.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.emotion4j.emotion.Emotion;

/**
 * A table of a page. One of many columns is a list of cards on a phone. Immutable.
 *
 * @param style a class of the style sheet
 */
record Table(String style, List<Column> columns, List<List<Cell>> rows) {
    /** With more columns a phone is too narrow. */
    private static final int MOST_NARROW = 4;

    private static final int MOST_ON_PAPER = 30;

    Table {
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
    }

    /** @param isNumber whether its cells are numbers, which stand at its right */
    record Column(String name, boolean isNumber) {}

    /**
     * A cell.
     *
     * @param swatch the class of a small square before the text; empty for none
     * @param bar how long a bar behind the text is, as a share; 0 for none
     * @param style a class of the cell; empty for none
     */
    record Cell(String text, String swatch, double bar, String style) {
        /** Empty where there is no bar. */
        String barWidth() {
            return bar > 0 ? Drawing.coordinate(7 * bar) : "";
        }
    }

    boolean isEmpty() {
        return rows.isEmpty();
    }

    /** Whether it is too long to be kept on one sheet of paper with what is around it: its head is repeated on the next. */
    boolean isLong() {
        return rows.size() > MOST_ON_PAPER;
    }

    boolean isCards() {
        return columns.size() > MOST_NARROW;
    }

    String styles() {
        return isCards() ? (style + " cards").strip() : style;
    }

    static Builder of(String style) {
        return new Builder(style);
    }

    static Builder plain() {
        return of("");
    }

    static Cell text(String text) {
        return new Cell(text, "", 0, "");
    }

    static Cell named(String swatch, String text) {
        return new Cell(text, swatch, 0, "");
    }

    static Cell named(Optional<Emotion> label, String text) {
        return named(Palette.style(label), text);
    }

    /** A share as a number and, for the eye, as a bar. */
    static Cell share(String text, double share, String style) {
        return new Cell(text, style, share, "");
    }

    /** Takes columns, then rows of as many cells. Confined to one thread. */
    static final class Builder {
        private final String style;
        private final List<Column> columns = new ArrayList<>();
        private final List<List<Cell>> rows = new ArrayList<>();

        private Builder(String style) {
            this.style = style;
        }

        Builder column(String name) {
            columns.add(new Column(name, false));
            return this;
        }

        Builder number(String name) {
            columns.add(new Column(name, true));
            return this;
        }

        Builder row(List<Cell> cells) {
            if (cells.size() != columns.size()) {
                throw new IllegalStateException("a row has " + cells.size() + " cells, expected " + columns.size());
            }
            rows.add(List.copyOf(cells));
            return this;
        }

        Builder row(Cell... cells) {
            return row(List.of(cells));
        }

        /** A row of plain text. */
        Builder row(Cell head, String... texts) {
            List<Cell> cells = new ArrayList<>(List.of(head));
            for (String text : texts) {
                cells.add(text(text));
            }
            return row(cells);
        }

        Table build() {
            return new Table(style, columns, rows);
        }
    }
}
