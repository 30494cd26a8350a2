package org.emotion4j.djl.data;

import java.util.Arrays;
import org.emotion4j.emotion.Emotion;
import org.emotion4j.face.CropSpec;
import org.emotion4j.face.FaceCrop;
import org.emotion4j.frame.ImageTransform;
import org.emotion4j.frame.PixelFormat;

/**
 * A square of gray pixels that shows a face, with the expression that somebody gave it. Immutable and thread-safe.
 */
public final class LabeledFace {
    /** Columns and rows of a face of FER2013. */
    public static final int SIDE = 48;

    /** Bytes of a face of FER2013. */
    public static final int PIXELS = SIDE * SIDE;

    private static final int LEAST_SIDE = 8;
    private static final int LARGEST_SIDE = 1_024;

    private final byte[] gray;
    private final int side;
    private final Emotion label;
    private final String origin;

    private LabeledFace(byte[] gray, int side, Emotion label, String origin) {
        this.gray = gray;
        this.side = side;
        this.label = label;
        this.origin = origin;
    }

    /**
     * Takes the pixels of a face of 48x48 as they are.
     *
     * @param gray 2,304 unsigned bytes, row by row from the top; copied
     * @param label the expression
     * @param origin where the face comes from, for messages: a file, a file and a line
     * @return the face
     * @throws IllegalArgumentException if the array has another length
     */
    public static LabeledFace of(byte[] gray, Emotion label, String origin) {
        return owning(gray.clone(), label, origin);
    }

    /**
     * Takes the pixels of a face of any size as they are.
     *
     * @param gray {@code side * side} unsigned bytes, row by row from the top; copied
     * @param side columns and rows, 8 to 1,024
     * @param label the expression
     * @param origin where the face comes from, for messages: a file, a file and a line
     * @return the face
     * @throws IllegalArgumentException if the array has another length or the side is out of its range
     */
    public static LabeledFace of(byte[] gray, int side, Emotion label, String origin) {
        return owning(gray.clone(), side, label, origin);
    }

    /** Like {@link #of(byte[], Emotion, String)} without the copy: the caller never writes to the array again. */
    static LabeledFace owning(byte[] gray, Emotion label, String origin) {
        return owning(gray, SIDE, label, origin);
    }

    /** Like {@link #of(byte[], int, Emotion, String)} without the copy: the caller never writes to the array again. */
    static LabeledFace owning(byte[] gray, int side, Emotion label, String origin) {
        if (side < LEAST_SIDE || side > LARGEST_SIDE) {
            throw new IllegalArgumentException(
                    origin + ": side is " + side + ", expected " + LEAST_SIDE + " to " + LARGEST_SIDE);
        }
        if (gray.length != side * side) {
            throw new IllegalArgumentException(origin + ": got " + gray.length + " pixels, expected " + side * side
                    + " (" + side + "x" + side + " gray)");
        }
        return new LabeledFace(gray, side, label, origin);
    }

    /**
     * Returns the size.
     *
     * @return columns and rows
     */
    public int side() {
        return side;
    }

    /**
     * Returns the expression that somebody gave this face.
     *
     * @return the label
     */
    public Emotion label() {
        return label;
    }

    /**
     * Returns where the face comes from.
     *
     * @return a file, or a file and a line
     */
    public String origin() {
        return origin;
    }

    /**
     * Returns one pixel.
     *
     * @param index {@code side * row + column}
     * @return 0 (black) to 255 (white)
     * @throws IndexOutOfBoundsException if there is no such pixel
     */
    public int pixel(int index) {
        return gray[index] & 0xff;
    }

    /**
     * Copies the pixels.
     *
     * @return a new array of {@code side * side} unsigned bytes, row by row from the top
     */
    public byte[] toArray() {
        return gray.clone();
    }

    /**
     * Gives the face another label; the pixels are shared.
     *
     * @param other the new label
     * @return a face with it
     */
    public LabeledFace withLabel(Emotion other) {
        return new LabeledFace(gray, side, other, origin);
    }

    /**
     * Mirrors the face left to right.
     *
     * @return a new face with the same label
     */
    public LabeledFace mirrored() {
        byte[] flipped = new byte[gray.length];
        for (int i = 0; i < gray.length; i++) {
            int column = i % side;
            flipped[i] = gray[i - column + side - 1 - column];
        }
        return new LabeledFace(flipped, side, label, origin + " mirrored");
    }

    /**
     * Scales the face as pipelines scale a crop ({@link ImageTransform#resize}).
     *
     * @param newSide columns and rows, 8 to 1,024
     * @return a face of that size; this one where it has it already
     * @throws IllegalArgumentException if the number is out of its range
     */
    public LabeledFace resized(int newSide) {
        if (newSide == side) {
            return this;
        }
        FaceCrop crop = FaceCrop.allocate(CropSpec.of(newSide, newSide, PixelFormat.GRAY8));
        ImageTransform.resize(toCrop(), crop);
        byte[] scaled = new byte[newSide * newSide];
        crop.pixels().get(0, scaled);
        return new LabeledFace(scaled, newSide, label, origin);
    }

    /**
     * Writes the pixels into a crop, as a classifier gets them.
     *
     * @param crop memory of gray pixels of this face's size, such as {@link FaceCrop#allocate} makes of
     *     {@link CropSpec#of}
     * @throws IllegalArgumentException if the crop has another size or format
     */
    public void copyTo(FaceCrop crop) {
        if (crop.width() != side || crop.height() != side || crop.format() != PixelFormat.GRAY8) {
            throw new IllegalArgumentException("got a crop of " + crop.width() + "x" + crop.height() + " "
                    + crop.format() + ", expected " + side + "x" + side + " " + PixelFormat.GRAY8);
        }
        crop.pixels().put(0, gray);
    }

    /**
     * Makes a crop of this face.
     *
     * @return new memory with the pixels
     */
    public FaceCrop toCrop() {
        FaceCrop crop = FaceCrop.allocate(CropSpec.of(side, side, PixelFormat.GRAY8));
        copyTo(crop);
        return crop;
    }

    boolean samePixels(LabeledFace other) {
        return Arrays.equals(gray, other.gray);
    }

    int pixelHash() {
        return Arrays.hashCode(gray);
    }

    @Override
    public String toString() {
        return "LabeledFace[" + label + ", " + origin + "]";
    }
}
