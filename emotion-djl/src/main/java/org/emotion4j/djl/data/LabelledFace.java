package org.emotion4j.djl.data;

import java.util.Arrays;
import org.emotion4j.emotion.Emotion;
import org.emotion4j.face.CropSpec;
import org.emotion4j.face.FaceCrop;

/**
 * A face of 48x48 grey pixels with the expression that somebody gave it. Immutable and thread-safe.
 */
public final class LabelledFace {
    /** Columns and rows. */
    public static final int SIDE = 48;

    /** Bytes of one face. */
    public static final int PIXELS = SIDE * SIDE;

    private final byte[] grey;
    private final Emotion label;
    private final String origin;

    private LabelledFace(byte[] grey, Emotion label, String origin) {
        this.grey = grey;
        this.label = label;
        this.origin = origin;
    }

    /**
     * Takes pixels as they are.
     *
     * @param grey 2,304 unsigned bytes, row by row from the top; copied
     * @param label the expression
     * @param origin where the face comes from, for messages: a file, a file and a line
     * @return the face
     * @throws IllegalArgumentException if the array has another length
     */
    public static LabelledFace of(byte[] grey, Emotion label, String origin) {
        return owning(grey.clone(), label, origin);
    }

    /** Like {@link #of} without the copy: the caller never writes to the array again. */
    static LabelledFace owning(byte[] grey, Emotion label, String origin) {
        if (grey.length != PIXELS) {
            throw new IllegalArgumentException(
                    origin + ": got " + grey.length + " pixels, expected " + PIXELS + " (48x48 grey)");
        }
        return new LabelledFace(grey, label, origin);
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
     * @param index {@code 48 * row + column}
     * @return 0 (black) to 255 (white)
     * @throws IndexOutOfBoundsException if there is no such pixel
     */
    public int pixel(int index) {
        return grey[index] & 0xff;
    }

    /**
     * Copies the pixels.
     *
     * @return a new array of 2,304 unsigned bytes, row by row from the top
     */
    public byte[] toArray() {
        return grey.clone();
    }

    /**
     * Gives the face another label; the pixels are shared.
     *
     * @param other the new label
     * @return a face with it
     */
    public LabelledFace withLabel(Emotion other) {
        return new LabelledFace(grey, other, origin);
    }

    /**
     * Mirrors the face left to right.
     *
     * @return a new face with the same label
     */
    public LabelledFace mirrored() {
        byte[] flipped = new byte[PIXELS];
        for (int i = 0; i < PIXELS; i++) {
            flipped[i] = grey[mirroredIndex(i)];
        }
        return new LabelledFace(flipped, label, origin + " mirrored");
    }

    /**
     * Writes the pixels into a crop, as a classifier gets them.
     *
     * @param crop memory of 48x48 grey pixels, such as {@link FaceCrop#allocate} makes of {@link CropSpec#fer2013()}
     * @throws IllegalArgumentException if the crop has another size or format
     */
    public void copyTo(FaceCrop crop) {
        CropSpec own = CropSpec.fer2013();
        if (crop.width() != SIDE || crop.height() != SIDE || crop.format() != own.format()) {
            throw new IllegalArgumentException("got a crop of " + crop.width() + "x" + crop.height() + " "
                    + crop.format() + ", expected 48x48 " + own.format());
        }
        crop.pixels().put(0, grey);
    }

    /**
     * Makes a crop of this face.
     *
     * @return new memory with the pixels
     */
    public FaceCrop toCrop() {
        FaceCrop crop = FaceCrop.allocate(CropSpec.fer2013());
        copyTo(crop);
        return crop;
    }

    /** The index of the pixel that lies at {@code index} once the face is mirrored. */
    static int mirroredIndex(int index) {
        int column = index % SIDE;
        return index - column + SIDE - 1 - column;
    }

    boolean samePixels(LabelledFace other) {
        return Arrays.equals(grey, other.grey);
    }

    int pixelHash() {
        return Arrays.hashCode(grey);
    }

    @Override
    public String toString() {
        return "LabelledFace[" + label + ", " + origin + "]";
    }
}
