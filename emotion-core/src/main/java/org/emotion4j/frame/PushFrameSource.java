package org.emotion4j.frame;

import static org.emotion4j.stage.internal.BuilderOptions.range;
import static org.emotion4j.stage.internal.BuilderOptions.requireUnset;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.emotion4j.stage.StageMetadata;
import org.jspecify.annotations.Nullable;

/**
 * Frames that the caller has: of a video call, a game, a test. One side {@linkplain #offer offers} pictures, which are
 * copied into memory of this source; the pipeline reads them. Live: a frame is waited for until one comes or somebody
 * calls {@link #end()}.
 *
 * <p>A few pictures wait to be read; when there is no room for another, the {@link Overflow} decides. The memory is kept
 * and used again, so offering allocates nothing once each place has held a picture of that size.
 *
 * <p>Thread-safe for those who offer; {@link #read} is confined to one thread.
 */
public final class PushFrameSource implements FrameSource {
    /** What becomes of a picture for which there is no room. */
    public enum Overflow {
        /** The one that has waited longest gives way: what is read is as fresh as can be. */
        DROP_OLDEST,
        /** The new one is not taken. */
        DROP_NEWEST,
        /** The one who offers waits until there is room: nothing is lost. */
        BLOCK
    }

    private final String origin;
    private final Overflow overflow;
    private final int capacity;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<Place> idle = new ArrayDeque<>();
    private final Deque<Place> waiting = new ArrayDeque<>();

    private long lastNanos = Long.MIN_VALUE;
    private long lastTime;
    private long offset;
    private boolean sceneLost;
    private long accepted;
    private long dropped;
    private boolean ended;
    private @Nullable IOException failure;
    private boolean open = true;

    private PushFrameSource(Builder builder) {
        this.origin = builder.origin == null ? "" : builder.origin;
        this.overflow = builder.overflow == null ? Overflow.DROP_OLDEST : builder.overflow;
        this.capacity = builder.capacity == 0 ? Builder.DEFAULT_CAPACITY : builder.capacity;
        for (int i = 0; i < capacity; i++) {
            idle.add(new Place());
        }
    }

    /**
     * Makes a source that keeps the two freshest pictures.
     *
     * @return a source with room for two, dropping the oldest
     */
    public static PushFrameSource ofDefaults() {
        return builder().build();
    }

    /**
     * Starts to describe a source.
     *
     * @return a builder with the defaults: room for two, dropping the oldest, no origin
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Offers a picture that follows from the one before. It is copied; the caller may change it as soon as this returns.
     *
     * @param picture in any size and format; read as such
     * @param mediaNanos when it was taken, in nanoseconds since any start; not before the last one that was offered. A clock's
     *     time, beyond {@link MediaTime#MOST_NANOS} as that since 1970, is moved: the first such picture is at zero, and
     *     those after it as much later as they were taken
     * @return whether it was taken: false if it was dropped ({@link Overflow#DROP_NEWEST}), if this thread was
     *     interrupted while it waited ({@link Overflow#BLOCK}; the interrupt stays set), or if this source was closed
     * @throws IllegalArgumentException if its time lies before that of the last one
     * @throws IllegalStateException if {@link #end()} or {@link #fail} was called
     */
    public boolean offer(Pixels picture, long mediaNanos) {
        return offer(picture, mediaNanos, false);
    }

    /**
     * Offers a picture that does not follow from the one before: another person, another call, a jump. Its time may be
     * any.
     *
     * @param picture in any size and format; read as such
     * @param mediaNanos when it was taken, in nanoseconds since any start; a clock's time is moved as by {@link #offer}
     * @return as {@link #offer}; if it is dropped, the next picture that is taken begins the new scene
     * @throws IllegalStateException if {@link #end()} or {@link #fail} was called
     */
    public boolean offerNewScene(Pixels picture, long mediaNanos) {
        return offer(picture, mediaNanos, true);
    }

