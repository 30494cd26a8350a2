package org.emotion4j.report.internal;

import java.util.function.IntFunction;

/**
 * A picture, drawn twice: a wide one shrunk to a phone could not be read, so a page shows the one that fits. Immutable.
 *
 * @param wide for screens and paper
 * @param narrow for phones
 */
record Figure(Drawing wide, Drawing narrow) {
    static final int WIDE = 1000;
    static final int NARROW = 360;

    static Figure of(IntFunction<Drawing> drawnAt) {
        return new Figure(drawnAt.apply(WIDE), drawnAt.apply(NARROW));
    }
}
