package org.emotion4j.emotion;

import org.emotion4j.stage.StageMetadata;

/**
 * Whose judgement the scores of this library's own network follow. It learned from two: people disagree about faces, and
 * the two sets agree on 67 % of FER2013's evaluation pictures that have a majority in FER+.
 *
 * <p>A network gives an output for each, in the order of these constants and with their {@linkplain #outputName() names};
 * one with a single output has the first only.
 */
public enum LabelSet {
    /** Both, in a calibrated blend; the default. What it loses against each is in the model card. */
    BLEND("logits"),

    /** FER2013's own labels (Goodfellow et al. 2013), each from a search on the web; calm faces are often sad in it. */
    FER2013("fer2013"),

    /** FER+ (Barsoum et al. 2016): ten people looked at each picture; calm faces are neutral in it. */
    FERPLUS("ferplus");

    private final String outputName;

    LabelSet(String outputName) {
        this.outputName = outputName;
    }

    /**
     * Returns the name of a network's output with these labels' logits.
     *
     * @return {@code "logits"}, {@code "fer2013"} or {@code "ferplus"}
     */
    public String outputName() {
        return outputName;
    }

    /**
     * Adds to the notes of a network's description whose judgement it is asked for.
     *
     * @param network the description
     * @return the same for {@link #BLEND}, else one whose notes end with {@code "scores follow the labels of"} and the set
     */
    public StageMetadata describe(StageMetadata network) {
        if (this == BLEND) {
            return network;
        }
        String before = network.notes().map(notes -> notes + "; ").orElse("");
        return network.withNotes(before + "scores follow the labels of " + this);
    }
}
