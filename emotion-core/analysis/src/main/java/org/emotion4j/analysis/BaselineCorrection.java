package org.emotion4j.analysis;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.emotion4j.emotion.Emotion;
import org.emotion4j.emotion.EmotionScores;
import org.emotion4j.emotion.LabelPolicy;
import org.emotion4j.emotion.RunningBaseline;
import org.emotion4j.emotion.SubjectBaseline;
import org.emotion4j.emotion.ThresholdLabelPolicy;
import org.emotion4j.reading.EmotionReading;
import org.emotion4j.recording.RecordedFrame;

/**
 * Takes a person's baseline out of a recorded session: each frame's smoothed scores are corrected and labeled anew; the raw
 * ones stay. For sessions that were recorded without; live, {@link SubjectBaseline#before} and
 * {@link RunningBaseline#before} do the same.
 *
 * <p>Has a state, the label of a moment ago: one correction a session, frames in the order of the record. Confined to one
 * thread.
 */
public final class BaselineCorrection implements UnaryOperator<RecordedFrame> {
    private final Correction correction;
    private final LabelPolicy policy;
    private final Map<Integer, Optional<Emotion>> labels = new HashMap<>();

    private BaselineCorrection(Correction correction, LabelPolicy policy) {
        this.correction = correction;
        this.policy = policy;
    }

    /**
     * Takes a known baseline out.
     *
     * @param baseline for example of a stretch that was marked as rest ({@link SessionSummary#baselineOf})
     * @return a correction for one session, with the default label policy
     */
    public static BaselineCorrection of(SubjectBaseline baseline) {
        return of(baseline, ThresholdLabelPolicy.ofDefaults());
    }

    /**
     * Takes a known baseline out.
     *
     * @param baseline the person's baseline
     * @param policy what calls corrected scores by a label
     * @return a correction for one session
     */
    public static BaselineCorrection of(SubjectBaseline baseline, LabelPolicy policy) {
        return new BaselineCorrection((faceId, mediaNanos, scores) -> baseline.correct(scores), policy);
    }

    /**
     * Takes a baseline out that is learned on the way.
     *
     * @param baseline one that has learned nothing yet, or from the same person's last session
     * @return a correction for one session, with the default label policy
     */
    public static BaselineCorrection of(RunningBaseline baseline) {
        return new BaselineCorrection(baseline::correct, ThresholdLabelPolicy.ofDefaults());
    }

    /**
     * Corrects the next frame.
     *
     * @param frame the frame as it was recorded
     * @return the same with corrected scores and labels
     */
    @Override
    public RecordedFrame apply(RecordedFrame frame) {
        if (frame.discontinuity()) {
            labels.clear();
        }
        List<EmotionReading> readings = new ArrayList<>(frame.readings().size());
        for (EmotionReading reading : frame.readings()) {
            EmotionScores scores = correction.correct(reading.faceId(), reading.mediaNanos(), reading.scores());
            Optional<Emotion> label = policy.decide(scores, labels.getOrDefault(reading.faceId(), Optional.empty()));
            labels.put(reading.faceId(), label);
            readings.add(new EmotionReading(
                    reading.faceId(),
                    reading.mediaNanos(),
                    reading.face(),
                    reading.raw(),
                    scores,
                    label,
                    reading.quality(),
                    reading.movements()));
        }
        return frame.withReadings(readings);
    }

    private interface Correction {
        EmotionScores correct(int faceId, long mediaNanos, EmotionScores scores);
    }
}
