package org.emotion4j.pipeline;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.emotion4j.frame.FrameBuffer;
import org.emotion4j.frame.FrameSource;
import org.emotion4j.frame.FrameUnreadableException;
import org.emotion4j.frame.PixelFormat;

/** A source that does what a test tells it, when the test tells it; between that, its reader waits. */
final class ConductedSource implements FrameSource {
    private final boolean live;
    private final BlockingQueue<Act> acts = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> closings = new LinkedBlockingQueue<>();
    private final CountDownLatch hanging = new CountDownLatch(1);
    private final CountDownLatch release = new CountDownLatch(1);

    private ConductedSource(boolean live) {
        this.live = live;
    }

    static ConductedSource live() {
        return new ConductedSource(true);
    }

    static ConductedSource file() {
        return new ConductedSource(false);
    }

    /** Gives a picture of one color. */
    ConductedSource picture(long mediaMillis, int color) {
        return picture(mediaMillis, color, 64, 48, PixelFormat.GRAY8);
    }

    ConductedSource picture(long mediaMillis, int color, int width, int height, PixelFormat format) {
        return act(target -> {
            ByteBuffer pixels = target.reshape(width, height, format);
            for (int i = 0; i < pixels.capacity(); i++) {
                pixels.put(i, (byte) color);
            }
            target.stamp(TimeUnit.MILLISECONDS.toNanos(mediaMillis));
            return true;
        });
    }

    /** Gives so many pictures, 33 ms apart, each of another color. */
    ConductedSource pictures(int count) {
        for (int i = 0; i < count; i++) {
            picture(33L * i, i);
        }
        return this;
    }

    ConductedSource cut(long mediaMillis, int color) {
        return act(target -> {
            target.reshape(64, 48, PixelFormat.GRAY8).put(0, (byte) color);
            target.stamp(TimeUnit.MILLISECONDS.toNanos(mediaMillis));
            target.markDiscontinuity();
            return true;
        });
    }

    ConductedSource unreadable() {
        return act(target -> {
            throw new FrameUnreadableException("conducted", "is unreadable");
        });
    }

    ConductedSource fails(Exception cause) {
        return act(target -> {
            if (cause instanceof IOException io) {
                throw io;
            }
            throw (RuntimeException) cause;
        });
    }

    ConductedSource ends() {
        return act(target -> false);
    }

    /** Hangs like native code: no interrupt ends it, only {@link #letGo()}. */
    ConductedSource hangs() {
        return act(target -> {
            hanging.countDown();
            boolean waiting = true;
            while (waiting) {
                try {
                    release.await();
                    waiting = false;
                } catch (InterruptedException e) {
                    // as native code would
                }
            }
            target.reshape(64, 48, PixelFormat.GRAY8);
            return true;
        });
    }

    ConductedSource act(Act act) {
        acts.add(act);
        return this;
    }

    void awaitHanging() throws InterruptedException {
        if (!hanging.await(2, TimeUnit.MINUTES)) {
            throw new AssertionError("nobody came to read");
        }
    }

    void letGo() {
        release.countDown();
    }

    boolean isClosed() {
        return !closings.isEmpty();
    }

    /** Waits until somebody closes this source; gives the name of the thread. */
    String awaitClosed() throws InterruptedException {
        String thread = closings.poll(2, TimeUnit.MINUTES);
        if (thread == null) {
            throw new AssertionError("nobody closed the source");
        }
        return thread;
    }

    @Override
    public boolean read(FrameBuffer target) throws IOException {
        try {
            return acts.take().perform(target);
        } catch (InterruptedException e) {
            throw new IOException("interrupted while waiting for a picture", e);
        }
    }

    @Override
    public boolean isLive() {
        return live;
    }

    @Override
    public void close() {
        closings.add(Thread.currentThread().getName());
    }

    /** What the next read does. */
    interface Act {
        boolean perform(FrameBuffer target) throws IOException;
    }
}
