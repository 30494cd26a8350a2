package org.emotion4j.cli.analyze;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.emotion4j.frame.FrameBuffer;
import org.emotion4j.frame.FrameSource;
import org.emotion4j.stage.StageMetadata;

/** A live source that ends: after so much time since it was opened. */
final class LimitedSource implements FrameSource {
    private final FrameSource source;
    private final Duration limit;
    private final long start = System.nanoTime();

    LimitedSource(FrameSource source, Duration limit) {
        this.source = source;
        this.limit = limit;
    }

    @Override
    public boolean read(FrameBuffer target) throws IOException {
        return System.nanoTime() - start < limit.toNanos() && source.read(target);
    }

    @Override
    public OptionalLong frameCount() {
        return source.frameCount();
    }

    @Override
    public Optional<Duration> endTime() {
        return Optional.of(limit);
    }

    @Override
    public boolean isLive() {
        return source.isLive();
    }

    @Override
    public void warmUp() {
        source.warmUp();
    }

    @Override
    public StageMetadata metadata() {
        return source.metadata();
    }

    @Override
    public void close() {
        source.close();
    }
}
