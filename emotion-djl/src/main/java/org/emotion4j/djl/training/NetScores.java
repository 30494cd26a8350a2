package org.emotion4j.djl.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.List;
import org.emotion4j.djl.data.LabelledFace;
import org.emotion4j.djl.nets.Net;
import org.emotion4j.emotion.EmotionScores;

/**
 * What a network says about labelled faces. Immutable and thread-safe.
 *
 * @param scores one for each face, in their order
 * @param accuracy the share of faces whose label has the highest score, 0 to 1; 0 without faces
 * @param loss the mean cross-entropy in nats; 0 without faces
 */
public record NetScores(List<EmotionScores> scores, double accuracy, double loss) {
    private static final int BATCH = 128;

    /** Takes a copy. */
    public NetScores {
        scores = List.copyOf(scores);
    }

    /**
     * Scores faces, without dropout.
     *
     * @param net the network
     * @param faces any number
     * @return the scores and what they are worth against the labels
     */
    public static NetScores of(Net net, List<LabelledFace> faces) {
        FaceBatch batch = new FaceBatch(Math.min(BATCH, Math.max(1, faces.size())));
        List<EmotionScores> scores = new ArrayList<>(faces.size());
        for (int start = 0; start < faces.size(); start += BATCH) {
            batch.clear();
            for (LabelledFace face : faces.subList(start, Math.min(faces.size(), start + BATCH))) {
                batch.add(face, false);
            }
            try (NDManager scope = net.manager().newSubManager()) {
                NDArray logits = net.forward(batch.pictures(scope), false);
                float[] all = logits.toFloatArray();
                for (int i = 0; i < batch.size(); i++) {
                    float[] own = new float[EmotionScores.SIZE];
                    System.arraycopy(all, i * own.length, own, 0, own.length);
                    scores.add(EmotionScores.ofLogits(own));
                }
            }
        }
        return compared(scores, faces);
    }

    private static NetScores compared(List<EmotionScores> scores, List<LabelledFace> faces) {
        int right = 0;
        double loss = 0;
        for (int i = 0; i < faces.size(); i++) {
            right += scores.get(i).top() == faces.get(i).label() ? 1 : 0;
            loss -= Math.log(Math.max(scores.get(i).get(faces.get(i).label()), Float.MIN_NORMAL));
        }
        int count = Math.max(1, faces.size());
        return new NetScores(scores, (double) right / count, loss / count);
    }
}
