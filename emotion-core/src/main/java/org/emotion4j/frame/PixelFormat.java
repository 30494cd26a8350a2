package org.emotion4j.frame;

/** How the bytes of a pixel are laid out. All formats have 8 bits a channel, unsigned, channels interleaved. */
public enum PixelFormat {
    /** One byte of luma (ITU-R BT.601). */
    GRAY8(1),
    /** Blue, green, red: OpenCV's order. */
    BGR24(3),
    /** Red, green, blue. */
    RGB24(3);

    private final int bytesPerPixel;

    PixelFormat(int bytesPerPixel) {
        this.bytesPerPixel = bytesPerPixel;
    }

    /**
     * Returns the size of a pixel.
     *
     * @return 1 or 3
     */
    public int bytesPerPixel() {
        return bytesPerPixel;
    }
}
