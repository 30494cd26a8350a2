package org.emotion4j.emotion;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.emotion4j.stage.StageMetadata;

/**
 * The mean of the scores over a moving window of media time; the papers use one second.
 *
 * <p>The window is half open: at time {@code t} it holds the readings in {@code (t - window, t]}. Each reading counts
 * once, however far apart they are. Confined to one thread.
 */
public final class MovingAverageSmoother implements TemporalSmoother {
    /** The window of the papers. */
    public static final Duration DEFAULT_WINDOW = Duration.ofSeconds(1);

    private final Duration window;
    private final long windowNanos;
    private final Map<Integer, Window> faces = new HashMap<>();

    private MovingAverageSmoother(Duration window) {
        this.window = window;
        this.windowNanos = window.toNanos();
    }

    /**
     * Averages over a window.
     *
     * @param window its length, above zero and at most one hour
     * @return a new smoother
     * @throws IllegalArgumentException if the length is out of its range
     */
    public static MovingAverageSmoother over(Duration window) {
        return new MovingAverageSmoother(SmoothingTime.checked("window", window));
    }

    /**
     * Averages over the papers' window of one second.
     *
     * @return a new smoother
     */
    public static MovingAverageSmoother ofDefaults() {
        return over(DEFAULT_WINDOW);
    }

    /**
     * Returns the length of the window.
     *
     * @return the length in media time
     */
    public Duration window() {
        return window;
    }

    @Override
    public EmotionScores smooth(int faceId, long mediaNanos, EmotionScores raw) {
        return faces.computeIfAbsent(faceId, id -> new Window()).add(mediaNanos, raw);
    }

    @Override
    public void forget(int faceId) {
        faces.remove(faceId);
    }

    @Override
    public void reset() {
        faces.clear();
    }

    @Override
    public StageMetadata metadata() {
        return StageMetadata.ofClass(MovingAverageSmoother.class).withSetting("window", window);
    }

    @Override
    public String toString() {
        return "MovingAverageSmoother[window=" + window + "]";
    }

    /** The readings of one face that still count. */
    private final class Window {
        private final ArrayDeque<Entry> entries = new ArrayDeque<>();
        private final float[] mean = new float[EmotionScores.SIZE];
        private final double[] sums = new double[EmotionScores.SIZE];

        EmotionScores add(long mediaNanos, EmotionScores raw) {
            if (!entries.isEmpty() && mediaNanos < entries.getLast().mediaNanos) {
                entries.clear();
            }
            entries.addLast(new Entry(mediaNanos, raw));
            while (mediaNanos - entries.getFirst().mediaNanos >= windowNanos) {
                entries.removeFirst();
            }
            return mean();
        }

        /** Summed anew for each reading: a running sum would carry its rounding error through the session. */
        private EmotionScores mean() {
            Arrays.fill(sums, 0);
            for (Entry entry : entries) {
                for (int i = 0; i < sums.length; i++) {
                    sums[i] += entry.scores.get(i);
                }
            }
            for (int i = 0; i < sums.length; i++) {
                mean[i] = (float) (sums[i] / entries.size());
            }
            return EmotionScores.ofWeights(mean);
        }
    }

    private record Entry(long mediaNanos, EmotionScores scores) {}
}
