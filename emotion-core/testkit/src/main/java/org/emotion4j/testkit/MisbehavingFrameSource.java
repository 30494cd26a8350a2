package org.emotion4j.testkit;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.emotion4j.frame.Frame;
import org.emotion4j.frame.FrameBuffer;
import org.emotion4j.frame.FrameSource;
import org.emotion4j.frame.FrameUnreadableException;
import org.emotion4j.frame.ImageTransform;
import org.emotion4j.stage.StageMetadata;

/**
 * A good source made to misbehave at chosen frames, as cameras and files do: slow, hanging, frozen, failing, broken, cut
 * off. For tests of whatever reads sources, ours and an integrator's.
 *
 * <p>Frames are counted from 0 by the calls of {@link #read}. What a hanging read does can be watched
 * ({@link #awaitHang}) and ended ({@link #letGo}) from another thread.
 */
public final class MisbehavingFrameSource implements FrameSource {
    private static final Duration REPEATED_EVERY = Duration.ofMillis(40);

    private final FrameSource good;
    private final Builder script;
    private final CountDownLatch hanging = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);
    private int index;
    private int repeatsLeft;
    private boolean cutReported;
    private long lastNanos;
    private long shiftNanos;
    private Optional<Frame> last = Optional.empty();
    private volatile boolean closed;
    private volatile boolean closedWhileHanging;
    private volatile boolean inRead;

    private MisbehavingFrameSource(FrameSource good, Builder script) {
        this.good = good;
        this.script = script;
    }

    /**
     * Starts a script.
     *
     * @param good where the pictures come from; closed with this source
     * @return a script in which nothing happens yet
     */
    public static Builder around(FrameSource good) {
        return new Builder(good);
    }

    @Override
    public boolean read(FrameBuffer target) throws IOException {
        if (closed) {
            throw new IllegalStateException("this source was closed");
        }
        inRead = true;
        try {
            return misread(target);
        } finally {
            inRead = false;
        }
    }

    private boolean misread(FrameBuffer target) throws IOException {
        if (index >= script.cutAt) {
            return endEarly();
        }
        if (index >= script.breaksAt) {
            throw new IOException("misbehaving source broke down at frame " + script.breaksAt);
        }
        int now = index++;
        if (script.slowness.containsKey(now)) {
            script.slowness.get(now).run();
        }
        if (now == script.hangsAt) {
            hang();
        }
        if (script.unreadable.contains(now)) {
            throw new FrameUnreadableException("misbehaving source", "frame " + now + " is told to be unreadable");
        }
        if (script.repeats.containsKey(now)) {
            repeatsLeft = script.repeats.get(now);
        }
        if (repeatsLeft > 0 && last.isPresent()) {
            repeatsLeft--;
            return repeat(last.get(), target);
        }
        try (FrameBuffer own = FrameBuffer.standalone()) {
            if (!good.read(own)) {
                return false;
            }
            Frame picture = own.toFrame();
            last.ifPresent(Frame::close);
            last = Optional.of(picture);
            lastNanos = picture.mediaNanos() + shiftNanos;
            copy(picture, target);
            if (picture.discontinuity()) {
                target.markDiscontinuity();
            }
            return true;
        }
    }

    private boolean endEarly() throws FrameUnreadableException {
        if (!cutReported) {
            cutReported = true;
            throw new FrameUnreadableException("misbehaving source", "was cut off after frame " + script.cutAt);
        }
        return false;
    }

    /** As a native call does: deaf to interrupts, until it is let go. */
    private void hang() {
        hanging.countDown();
        boolean interrupted = false;
        while (true) {
            try {
                released.await();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** A frozen camera: the last picture again, a little later; all that follows is later too. */
    private boolean repeat(Frame picture, FrameBuffer target) {
        shiftNanos += REPEATED_EVERY.toNanos();
        lastNanos += REPEATED_EVERY.toNanos();
        copy(picture, target);
        return true;
    }

    private void copy(Frame picture, FrameBuffer target) {
        target.reshape(picture.width(), picture.height(), picture.format());
        ImageTransform.convert(picture, target);
        target.stamp(lastNanos);
        target.origin(picture.origin());
    }

    /**
     * Waits until a read hangs.
     *
     * @param atMost how long to wait
     * @return false if none did in time
     * @throws InterruptedException if this thread is interrupted while it waits
     */
    public boolean awaitHang(Duration atMost) throws InterruptedException {
        return hanging.await(atMost.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Ends the hanging read, and any later one at once. */
    public void letGo() {
        released.countDown();
    }

    /**
     * Tells whether somebody closed this source.
     *
     * @return true once it is closed
     */
    public boolean isClosed() {
        return closed;
    }

    /**
     * Tells whether somebody closed this source under the feet of a read that had not returned.
     *
     * @return true if so
     */
    public boolean wasClosedDuringRead() {
        return closedWhileHanging;
    }

    /**
     * How many frames were asked for.
     *
     * @return 0 or more
     */
    public int framesAsked() {
        return index;
    }

    @Override
    public OptionalLong frameCount() {
        return script.isHonest() ? good.frameCount() : OptionalLong.empty();
    }

    @Override
    public boolean isLive() {
        return script.live || good.isLive();
    }

    @Override
    public StageMetadata metadata() {
        return good.metadata();
    }

    @Override
    public void close() {
        closedWhileHanging |= inRead;
        closed = true;
        good.close();
    }

    /** The script: what happens at which frame. */
    public static final class Builder {
        private final FrameSource good;
        private final Map<Integer, Runnable> slowness = new HashMap<>();
        private final Map<Integer, Integer> repeats = new HashMap<>();
        private final Set<Integer> unreadable = new HashSet<>();
        private int hangsAt = -1;
        private int breaksAt = Integer.MAX_VALUE;
        private int cutAt = Integer.MAX_VALUE;
        private boolean live;

        private Builder(FrameSource good) {
            this.good = good;
        }

        /**
         * Waits before a frame is read.
         *
         * @param index of the frame, from 0
         * @param by how long
         * @return this
         */
        public Builder slowAt(int index, Duration by) {
            return slowAt(index, () -> {
                long until = System.nanoTime() + by.toNanos();
                for (long left = by.toNanos(); left > 0; left = until - System.nanoTime()) {
                    LockSupport.parkNanos(left);
                }
            });
        }

        /**
         * Does something before a frame is read: waits for a latch, moves a test's clock on.
         *
         * @param index of the frame, from 0
         * @param pause what is done
         * @return this
         */
        public Builder slowAt(int index, Runnable pause) {
            slowness.put(index, pause);
            return this;
        }

        /**
         * Never comes back from a read, whatever the interrupts, until it is {@linkplain #letGo let go}.
         *
         * @param index of the frame, from 0
         * @return this
         */
        public Builder hangAt(int index) {
            hangsAt = index;
            return this;
        }

        /**
         * Freezes: gives the picture before a frame so many times again, each 40 ms later.
         *
         * @param index of the frame, from 0
         * @param times how often
         * @return this
         */
        public Builder repeatAt(int index, int times) {
            repeats.put(index, times);
            return this;
        }

        /**
         * Lets single frames be unreadable; the source goes on after them.
         *
         * @param indices of the frames, from 0
         * @return this
         */
        public Builder failAt(int... indices) {
            for (int index : indices) {
                unreadable.add(index);
            }
            return this;
        }

        /**
         * Lets the source break down at a frame, for good.
         *
         * @param index of the frame, from 0
         * @return this
         */
        public Builder breakAt(int index) {
            breaksAt = index;
            return this;
        }

        /**
         * Ends early, as a file that was cut off: one message, then the end.
         *
         * @param index of the frame that is missing first, from 0
         * @return this
         */
        public Builder cutAt(int index) {
            cutAt = index;
            return this;
        }

        /**
         * Claims to be live.
         *
         * @return this
         */
        public Builder live() {
            live = true;
            return this;
        }

        /**
         * Makes the source.
         *
         * @return a source that plays the script once
         */
        public MisbehavingFrameSource build() {
            return new MisbehavingFrameSource(good, this);
        }

        private boolean isHonest() {
            return unreadable.isEmpty()
                    && repeats.isEmpty()
                    && breaksAt == Integer.MAX_VALUE
                    && cutAt == Integer.MAX_VALUE;
        }
    }
}
