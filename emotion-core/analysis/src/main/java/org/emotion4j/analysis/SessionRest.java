package org.emotion4j.analysis;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.emotion4j.emotion.EmotionScores;
import org.emotion4j.emotion.SubjectBaseline;
import org.emotion4j.event.FacialRest;
import org.emotion4j.reading.MediaClock;
import org.emotion4j.recording.RecordedFrame;
import org.emotion4j.recording.SessionReader;

/** What the person showed in the rest that was marked in a session ({@link RestStretch}). Immutable. */
public final class SessionRest {
    private final RestStretch stretch;
    private final SubjectBaseline baseline;
    private final FacialRest facial;

    private SessionRest(RestStretch stretch, SubjectBaseline baseline, FacialRest facial) {
        this.stretch = stretch;
        this.baseline = baseline;
        this.facial = facial;
    }

    /**
     * Reads a session as far as its rest goes.
     *
     * @param session a reader of it, which stays where it is; what is measured against the rest is read with it
     * @return the rest; empty where none is marked, where the face is in less than half of its frames, and where these are fewer than
     *     {@value FacialRest#LEAST_READINGS}
     * @throws IOException if it cannot be read
     */
    public static Optional<SessionRest> of(SessionReader session) throws IOException {
        Optional<RestStretch> found = RestStretch.of(session.markers());
        if (found.isEmpty()) {
            return Optional.empty();
        }
        try (SessionReader rows = session.again()) {
            return of(rows, found.get());
        }
    }

    private static Optional<SessionRest> of(SessionReader rows, RestStretch stretch) throws IOException {
        List<EmotionScores> scores = new ArrayList<>();
        FacialRest.Collector facial = FacialRest.collector();
        int frames = 0;
        for (Optional<RecordedFrame> next = rows.next();
                next.isPresent() && next.get().mediaNanos() < stretch.toNanos();
                next = rows.next()) {
            if (stretch.covers(next.get().mediaNanos())) {
                frames++;
                next.get().subject().ifPresent(reading -> {
                    scores.add(reading.scores());
                    facial.add(reading.raw(), reading.movements());
                });
            }
        }
        return facial.readings() < FacialRest.LEAST_READINGS || 2 * scores.size() < frames
                ? Optional.empty()
                : Optional.of(new SessionRest(stretch, SubjectBaseline.of(scores), facial.rest()));
    }

    /**
     * Returns where it lies.
     *
     * @return the stretch
     */
    public RestStretch stretch() {
        return stretch;
    }

    /**
     * Returns what the scores were.
     *
     * @return the baseline, for live sessions of the same person too
     */
    public SubjectBaseline baseline() {
        return baseline;
    }

    /**
     * Returns what events are measured against.
     *
     * @return the rest of scores, movements and eyes
     */
    public FacialRest facial() {
        return facial;
    }

    /**
     * Starts to take the rest out of this session's readings.
     *
     * @return a new correction, for one pass through the session
     */
    public BaselineCorrection correction() {
        return BaselineCorrection.of(baseline);
    }

    /**
     * Says in English words what is taken out.
     *
     * @return for example {@code "relative to the rest marked from 0:00.0 to 0:10.0"}
     */
    public String describe() {
        return "relative to the rest marked from " + MediaClock.clock(stretch.fromNanos()) + " to "
                + MediaClock.clock(stretch.toNanos());
    }

    @Override
    public String toString() {
        return "SessionRest[stretch=" + stretch + "]";
    }
}
