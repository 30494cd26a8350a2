package org.emotion4j.analysis;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.emotion4j.emotion.Emotion;
import org.emotion4j.reading.EmotionReading;

/**
 * What a face showed more than anything else, and how much more: the one place that decides when "most" may be said. What
 * is within half a percent of the leader, of all that was seen, ties with it: as whole percent nobody could tell them apart.
 * Immutable.
 *
 * @param leaders what leads, in class order, an empty one for "no clear expression" last; several where they tie, none
 *     where there was no face
 * @param share the share of each leader, 0 to 1; of tied ones the largest. {@code NaN} where there was no face
 */
public record Predominance(List<Optional<Emotion>> leaders, double share) {
    private static final double TIE = 0.005;

    /**
     * Copies the list.
     *
     * @param leaders as {@link #leaders()}
     * @param share as {@link #share()}
     */
    public Predominance {
        leaders = List.copyOf(leaders);
    }

    /**
     * Compares amounts: times, frames or readings.
     *
     * @param expressions the amount of each expression, 0 or more; one that is missing is 0
     * @param noClear the amount without a clear expression, 0 or more
     * @return what leads
     */
    public static Predominance of(Map<Emotion, Long> expressions, long noClear) {
        double total = noClear;
        long most = noClear;
        for (Emotion emotion : Emotion.all()) {
            long amount = expressions.getOrDefault(emotion, 0L);
            total += amount;
            most = Math.max(most, amount);
        }
        if (most == 0) {
            return new Predominance(List.of(), Double.NaN);
        }
        double least = most - TIE * total;
        List<Optional<Emotion>> leaders = new ArrayList<>();
        for (Emotion emotion : Emotion.all()) {
            long amount = expressions.getOrDefault(emotion, 0L);
            if (amount > 0 && amount >= least) {
                leaders.add(Optional.of(emotion));
            }
        }
        if (noClear > 0 && noClear >= least) {
            leaders.add(Optional.empty());
        }
        return new Predominance(leaders, most / total);
    }

    /**
     * Tells whether one leads with more than half of all: only then is it "most".
     *
     * @return false of ties, and without a face
     */
    public boolean isMost() {
        return leaders.size() == 1 && share > 0.5;
    }

    /**
     * Tells whether several lead.
     *
     * @return true where they tie
     */
    public boolean isTie() {
        return leaders.size() > 1;
    }

    /**
     * Returns the expression that leads alone.
     *
     * @return empty of ties, without a face, and where no clear expression leads
     */
    public Optional<Emotion> expression() {
        return leaders.size() == 1 ? leaders.get(0) : Optional.empty();
    }

    /**
     * Says it in a few words.
     *
     * @return for example {@code "mostly happy (62 %)"}, {@code "happy more than others (29 %)"}, {@code "happy and neutral
     *     alike (45 % each)"} or {@code "no face"}
     */
    public String describe() {
        if (leaders.isEmpty()) {
            return "no face";
        }
        String percent = String.format(Locale.ROOT, "%.0f %%", 100 * share);
        if (isTie()) {
            return names() + " alike (" + percent + " each)";
        }
        return isMost() ? "mostly " + names() + " (" + percent + ")" : names() + " more than others (" + percent + ")";
    }

    /**
     * Names the leaders.
     *
     * @return for example {@code "happy and neutral"}; empty without a face
     */
    public String names() {
        List<String> names = leaders.stream()
                .map(leader -> leader.map(Emotion::label).orElse(EmotionReading.NO_CLEAR_EXPRESSION))
                .toList();
        int last = names.size() - 1;
        return last < 1
                ? String.join("", names)
                : names.stream().limit(last).collect(Collectors.joining(", ")) + " and " + names.get(last);
    }
}
