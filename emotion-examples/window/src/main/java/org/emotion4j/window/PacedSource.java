package org.emotion4j.window;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.emotion4j.frame.ForwardingFrameSource;
import org.emotion4j.frame.Frame;
import org.emotion4j.frame.FrameBuffer;
import org.emotion4j.frame.FrameSource;
import org.emotion4j.frame.FrameUnreadableException;
import org.emotion4j.frame.ImageTransform;

/**
 * Gives the pictures of a file when they are due, as a player does, from the moment at which it is told to begin. After
 * a pause it goes on from where it was.
 */
final class PacedSource implements ForwardingFrameSource {
    /** Who is later than this was held up: the clock is set anew, and nothing is hurried through. */
    private static final long LATE_NANOS = 250_000_000;

    private final FrameSource source;
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Deque<Ahead> ahead = new ArrayDeque<>();
    private boolean anyRead;
    private long offset;

    PacedSource(FrameSource source) {
        this.source = source;
    }

    @Override
    public FrameSource source() {
        return source;
    }

    /** What was read before its time: a picture, or why there is none. */
    private record Ahead(Optional<Frame> picture, Optional<FrameUnreadableException> failure) {}

    /**
     * Reads the first picture before its time. It is given again when its time has come, and so are failures before it.
     * Called once, before the first {@link #read}.
     *
     * @param tries how many pictures may be unreadable before it
     * @return the picture, which stays this source's; empty where there is none
     * @throws IOException if the source fails, or so many pictures cannot be read
     */
    Optional<Frame> first(int tries) throws IOException {
        FrameBuffer buffer = FrameBuffer.standalone();
        while (true) {
            try {
                if (!source.read(buffer)) {
                    buffer.close();
                    return Optional.empty();
                }
                Frame picture = buffer.toFrame();
                ahead.add(new Ahead(Optional.of(picture), Optional.empty()));
                return Optional.of(picture);
            } catch (FrameUnreadableException e) {
                ahead.add(new Ahead(Optional.empty(), Optional.of(e)));
                if (ahead.size() == tries) {
                    buffer.close();
                    throw e;
                }
            }
        }
    }

    @Override
    public boolean read(FrameBuffer target) throws IOException {
        awaitBegin();
        requireWanted();
        if (!next(target)) {
            return false;
        }
        long now = System.nanoTime();
        long wait = target.mediaNanos() + offset - now;
        if (!anyRead || wait < -LATE_NANOS) {
            anyRead = true;
            offset = now - target.mediaNanos();
            return true;
        }
        try {
            if (ended.await(wait, TimeUnit.NANOSECONDS)) {
                requireWanted();
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for the picture's time");
        }
    }

    private boolean next(FrameBuffer target) throws IOException {
        Ahead next = ahead.poll();
        if (next == null) {
            return source.read(target);
        }
        if (next.failure().isPresent()) {
            throw next.failure().get();
        }
        try (Frame picture = next.picture().orElseThrow()) {
            target.reshape(picture.width(), picture.height(), picture.format());
            ImageTransform.convert(picture, target);
            target.stamp(picture.mediaNanos());
            target.origin(picture.origin());
            if (picture.discontinuity()) {
                target.markDiscontinuity();
            }
        }
        return true;
    }

    private void awaitBegin() throws InterruptedIOException {
        try {
            begun.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for the session to begin");
        }
    }

    /** An end by hand is not the end of the film. */
    private void requireWanted() throws InterruptedIOException {
        if (ended.getCount() == 0) {
            throw new InterruptedIOException("ended before the film was over");
        }
    }

    /** Lets reads through. */
    void begin() {
        begun.countDown();
    }

    /** Lets a read that waits return, and gives no further picture. */
    void end() {
        ended.countDown();
        begun.countDown();
    }

    @Override
    public void close() {
        ahead.forEach(each -> each.picture().ifPresent(Frame::close));
        ahead.clear();
        source.close();
    }
}
