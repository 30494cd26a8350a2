package org.emotion4j.emotion;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.emotion4j.stage.StageException;
import org.emotion4j.stage.StageMetadata;

/**
 * Whose judgment the scores of this library's own networks follow. People disagree about faces: FER2013's labels and
 * FER+'s agree on 67 % of FER2013's evaluation pictures that have a majority in FER+.
 *
 * <p>A network has an output for each set that it learned, under the set's {@linkplain #outputName() name}: {@code
 * expression} for all four, the former network {@code expression-fer} for all but {@link #PHOTO}. The first that a network
 * has is its {@linkplain #standard default}.
 */
public enum LabelSet {
    /**
     * Photographs of strangers: RAF-DB (Li et al. 2017, forty raters a picture) and CFEE (Du et al. 2014, expressions made
     * on request before a camera). The default answer of a network that has it.
     */
    PHOTO("photo"),

    /**
     * FER2013's and FER+'s labels, in a calibrated blend; the default answer of the former network. What it loses against
     * each is in the model card.
     */
    BLEND("logits"),

    /** FER2013's own labels (Goodfellow et al. 2013), each from a search on the web; calm faces are often sad in it. */
    FER2013("fer2013"),

    /** FER+ (Barsoum et al. 2016): ten people looked at each picture; calm faces are neutral in it. */
    FERPLUS("ferplus");

    private static final String SETTING = "labels";

    private final String outputName;

    LabelSet(String outputName) {
        this.outputName = outputName;
    }

    /**
     * Returns the name of a network's output with these labels' logits.
     *
     * @return {@code "photo"}, {@code "logits"}, {@code "fer2013"} or {@code "ferplus"}
     */
    public String outputName() {
        return outputName;
    }

    /**
     * Tells by which labels one of this library's own networks answers where nobody asks for a set.
     *
     * @param outputs the names of the network's outputs
     * @return {@link #PHOTO} where the network has it, {@link #BLEND} for the former network, and empty for any other and
     *     for one with a single output: it has the labels of whoever trained it
     */
    public static Optional<LabelSet> standard(List<String> outputs) {
        if (outputs.size() > 1 && outputs.contains(PHOTO.outputName)) {
            return Optional.of(PHOTO);
        }
        boolean former = outputs.containsAll(List.of(BLEND.outputName, FER2013.outputName, FERPLUS.outputName));
        return former ? Optional.of(BLEND) : Optional.empty();
    }

    /**
     * Tells by which labels a network from a file of the user's own answers. Without a set that is asked for the former
     * network is refused: its default answer follows other labels than the present one's. A single output has the labels of
     * whoever trained it, which {@link #BLEND} takes as they are.
     *
     * @param asked the set that is asked for, if any
     * @param outputs the names of the network's outputs
     * @param file its name, for the message
     * @return the set, or empty for a network of somebody else's
     * @throws StageException if no set is asked for and these are the former network's outputs
     */
    public static Optional<LabelSet> ofFile(Optional<LabelSet> asked, List<String> outputs, String file) {
        if (outputs.size() == 1 && asked.equals(Optional.of(BLEND))) {
            return Optional.empty();
        }
        Optional<LabelSet> own = asked.or(() -> standard(outputs));
        if (asked.isEmpty() && own.equals(Optional.of(BLEND))) {
            throw new StageException(file + ": weights of the former network, without the output " + PHOTO.outputName
                    + " (it has " + outputs + "); the classifiers for these are expression-fer, expression-blend,"
                    + " expression-fer2013 and expression-ferplus, or name the set of labels");
        }
        return own;
    }

    /**
     * Finds the output to read.
     *
     * @param labels whose judgment is asked for; empty for a network of somebody else's
     * @param outputs the names of the network's outputs, in its order
     * @return that set's output; without a set {@code logits}, or else the first
     * @throws StageException if the network has no output for the set, or none at all; the message lists those it has
     */
    public static String output(Optional<LabelSet> labels, List<String> outputs) {
        String wanted = labels.orElse(BLEND).outputName;
        if (outputs.contains(wanted)) {
            return wanted;
        }
        if (labels.isPresent() || outputs.isEmpty()) {
            throw new StageException("its outputs are " + outputs + ", none is " + wanted);
        }
        return outputs.get(0);
    }

    /**
     * Adds to a network's description whose judgment it gives.
     *
     * @param network the description
     * @return the same with the setting {@code labels} ({@code labels=photo} for example), and with notes that end with
     *     {@code "scores follow the labels of"} and the set
     */
    public StageMetadata describe(StageMetadata network) {
        String before = network.notes().map(notes -> notes + "; ").orElse("");
        return network.withNotes(before + "scores follow the labels of " + this)
                .withSetting(SETTING, name().toLowerCase(Locale.ROOT));
    }
}
