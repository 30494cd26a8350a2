package org.emotion4j.face;

import java.util.List;
import java.util.Optional;
import org.emotion4j.frame.AffineTransform;
import org.emotion4j.frame.Frame;
import org.emotion4j.frame.FrameBuffer;
import org.emotion4j.frame.FrameBufferPool;
import org.emotion4j.frame.ImageTransform;
import org.emotion4j.frame.PixelFormat;
import org.emotion4j.stage.StageMetadata;

/**
 * Lets a detector look at a smaller picture, gray unless asked for color, and gives its faces in pixels of the full one, from which they are then
 * cut: detection is cheaper by the square of the factor, and faces that are small in the full picture are lost. Confined to
 * one thread.
 */
public final class ReducedFaceDetector implements FaceDetector {
    private final FaceDetector detector;
    private final int maxSide;
    private final boolean color;
    private final FrameBufferPool buffer = FrameBufferPool.ofSize(1);

    private ReducedFaceDetector(FaceDetector detector, int maxSide, boolean color) {
        this.detector = detector;
        this.maxSide = maxSide;
        this.color = color;
    }

    /**
     * Reduces pictures and makes them gray before detection: for cascades, which see no color anyway.
     *
     * @param detector who finds the faces; closed with this one
     * @param maxSide the longer side of the reduced picture, 32 to 10,000 pixels; a smaller picture stays as it is
     * @return a detector
     * @throws IllegalArgumentException if the side is out of its range
     */
    public static ReducedFaceDetector of(FaceDetector detector, int maxSide) {
        return new ReducedFaceDetector(detector, requireSide(maxSide), false);
    }

    /**
     * Reduces pictures before detection and leaves their color: for networks, which are trained with it.
     *
     * @param detector who finds the faces; closed with this one
     * @param maxSide the longer side of the reduced picture, 32 to 10,000 pixels; a smaller picture stays as it is
     * @return a detector
     * @throws IllegalArgumentException if the side is out of its range
     */
    public static ReducedFaceDetector inColor(FaceDetector detector, int maxSide) {
        return new ReducedFaceDetector(detector, requireSide(maxSide), true);
    }

    private static int requireSide(int maxSide) {
        if (maxSide < 32 || maxSide > 10_000) {
            throw new IllegalArgumentException("maxSide is " + maxSide + ", expected 32 to 10000");
        }
        return maxSide;
    }

    @Override
    public List<DetectedFace> detect(Frame frame) {
        int side = Math.max(frame.width(), frame.height());
        if (side <= maxSide) {
            return detector.detect(frame);
        }
        try (FrameBuffer target = buffer.tryAcquire().orElseGet(FrameBuffer::standalone)) {
            int width = Math.max(1, Math.round((float) frame.width() * maxSide / side));
            int height = Math.max(1, Math.round((float) frame.height() * maxSide / side));
            target.reshape(width, height, color ? frame.format() : PixelFormat.GRAY8);
            ImageTransform.resize(frame, target);
            target.stamp(frame.mediaNanos());
            double scaleX = (double) frame.width() / width;
            double scaleY = (double) frame.height() / height;
            try (Frame reduced = target.toFrame()) {
                return detector.detect(reduced).stream()
                        .map(face -> enlarged(face, scaleX, scaleY))
                        .toList();
            }
        }
    }

    @Override
    public EyePositions eyesInBox() {
        return detector.eyesInBox();
    }

    @Override
    public Optional<DetectedFace> detectCloseUp(Frame closeUp) {
        return detector.detectCloseUp(closeUp);
    }

    @Override
    public void warmUp() {
        detector.warmUp();
    }

    @Override
    public StageMetadata metadata() {
        StageMetadata own = detector.metadata();
        String note = "pictures reduced to " + maxSide + " pixels for detection";
        return own.withNotes(own.notes().map(notes -> notes + "; " + note).orElse(note))
                .withSetting("maxSide", maxSide)
                .withSetting("reducedIn", color ? "color" : "gray");
    }

    @Override
    public void close() {
        detector.close();
    }

    @Override
    public String toString() {
        return "ReducedFaceDetector[" + detector + ", maxSide=" + maxSide + (color ? ", color" : "") + "]";
    }

    private static DetectedFace enlarged(DetectedFace face, double scaleX, double scaleY) {
        BoundingBox box = face.box();
        AffineTransform scaled = new AffineTransform(scaleX, 0, 0, 0, scaleY, 0);
        return new DetectedFace(
                new BoundingBox(box.x() * scaleX, box.y() * scaleY, box.width() * scaleX, box.height() * scaleY),
                face.confidence(),
                face.landmarks().map(points -> points.mapped(scaled)));
    }
}
