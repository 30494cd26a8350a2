package org.emotion4j.opencv;

import java.nio.ByteBuffer;
import org.emotion4j.frame.FrameUnreadableException;

/**
 * Looks for damage in the data of a picture itself. Decoders give what they can and tell nobody but standard error; a
 * picture that is half gray has a reading, and a wrong one.
 */
final class PictureData {
    private PictureData() {}

    /**
     * Reads the compressed data as far as it takes to see that all of it is there and makes sense.
     *
     * @param origin the file, for messages
     * @param file its bytes; what a decoder would only complain of, without any loss, is taken out of them
     * @param header what was read of it before
     * @throws FrameUnreadableException if it is damaged
     */
    static void check(String origin, ByteBuffer file, PictureHeader header) throws FrameUnreadableException {
        switch (header.kind()) {
            case JPEG -> JpegScans.check(origin, file);
            case GIF -> GifPicture.check(origin, file);
            case TIFF -> TiffStrips.check(origin, file);
            case PNG -> PngChunks.keepPixels(file);
            default -> {
                // BMP is not compressed, and has no check of its own.
            }
        }
    }
}
