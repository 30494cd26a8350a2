package org.emotion4j.frame;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.StringJoiner;

/**
 * Something that lay among the pictures of a source and is not read: a video in a folder of pictures, a text file, a
 * folder within. Told, so that nobody takes a part for the whole.
 *
 * @param origin which, as {@link Frame#origin()} would name it
 * @param reason what it is, in words that stand behind a colon: "a video"
 */
public record PassedOver(String origin, String reason) {
    private static final int NAMES = 3;

    /**
     * Something that is not read.
     *
     * @param origin as {@link #origin()}
     * @param reason as {@link #reason()}
     * @throws NullPointerException if either is null
     */
    public PassedOver {
        Objects.requireNonNull(origin, "origin");
        Objects.requireNonNull(reason, "reason");
    }

    /**
     * Counts by reason: what a record may keep, since it names nothing that is no part of the session.
     *
     * @param all what was passed over
     * @return how many for each reason, in the order in which the reasons first come
     */
    public static Map<String, Integer> countByReason(List<PassedOver> all) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        all.forEach(one -> counts.merge(one.reason(), 1, Integer::sum));
        return counts;
    }

    /**
     * Says it in one line, for people: how many, and of each reason the first names.
     *
     * @param all what was passed over, one at least
     * @return for example {@code 5 passed over: a video (a.mov, b.mov, c.mov and 1 more), a text file (notes.txt)}
     * @throws IllegalArgumentException if there is none
     */
    public static String describe(List<PassedOver> all) {
        if (all.isEmpty()) {
            throw new IllegalArgumentException("nothing was passed over");
        }
        StringJoiner reasons = new StringJoiner(", ");
        countByReason(all).forEach((reason, count) -> reasons.add(reason + " (" + names(all, reason, count) + ")"));
        return all.size() + " passed over: " + reasons;
    }

    private static String names(List<PassedOver> all, String reason, int count) {
        StringJoiner names = new StringJoiner(", ");
        all.stream().filter(one -> one.reason().equals(reason)).limit(NAMES).forEach(one -> names.add(one.name()));
        return count > NAMES ? names + " and " + (count - NAMES) + " more" : names.toString();
    }

    /** What follows the last separator of the origin, which need not be a path that this system can express. */
    private String name() {
        return origin.substring(1 + Math.max(origin.lastIndexOf('/'), origin.lastIndexOf('\\')));
    }
}
