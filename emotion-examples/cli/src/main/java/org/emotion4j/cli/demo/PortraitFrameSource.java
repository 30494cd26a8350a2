package org.emotion4j.cli.demo;

import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.emotion4j.frame.Frame;
import org.emotion4j.frame.FrameBuffer;
import org.emotion4j.frame.FrameSource;
import org.emotion4j.stage.StageMetadata;

/**
 * Holds each portrait before the camera for a while, at a steady frame rate. Between two persons there is a discontinuity.
 * Confined to one thread.
 */
public final class PortraitFrameSource implements FrameSource {
    private final List<SamplePortrait> portraits;
    private final long holdNanos;
    private final long frameNanos;
    private final long framesEach;
    private long next;

    /**
     * Shows portraits one after another.
     *
     * @param portraits at least one; closed together with this source
     * @param hold how long each is in sight, in media time
     * @param frame the time from one frame to the next, at most {@code hold}
     * @throws IllegalArgumentException if an argument is out of its range
     */
    public PortraitFrameSource(List<SamplePortrait> portraits, Duration hold, Duration frame) {
        if (portraits.isEmpty() || frame.isZero() || frame.isNegative() || hold.compareTo(frame) < 0) {
            throw new IllegalArgumentException("got " + portraits.size() + " portraits for " + hold + " each at "
                    + frame + " a frame, expected at least one portrait and one frame");
        }
        this.portraits = List.copyOf(portraits);
        this.holdNanos = hold.toNanos();
        this.frameNanos = frame.toNanos();
        this.framesEach = holdNanos / frameNanos;
    }

    @Override
    public boolean read(FrameBuffer target) {
        if (next == portraits.size() * framesEach) {
            return false;
        }
        int person = (int) (next / framesEach);
        long shown = next % framesEach;
        next++;
        SamplePortrait portrait = portraits.get(person);
        Frame picture = portrait.picture();
        target.reshape(picture.width(), picture.height(), picture.format())
                .put(0, picture.pixels(), 0, picture.stride() * picture.height());
        target.stamp(person * holdNanos + shown * frameNanos);
        target.origin(portrait.name());
        if (shown == 0) {
            target.markDiscontinuity();
        }
        return true;
    }

    @Override
    public OptionalLong frameCount() {
        return OptionalLong.of(portraits.size() * framesEach);
    }

    @Override
    public StageMetadata metadata() {
        return StageMetadata.named("sample portraits").withLicense("MIT");
    }

    @Override
    public void close() {
        portraits.forEach(SamplePortrait::close);
    }
}
