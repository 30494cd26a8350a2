package org.emotion4j.djl.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.List;
import org.emotion4j.djl.data.LabeledFace;
import org.emotion4j.djl.nets.Network;
import org.emotion4j.emotion.Emotion;
import org.emotion4j.emotion.EmotionScores;

/**
 * What a network says about labeled faces. Immutable and thread-safe.
 *
 * @param scores one for each face, in their order
 * @param accuracy the share of faces whose label has the highest score, 0 to 1; 0 without faces
 * @param loss the mean cross-entropy in nats; 0 without faces
 */
public record NetworkScores(List<EmotionScores> scores, double accuracy, double loss) {
    private static final int BATCH = 128;
    private static final double LEAST_TEMPERATURE = 0.5;
    private static final double LARGEST_TEMPERATURE = 4;

    /**
     * Takes a copy.
     *
     * @param scores as {@link #scores()}
     * @param accuracy as {@link #accuracy()}
     * @param loss as {@link #loss()}
     */
    public NetworkScores {
        scores = List.copyOf(scores);
    }

    /**
     * Scores faces, without dropout.
     *
     * @param net the network
     * @param faces any number, of any size
     * @return the scores and what they are worth against the labels
     */
    public static NetworkScores of(Network net, List<LabeledFace> faces) {
        return of(net, faces, 1);
    }

    /**
     * Scores faces, without dropout and calibrated.
     *
     * @param net the network
     * @param faces any number, of any size
     * @param temperature by what the logits are divided before softmax ({@link org.emotion4j.djl.nets.NetworkFile#temperature})
     * @return the scores and what they are worth against the labels
     */
    public static NetworkScores of(Network net, List<LabeledFace> faces, double temperature) {
        FaceBatch batch = new FaceBatch(
                Math.min(BATCH, Math.max(1, faces.size())), net.preset().side());
        List<EmotionScores> scores = new ArrayList<>(faces.size());
        for (int start = 0; start < faces.size(); start += BATCH) {
            batch.clear();
            for (LabeledFace face : faces.subList(start, Math.min(faces.size(), start + BATCH))) {
                batch.add(face, false);
            }
            try (NDManager scope = net.manager().newSubManager()) {
                NDArray logits = net.forward(batch.pictures(scope), false);
                float[] all = logits.toFloatArray();
                for (int i = 0; i < batch.size(); i++) {
                    float[] own = new float[EmotionScores.SIZE];
                    System.arraycopy(all, i * own.length, own, 0, own.length);
                    scores.add(EmotionScores.ofLogits(temperature, own));
                }
            }
        }
        return compared(scores, faces);
    }

    /**
     * Finds the temperature by which these scores would fit the labels best: the one of the least mean cross-entropy
     * (temperature scaling, Guo et al. 2017), searched from 1/2 to 4 by golden section, as it has one minimum.
     * Faces that are all read right never make a network more than twice as sure.
     *
     * @param faces those that were scored, at least one
     * @return 0.5 to 4; above 1 where the network was too sure
     * @throws IllegalArgumentException if these are not as many faces as scores, or none
     */
    public double temperature(List<LabeledFace> faces) {
        if (faces.isEmpty() || faces.size() != scores.size()) {
            throw new IllegalArgumentException(faces.size() + " faces for " + scores.size() + " scores");
        }
        double low = Math.log(LEAST_TEMPERATURE);
        double high = Math.log(LARGEST_TEMPERATURE);
        double section = (Math.sqrt(5) - 1) / 2;
        while (high - low > 1e-4) {
            double left = high - section * (high - low);
            double right = low + section * (high - low);
            if (loss(faces, Math.exp(left)) <= loss(faces, Math.exp(right))) {
                high = right;
            } else {
                low = left;
            }
        }
        return Math.exp((low + high) / 2);
    }

    private double loss(List<LabeledFace> faces, double temperature) {
        double sum = 0;
        for (int face = 0; face < scores.size(); face++) {
            double all = 0;
            for (Emotion emotion : Emotion.all()) {
                all += Math.exp(logit(face, emotion) / temperature);
            }
            sum += Math.log(all) - logit(face, faces.get(face).label()) / temperature;
        }
        return sum / scores.size();
    }

    /** A probability's logarithm is its logit, up to a constant a face. */
    private double logit(int face, Emotion emotion) {
        return Math.log(Math.max(scores.get(face).get(emotion), Float.MIN_NORMAL));
    }

    private static NetworkScores compared(List<EmotionScores> scores, List<LabeledFace> faces) {
        int right = 0;
        double loss = 0;
        for (int i = 0; i < faces.size(); i++) {
            right += scores.get(i).top() == faces.get(i).label() ? 1 : 0;
            loss -= Math.log(Math.max(scores.get(i).get(faces.get(i).label()), Float.MIN_NORMAL));
        }
        int count = Math.max(1, faces.size());
        return new NetworkScores(scores, (double) right / count, loss / count);
    }
}
