package org.emotion4j.frame;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.emotion4j.stage.StageMetadata;

/**
 * A source around another one: it answers every question as that one does, but for what a subclass overrides. Closing it closes
 * the other.
 */
public abstract class ForwardingFrameSource implements FrameSource {
    private final FrameSource source;

    /**
     * Puts itself around a source.
     *
     * @param source whom to ask
     */
    protected ForwardingFrameSource(FrameSource source) {
        this.source = source;
    }

    @Override
    public boolean read(FrameBuffer target) throws IOException {
        return source.read(target);
    }

    @Override
    public OptionalLong frameCount() {
        return source.frameCount();
    }

    @Override
    public OptionalDouble frameRate() {
        return source.frameRate();
    }

    @Override
    public List<Path> files() {
        return source.files();
    }

    @Override
    public boolean isLive() {
        return source.isLive();
    }

    @Override
    public Optional<Duration> endTime() {
        return source.endTime();
    }

    @Override
    public List<PassedOver> passedOver() {
        return source.passedOver();
    }

    @Override
    public boolean hasEnded() {
        return source.hasEnded();
    }

    @Override
    public long droppedPictures() {
        return source.droppedPictures();
    }

    @Override
    public boolean isThreadSafe() {
        return source.isThreadSafe();
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
