package org.emotion4j.emotion;

import java.util.List;
import org.emotion4j.face.FaceCrop;

/**
 * A classifier for tests with the default crop: bright crops are happy, dark ones sad, in proportion. Scores a batch in
 * one go.
 */
public final class BrightnessClassifier implements EmotionClassifier {
    private boolean closed;

    @Override
    public EmotionScores classify(FaceCrop crop) {
        return classifyAll(List.of(crop)).get(0);
    }

    @Override
    public List<EmotionScores> classifyAll(List<FaceCrop> crops) {
        crops.forEach(this::requireOwnCrop);
        return crops.stream().map(BrightnessClassifier::score).toList();
    }

    @Override
    public void close() {
        closed = true;
    }

    /** Tells whether somebody closed this classifier. */
    public boolean isClosed() {
        return closed;
    }

    private static EmotionScores score(FaceCrop crop) {
        long sum = 0;
        for (int i = 0; i < crop.pixels().capacity(); i++) {
            sum += crop.pixels().get(i) & 0xff;
        }
        float happy = sum / (255f * crop.pixels().capacity());
        float[] weights = new float[EmotionScores.SIZE];
        weights[Emotion.HAPPY.ordinal()] = happy;
        weights[Emotion.SAD.ordinal()] = 1 - happy;
        return EmotionScores.ofWeights(weights);
    }
}
