package org.emotion4j.analysis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.emotion4j.emotion.Emotion;
import org.emotion4j.reading.EmotionReading;
import org.jspecify.annotations.Nullable;

/**
 * An expression that the raw scores show, frame after frame, and that was too short for the smoothed scores: the label never
 * said it. Immutable.
 *
 * @param fromNanos media time of its first frame, in nanoseconds
 * @param length from its first frame to the one after its last
 * @param emotion which, never neutral
 * @param peak the highest of its raw scores, 0 to 1
 */
public record BriefMoment(long fromNanos, Duration length, Emotion emotion, double peak) {
    /** The raw score from which on an expression counts. */
    public static final double LEAST_SCORE = 0.4;

    /** How many frames in a row must show it: a single one may be a misreading. */
    public static final int LEAST_FRAMES = 2;

    /** The most that are kept. */
    static final int MOST = 1_000;

    /** Finds them, frame after frame. Confined to one thread. */
    public static final class Finder {
        private final List<BriefMoment> found = new ArrayList<>();
        private @Nullable Emotion now;
        private long from;
        private long last;
        private int frames;
        private double peak;
        private boolean labeled;

        /** Has found nothing yet. */
        public Finder() {}

        /**
         * Takes the next frame, which follows from the one before unless {@link #interrupt} was called.
         *
         * @param reading of the face that it is about
         */
        public void add(EmotionReading reading) {
            Emotion top = reading.raw().top();
            boolean shown = top != Emotion.NEUTRAL && reading.raw().get(top) >= LEAST_SCORE;
            if (!shown || top != now) {
                end(reading.mediaNanos());
            }
            if (shown) {
                if (now == null) {
                    now = top;
                    from = reading.mediaNanos();
                }
                frames++;
                peak = Math.max(peak, reading.raw().get(top));
                labeled |= reading.label().equals(Optional.of(top));
            }
            last = reading.mediaNanos();
        }

        /** Ends what was going on: what comes next does not follow from it. */
        public void interrupt() {
            end(last);
        }

        /**
         * Ends what was going on and returns all that was found.
         *
         * @return in the order of time; the first 1,000
         */
        public List<BriefMoment> moments() {
            end(last);
            return List.copyOf(found);
        }

        private void end(long until) {
            if (now != null && frames >= LEAST_FRAMES && !labeled && found.size() < MOST) {
                found.add(new BriefMoment(from, Duration.ofNanos(until - from), now, peak));
            }
            now = null;
            frames = 0;
            peak = 0;
            labeled = false;
        }
    }
}
