package org.emotion4j.pipeline;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.emotion4j.frame.FrameSource;
import org.emotion4j.session.SessionRecorder;

/** What the builder was told about sessions. */
record SessionSettings(
        Optional<OverflowPolicy> overflow,
        int queueCapacity,
        Optional<FrameViewer> viewer,
        Optional<SourceWatch> watch,
        Consumer<SourceEvent> sourceEvents,
        Consumer<FrameFailure> failures,
        Optional<SessionRecorder> recorder,
        boolean storeOthers,
        Optional<Duration> expectedInterval,
        Duration stopWithin,
        ThreadFactory threads,
        Clock clock,
        LongSupplier ticker) {

    OverflowPolicy overflowFor(FrameSource source) {
        return overflow.orElse(overflow(source.isLive()));
    }

    SourceWatch watchFor(FrameSource source) {
        return watch.orElse(watch(source.isLive()));
    }

    /** What holds where nothing was set. */
    static OverflowPolicy overflow(boolean live) {
        return live ? OverflowPolicy.DROP_OLDEST : OverflowPolicy.BLOCK;
    }

    /** What holds where nothing was set. */
    static SourceWatch watch(boolean live) {
        return live ? SourceWatch.forLive() : SourceWatch.forFiles();
    }
}
