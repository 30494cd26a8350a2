package org.emotion4j.benchmarks;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.emotion4j.frame.Frame;
import org.emotion4j.frame.FrameBuffer;
import org.emotion4j.frame.FrameSource;
import org.emotion4j.frame.ImageTransform;

/**
 * Gives the same frames again and again, at the pace of a camera or as fast as they are taken. Media time goes on from
 * round to round.
 */
final class LoopSource implements FrameSource {
    private final List<Frame> frames;
    private final long count;
    private final long intervalNanos;
    private final boolean live;
    private long given;
    private long begun;

    private LoopSource(List<Frame> frames, long count, double framesPerSecond, boolean live) {
        this.frames = frames;
        this.count = count;
        this.intervalNanos = Math.round(1e9 / framesPerSecond);
        this.live = live;
    }

    /** As a camera: each picture at its time, late or not. */
    static LoopSource live(List<Frame> frames, long count, double framesPerSecond) {
        return new LoopSource(frames, count, framesPerSecond, true);
    }

    /** As a file: the next picture whenever it is asked for. */
    static LoopSource file(List<Frame> frames, long count) {
        return new LoopSource(frames, count, 30, false);
    }

    @Override
    public boolean read(FrameBuffer target) throws IOException {
        if (given == count) {
            return false;
        }
        if (live) {
            awaitTime();
        }
        Frame frame = frames.get((int) (given % frames.size()));
        target.reshape(frame.width(), frame.height(), frame.format());
        ImageTransform.convert(frame, target);
        target.stamp(given * intervalNanos);
        given++;
        return true;
    }

    @Override
    public boolean isLive() {
        return live;
    }

    private void awaitTime() throws IOException {
        if (given == 0) {
            begun = System.nanoTime();
        }
        long due = begun + given * intervalNanos;
        for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
            LockSupport.parkNanos(this, left);
            if (Thread.currentThread().isInterrupted()) {
                throw new InterruptedIOException("interrupted while waiting for the next picture");
            }
        }
    }
}
