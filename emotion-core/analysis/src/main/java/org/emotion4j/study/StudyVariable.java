package org.emotion4j.study;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.emotion4j.stage.Experimental;

/**
 * A variable of a {@link StudyTable}: a column, and what a codebook says of it. Immutable.
 *
 * @param name as in the header, a letter first, then letters, digits and underscores
 * @param label what it is, in a few words
 * @param unit its unit: {@code s}, {@code share} (0 to 1), {@code n}, {@code per minute} …; the empty string of text and codes
 * @param decimals with how many a number is written, 0 of a whole one, {@link #TEXT} of text
 * @param values what its numbers stand for, where they are codes
 * @param missing which of these codes say that there is no value
 */
@Experimental
public record StudyVariable(
        String name, String label, String unit, int decimals, Map<Integer, String> values, Set<Integer> missing) {
    /** The decimals of text. */
    public static final int TEXT = -1;

    /**
     * Copies the collections.
     *
     * @param name as {@link #name()}
     * @param label as {@link #label()}
     * @param unit as {@link #unit()}
     * @param decimals as {@link #decimals()}
     * @param values as {@link #values()}
     * @param missing as {@link #missing()}
     */
    public StudyVariable {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        missing = Set.copyOf(missing);
    }

    static StudyVariable text(String name, String label) {
        return new StudyVariable(name, label, "", TEXT, Map.of(), Set.of());
    }

    static StudyVariable number(String name, String label, String unit, int decimals) {
        return new StudyVariable(name, label, unit, decimals, Map.of(), Set.of());
    }

    static StudyVariable code(String name, String label, Map<Integer, String> values, Set<Integer> missing) {
        return new StudyVariable(name, label, "", 0, values, missing);
    }

    /**
     * Tells whether it holds text.
     *
     * @return false of numbers and codes
     */
    public boolean isText() {
        return decimals == TEXT;
    }
}
