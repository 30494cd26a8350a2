package org.emotion4j.pipeline;

import java.util.Optional;
import org.emotion4j.face.BoundingBox;
import org.emotion4j.face.DetectedFace;
import org.emotion4j.face.FaceDetector;
import org.emotion4j.frame.AffineTransform;
import org.emotion4j.frame.Frame;
import org.emotion4j.frame.FrameBuffer;
import org.emotion4j.frame.FrameBufferPool;
import org.emotion4j.frame.ImageTransform;

/**
 * Follows a face from one frame to the next by the detector's {@linkplain FaceDetector#detectCloseUp close-ups}: a small square
 * about where the face would be if it went on as before. Box and landmarks are the detector's, so a face may grow, shrink and
 * turn. Confined to one thread.
 */
final class CloseUpTracker {
    /** How long the side of a close-up is, in longer sides of the box. */
    private static final double MARGIN = 1.6;

    /** About how many pixels a close-up has a side: a face has 80 of them then. */
    private static final int SIDE = 128;

    /** Sides are multiples of this, so that networks see few sizes. */
    private static final int STEP = 32;

    /** What is found in a close-up is the face that was there if their boxes share that much. */
    private static final double SAME = 0.3;

    private final FrameBufferPool buffers;
    private double stepX;
    private double stepY;
    private double firstConfidence;
    private double doubt;

    /**
     * Makes one.
     *
     * @param buffers at least one; used during a call only
     */
    CloseUpTracker(FrameBufferPool buffers) {
        this.buffers = buffers;
    }

    /** Begins with a face that was found in a whole frame: what its motion was is not known. */
    void begin(DetectedFace face) {
        stepX = 0;
        stepY = 0;
        firstConfidence = face.confidence();
        doubt = 0;
    }

    /** Finds the face again near where it is expected; empty where it is not there. */
    Optional<DetectedFace> follow(Frame frame, DetectedFace face, Models models) {
        BoundingBox box = face.box();
        double wanted = MARGIN * Math.max(box.width(), box.height());
        int times = (int) Math.max(1, Math.rint(wanted / SIDE));
        int side = (int) Math.max(2 * STEP, STEP * Math.ceil(wanted / times / STEP));
        double left = Math.rint(box.centerX() + stepX - times * side / 2.0);
        double top = Math.rint(box.centerY() + stepY - times * side / 2.0);
        Optional<DetectedFace> found = closeUp(frame, left, top, times, side, models)
                .map(seen -> inFrame(seen, left, top, times))
                .filter(seen -> seen.box().iou(box) >= SAME && overlaps(seen.box(), frame));
        found.ifPresent(seen -> {
            stepX = seen.box().centerX() - box.centerX();
            stepY = seen.box().centerY() - box.centerY();
            doubt = Math.max(0, firstConfidence - seen.confidence());
        });
        return found;
    }

    /** By how much the detector is less sure of the face than where it was found in a whole frame: 0 to 1. */
    double doubt() {
        return doubt;
    }

    private Optional<DetectedFace> closeUp(Frame frame, double left, double top, int times, int side, Models models) {
        try (FrameBuffer target = buffers.tryAcquire().orElseGet(FrameBuffer::standalone)) {
            target.reshape(side, side, frame.format());
            ImageTransform.warp(
                    frame, new AffineTransform(1.0 / times, 0, -left / times, 0, 1.0 / times, -top / times), target);
            target.stamp(frame.mediaNanos());
            try (Frame picture = target.toFrame()) {
                return models.detectCloseUp(picture);
            }
        }
    }

    private static DetectedFace inFrame(DetectedFace face, double left, double top, int times) {
        BoundingBox box = face.box();
        AffineTransform toFrame = new AffineTransform(times, 0, left, 0, times, top);
        return new DetectedFace(
                new BoundingBox(
                        left + times * box.x(), top + times * box.y(), times * box.width(), times * box.height()),
                face.confidence(),
                face.landmarks().map(points -> points.mapped(toFrame)));
    }

    private static boolean overlaps(BoundingBox box, Frame frame) {
        return box.right() > 0 && box.bottom() > 0 && box.x() < frame.width() && box.y() < frame.height();
    }
}
