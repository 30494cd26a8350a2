package org.emotion4j.djl.data;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.emotion4j.emotion.Emotion;

/**
 * How ten people labeled one face of FER2013 (Barsoum et al. 2016, "Training Deep Networks for Facial Expression
 * Recognition with Crowd-Sourced Label Distribution"). Immutable and thread-safe.
 */
public final class FerPlusVotes {
    /** The columns of {@code fer2013new.csv} that hold votes, in its order. */
    static final List<String> COLUMNS = List.of(
            "neutral", "happiness", "surprise", "sadness", "anger", "disgust", "fear", "contempt", "unknown", "NF");

    /** What the first seven columns mean. */
    private static final List<Emotion> EXPRESSIONS = List.of(
            Emotion.NEUTRAL,
            Emotion.HAPPY,
            Emotion.SURPRISE,
            Emotion.SAD,
            Emotion.ANGRY,
            Emotion.DISGUST,
            Emotion.FEAR);

    private static final int NOT_A_FACE = 9;

    private final int[] votes;

    private FerPlusVotes(int[] votes) {
        this.votes = votes;
    }

    /**
     * Takes the votes of one row of {@code fer2013new.csv}.
     *
     * @param votes ten numbers of 0 or more: neutral, happiness, surprise, sadness, anger, disgust, fear, contempt,
     *     unknown, not a face
     * @return the votes
     * @throws IllegalArgumentException if there are not ten or one is negative
     */
    public static FerPlusVotes of(int... votes) {
        if (votes.length != COLUMNS.size() || Arrays.stream(votes).anyMatch(vote -> vote < 0)) {
            throw new IllegalArgumentException("votes are " + Arrays.toString(votes) + ", expected " + COLUMNS.size()
                    + " numbers of 0 or more: " + COLUMNS);
        }
        return new FerPlusVotes(votes.clone());
    }

    /**
     * Returns the majority among the seven expressions: single votes count as noise and are dropped; the winner needs
     * more than half of all votes that are left, those for contempt, unknown and not a face included, and has to be one
     * of the seven. Of FER2013's 3,589 PrivateTest rows 3,136 have such a winner.
     *
     * @return the expression, or empty where none of the seven wins
     */
    public Optional<Emotion> majority() {
        int left = 0;
        int best = 0;
        for (int i = 0; i < votes.length; i++) {
            left += votes[i] > 1 ? votes[i] : 0;
            best = votes[i] > votes[best] ? i : best;
        }
        boolean wins = votes[best] > 1 && 2 * votes[best] > left && best < EXPRESSIONS.size();
        return wins ? Optional.of(EXPRESSIONS.get(best)) : Optional.empty();
    }

    /**
     * Tells whether half of the voters or more saw no face at all.
     *
     * @return true for a picture to leave out of training
     */
    public boolean notAFace() {
        int sum = Arrays.stream(votes).sum();
        return sum > 0 && 2 * votes[NOT_A_FACE] >= sum;
    }

    /** Returns the votes with their columns. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("FerPlusVotes[");
        for (int i = 0; i < votes.length; i++) {
            text.append(i == 0 ? "" : ", ").append(COLUMNS.get(i)).append(' ').append(votes[i]);
        }
        return text.append(']').toString();
    }
}
