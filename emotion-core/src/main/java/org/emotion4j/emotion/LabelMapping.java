package org.emotion4j.emotion;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How the labels of a foreign network become the seven expressions: synonyms are read, two labels of one expression are
 * added up, and what has no place among the seven (contempt, for example) is dropped and the rest renormalized. Immutable
 * and thread-safe.
 */
public final class LabelMapping {
    private final List<String> labels;
    private final int[] targets;
    private final List<String> dropped;

    private LabelMapping(List<String> labels, int[] targets, List<String> dropped) {
        this.labels = labels;
        this.targets = targets;
        this.dropped = dropped;
    }

    static LabelMapping of(List<String> labels) {
        int[] targets = new int[labels.size()];
        List<String> dropped = new ArrayList<>();
        for (int i = 0; i < targets.length; i++) {
            Optional<Emotion> emotion = Emotion.find(labels.get(i));
            targets[i] = emotion.map(Emotion::ordinal).orElse(-1);
            if (emotion.isEmpty()) {
                dropped.add(labels.get(i));
            }
        }
        if (dropped.size() == labels.size()) {
            throw new IllegalArgumentException(
                    "none of the labels " + labels + " is one of " + Emotion.labels() + " or a synonym");
        }
        return new LabelMapping(List.copyOf(labels), targets, List.copyOf(dropped));
    }

    /**
     * Returns the foreign labels that have no place among the seven.
     *
     * @return the dropped labels, in the network's order
     */
    public List<String> dropped() {
        return dropped;
    }

    /**
     * Maps a network's probabilities.
     *
     * @param probabilities one for each foreign label, finite, 0 or more
     * @return the seven; uniform where all probability lies on dropped labels
     * @throws IllegalArgumentException if the number of probabilities is not that of the labels, or one is out of range
     */
    public EmotionScores fromProbabilities(float... probabilities) {
        requireSize(probabilities.length);
        float[] mapped = new float[EmotionScores.SIZE];
        float sum = 0;
        for (int i = 0; i < targets.length; i++) {
            if (!(probabilities[i] >= 0) || Float.isInfinite(probabilities[i])) {
                throw new IllegalArgumentException("probability of " + labels.get(i) + " is " + probabilities[i]
                        + ", expected a finite number of 0 or more");
            }
            if (targets[i] >= 0) {
                mapped[targets[i]] += probabilities[i];
                sum += probabilities[i];
            }
        }
        return sum > 0 ? EmotionScores.ofWeights(mapped) : EmotionScores.uniform();
    }

    /**
     * Maps a network's logits: softmax over the labels that are kept.
     *
     * @param logits one for each foreign label, finite
     * @return the seven
     * @throws IllegalArgumentException if the number of logits is not that of the labels, or one is not finite
     */
    public EmotionScores fromLogits(float... logits) {
        requireSize(logits.length);
        float max = Float.NEGATIVE_INFINITY;
        for (int i = 0; i < targets.length; i++) {
            if (!Float.isFinite(logits[i])) {
                throw new IllegalArgumentException(
                        "logit of " + labels.get(i) + " is " + logits[i] + ", expected a finite number");
            }
            if (targets[i] >= 0) {
                max = Math.max(max, logits[i]);
            }
        }
        float[] exponentials = new float[targets.length];
        for (int i = 0; i < targets.length; i++) {
            exponentials[i] = targets[i] >= 0 ? (float) Math.exp(logits[i] - max) : 0;
        }
        return fromProbabilities(exponentials);
    }

    /** Returns the mapping in words, for a classifier's metadata. */
    @Override
    public String toString() {
        return "labels " + labels + (dropped.isEmpty() ? "" : ", dropped " + dropped);
    }

    private void requireSize(int size) {
        if (size != targets.length) {
            throw new IllegalArgumentException("got " + size + " scores, expected " + targets.length + ": " + labels);
        }
    }
}
