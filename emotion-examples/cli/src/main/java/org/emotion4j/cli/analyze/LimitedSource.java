package org.emotion4j.cli.analyze;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.emotion4j.frame.ForwardingFrameSource;
import org.emotion4j.frame.FrameBuffer;
import org.emotion4j.frame.FrameSource;

/** A live source that ends: after so much time since it was opened. */
final class LimitedSource implements ForwardingFrameSource {
    private final FrameSource source;
    private final Duration limit;
    private final long start = System.nanoTime();

    LimitedSource(FrameSource source, Duration limit) {
        this.source = source;
        this.limit = limit;
    }

    @Override
    public FrameSource source() {
        return source;
    }

    @Override
    public boolean read(FrameBuffer target) throws IOException {
        return System.nanoTime() - start < limit.toNanos() && source.read(target);
    }

    @Override
    public Optional<Duration> endTime() {
        return Optional.of(limit);
    }
}
