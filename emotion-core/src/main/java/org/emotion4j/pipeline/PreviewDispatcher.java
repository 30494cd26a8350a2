package org.emotion4j.pipeline;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.emotion4j.frame.Frame;
import org.emotion4j.frame.FrameBuffer;
import org.emotion4j.frame.FrameBufferPool;
import org.emotion4j.frame.ImageTransform;
import org.emotion4j.frame.Pixels;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows pictures to a viewer on a thread of its own. There is one buffer: it is with the viewer or it is idle, and only an
 * idle one is filled.
 */
final class PreviewDispatcher implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(EmotionSession.class);

    private final FrameViewer viewer;
    private final FrameBufferPool buffer = FrameBufferPool.ofSize(1);
    private final BoundedQueue<Frame> next = new BoundedQueue<>(1);
    private final AtomicLong shown = new AtomicLong();
    private final AtomicLong skipped = new AtomicLong();
    private final AtomicLong failures = new AtomicLong();

    PreviewDispatcher(FrameViewer viewer) {
        this.viewer = viewer;
    }

    /** Copies a picture for the viewer if that is idle; called on the capture thread. */
    void show(FrameBuffer picture) {
        Optional<FrameBuffer> idle = buffer.tryAcquire();
        if (idle.isEmpty()) {
            skipped.incrementAndGet();
            return;
        }
        next.offer(copy(picture, idle.get(), picture.mediaNanos()), OverflowPolicy.DROP_NEWEST)
                .ifPresent(Frame::close);
    }

    void close() {
        next.close();
    }

    long skipped() {
        return skipped.get();
    }

    long shown() {
        return shown.get();
    }

    long failures() {
        return failures.get();
    }

    @Override
    public void run() {
        for (Optional<Frame> picture = next.take(); picture.isPresent(); picture = next.take()) {
            try (Frame frame = picture.get()) {
                viewer.preview(frame);
                shown.incrementAndGet();
            } catch (RuntimeException | Error e) {
                if (failures.getAndIncrement() == 0) {
                    LOG.warn("the viewer failed; further failures are only counted", e);
                }
            }
        }
    }

    private static Frame copy(Pixels picture, FrameBuffer target, long mediaNanos) {
        target.reshape(picture.width(), picture.height(), picture.format());
        target.stamp(mediaNanos);
        ImageTransform.convert(picture, target);
        return target.toFrame();
    }
}
