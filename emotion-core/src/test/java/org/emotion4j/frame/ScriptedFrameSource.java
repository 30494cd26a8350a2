package org.emotion4j.frame;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.Set;

/**
 * A source for tests that generates its frames and does as it is told: one picture may be unreadable, one may begin a new
 * scene, and the source may break down.
 *
 * <p>Without a painter, frame {@code i} is filled with the value {@code 10 + i}.
 */
public final class ScriptedFrameSource implements FrameSource {
    /** Draws one frame. */
    @FunctionalInterface
    public interface Painter {
        /**
         * Draws one frame.
         *
         * @param index the frame's number, from 0
         * @param canvas its memory, all zero
         */
        void paint(int index, Canvas canvas);
    }

    private final Builder script;
    private int next;
    private boolean closed;

    private ScriptedFrameSource(Builder script) {
        this.script = script;
    }

    /** Starts a script: gray frames of 64x48, one every 100 ms. */
    public static Builder frames(int count) {
        return new Builder(count);
    }

    @Override
    public boolean read(FrameBuffer target) throws IOException {
        if (closed) {
            throw new IllegalStateException("this source was closed");
        }
        int index = next;
        if (index >= script.count) {
            return false;
        }
        if (index == script.breaksAt) {
            throw new IOException("scripted source broke down at frame " + index);
        }
        next++;
        if (script.unreadable.contains(index)) {
            throw new FrameUnreadableException(origin(index), "is scripted to be unreadable");
        }
        ByteBuffer memory = target.reshape(script.width, script.height, script.format);
        for (int i = 0; i < memory.capacity(); i++) {
            memory.put(i, (byte) 0);
        }
        script.painter.paint(index, new Canvas(script.width, script.height, script.format, memory));
        target.stamp(index * script.every.toNanos());
        target.origin(origin(index));
        if (script.discontinuities.contains(index)) {
            target.markDiscontinuity();
        }
        return true;
    }

    @Override
    public OptionalLong frameCount() {
        return script.unreadable.isEmpty() && script.breaksAt < 0
                ? OptionalLong.of(script.count)
                : OptionalLong.empty();
    }

    @Override
    public void close() {
        closed = true;
    }

    /** Tells whether somebody closed this source. */
    public boolean isClosed() {
        return closed;
    }

    /** Returns how many frames were asked for, the unreadable ones included. */
    public int framesAsked() {
        return next;
    }

    private static String origin(int index) {
        return "scripted-" + index;
    }

    /** The memory of a frame, with what a test draws. */
    public static final class Canvas {
        private final int width;
        private final int height;
        private final PixelFormat format;
        private final ByteBuffer memory;

        private Canvas(int width, int height, PixelFormat format, ByteBuffer memory) {
            this.width = width;
            this.height = height;
            this.format = format;
            this.memory = memory;
        }

        /** Fills the whole frame with one value in each channel. */
        public Canvas fill(int value) {
            return rectangle(0, 0, width, height, value);
        }

        /** Fills a rectangle, as far as it lies in the frame, with one value in each channel. */
        public Canvas rectangle(int x, int y, int rectangleWidth, int rectangleHeight, int value) {
            int bytes = format.bytesPerPixel();
            for (int row = Math.max(0, y); row < Math.min(height, y + rectangleHeight); row++) {
                for (int column = Math.max(0, x); column < Math.min(width, x + rectangleWidth); column++) {
                    for (int channel = 0; channel < bytes; channel++) {
                        memory.put((row * width + column) * bytes + channel, (byte) value);
                    }
                }
            }
            return this;
        }

        /** Fills a square with one value in each channel. */
        public Canvas square(int x, int y, int side, int value) {
            return rectangle(x, y, side, side, value);
        }
    }

    /** The script. */
    public static final class Builder {
        private final int count;
        private int width = 64;
        private int height = 48;
        private PixelFormat format = PixelFormat.GRAY8;
        private Duration every = Duration.ofMillis(100);
        private Painter painter = (index, canvas) -> canvas.fill(10 + index);
        private Set<Integer> unreadable = Set.of();
        private Set<Integer> discontinuities = Set.of();
        private int breaksAt = -1;

        private Builder(int count) {
            this.count = count;
        }

        /** Sets the size of the frames. */
        public Builder size(int newWidth, int newHeight) {
            width = newWidth;
            height = newHeight;
            return this;
        }

        /** Sets the pixel format. */
        public Builder format(PixelFormat value) {
            format = value;
            return this;
        }

        /** Sets the media time from one frame to the next. */
        public Builder every(Duration value) {
            every = value;
            return this;
        }

        /** Sets what the frames show. */
        public Builder painted(Painter value) {
            painter = value;
            return this;
        }

        /** Makes some frames unreadable; the source goes on after them. */
        public Builder unreadableAt(Integer... indices) {
            unreadable = Set.of(indices);
            return this;
        }

        /** Lets some frames begin a new scene. */
        public Builder discontinuityAt(Integer... indices) {
            discontinuities = Set.of(indices);
            return this;
        }

        /** Lets the source break down in place of a frame. */
        public Builder breaksAt(int index) {
            breaksAt = index;
            return this;
        }

        /** Makes the source. */
        public ScriptedFrameSource build() {
            return new ScriptedFrameSource(this);
        }
    }
}
