package org.emotion4j.frame;

import java.nio.ByteBuffer;

/**
 * A rectangle of pixels in memory: what a frame, a buffer and a crop have in common.
 *
 * <p>The byte of channel {@code c} of the pixel in column {@code x} and row {@code y} lies at
 * {@code y * stride() + x * format().bytesPerPixel() + c} of {@link #pixels()}. The origin is the upper left corner.
 */
public interface Pixels {
    /**
     * Returns the number of columns.
     *
     * @return 1 or more
     */
    int width();

    /**
     * Returns the number of rows.
     *
     * @return 1 or more
     */
    int height();

    /**
     * Returns the distance in bytes between the starts of two rows.
     *
     * @return at least {@code width() * format().bytesPerPixel()}
     */
    int stride();

    /**
     * Returns the layout of a pixel.
     *
     * @return the format
     */
    PixelFormat format();

    /**
     * Returns the memory itself, from position 0. Use absolute access or a {@linkplain ByteBuffer#duplicate()
     * duplicate}: position and limit are shared by all readers.
     *
     * @return a direct buffer of {@code stride() * height()} bytes or more; of one and the same rectangle always the
     *     same object
     */
    ByteBuffer pixels();
}
