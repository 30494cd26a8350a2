package org.emotion4j.pipeline;

import java.util.Optional;

/**
 * What a run did.
 *
 * @param framesAnalyzed frames that were analysed, with or without a face
 * @param framesFailed frames that could not be read or analysed
 * @param framesWithoutFace analysed frames in which no face was found
 * @param readings readings over all frames
 * @param interrupted whether the thread was interrupted before the source came to its end
 * @param recordingFailure why recording stopped before the end, where it did
 */
public record RunSummary(
        long framesAnalyzed,
        long framesFailed,
        long framesWithoutFace,
        long readings,
        boolean interrupted,
        Optional<Exception> recordingFailure) {}
