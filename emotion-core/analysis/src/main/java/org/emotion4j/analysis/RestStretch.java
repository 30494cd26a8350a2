package org.emotion4j.analysis;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.emotion4j.recording.SessionMarker;

/**
 * A stretch of a session that was marked as the person's rest: it begins with a marker {@code rest} or {@code reposo} and ends with the
 * next one. Immutable.
 *
 * @param fromNanos where it begins, in nanoseconds of media time
 * @param toNanos where it ends; that moment does not belong to it
 */
public record RestStretch(long fromNanos, long toNanos) {
    /** What its marker may say, in small or capital letters. */
    public static final Set<String> NAMES = Set.of("rest", "reposo");

    /** How long it is at least. */
    public static final Duration LEAST = Duration.ofSeconds(5);

    /** How long it is at most: what is longer is a topic that somebody called so. */
    public static final Duration MOST = Duration.ofMinutes(2);

    /**
     * Finds the rest among the markers of a session. Of several the last one is it: whoever repeats a rest was not content with the
     * one before.
     *
     * @param markers in any order
     * @return empty where none was marked, or none that another marker ends after {@link #LEAST} to {@link #MOST}
     */
    public static Optional<RestStretch> of(List<SessionMarker> markers) {
        List<SessionMarker> set = markers.stream()
                .filter(marker -> !marker.isOwn())
                .sorted(Comparator.comparingLong(SessionMarker::mediaNanos))
                .toList();
        for (int i = set.size() - 2; i >= 0; i--) {
            RestStretch stretch =
                    new RestStretch(set.get(i).mediaNanos(), set.get(i + 1).mediaNanos());
            boolean named = NAMES.contains(set.get(i).text().strip().toLowerCase(Locale.ROOT));
            if (named
                    && stretch.length().compareTo(LEAST) >= 0
                    && stretch.length().compareTo(MOST) <= 0) {
                return Optional.of(stretch);
            }
        }
        return Optional.empty();
    }

    /**
     * Returns how long it is.
     *
     * @return its length
     */
    public Duration length() {
        return Duration.ofNanos(toNanos - fromNanos);
    }

    /**
     * Tells whether a moment belongs to it.
     *
     * @param mediaNanos in nanoseconds of media time
     * @return true from its beginning on and before its end
     */
    public boolean covers(long mediaNanos) {
        return fromNanos <= mediaNanos && mediaNanos < toNanos;
    }
}
