package org.emotion4j.emotion;

import java.util.List;
import org.emotion4j.face.FaceCrop;

/** A classifier for tests that answers with given scores in turn, from the first again after the last. */
public final class SequenceClassifier implements EmotionClassifier {
    private final List<EmotionScores> answers;
    private int next;

    private SequenceClassifier(List<EmotionScores> answers) {
        this.answers = answers;
    }

    /** Answers with these scores in turn. */
    public static SequenceClassifier of(EmotionScores... answers) {
        return new SequenceClassifier(List.of(answers));
    }

    @Override
    public EmotionScores classify(FaceCrop crop) {
        requireOwnCrop(crop);
        return answers.get(next++ % answers.size());
    }
}
