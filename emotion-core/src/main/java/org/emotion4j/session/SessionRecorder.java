package org.emotion4j.session;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.emotion4j.event.EventDetector;
import org.emotion4j.reading.FrameResult;
import org.emotion4j.stage.Stage;
import org.emotion4j.stage.StageMetadata;

/**
 * Keeps the record of a session. It is given results only, never pictures. Confined to one thread unless an
 * implementation says otherwise.
 *
 * <p>A recorder that fails is not asked again: the session goes on, and what was recorded until then stays readable.
 */
@FunctionalInterface
public interface SessionRecorder extends Stage {
    /** What a session marks where it is held. */
    String PAUSE = "pause";

    /** What a session marks where it goes on. */
    String RESUME = "resume";

    /**
     * Records one frame, with or without faces. When the call returns the row can be read by another program; whether it
     * has reached the disk is up to the implementation.
     *
     * @param result what was found
     * @throws IOException if it cannot be written
     */
    void record(FrameResult result) throws IOException;

    /**
     * Tells whether it is given what other faces show than the one that the session is about, as {@code storeOthers} of a session's
     * builder has it for every recorder. False by default: a record is one person's.
     *
     * @return true of one that keeps the records of several people who all agreed
     */
    default boolean takesOthers() {
        return false;
    }

    /**
     * Told what computes the readings, once before the first frame of a run. By default that is not kept.
     *
     * @param stages the metadata of the pipeline's stages, in the order in which a frame passes them
     * @throws IOException if it cannot be written
     */
    default void begin(List<StageMetadata> stages) throws IOException {}

    /**
     * Told how the pipeline is composed and set, once before the first frame of a run. By default only what computes is
     * passed on to {@link #begin(List)}.
     *
     * @param pipeline all that decides what the readings are
     * @throws IOException if it cannot be written
     */
    default void begin(PipelineSettings pipeline) throws IOException {
        begin(pipeline.parts().stream().map(PipelineSettings.Part::stage).toList());
    }

    /**
     * Told, before {@link #begin(PipelineSettings)}, what finds events in this session, where that is not the library's
     * {@link org.emotion4j.event.FacialEventDetector}. By default that is not minded.
     *
     * @param detectors gives another detector at each call, one for each face
     * @throws IOException if it cannot be noted
     */
    default void detectEventsWith(Supplier<? extends EventDetector> detectors) throws IOException {}

    /**
     * Told, once before the first frame, that the recording begins in the middle of a session: the times that are recorded
     * count from there. By default that is not kept.
     *
     * @param offset how long the session had gone on then, in its media time
     * @throws IOException if it cannot be written
     */
    default void beginWithin(Duration offset) throws IOException {}

    /**
     * Marks a moment. By default markers are not kept.
     *
     * @param mediaNanos when, in nanoseconds of media time
     * @param text what for, for example {@code "exposure begins"}
     * @throws IOException if it cannot be written
     * @throws IllegalArgumentException if an implementation does not accept the text
     */
    default void mark(long mediaNanos, String text) throws IOException {}

    /**
     * Told how the run ended, once after its last frame and before {@link #close()}. By default that is not kept.
     *
     * @param how the way it ended
     * @param reason why, in words, where there is more to say
     * @param unread what there was of the input and is not in the record
     * @throws IOException if it cannot be written
     */
    default void end(SessionEnd how, Optional<String> reason, UnreadInput unread) throws IOException {}

    /**
     * Makes a recorder when it is needed, so that whoever describes a session in one chain opens its record last, and what
     * was opened before is closed where that fails. {@code CsvSessionRecorder.builder(folder)} is one.
     */
    @FunctionalInterface
    interface Factory {
        /**
         * Makes the recorder.
         *
         * @return a recorder, the caller's
         * @throws IOException if it cannot be made; then nothing is left open
         */
        SessionRecorder create() throws IOException;
    }

    /**
     * Returns a recorder that keeps nothing.
     *
     * @return a stateless recorder
     */
    static SessionRecorder none() {
        return result -> {};
    }
}
