package org.emotion4j.pipeline;

import java.time.Clock;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.emotion4j.event.EventDetector;
import org.emotion4j.frame.FrameSource;
import org.emotion4j.session.SessionRecorder;

/**
 * What a session or run works with.
 *
 * @param owned whether source and recorder are the session's own, which closes them, or the pipeline's
 * @param storeOthers whether recorders get what faces show that the session is not about
 * @param events who is told of events, and by what they are found; empty where nobody wants to be
 * @param eventDetectors what finds events in a record; empty for the library's own
 */
record SessionParts(
        FrameSource source,
        Optional<SessionRecorder> recorder,
        boolean owned,
        boolean storeOthers,
        Optional<EventsWanted> events,
        Optional<Supplier<? extends EventDetector>> eventDetectors,
        Consumer<FrameFailure> failures,
        Consumer<Exception> recordingFailures,
        Clock clock,
        LongSupplier ticker) {}
