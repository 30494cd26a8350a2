package org.emotion4j.pipeline;

import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Warns of skipped frames without flooding a log: of frames in a row the first is told, then how many there were; after a number of
 * such rows the rest is only counted. One damaged group of pictures is two lines, not fifty. Safe for use by several threads.
 */
final class FrameFailureLog {
    /** From then on only the total is told, at the end. */
    static final int MOST_ROWS = 20;

    private static final Logger LOG = LoggerFactory.getLogger(EmotionPipeline.class);

    private final Consumer<String> warning;
    private int rows;
    private long last = -2;
    private long more;
    private long untold;

    FrameFailureLog() {
        this(LOG::warn);
    }

    FrameFailureLog(Consumer<String> warning) {
        this.warning = warning;
    }

    synchronized void add(FrameFailure failure) {
        LOG.debug("frame {} {} was skipped", failure.index(), failure.origin(), failure.cause());
        if (failure.index() == last + 1) {
            last++;
            more++;
            return;
        }
        endRow();
        last = failure.index();
        rows++;
        if (rows <= MOST_ROWS) {
            warning.accept("frame " + failure.index() + " " + failure.origin() + " was skipped: "
                    + failure.cause().getMessage());
        } else {
            untold++;
        }
    }

    /** The run is over: tells what was not told yet. */
    synchronized void end() {
        endRow();
        last = -2;
        if (untold > 0) {
            warning.accept((untold == 1 ? "1 more frame was" : untold + " more frames were") + " skipped");
            untold = 0;
        }
    }

    private void endRow() {
        if (more == 0) {
            return;
        }
        if (rows <= MOST_ROWS) {
            warning.accept("and " + (more == 1 ? "the next one, frame " : "the next " + more + ", to frame ") + last);
        } else {
            untold += more;
        }
        more = 0;
    }
}
