package org.emotion4j.emotion;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The seven facial expressions that FER2013 labels, in that data set's order.
 *
 * <p>The ordinal is the index of the class everywhere in this library: in {@link EmotionScores}, in the output of our
 * networks, in the columns of a session record. It never changes.
 *
 * <p>An expression is what a face shows; it is not what the person feels.
 */
public enum Emotion {
    /** Brows lowered, lips pressed or bared teeth. */
    ANGRY("angry", "😠"),
    /** Nose wrinkled, upper lip raised. */
    DISGUST("disgust", "🤢"),
    /** Brows raised and drawn together, eyes wide. */
    FEAR("fear", "😨"),
    /** Lip corners and cheeks raised. */
    HAPPY("happy", "😊"),
    /** Lip corners down, inner brows raised. */
    SAD("sad", "😢"),
    /** Brows and lids raised, jaw dropped. */
    SURPRISE("surprise", "😮"),
    /** No visible expression. */
    NEUTRAL("neutral", "😐");

    private static final List<Emotion> ALL = List.of(values());
    private static final List<String> LABELS = ALL.stream().map(Emotion::label).toList();
    private static final Map<String, Emotion> NAMES = names();

    private final String label;
    private final String emoji;

    Emotion(String label, String emoji) {
        this.label = label;
        this.emoji = emoji;
    }

    /**
     * Returns the seven in class order, without the copy that {@link #values()} makes.
     *
     * @return an immutable list of size seven
     */
    public static List<Emotion> all() {
        return ALL;
    }

    /**
     * Returns the seven labels in class order: {@code angry disgust fear happy sad surprise neutral}.
     *
     * @return an immutable list of size seven
     */
    public static List<String> labels() {
        return LABELS;
    }

    /**
     * Returns the lower-case English label, as written in records and on the command line.
     *
     * @return the label, for example {@code "happy"}
     */
    public String label() {
        return label;
    }

    /**
     * Returns one emoji that shows the expression.
     *
     * @return a string of one Unicode code point outside the basic plane
     */
    public String emoji() {
        return emoji;
    }

    /**
     * Finds the expression that a label of a data set or of a network means. Case and surrounding blanks do not matter;
     * the usual synonyms (anger, disgusted, fearful, happiness, joy, sadness, surprised, calm …) are known.
     *
     * @param label any text
     * @return the expression, or empty where the label means none of the seven (contempt, for example)
     */
    public static Optional<Emotion> find(String label) {
        return Optional.ofNullable(NAMES.get(label.strip().toLowerCase(Locale.ROOT)));
    }

    /**
     * Like {@link #find(String)}, for labels that have to be known.
     *
     * @param label a label or one of its synonyms
     * @return the expression
     * @throws IllegalArgumentException if the label means none of the seven; the message lists those that are read
     */
    public static Emotion parse(String label) {
        return find(label)
                .orElseThrow(() -> new IllegalArgumentException("unknown expression \"" + label + "\"; expected one of "
                        + String.join(", ", LABELS) + " or a synonym of these"));
    }

    private static Map<String, Emotion> names() {
        Map<String, Emotion> names = new TreeMap<>();
        for (Emotion emotion : ALL) {
            names.put(emotion.label, emotion);
        }
        put(names, ANGRY, "anger", "angriness", "mad", "an");
        put(names, DISGUST, "disgusted", "di");
        put(names, FEAR, "fearful", "afraid", "scared", "af", "fe");
        put(names, HAPPY, "happiness", "joy", "joyful", "smile", "ha");
        put(names, SAD, "sadness", "sa");
        put(names, SURPRISE, "surprised", "su");
        put(names, NEUTRAL, "neutrality", "calm", "ne");
        return Map.copyOf(names);
    }

    private static void put(Map<String, Emotion> names, Emotion emotion, String... synonyms) {
        for (String synonym : synonyms) {
            names.put(synonym, emotion);
        }
    }
}
