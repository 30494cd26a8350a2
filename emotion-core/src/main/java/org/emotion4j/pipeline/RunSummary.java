package org.emotion4j.pipeline;

import java.util.Optional;
import org.emotion4j.session.SessionEnd;
import org.emotion4j.session.UnreadInput;

/**
 * What a run did.
 *
 * @param framesAnalyzed frames that were analyzed, with or without a face
 * @param framesFailed frames that could not be read or analyzed
 * @param framesWithoutFace analyzed frames in which no face was found
 * @param readings readings over all frames
 * @param interrupted whether the run was ended before its source came to its end: by an interrupt, by
 *     {@link EmotionSession#stop} or {@link EmotionSession#close}, or with the program. False once a push source was told
 *     that it has ended, whenever the session is stopped after that
 * @param recordingFailure why recording stopped before the end, where it did
 * @param end how the run ended; the record says the same, unless it could not be written
 * @param unread what there was of the input and was not analyzed or recorded
 */
public record RunSummary(
        long framesAnalyzed,
        long framesFailed,
        long framesWithoutFace,
        long readings,
        boolean interrupted,
        Optional<Exception> recordingFailure,
        SessionEnd end,
        UnreadInput unread) {
    /**
     * A run that was read to its end, or interrupted, with nothing left out that is counted.
     *
     * @param framesAnalyzed frames that were analyzed
     * @param framesFailed frames that could not be read or analyzed
     * @param framesWithoutFace analyzed frames in which no face was found
     * @param readings readings over all frames
     * @param interrupted whether the run was ended before its source came to its end
     * @param recordingFailure why recording stopped before the end, where it did
     */
    public RunSummary(
            long framesAnalyzed,
            long framesFailed,
            long framesWithoutFace,
            long readings,
            boolean interrupted,
            Optional<Exception> recordingFailure) {
        this(
                framesAnalyzed,
                framesFailed,
                framesWithoutFace,
                readings,
                interrupted,
                recordingFailure,
                interrupted ? SessionEnd.INTERRUPTED : SessionEnd.FINISHED,
                UnreadInput.NONE);
    }
}
