package org.emotion4j.reading;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.emotion4j.emotion.Emotion;
import org.emotion4j.emotion.EmotionScores;
import org.emotion4j.emotion.FacialMovements;
import org.emotion4j.face.DetectedFace;
import org.emotion4j.face.FaceQuality;
import org.emotion4j.face.HeadPose;

/**
 * What one face showed in one frame.
 *
 * @param faceId who: the tracker's id, 1 or more; within a single analyzed picture the place in order of size
 * @param mediaNanos when, in nanoseconds of media time
 * @param face where
 * @param raw the classifier's scores for this frame alone
 * @param scores the smoothed scores; the same as {@code raw} for a single picture
 * @param label the expression that the smoothed scores are called by, or empty for "no clear expression"
 * @param quality how far the picture of the face can be trusted; empty where nobody judged it
 * @param movements what moves in the face, by this frame alone; empty where the classifier does not tell, and in a record
 */
public record EmotionReading(
        int faceId,
        long mediaNanos,
        DetectedFace face,
        EmotionScores raw,
        EmotionScores scores,
        Optional<Emotion> label,
        Optional<FaceQuality> quality,
        Optional<FacialMovements> movements) {

    /** What a reading without a label is called in records and on screens. */
    public static final String NO_CLEAR_EXPRESSION = "no clear expression";

    /**
     * A reading of which the movements are not known.
     *
     * @param faceId who
     * @param mediaNanos when
     * @param face where
     * @param raw the classifier's scores
     * @param scores the smoothed scores
     * @param label the expression, or empty
     * @param quality how far the picture can be trusted
     */
    public EmotionReading(
            int faceId,
            long mediaNanos,
            DetectedFace face,
            EmotionScores raw,
            EmotionScores scores,
            Optional<Emotion> label,
            Optional<FaceQuality> quality) {
        this(faceId, mediaNanos, face, raw, scores, label, quality, Optional.empty());
    }

    /**
     * A reading of which the quality is not known.
     *
     * @param faceId who
     * @param mediaNanos when
     * @param face where
     * @param raw the classifier's scores
     * @param scores the smoothed scores
     * @param label the expression, or empty
     */
    public EmotionReading(
            int faceId,
            long mediaNanos,
            DetectedFace face,
            EmotionScores raw,
            EmotionScores scores,
            Optional<Emotion> label) {
        this(faceId, mediaNanos, face, raw, scores, label, Optional.empty());
    }

    /**
     * Returns where the head is turned to.
     *
     * @return the pose, or empty where the face has no landmarks or nobody judged it
     */
    public Optional<HeadPose> headPose() {
        return quality.flatMap(FaceQuality::headPose);
    }

    /**
     * Says whether the face can be read well, as far as its picture goes: the one rule for what is told with reserve, drawn pale
     * or left out of figures.
     *
     * @return whether its quality is {@linkplain FaceQuality#isTrustworthy() trustworthy}, or nobody judged it
     */
    public boolean isReadable() {
        return quality.map(FaceQuality::isTrustworthy).orElse(true);
    }

    /**
     * Returns how sure this reading is.
     *
     * @return the smoothed score of the label, or of the most probable expression where there is no label; 0 to 1
     */
    public float confidence() {
        return label.map(scores::get).orElseGet(scores::confidence);
    }

    /**
     * Returns the label in words.
     *
     * @return for example {@code "happy"}, or {@link #NO_CLEAR_EXPRESSION}
     */
    public String labelText() {
        return label.map(Emotion::label).orElse(NO_CLEAR_EXPRESSION);
    }

    /**
     * Returns what is wrong with the picture of the face, in words.
     *
     * @return for example {@code "blurred, low detection confidence: face 0.43"}; empty where nothing is
     */
    public String issuesText() {
        Set<FaceQuality.Issue> issues = quality.map(FaceQuality::issues).orElse(Set.of());
        return issues.stream().sorted().map(this::describe).collect(Collectors.joining(", "));
    }

    /**
     * Returns the reading in one line, for example {@code "face 1: happy 0.93 at 1.040 s"}; where something is wrong with the
     * picture of the face, with that: {@code "face 2: angry 0.44 at 0.000 s (low detection confidence: face 0.43)"}.
     */
    @Override
    public String toString() {
        String line = String.format(
                Locale.ROOT, "face %d: %s %.2f at %.3f s", faceId, labelText(), confidence(), mediaNanos / 1e9);
        String issues = issuesText();
        return issues.isEmpty() ? line : line + " (" + issues + ")";
    }

    private String describe(FaceQuality.Issue issue) {
        String words = issue.name().toLowerCase(Locale.ROOT).replace('_', ' ');
        return issue == FaceQuality.Issue.LOW_DETECTION_CONFIDENCE
                ? String.format(Locale.ROOT, "%s: face %.2f", words, face.confidence())
                : words;
    }
}
