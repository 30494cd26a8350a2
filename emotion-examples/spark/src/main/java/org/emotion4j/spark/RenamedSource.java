package org.emotion4j.spark;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.emotion4j.frame.FrameBuffer;
import org.emotion4j.frame.FrameSource;
import org.emotion4j.frame.PassedOver;
import org.emotion4j.stage.StageMetadata;

/** A copy of a file, whose frames name the file that it is a copy of. */
record RenamedSource(FrameSource copy, String origin) implements FrameSource {
    @Override
    public boolean read(FrameBuffer target) throws IOException {
        boolean read = copy.read(target);
        if (read) {
            target.origin(origin);
        }
        return read;
    }

    @Override
    public OptionalLong frameCount() {
        return copy.frameCount();
    }

    @Override
    public boolean isLive() {
        return copy.isLive();
    }

    @Override
    public Optional<Duration> endTime() {
        return copy.endTime();
    }

    @Override
    public List<PassedOver> passedOver() {
        return copy.passedOver();
    }

    @Override
    public boolean hasEnded() {
        return copy.hasEnded();
    }

    @Override
    public long droppedPictures() {
        return copy.droppedPictures();
    }

    @Override
    public void warmUp() {
        copy.warmUp();
    }

    @Override
    public StageMetadata metadata() {
        return copy.metadata();
    }

    @Override
    public void close() {
        copy.close();
    }
}
