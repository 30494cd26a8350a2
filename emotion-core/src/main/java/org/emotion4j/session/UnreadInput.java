package org.emotion4j.session;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;

/**
 * What there was of the input and is not in the record. Immutable.
 *
 * @param unreadable pictures or frames that could not be read
 * @param failed frames that were read and could not be analyzed
 * @param dropped frames that there was no time for
 * @param notRecorded frames that were analyzed and that the recorder did not take
 * @param cutOff how much of the input's length is missing, where it is cut off and says how long it was; else zero
 * @param passedOver files that were passed over, by what they are
 */
public record UnreadInput(
        long unreadable,
        long failed,
        long dropped,
        long notRecorded,
        Duration cutOff,
        Map<String, Integer> passedOver) {
    /** Everything was read, as far as is known. */
    public static final UnreadInput NONE = new UnreadInput(0, 0, 0, 0, Duration.ZERO, Map.of());

    /**
     * Copies the map and checks the ranges.
     *
     * @param unreadable as {@link #unreadable()}
     * @param failed as {@link #failed()}
     * @param dropped as {@link #dropped()}
     * @param notRecorded as {@link #notRecorded()}
     * @param cutOff as {@link #cutOff()}
     * @param passedOver as {@link #passedOver()}
     * @throws IllegalArgumentException if a number is below 0
     */
    public UnreadInput {
        if (unreadable < 0 || failed < 0 || dropped < 0 || notRecorded < 0 || cutOff.isNegative()) {
            throw new IllegalArgumentException("a number of what was not read is below 0");
        }
        passedOver = Collections.unmodifiableMap(new LinkedHashMap<>(passedOver));
    }

    /**
     * Counts the files that were passed over.
     *
     * @return 0 or more
     */
    public long filesPassedOver() {
        return passedOver.values().stream().mapToLong(Integer::longValue).sum();
    }

    /**
     * Tells whether nothing is missing.
     *
     * @return whether this is {@link #NONE}
     */
    public boolean isNone() {
        return equals(NONE);
    }

    /**
     * Says in English what is missing.
     *
     * @return a sentence for each kind; empty where nothing is
     */
    public List<String> describe() {
        List<String> found = new ArrayList<>();
        if (!cutOff.isZero()) {
            found.add(String.format(
                    Locale.ROOT, "The input is cut off: %.2f s of it are missing.", cutOff.toNanos() / 1e9));
        }
        add(found, unreadable, "could not be read");
        add(found, failed, "could not be analyzed");
        add(found, dropped, "were dropped: there was no time for them");
        add(found, notRecorded, "were analyzed and not recorded");
        if (!passedOver.isEmpty()) {
            StringJoiner kinds = new StringJoiner(", ");
            passedOver.forEach((kind, count) -> kinds.add(count + " " + kind));
            found.add((filesPassedOver() == 1 ? "One file was" : filesPassedOver() + " files were") + " passed over: "
                    + kinds + ".");
        }
        return List.copyOf(found);
    }

    private static void add(List<String> found, long count, String what) {
        if (count > 0) {
            found.add(
                    count == 1
                            ? "One picture or frame "
                                    + what.replace("were", "was").replace("them", "it") + "."
                            : count + " pictures or frames " + what + ".");
        }
    }
}
