package org.emotion4j.analysis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.emotion4j.face.FaceQuality;
import org.emotion4j.reading.EmotionReading;

/**
 * A while in which the face could not be read, or not well. Immutable.
 *
 * @param fromNanos media time at which it begins, in nanoseconds
 * @param length how long it is
 * @param issue what was wrong with the face's picture; empty where there was no face
 */
public record Spell(long fromNanos, Duration length, Optional<FaceQuality.Issue> issue) {
    /** Shorter ones are not told. */
    public static final Duration LEAST = Duration.ofSeconds(5);

    private static final int MOST = 1_000;

    /**
     * Says what was wrong.
     *
     * @return for example {@code "too dark"} or {@code "no face"}
     */
    public String describe() {
        return issue.map(each -> each.name().toLowerCase(Locale.ROOT).replace('_', ' '))
                .orElse("no face");
    }

    /** Finds them; good frames of less than half a second do not end one. Confined to one thread. */
    static final class Finder {
        private static final long FORGIVEN = Duration.ofMillis(500).toNanos();

        /** What comes and goes with every other frame is no while. */
        private static final double MOSTLY = 0.8;

        private final List<Spell> found = new ArrayList<>();
        private final Map<FaceQuality.Issue, long[]> issues = new EnumMap<>(FaceQuality.Issue.class);
        private long[] noFace = {};

        /** Takes a frame and until when it stands. */
        void add(long from, long until, Optional<EmotionReading> subject) {
            Set<FaceQuality.Issue> now = subject.flatMap(EmotionReading::quality)
                    .map(FaceQuality::issues)
                    .orElse(Set.of());
            for (FaceQuality.Issue issue : FaceQuality.Issue.values()) {
                if (now.contains(issue)) {
                    issues.put(issue, longer(issues.getOrDefault(issue, new long[0]), from, until));
                } else if (issues.containsKey(issue) && from - issues.get(issue)[1] >= FORGIVEN) {
                    end(issues.remove(issue), Optional.of(issue));
                }
            }
            if (subject.isEmpty()) {
                noFace = longer(noFace, from, until);
            } else if (noFace.length > 0 && from - noFace[1] >= FORGIVEN) {
                end(noFace, Optional.empty());
                noFace = new long[0];
            }
        }

        List<Spell> spells() {
            issues.forEach((issue, spell) -> end(spell, Optional.of(issue)));
            issues.clear();
            end(noFace, Optional.empty());
            noFace = new long[0];
            found.sort((one, other) -> Long.compare(one.fromNanos, other.fromNanos));
            return List.copyOf(found);
        }

        private static long[] longer(long[] spell, long from, long until) {
            return spell.length == 0
                    ? new long[] {from, until, until - from}
                    : new long[] {spell[0], Math.max(spell[1], until), spell[2] + until - from};
        }

        private void end(long[] spell, Optional<FaceQuality.Issue> issue) {
            if (spell.length == 0 || found.size() >= MOST) {
                return;
            }
            long length = spell[1] - spell[0];
            if (length >= LEAST.toNanos() && spell[2] >= MOSTLY * length) {
                found.add(new Spell(spell[0], Duration.ofNanos(spell[1] - spell[0]), issue));
            }
        }
    }
}
