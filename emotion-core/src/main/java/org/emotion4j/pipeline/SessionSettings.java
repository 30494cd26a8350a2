package org.emotion4j.pipeline;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;
import org.emotion4j.frame.FrameSource;

/** What only a session on threads of its own can be told. */
record SessionSettings(
        Optional<OverflowPolicy> overflow,
        int queueCapacity,
        Optional<FrameViewer> viewer,
        Optional<SourceMonitoring> watch,
        Consumer<SourceEvent> sourceEvents,
        Optional<Duration> expectedInterval,
        Duration stopWithin,
        ThreadFactory threads) {
    static final int DEFAULT_QUEUE_CAPACITY = 2;
    static final Duration DEFAULT_STOP_WITHIN = Duration.ofSeconds(10);

    OverflowPolicy overflowFor(FrameSource source) {
        return overflow.orElse(source.isLive() ? OverflowPolicy.DROP_OLDEST : OverflowPolicy.BLOCK);
    }

    SourceMonitoring watchFor(FrameSource source) {
        return watch.orElse(source.isLive() ? SourceMonitoring.forLive() : SourceMonitoring.forFiles());
    }
}
