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
 * A source around another one: it answers every question as that one does, but for what its class overrides. Closing it closes
 * the other.
 */
public interface ForwardingFrameSource extends FrameSource {
    /**
     * Returns whom to ask.
     *
     * @return the source within, the same at every call
     */
    FrameSource source();

    @Override
    default boolean read(FrameBuffer target) throws IOException {
        return source().read(target);
    }

    @Override
    default OptionalLong frameCount() {
        return source().frameCount();
    }

    @Override
    default OptionalDouble frameRate() {
        return source().frameRate();
    }

    @Override
    default List<Path> files() {
        return source().files();
    }

    @Override
    default boolean isLive() {
        return source().isLive();
    }

    @Override
    default Optional<Duration> endTime() {
        return source().endTime();
    }

    @Override
    default List<PassedOver> passedOver() {
        return source().passedOver();
    }

    @Override
    default boolean hasEnded() {
        return source().hasEnded();
    }

    @Override
    default long droppedPictures() {
        return source().droppedPictures();
    }

    @Override
    default boolean isThreadSafe() {
        return source().isThreadSafe();
    }

    @Override
    default void warmUp() {
        source().warmUp();
    }

    @Override
    default StageMetadata metadata() {
        return source().metadata();
    }

    @Override
    default void close() {
        source().close();
    }
}
