package org.emotion4j.pipeline;

import java.nio.ByteBuffer;
import org.emotion4j.face.BoundingBox;
import org.emotion4j.face.DetectedFace;
import org.emotion4j.frame.AffineTransform;
import org.emotion4j.frame.Pixels;

/**
 * Template matching: follows a face from one frame to the next without a detector. Where do the samples of a grid over the face fit best, by
 * the sum of absolute differences? The search begins where the face would be if it went on as before, and where it was; then
 * in coarse steps up to an eighth of the face's width away, then in fine ones. Follows shifts only: a face that grows,
 * shrinks or turns is set right by the next detection. Confined to one thread.
 */
final class TemplateTracker {
    private static final int GRID = 24;
    private static final int COARSE_STEPS = 2;
    private static final double COARSE = 1 / 16.0;
    private static final double FINE = 1 / 48.0;

    private final int[] template = new int[GRID * GRID];
    private double contrast;
    private double stepX;
    private double stepY;
    private double doubt;

    /** Begins with a face that a detector found: what its motion was is not known. */
    void begin(Pixels frame, BoundingBox box) {
        stepX = 0;
        stepY = 0;
        look(frame, box);
    }

    /** Remembers what a face looks like. */
    void look(Pixels frame, BoundingBox box) {
        long sum = 0;
        for (int i = 0; i < template.length; i++) {
            template[i] = sample(frame, box, i, 0, 0);
            sum += template[i];
        }
        double mean = (double) sum / template.length;
        double deviations = 0;
        for (int value : template) {
            deviations += Math.abs(value - mean);
        }
        contrast = deviations;
        doubt = 0;
    }

    /** Finds the face again near where it was or is expected. */
    DetectedFace follow(Pixels frame, DetectedFace face) {
        BoundingBox box = face.box();
        boolean goesOn = difference(frame, box, stepX, stepY) < difference(frame, box, 0, 0);
        double[] coarse = best(frame, box, goesOn ? stepX : 0, goesOn ? stepY : 0, COARSE * box.width(), COARSE_STEPS);
        double[] fine = best(frame, box, coarse[0], coarse[1], FINE * box.width(), 1);
        stepX = fine[0];
        stepY = fine[1];
        doubt = difference(frame, box, fine[0], fine[1]) / Math.max(1, contrast);
        return shifted(face, fine[0], fine[1]);
    }

    /**
     * Returns how much the face that was followed differs from what it looked like: the mean difference of the samples
     * over their mean deviation from their own mean. 0 for the very same; some 1 for anything else.
     */
    double doubt() {
        return doubt;
    }

    private double[] best(Pixels frame, BoundingBox box, double fromX, double fromY, double step, int steps) {
        double[] best = {fromX, fromY};
        long least = difference(frame, box, fromX, fromY);
        for (int j = -steps; j <= steps; j++) {
            for (int i = -steps; i <= steps; i++) {
                double dx = fromX + i * step;
                double dy = fromY + j * step;
                long difference = difference(frame, box, dx, dy);
                if (difference < least) {
                    least = difference;
                    best[0] = dx;
                    best[1] = dy;
                }
            }
        }
        return best;
    }

    private long difference(Pixels frame, BoundingBox box, double dx, double dy) {
        long sum = 0;
        for (int i = 0; i < template.length; i++) {
            sum += Math.abs(template[i] - sample(frame, box, i, dx, dy));
        }
        return sum;
    }

    /** The green (or gray) value nearest to a point of the grid. */
    private static int sample(Pixels frame, BoundingBox box, int index, double dx, double dy) {
        ByteBuffer pixels = frame.pixels();
        int bytes = frame.format().bytesPerPixel();
        int x = (int) (box.x() + dx + (index % GRID + 0.5) / GRID * box.width());
        int y = (int) (box.y() + dy + (index / GRID + 0.5) / GRID * box.height());
        int column = Math.max(0, Math.min(frame.width() - 1, x));
        int row = Math.max(0, Math.min(frame.height() - 1, y));
        return pixels.get(row * frame.stride() + column * bytes + bytes / 2) & 0xff;
    }

    private static DetectedFace shifted(DetectedFace face, double dx, double dy) {
        BoundingBox box = face.box();
        AffineTransform shift = new AffineTransform(1, 0, dx, 0, 1, dy);
        return new DetectedFace(
                new BoundingBox(box.x() + dx, box.y() + dy, box.width(), box.height()),
                face.confidence(),
                face.landmarks().map(points -> points.mapped(shift)));
    }
}
