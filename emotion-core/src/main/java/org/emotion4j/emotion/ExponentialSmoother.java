package org.emotion4j.emotion;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.emotion4j.stage.StageMetadata;

/**
 * Exponential smoothing over media time: what lies one time constant back counts 1/e as much as the present. It follows a
 * change sooner than a mean over a window of the same length and keeps one value a face.
 *
 * <p>The weight of a new reading is {@code 1 - exp(-dt / timeConstant)}, so the result does not depend on the frame
 * rate. The first reading of a face is taken as it is. Confined to one thread.
 */
public final class ExponentialSmoother implements TemporalSmoother {
    private final Duration timeConstant;
    private final double timeConstantNanos;
    private final Map<Integer, State> faces = new HashMap<>();

    private ExponentialSmoother(Duration timeConstant) {
        this.timeConstant = timeConstant;
        this.timeConstantNanos = timeConstant.toNanos();
    }

    /**
     * Smooths with a time constant.
     *
     * @param timeConstant the time after which an old reading counts 1/e, above zero and at most one hour
     * @return a new smoother
     * @throws IllegalArgumentException if the time is out of its range
     */
    public static ExponentialSmoother withTimeConstant(Duration timeConstant) {
        return new ExponentialSmoother(SmoothingTime.checked("timeConstant", timeConstant));
    }

    @Override
    public EmotionScores smooth(int faceId, long mediaNanos, EmotionScores raw) {
        State last = faces.get(faceId);
        EmotionScores next = last == null || mediaNanos < last.mediaNanos ? raw : blend(last, mediaNanos, raw);
        faces.put(faceId, new State(mediaNanos, next));
        return next;
    }

    private EmotionScores blend(State last, long mediaNanos, EmotionScores raw) {
        double weight = -Math.expm1(-(mediaNanos - last.mediaNanos) / timeConstantNanos);
        float[] values = new float[EmotionScores.SIZE];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (last.scores.get(i) + weight * (raw.get(i) - last.scores.get(i)));
        }
        return EmotionScores.ofWeights(values);
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
        return StageMetadata.ofClass(ExponentialSmoother.class).withSetting("timeConstant", timeConstant);
    }

    @Override
    public String toString() {
        return "ExponentialSmoother[timeConstant=" + timeConstant + "]";
    }

    private record State(long mediaNanos, EmotionScores scores) {}
}
