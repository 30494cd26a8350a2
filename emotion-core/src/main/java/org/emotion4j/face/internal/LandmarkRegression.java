package org.emotion4j.face.internal;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Optional;
import org.emotion4j.face.BoundingBox;
import org.emotion4j.face.CropSpec;
import org.emotion4j.face.DetectedFace;
import org.emotion4j.face.FaceCrop;
import org.emotion4j.face.Landmarks;
import org.emotion4j.frame.AffineTransform;
import org.emotion4j.frame.Frame;
import org.emotion4j.frame.ImageTransform;
import org.emotion4j.frame.PixelFormat;

/**
 * The way from a frame to the library's network for 68 landmarks and from its answer to points, whatever runs the network.
 *
 * <p>The crop is an upright square about the middle of the detector's box, 1.15 times as long as the box's longer side, 64x64
 * gray by {@link ImageTransform}; what lies outside the frame repeats its border. The network gets {@code [1, 1, 64, 64]}
 * floats, gray values divided by 255, and gives {@code [1, 136]}: x and y of each point in turn, as fractions of the crop. It
 * was trained on boxes of all detectors of this library, the cascades' squares among them ({@code docs/models/landmarks.md}).
 *
 * <p>Keeps the crop of the last face, so an object is confined to one thread.
 */
public final class LandmarkRegression {
    /** How many numbers the network gives. */
    public static final int NUMBERS = 2 * Landmarks.Scheme.IBUG_68.size();

    /** The crop's side over the longer side of the box. */
    private static final double MARGIN = 1.15;

    private static final int SIDE = 64;

    /** Beyond these fractions of the crop no point of a face lies that the crop was made for. */
    private static final float FARTHEST = 2;

    private final FaceCrop crop = FaceCrop.allocate(CropSpec.of(SIDE, SIDE, PixelFormat.GRAY8));
    private final byte[] gray = new byte[SIDE * SIDE];
    private final float[] floats = new float[SIDE * SIDE];
    private final ByteBuffer memory =
            ByteBuffer.allocateDirect(SIDE * SIDE * Float.BYTES).order(ByteOrder.nativeOrder());
    private final FloatBuffer values = memory.asFloatBuffer();
    private double left;
    private double top;
    private double side;

    /** Makes one that has seen no face yet: its input is black. */
    public LandmarkRegression() {}

    /**
     * Returns the network's input, the crop of the last face.
     *
     * @return direct memory of native order with 64 rows of 64 floats from position 0; always the same object
     */
    public ByteBuffer memory() {
        return memory;
    }

    /**
     * Returns the shape of the network's input.
     *
     * @return batch, channels, rows, columns
     */
    public static List<Integer> shape() {
        return List.of(1, 1, SIDE, SIDE);
    }

    /**
     * Makes the network's input of a face.
     *
     * @param frame the picture; valid during the call only
     * @param face where the face is; may reach over the border
     * @return whether there is one: not where the box is too small or too large for a crop
     */
    public boolean crop(Frame frame, DetectedFace face) {
        BoundingBox box = face.box();
        side = MARGIN * Math.max(box.width(), box.height());
        double scale = SIDE / side;
        if (!(scale > 1e-6 && scale < 1e6)) {
            return false;
        }
        left = box.centerX() - side / 2;
        top = box.centerY() - side / 2;
        double middle = SIDE / 2.0;
        ImageTransform.warp(
                frame,
                new AffineTransform(scale, 0, middle - scale * box.centerX(), 0, scale, middle - scale * box.centerY()),
                crop);
        crop.pixels().get(0, gray);
        for (int i = 0; i < gray.length; i++) {
            floats[i] = (gray[i] & 0xff) / 255f;
        }
        values.put(0, floats);
        return true;
    }

    /**
     * Reads the network's answer to the last crop.
     *
     * @param fractions 136 numbers
     * @return the 68 points in pixels of the frame; empty where they are not those of a face
     */
    public Optional<Landmarks> landmarks(float[] fractions) {
        double[] points = new double[NUMBERS];
        for (int i = 0; i < NUMBERS; i++) {
            float fraction = fractions[i];
            if (!(Math.abs(fraction) <= FARTHEST)) {
                return Optional.empty();
            }
            points[i] = (i % 2 == 0 ? left : top) + fraction * side;
        }
        Landmarks landmarks = Landmarks.of(Landmarks.Scheme.IBUG_68, points);
        return landmarks.eyeDistance() > 0 ? Optional.of(landmarks) : Optional.empty();
    }
}
