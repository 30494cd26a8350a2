package org.emotion4j.pipeline;

import java.time.Clock;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.emotion4j.frame.FrameSource;
import org.emotion4j.session.SessionRecorder;

/**
 * What a session or run works with.
 *
 * @param owned whether source and recorder are the session's own, which closes them, or the pipeline's
 * @param storeOthers whether recorders get what faces show that the session is not about
 */
record SessionParts(
        FrameSource source,
        Optional<SessionRecorder> recorder,
        boolean owned,
        boolean storeOthers,
        Consumer<FrameFailure> failures,
        Consumer<Exception> recordingFailures,
        Clock clock,
        LongSupplier ticker) {}
