package org.emotion4j.emotion;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.emotion4j.stage.StageMetadata;
import org.jspecify.annotations.Nullable;

/**
 * A {@link SubjectBaseline} that is learned while a session runs, for sessions in which nobody marked a rest. Other products
 * call this continuous calibration.
 *
 * <p>What a face shows at least half of the time is taken as its rest: the baseline is the median of each of the seven
 * scores over the last minutes, divided by their sum. A median, unlike a mean, is not moved by a laugh that takes less than
 * half of the time. It holds no longer where somebody shows an expression for most of the memory: that expression is then
 * taken for their rest, and taken out. Where the difference matters, mark a stretch of rest and use
 * {@link SubjectBaseline#of(EmotionScores)}.
 *
 * <p>It is learned slowly: at the first reading nothing is taken out, and the whole baseline only once a face was seen for
 * {@link #LEARNING}. Older readings fade: after {@link #memory()} they count for about a third (1/e). All times are media
 * times, so the same recording gives the same scores live and offline.
 *
 * <p>Has a state; confined to one thread, and to one session.
 */
public final class RunningBaseline {
    /** For how long a face has to be seen until the whole of its baseline is taken out. */
    public static final Duration LEARNING = Duration.ofSeconds(30);

    /** How long readings are remembered where nothing else is said. */
    public static final Duration DEFAULT_MEMORY = Duration.ofMinutes(3);

    /** Further apart than this, nothing was seen in between, and the time does not count as seen. */
    private static final long LONGEST_FRAME_NANOS = Duration.ofSeconds(1).toNanos();

    /** A baseline changes slowly: it is worked out anew this often, and not for each reading. */
    private static final long FRESH_NANOS = Duration.ofMillis(500).toNanos();

    private static final int BINS = 100;
    private static final int EVERYBODY = 0;

    private final Duration memory;
    private final boolean onePerson;
    private final Map<Integer, Learned> faces = new HashMap<>();

    private RunningBaseline(Duration memory, boolean onePerson) {
        if (memory.compareTo(LEARNING) < 0 || memory.compareTo(Duration.ofHours(1)) > 0) {
            throw new IllegalArgumentException(
                    "memory is " + memory + ", expected " + LEARNING + " to " + Duration.ofHours(1));
        }
        this.memory = memory;
        this.onePerson = onePerson;
    }

    /**
     * Learns one baseline for sessions of one person: it is kept when the face is lost and comes back under another id, and
     * over cuts in the picture.
     *
     * @param memory how long readings are remembered, 30 seconds to one hour; see {@link #DEFAULT_MEMORY}
     * @return a baseline that has learned nothing yet
     * @throws IllegalArgumentException if the memory is out of its range
     */
    public static RunningBaseline ofOnePerson(Duration memory) {
        return new RunningBaseline(memory, true);
    }

    /**
     * Learns a baseline for each face, which is forgotten with it: for pictures with several people.
     *
     * @param memory how long readings are remembered, 30 seconds to one hour; see {@link #DEFAULT_MEMORY}
     * @return a baseline that has learned nothing yet
     * @throws IllegalArgumentException if the memory is out of its range
     */
    public static RunningBaseline ofEachFace(Duration memory) {
        return new RunningBaseline(memory, false);
    }

    /**
     * Returns how long readings are remembered.
     *
     * @return the time after which a reading counts for 1/e
     */
    public Duration memory() {
        return memory;
    }

    /**
     * Learns from a reading and takes out what was learned so far.
     *
     * @param faceId who, as numbered by the tracker
     * @param mediaNanos when, in nanoseconds of media time; a time that does not go forward counts as no time
     * @param scores raw or smoothed scores, the same kind in each call
     * @return the corrected scores
     */
    public EmotionScores correct(int faceId, long mediaNanos, EmotionScores scores) {
        Learned learned = faces.computeIfAbsent(onePerson ? EVERYBODY : faceId, id -> new Learned());
        learned.add(mediaNanos, scores, memory.toNanos());
        return learned.baseline().correct(scores);
    }

    /**
     * Returns what was learned of a face so far, to be kept for the next session for example.
     *
     * @param faceId who; of one person's baseline any id
     * @return the baseline; one that changes nothing for a face that was not seen yet
     */
    public SubjectBaseline learned(int faceId) {
        Learned learned = faces.get(onePerson ? EVERYBODY : faceId);
        return learned == null ? SubjectBaseline.of(SubjectBaseline.plainRest()) : learned.baseline();
    }

