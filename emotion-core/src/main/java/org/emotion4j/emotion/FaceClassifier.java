package org.emotion4j.emotion;

import java.util.List;
import org.emotion4j.face.FaceCrop;

/**
 * A classifier whose network tells more of a face than its expression, in the same pass. A pipeline asks such a one with {@link
 * #answerAll} in place of {@link #classifyAll}, and adds to the quality of a face what hides it.
 */
public interface FaceClassifier extends EmotionClassifier {
    /**
     * Says all it can of several faces of one frame.
     *
     * @param crops the faces; may be empty
     * @return the answers in the same order, with the scores that {@link #classifyAll} gives
     * @throws IllegalArgumentException if a crop is not of this classifier's size or format
     */
    List<FaceAnswers> answerAll(List<FaceCrop> crops);

    @Override
    default List<EmotionScores> classifyAll(List<FaceCrop> crops) {
        return answerAll(crops).stream().map(FaceAnswers::scores).toList();
    }

    @Override
    default EmotionScores classify(FaceCrop crop) {
        return classifyAll(List.of(crop)).get(0);
    }
}
