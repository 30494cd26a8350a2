package org.emotion4j.reading;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What was found in one frame: numbers and words only, never its pixels, so that whoever listens or records has no route
 * to a picture.
 *
 * @param index the frame's number within the run, from 0; frames that failed have a number too
 * @param mediaNanos when the picture was taken, in nanoseconds of media time
 * @param wallTime when the analysis of the frame began, by the pipeline's clock
 * @param origin where the picture comes from: a file name, a device, or the empty string
 * @param width columns of the frame
 * @param height rows of the frame
 * @param discontinuity whether the frame did not follow from the one before
 * @param readings one for each face, the largest first; empty where no face was found
 * @param timings how long each stage took
 * @param subject whom the session is about; empty where nobody decided, as of a picture that is no part of a session
 */
public record FrameResult(
        long index,
        long mediaNanos,
        Instant wallTime,
        String origin,
        int width,
        int height,
        boolean discontinuity,
        List<EmotionReading> readings,
        StageTimings timings,
        Optional<Subject> subject) {
    /** What a frame without readings is called on screens and in reports. */
    public static final String NO_FACE = "no face";

    /**
     * Copies the list.
     *
     * @param index as {@link #index()}
     * @param mediaNanos as {@link #mediaNanos()}
     * @param wallTime as {@link #wallTime()}
     * @param origin as {@link #origin()}
     * @param width as {@link #width()}
     * @param height as {@link #height()}
     * @param discontinuity as {@link #discontinuity()}
     * @param readings as {@link #readings()}
     * @param timings as {@link #timings()}
     * @param subject as {@link #subject()}
     */
    public FrameResult {
        readings = List.copyOf(readings);
    }

    /**
     * A result for which nobody decided whom it is about: the largest face counts.
     *
     * @param index the frame's number within the run, from 0
     * @param mediaNanos when the picture was taken, in nanoseconds of media time
     * @param wallTime when the analysis of the frame began
     * @param origin where the picture comes from
     * @param width columns of the frame
     * @param height rows of the frame
     * @param discontinuity whether the frame did not follow from the one before
     * @param readings one for each face, the largest first
     * @param timings how long each stage took
     */
    public FrameResult(
            long index,
            long mediaNanos,
            Instant wallTime,
            String origin,
            int width,
            int height,
            boolean discontinuity,
            List<EmotionReading> readings,
            StageTimings timings) {
        this(index, mediaNanos, wallTime, origin, width, height, discontinuity, readings, timings, Optional.empty());
    }

    /**
     * Returns the reading of the face that the session is about.
     *
     * @return empty where that face is not in the frame; where nobody decided, the largest face's
     */
    public Optional<EmotionReading> subjectReading() {
        return subject.isEmpty()
                ? readings.stream().findFirst()
                : readings.stream().filter(this::isOfSubject).findFirst();
    }

    /**
     * Returns how many faces were found, those that were {@linkplain #ofSubject() left out} included.
     *
     * @return 0 or more
     */
    public int facesInSight() {
        return subject.map(Subject::facesInSight).orElse(readings.size());
    }

    /**
     * Leaves out what others showed: what a record of one person may hold.
     *
     * @return this without the readings of other faces; this itself where nobody decided whom it is about
     */
    public FrameResult ofSubject() {
        if (subject.isEmpty()) {
            return this;
        }
        Subject about = subject.get();
        return new FrameResult(
                index,
                mediaNanos,
                wallTime,
                origin,
                width,
                height,
                discontinuity,
                readings.stream().filter(this::isOfSubject).toList(),
                timings,
                Optional.of(new Subject(about.rule(), about.faceId(), about.basis(), about.facesInSight(), true)));
    }

    /**
     * Moves this to another place of a run.
     *
     * @param newIndex the frame's number there
     * @param newMediaNanos its media time there, for readings too
     * @param cut whether it does not follow from the frame before it there
     * @return a copy
     */
    public FrameResult movedTo(long newIndex, long newMediaNanos, boolean cut) {
        return new FrameResult(
                newIndex,
                newMediaNanos,
                wallTime,
                origin,
                width,
                height,
                cut,
                readings.stream().map(reading -> moved(reading, newMediaNanos)).toList(),
                timings,
                subject);
    }

    private static EmotionReading moved(EmotionReading reading, long mediaNanos) {
        return new EmotionReading(
                reading.faceId(),
                mediaNanos,
                reading.face(),
                reading.raw(),
                reading.scores(),
                reading.label(),
                reading.quality(),
                reading.movements());
    }

    private boolean isOfSubject(EmotionReading reading) {
        return subject.isPresent()
                && subject.get().faceId().isPresent()
                && subject.get().faceId().getAsInt() == reading.faceId();
    }
}
