package org.emotion4j.recording;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.emotion4j.event.EventFinder;
import org.emotion4j.event.SessionEvent;
import org.emotion4j.reading.EmotionReading;

/**
 * One frame of a recorded session.
 *
 * @param index the frame's number within its run, from 0
 * @param mediaNanos when, in nanoseconds of media time, to the microsecond
 * @param wallTime when it was analyzed
 * @param origin file or device
 * @param discontinuity whether the frame did not follow from the one before
 * @param readings one for each face; empty where no face was found. Scores have five decimals, boxes one; landmarks are
 *     not recorded
 * @param subjectId the id of the face that the session is about; empty where that is not in the frame. In records from
 *     before that was decided, the largest face's
 * @param facesInSight how many faces were in the picture, those included that are not recorded; 0 or more
 */
public record RecordedFrame(
        long index,
        long mediaNanos,
        Instant wallTime,
        String origin,
        boolean discontinuity,
        List<EmotionReading> readings,
        OptionalInt subjectId,
        int facesInSight) {
    /**
     * Copies the list.
     *
     * @param index as {@link #index()}
     * @param mediaNanos as {@link #mediaNanos()}
     * @param wallTime as {@link #wallTime()}
     * @param origin as {@link #origin()}
     * @param discontinuity as {@link #discontinuity()}
     * @param readings as {@link #readings()}
     * @param subjectId as {@link #subjectId()}
     * @param facesInSight as {@link #facesInSight()}
     */
    public RecordedFrame {
        readings = List.copyOf(readings);
    }

    /**
     * A frame of which nobody said whom the session is about: the largest face counts.
     *
     * @param index the frame's number within its run, from 0
     * @param mediaNanos when, in nanoseconds of media time
     * @param wallTime when it was analyzed
     * @param origin file or device
     * @param discontinuity whether the frame did not follow from the one before
     * @param readings one for each face, the largest first
     */
    public RecordedFrame(
            long index,
            long mediaNanos,
            Instant wallTime,
            String origin,
            boolean discontinuity,
            List<EmotionReading> readings) {
        this(
                index,
                mediaNanos,
                wallTime,
                origin,
                discontinuity,
                readings,
                readings.isEmpty()
                        ? OptionalInt.empty()
                        : OptionalInt.of(readings.get(0).faceId()),
                readings.size());
    }

    /**
     * Returns the reading that figures of the session are made of.
     *
     * @return what the face showed that the session is about; empty where it is not in the frame
     */
    public Optional<EmotionReading> subject() {
        if (subjectId.isPresent()) {
            for (EmotionReading reading : readings) {
                if (reading.faceId() == subjectId.getAsInt()) {
                    return Optional.of(reading);
                }
            }
        }
        return Optional.empty();
    }

    /**
     * Has events looked for in this frame.
     *
     * @param finder that has seen the frames before this one
     * @return the events that end with it
     */
    public List<SessionEvent> events(EventFinder finder) {
        return finder.acceptRecorded(mediaNanos, discontinuity, readings, subjectId);
    }

    /**
     * Gives the frame other readings of the same faces.
     *
     * @param changed the readings
     * @return a copy with them
     */
    public RecordedFrame withReadings(List<EmotionReading> changed) {
        return new RecordedFrame(index, mediaNanos, wallTime, origin, discontinuity, changed, subjectId, facesInSight);
    }
}
