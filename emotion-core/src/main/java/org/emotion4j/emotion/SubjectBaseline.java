package org.emotion4j.emotion;

import java.util.List;
import org.emotion4j.stage.StageMetadata;

/**
 * What one person's face shows at rest, taken out of the scores: somebody whose mouth corners hang is not called sad all
 * day. Other products call this calibration. Immutable and thread-safe.
 *
 * <p>The resting face's mean scores are the baseline <i>b</i>. Corrected scores are proportional to
 * <i>s · r / b</i>, a shift of the logits by a constant, where <i>r</i> is what a plain neutral face should get:
 * {@value #RESTING_NEUTRAL} neutral, the rest shared by the others. So the resting face itself becomes <i>r</i>, and what
 * rises above the person's rest counts. No score of <i>b</i> counts as less than {@value #FLOOR}, so that an expression
 * that never appeared at rest is not blown up.
 */
public final class SubjectBaseline {
    /** The score for neutral that a resting face gets once it is corrected. */
    public static final double RESTING_NEUTRAL = 0.82;

    /** The least score of a baseline that is believed. */
    public static final double FLOOR = 0.03;

    private final EmotionScores rest;
    private final double[] factors = new double[EmotionScores.SIZE];

    private SubjectBaseline(EmotionScores rest) {
        this.rest = rest;
        for (int i = 0; i < factors.length; i++) {
            factors[i] = wanted(i) / Math.max(rest.get(i), FLOOR);
        }
    }

    /** What a plain neutral face shows: its baseline changes nothing. */
    static EmotionScores plainRest() {
        float[] plain = new float[EmotionScores.SIZE];
        for (int i = 0; i < plain.length; i++) {
            plain[i] = (float) wanted(i);
        }
        return EmotionScores.ofWeights(plain);
    }

    private static double wanted(int expression) {
        return expression == Emotion.NEUTRAL.ordinal() ? RESTING_NEUTRAL : (1 - RESTING_NEUTRAL) / 6;
    }

    /**
     * Learns a baseline while a session of one person runs, where no stretch of rest was marked.
     *
     * @return a baseline that has learned nothing yet, with a memory of {@link RunningBaseline#DEFAULT_MEMORY}
     */
    public static RunningBaseline running() {
        return RunningBaseline.ofOnePerson(RunningBaseline.DEFAULT_MEMORY);
    }

    /**
     * Takes the mean scores of a stretch in which the person rested.
     *
     * @param rest for example {@code SessionSummary}'s mean scores of the stretch that was marked so
     * @return the baseline
     */
    public static SubjectBaseline of(EmotionScores rest) {
        return new SubjectBaseline(rest);
    }

    /**
     * Takes readings of a person at rest.
     *
     * @param readings their scores, at least one
     * @return the baseline of their mean
     * @throws IllegalArgumentException if there is none
     */
    public static SubjectBaseline of(List<EmotionScores> readings) {
        if (readings.isEmpty()) {
            throw new IllegalArgumentException("a baseline needs readings of the person at rest; got none");
        }
        double[] sums = new double[EmotionScores.SIZE];
        for (EmotionScores reading : readings) {
            for (int i = 0; i < sums.length; i++) {
                sums[i] += reading.get(i);
            }
        }
        float[] mean = new float[sums.length];
        for (int i = 0; i < mean.length; i++) {
            mean[i] = (float) (sums[i] / readings.size());
        }
        return new SubjectBaseline(EmotionScores.ofWeights(mean));
    }

    /**
     * Returns the mean scores at rest.
     *
     * @return what this baseline was made of
     */
    public EmotionScores rest() {
        return rest;
    }

    /**
     * Takes the baseline out.
     *
     * @param scores smoothed or raw scores of the same person
     * @return the corrected scores
     */
    public EmotionScores correct(EmotionScores scores) {
        float[] corrected = new float[EmotionScores.SIZE];
        for (int i = 0; i < corrected.length; i++) {
            corrected[i] = (float) (scores.get(i) * factors[i]);
        }
        return EmotionScores.ofWeights(corrected);
    }

    /**
     * Takes the baseline out live: every face's scores are corrected before a smoother gets them. For sessions of one
     * person.
     *
     * @param smoother the one that steadies the corrected scores; closed with the returned one
     * @return a smoother for the pipeline
     */
    public TemporalSmoother before(TemporalSmoother smoother) {
        return new TemporalSmoother() {
            @Override
            public EmotionScores smooth(int faceId, long mediaNanos, EmotionScores raw) {
                return smoother.smooth(faceId, mediaNanos, correct(raw));
            }

            @Override
            public void forget(int faceId) {
                smoother.forget(faceId);
            }

            @Override
            public void reset() {
                smoother.reset();
            }

            @Override
            public StageMetadata metadata() {
                StageMetadata inner = smoother.metadata();
                return inner.withNotes(
                                inner.notes().map(notes -> notes + "; ").orElse("") + "baseline taken out: " + rest)
                        .withSetting("baseline", rest);
            }

            @Override
            public void close() {
                smoother.close();
            }
        };
    }

    @Override
    public String toString() {
        return "SubjectBaseline[rest=" + rest + "]";
    }
}
