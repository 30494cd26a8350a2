package org.emotion4j.spi;

import java.nio.ByteBuffer;
import org.emotion4j.frame.FrameBuffer;
import org.emotion4j.frame.FrameUnreadableException;
import org.emotion4j.stage.StageException;

/**
 * Reads pictures of the formats of phones, HEIC and AVIF. Found by {@link java.util.ServiceLoader} on the class path; with
 * several the first that is found is used. Thread-safe.
 */
public interface StillPictureProvider {
    /**
     * Reads the primary picture of a file, upright.
     *
     * @param file the file's bytes, from position 0 to the limit; they stay as they are
     * @param origin what messages call the file
     * @param target gets the picture in {@link org.emotion4j.frame.PixelFormat#BGR24}
     * @throws FrameUnreadableException if it holds no such picture, or one that is damaged or too large
     * @throws StageException if the native code that reads it is missing or does not load
     */
    void read(ByteBuffer file, String origin, FrameBuffer target) throws FrameUnreadableException;
}
