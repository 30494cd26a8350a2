package org.emotion4j.face;

import java.nio.ByteBuffer;
import org.emotion4j.frame.AffineTransform;
import org.emotion4j.frame.PixelFormat;
import org.emotion4j.frame.Pixels;

/**
 * A face as a classifier gets it: cut out, turned upright and scaled as its {@link CropSpec} says. The memory is written
 * again for the next face. Confined to one thread.
 */
public final class FaceCrop implements Pixels {
    private static final AffineTransform IDENTITY = new AffineTransform(1, 0, 0, 0, 1, 0);

    private final CropSpec spec;
    private final ByteBuffer pixels;
    private AffineTransform fromFrame = IDENTITY;

    private FaceCrop(CropSpec spec) {
        this.spec = spec;
        this.pixels = ByteBuffer.allocateDirect(
                spec.width() * spec.height() * spec.format().bytesPerPixel());
    }

    /**
     * Allocates a black crop.
     *
     * @param spec its size and format
     * @return memory for one face
     */
    public static FaceCrop allocate(CropSpec spec) {
        return new FaceCrop(spec);
    }

    /**
     * Returns what this crop was made for.
     *
     * @return the spec
     */
    public CropSpec spec() {
        return spec;
    }

    /**
     * Returns how points of the frame map to points of this crop.
     *
     * @return the map that the aligner used
     */
    public AffineTransform fromFrame() {
        return fromFrame;
    }

    /**
     * Notes how points of the frame map to points of this crop. For aligners.
     *
     * @param transform the map that was used
     */
    public void fromFrame(AffineTransform transform) {
        fromFrame = transform;
    }

    @Override
    public int width() {
        return spec.width();
    }

    @Override
    public int height() {
        return spec.height();
    }

    @Override
    public int stride() {
        return spec.width() * spec.format().bytesPerPixel();
    }

    @Override
    public PixelFormat format() {
        return spec.format();
    }

    @Override
    public ByteBuffer pixels() {
        return pixels;
    }
}