    private boolean offer(Pixels picture, long mediaNanos, boolean newScene) {
        Objects.requireNonNull(picture, "picture");
        lock.lock();
        try {
            if (!open) {
                return false;
            }
            requireNotEnded();
            if (!newScene && mediaNanos < lastNanos) {
                throw new IllegalArgumentException("mediaNanos is " + mediaNanos + ", expected " + lastNanos
                        + " (of the last picture offered) or later; a jump is offered with offerNewScene");
            }
            long time = moved(mediaNanos);
            lastNanos = mediaNanos;
            lastTime = time;
            sceneLost |= newScene;
            if (!makeRoom()) {
                return false;
            }
            Place place = idle.remove();
            place.fill(picture, time, sceneLost);
            sceneLost = false;
            waiting.add(place);
            accepted++;
            changed.signalAll();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /**
     * A clock's time becomes one since the first picture; where clocks change, it goes on from the last one, behind a cut: how
     * much time passed is not known.
     */
    private long moved(long mediaNanos) {
        long time = mediaNanos + offset;
        if (!MediaTime.isInRange(time)) {
            time = lastTime;
            offset = time - mediaNanos;
            sceneLost |= accepted > 0;
        }
        return time;
    }

    private boolean makeRoom() {
        while (open && idle.isEmpty()) {
            switch (overflow) {
                case DROP_NEWEST -> {
                    dropped++;
                    return false;
                }
                case DROP_OLDEST -> {
                    Place oldest = waiting.remove();
                    dropped++;
                    keepScene(oldest);
                    idle.add(oldest);
                }
                case BLOCK -> {
                    try {
                        changed.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                        return false;
                    }
                    requireNotEnded();
                }
            }
        }
        return open;
    }

    /** A new scene that was dropped begins with whoever comes next. */
    private void keepScene(Place gone) {
        if (gone.newScene) {
            if (waiting.isEmpty()) {
                sceneLost = true;
            } else {
                waiting.element().newScene = true;
            }
        }
    }

    private void requireNotEnded() {
        if (ended) {
            throw new IllegalStateException("this source was ended; make another one for further pictures");
        }
    }

    /** Says that no further picture comes. What waits is still read. A second call does nothing. */
    public void end() {
        lock.lock();
        try {
            ended = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Says that the source broke down. What waits is still read; then {@link #read} throws this, each time.
     *
     * @param cause what went wrong
     */
    public void fail(IOException cause) {
        lock.lock();
        try {
            ended = true;
            failure = Objects.requireNonNull(cause, "cause");
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * {@inheritDoc}
     *
     * @throws InterruptedIOException if this thread is interrupted while it waits; the interrupt stays set
     * @throws IllegalStateException if this source was closed; a read that waits while it is closed returns false
     */
    @Override
    public boolean read(FrameBuffer target) throws IOException {
        lock.lock();
        try {
            if (!open) {
                throw new IllegalStateException("this source was closed");
            }
            while (open && waiting.isEmpty() && !ended) {
                changed.await();
            }
            if (!open) {
                return false;
            }
            if (waiting.isEmpty()) {
                if (failure != null) {
                    throw failure;
                }
                return false;
            }
            Place place = waiting.remove();
            place.copyTo(target);
            target.origin(origin);
            idle.add(place);
            changed.signalAll();
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for a picture to be offered");
        } finally {
            lock.unlock();
        }
    }

    /**
     * {@inheritDoc}
     *
     * @return true
     */
    @Override
    public boolean isLive() {
        return true;
    }

    /**
     * Returns how many pictures were taken.
     *
     * @return 0 or more, those included that gave way to fresher ones
     */
    public long accepted() {
        lock.lock();
        try {
            return accepted;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Returns how many pictures nobody will read, because there was no room.
     *
     * @return 0 or more
     */
    public long dropped() {
        lock.lock();
        try {
            return dropped;
        } finally {
            lock.unlock();
        }
    }

    /**
     * {@inheritDoc}
     *
     * @return whether {@link #end()} or {@link #fail} was called
     */
    @Override
    public boolean hasEnded() {
        lock.lock();
        try {
            return ended;
        } finally {
            lock.unlock();
        }
    }

    /**
     * {@inheritDoc}
     *
     * @return the same as {@link #dropped()}
     */
    @Override
    public long droppedPictures() {
        return dropped();
    }

    @Override
    public StageMetadata metadata() {
        return StageMetadata.named("push").withNotes(toString());
    }

    /** Lets everybody go who waits, and takes no further picture. A second call does nothing. */
    @Override
    public void close() {
        lock.lock();
        try {
            open = false;
            waiting.clear();
            idle.clear();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public String toString() {
        return "PushFrameSource[" + (origin.isEmpty() ? "" : origin + ", ") + "room for " + capacity + ", " + overflow
                + "]";
    }

    /** Memory for one picture. */
    private static final class Place {
        private final FrameBuffer memory = FrameBuffer.standalone();
        private long mediaNanos;
        private boolean newScene;

        void fill(Pixels picture, long nanos, boolean scene) {
            memory.reshape(picture.width(), picture.height(), picture.format());
            ImageTransform.convert(picture, memory);
            mediaNanos = nanos;
            newScene = scene;
        }

        void copyTo(FrameBuffer target) {
            target.reshape(memory.width(), memory.height(), memory.format());
            ImageTransform.convert(memory, target);
            target.stamp(mediaNanos);
            if (newScene) {
                target.markDiscontinuity();
            }
        }
    }

    /** Describes a source. Not thread-safe. Each setting can be made once. */
    public static final class Builder {
        private static final int DEFAULT_CAPACITY = 2;
        private static final int MAX_CAPACITY = 1_000;

        private int capacity;
        private @Nullable Overflow overflow;
        private @Nullable String origin;

        private Builder() {}

        /**
         * Sets how many pictures may wait.
         *
         * @param value 1 to 1,000; by default 2
         * @return this builder
         * @throws IllegalArgumentException if the number is out of its range
         * @throws IllegalStateException if it was set already
         */
        public Builder capacity(int value) {
            requireUnset("capacity", capacity == 0 ? null : capacity);
            range("capacity", value, 1, MAX_CAPACITY);
            capacity = value;
            return this;
        }

        /**
         * Sets what becomes of a picture for which there is no room.
         *
         * @param value the policy; by default {@link Overflow#DROP_OLDEST}
         * @return this builder
         * @throws IllegalStateException if it was set already
         */
        public Builder overflow(Overflow value) {
            requireUnset("overflow", overflow);
            overflow = Objects.requireNonNull(value, "overflow");
            return this;
        }

        /**
         * Names where the pictures come from, for records.
         *
         * @param value for example the name of a call; by default empty
         * @return this builder
         * @throws IllegalStateException if it was set already
         */
        public Builder origin(String value) {
            requireUnset("origin", origin);
            origin = Objects.requireNonNull(value, "origin");
            return this;
        }

        /**
         * Makes the source.
         *
         * @return a source that waits for its first picture
         */
        public PushFrameSource build() {
            return new PushFrameSource(this);
        }
    }
}
