package org.emotion4j.pipeline;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.emotion4j.reading.EmotionReading;
import org.emotion4j.reading.FrameResult;
import org.emotion4j.reading.Subject;
import org.emotion4j.reading.SubjectRule;
import org.emotion4j.stage.Experimental;

/**
 * Follows another face of a session's results than the one that the session is about, by the same rules ({@link SubjectRule}): for a
 * record of two people. It is never the session's own face at the same time.
 *
 * <p>{@link #about} is confined to one thread and given every result in order; {@link #choose} and {@link #face} may be called on any.
 */
@Experimental
public final class FaceFollower {
    /** A face that was away for longer has another id when it comes back. */
    private static final long LOST = Duration.ofSeconds(2).toNanos();

    private final SubjectFinder finder;
    private final Map<Integer, Long> lastSeen = new HashMap<>();
    private volatile OptionalInt face = OptionalInt.empty();

    private FaceFollower(SubjectRule rule) {
        finder = new SubjectFinder(rule);
        finder.reset();
    }

    /**
     * Follows the face that a rule picks.
     *
     * @param rule which, {@link SubjectRule#at} for example
     * @return a follower that has seen nothing yet
     */
    public static FaceFollower of(SubjectRule rule) {
        return new FaceFollower(rule);
    }

    /**
     * Follows another face from the next result on.
     *
     * @param faceId its id
     * @return whether it was in the latest result; if not, nothing has changed
     */
    public boolean choose(int faceId) {
        return finder.choose(faceId);
    }

    /**
     * Returns the face that is followed.
     *
     * @return its id as of the latest result, also while it is out of sight for a moment; empty where it is lost
     */
    public OptionalInt face() {
        return face;
    }

    /**
     * Makes a result one about the face that is followed.
     *
     * @param result the next one, with all its readings
     * @return the same with that face as its subject
     */
    public FrameResult about(FrameResult result) {
        if (result.discontinuity()) {
            finder.cut();
            lastSeen.clear();
        }
        Subject found = finder.next(result.readings(), lost(result), result.width(), result.height());
        OptionalInt own = result.subject().map(Subject::faceId).orElse(OptionalInt.empty());
        boolean taken = own.isPresent() && own.equals(found.faceId());
        Subject subject = taken
                ? new Subject(found.rule(), OptionalInt.empty(), Subject.Basis.NONE, found.facesInSight(), false)
                : found;
        face = subject.faceId();
        return new FrameResult(
                result.index(),
                result.mediaNanos(),
                result.wallTime(),
                result.origin(),
                result.width(),
                result.height(),
                result.discontinuity(),
                result.readings(),
                result.timings(),
                Optional.of(subject));
    }

    private List<Integer> lost(FrameResult result) {
        for (EmotionReading reading : result.readings()) {
            lastSeen.put(reading.faceId(), result.mediaNanos());
        }
        List<Integer> lost = new ArrayList<>();
        lastSeen.entrySet().removeIf(each -> {
            boolean gone = result.mediaNanos() - each.getValue() > LOST;
            if (gone) {
                lost.add(each.getKey());
            }
            return gone;
        });
        return lost;
    }
}