    /** Forgets everybody: another person sits down. */
    public void clear() {
        faces.clear();
    }

    /**
     * Learns and corrects live: each face's scores are corrected before a smoother gets them.
     *
     * @param smoother the one that steadies the corrected scores; closed with the returned one
     * @return a smoother for the pipeline
     */
    public TemporalSmoother before(TemporalSmoother smoother) {
        return new TemporalSmoother() {
            @Override
            public EmotionScores smooth(int faceId, long mediaNanos, EmotionScores raw) {
                return smoother.smooth(faceId, mediaNanos, correct(faceId, mediaNanos, raw));
            }

            @Override
            public void forget(int faceId) {
                if (!onePerson) {
                    faces.remove(faceId);
                }
                smoother.forget(faceId);
            }

            @Override
            public void reset() {
                if (!onePerson) {
                    faces.clear();
                }
                smoother.reset();
            }

            @Override
            public StageMetadata metadata() {
                StageMetadata inner = smoother.metadata();
                return inner.withNotes(inner.notes().map(notes -> notes + "; ").orElse("") + RunningBaseline.this)
                        .withSetting("baseline", "running")
                        .withSetting("baselineMemory", memory)
                        .withSetting("baselineOf", onePerson ? "one person" : "each face");
            }

            @Override
            public void close() {
                smoother.close();
            }
        };
    }

    @Override
    public String toString() {
        return "RunningBaseline[memory=" + memory + (onePerson ? ", one person]" : ", each face]");
    }

    /** What is known of one face: a fading histogram of each score. */
    private static final class Learned {
        private final double[][] histograms = new double[EmotionScores.SIZE][BINS];
        private double total;
        private double seenNanos;
        private long lastNanos;
        private long workedOutNanos;
        private boolean any;
        private @Nullable SubjectBaseline current;

        void add(long mediaNanos, EmotionScores scores, long memoryNanos) {
            long step = any ? mediaNanos - lastNanos : 0;
            boolean follows = step > 0 && step <= LONGEST_FRAME_NANOS;
            lastNanos = mediaNanos;
            any = true;
            if (follows) {
                fade(Math.exp(-(double) step / memoryNanos));
                seenNanos += step;
            }
            double weight = follows ? step : 1;
            total += weight;
            for (int i = 0; i < histograms.length; i++) {
                histograms[i][bin(scores.get(i))] += weight;
            }
            if (Math.abs(mediaNanos - workedOutNanos) >= FRESH_NANOS) {
                current = null;
            }
        }

        SubjectBaseline baseline() {
            if (current == null) {
                current = SubjectBaseline.of(blended());
                workedOutNanos = lastNanos;
            }
            return current;
        }

        /** From a plain neutral face, of which nothing is taken out, to the medians. */
        private EmotionScores blended() {
            double share = Math.min(1, seenNanos / LEARNING.toNanos());
            float[] medians = new float[EmotionScores.SIZE];
            double sum = 0;
            for (int i = 0; i < medians.length; i++) {
                medians[i] = (float) median(histograms[i]);
                sum += medians[i];
            }
            EmotionScores plain = SubjectBaseline.plainRest();
            float[] rest = new float[EmotionScores.SIZE];
            for (int i = 0; i < rest.length; i++) {
                rest[i] = (float) ((1 - share) * plain.get(i) + share * medians[i] / sum);
            }
            return EmotionScores.ofWeights(rest);
        }

        /** The middle of the histogram, as if a bin's readings were spread evenly over it. */
        private double median(double[] histogram) {
            double half = total / 2;
            double below = 0;
            for (int bin = 0; bin < BINS; bin++) {
                if (histogram[bin] > 0 && below + histogram[bin] >= half) {
                    return (bin + (half - below) / histogram[bin]) / BINS;
                }
                below += histogram[bin];
            }
            return 1;
        }

        private void fade(double by) {
            total *= by;
            for (double[] histogram : histograms) {
                for (int bin = 0; bin < BINS; bin++) {
                    histogram[bin] *= by;
                }
            }
        }

        private static int bin(float score) {
            return Math.min(BINS - 1, (int) (score * BINS));
        }
    }
}
