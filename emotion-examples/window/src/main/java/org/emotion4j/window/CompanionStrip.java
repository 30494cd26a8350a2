package org.emotion4j.window;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.emotion4j.pipeline.FaceFollower;
import org.emotion4j.reading.EmotionReading;
import org.emotion4j.reading.FrameResult;

/** The other person of a session of two, as it goes on: which face, and what it has shown. Thread-safe. */
final class CompanionStrip {
    private final ExpressionTrack track = new ExpressionTrack();
    private volatile int chosen = LiveView.LARGEST;
    private volatile Optional<FaceFollower> follower = Optional.empty();

    /** Takes a face that was clicked on before the session. */
    void choose(int faceId) {
        chosen = faceId;
    }

    int chosen() {
        return chosen;
    }

    /** The session has begun; empty where it is one person's. */
    void begin(Optional<FaceFollower> face) {
        track.clear();
        follower = face;
    }

    void clear() {
        begin(Optional.empty());
        chosen = LiveView.LARGEST;
    }

    /** Whether the session that goes on, or has just ended, is of two. */
    boolean isThere() {
        return follower.isPresent();
    }

    /** Which face it is now; empty where it is lost, and of a session of one. */
    OptionalInt face() {
        return follower.map(FaceFollower::face).orElse(OptionalInt.empty());
    }

    /** Makes another face the companion's. */
    boolean correct(int faceId) {
        return follower.filter(each -> each.choose(faceId)).isPresent();
    }

    void add(FrameResult result, long origin) {
        if (isThere()) {
            OptionalInt face = face();
            Optional<EmotionReading> reading = result.readings().stream()
                    .filter(each -> face.isPresent() && each.faceId() == face.getAsInt())
                    .findFirst();
            track.add(result.mediaNanos() - origin, result.discontinuity(), reading);
        }
    }

    ExpressionTrack track() {
        return track;
    }

    /** What its timeline draws; markers are those of the session. */
    Strip strip(List<LiveView.Marker> markers) {
        return Strip.live(track.curve(), markers, List.of());
    }
}
