package org.emotion4j.cli.analyze;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import org.emotion4j.frame.ForwardingFrameSource;
import org.emotion4j.frame.FrameBuffer;
import org.emotion4j.frame.FrameSource;

/** A live source that ends: after so much time since it was first read, which models that are loaded before do not use up. */
final class LimitedSource implements ForwardingFrameSource {
    private final FrameSource source;
    private final Duration limit;
    private final LongSupplier ticker;
    private OptionalLong start = OptionalLong.empty();

    LimitedSource(FrameSource source, Duration limit) {
        this(source, limit, System::nanoTime);
    }

    LimitedSource(FrameSource source, Duration limit, LongSupplier ticker) {
        this.source = source;
        this.limit = limit;
        this.ticker = ticker;
    }

    @Override
    public FrameSource source() {
        return source;
    }

    @Override
    public boolean read(FrameBuffer target) throws IOException {
        long now = ticker.getAsLong();
        if (start.isEmpty()) {
            start = OptionalLong.of(now);
        }
        return now - start.getAsLong() < limit.toNanos() && source.read(target);
    }

    @Override
    public Optional<Duration> endTime() {
        return Optional.of(limit);
    }
}
