package org.emotion4j.recording;

import java.time.Instant;
import java.util.Optional;
import org.emotion4j.face.BoundingBox;
import org.emotion4j.face.FaceQuality;
import org.emotion4j.reading.EmotionReading;
import org.emotion4j.reading.FrameResult;

/**
 * What a row of {@code session.csv} can hold. The writer refuses what the reader would not take, and both ask here, so that
 * what was recorded can be read.
 */
final class RowBounds {
    /** About 31 years of media time to either side: beyond it a number is a clock's time and no place in a recording. */
    static final long MOST_NANOS = 1_000_000_000_000_000_000L;

    static final double MOST_MILLIS = MOST_NANOS / 1e6;

    /** For boxes, in pixels. */
    static final double MOST_PIXELS = 1e9;

    /** Boxes have one decimal, and a side is above zero. */
    static final double LEAST_SIDE = 0.1;

    /** For what quality is made of. */
    static final double MOST_MEASURE = 1e9;

    /** A path has 4,096 characters at most where paths are long. */
    static final int LONGEST_ORIGIN = 10_000;

    private static final Instant FIRST_TIME = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LAST_TIME = Instant.parse("9999-12-31T23:59:59.999Z");

    private RowBounds() {}

    /**
     * Refuses a frame that could not be read back.
     *
     * @throws IllegalArgumentException if one of its values is out of range; the message names it
     */
    static void require(FrameResult result) {
        whole("frame_index", result.index());
        if (result.mediaNanos() > MOST_NANOS || result.mediaNanos() < -MOST_NANOS) {
            throw new IllegalArgumentException("media time is " + result.mediaNanos() + " ns, expected -" + MOST_NANOS
                    + " to " + MOST_NANOS + "; it is the time within the recording, not a clock's");
        }
        if (result.wallTime().isBefore(FIRST_TIME) || result.wallTime().isAfter(LAST_TIME)) {
            throw new IllegalArgumentException(
                    "wall time is " + result.wallTime() + ", expected " + FIRST_TIME + " to " + LAST_TIME);
        }
        if (result.origin().length() > LONGEST_ORIGIN) {
            throw new IllegalArgumentException(
                    "origin has " + result.origin().length() + " characters, expected at most " + LONGEST_ORIGIN);
        }
        for (EmotionReading reading : result.readings()) {
            require(reading);
        }
    }

    private static void require(EmotionReading reading) {
        whole("face_id", reading.faceId());
        BoundingBox box = reading.face().box();
        number("x", box.x(), -MOST_PIXELS, MOST_PIXELS);
        number("y", box.y(), -MOST_PIXELS, MOST_PIXELS);
        number("width", box.width(), 0, MOST_PIXELS);
        number("height", box.height(), 0, MOST_PIXELS);
        Optional<FaceQuality> quality = reading.quality();
        if (quality.isPresent()) {
            number("face_size", quality.get().faceSize(), 0, MOST_MEASURE);
            number("sharpness", quality.get().sharpness(), 0, MOST_MEASURE);
            number("brightness", quality.get().brightness(), 0, 1);
            number("contrast", quality.get().contrast(), 0, 1);
        }
    }

    private static void whole(String what, long value) {
        if (value < 0) {
            throw new IllegalArgumentException(what + " is " + value + ", expected 0 or more");
        }
    }

    /** Not a number is out of every range. */
    private static void number(String what, double value, double least, double most) {
        if (!(value >= least && value <= most)) {
            throw new IllegalArgumentException(what + " is " + value + ", expected " + least + " to " + most);
        }
    }
}
