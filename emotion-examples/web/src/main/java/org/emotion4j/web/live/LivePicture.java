package org.emotion4j.web.live;

import java.nio.ByteBuffer;
import org.emotion4j.frame.FrameBuffer;
import org.emotion4j.frame.FrameUnreadableException;
import org.emotion4j.opencv.Pictures;

/**
 * A picture as a page sends it: eight bytes, the time at which it was taken in milliseconds as a big-endian double, then the
 * bytes of a JPEG or another picture.
 */
final class LivePicture {
    private static final int HEADER = Double.BYTES;

    /** A year: whoever counts since 1970 has not understood. */
    private static final double MOST_MILLIS = 366.0 * 24 * 3_600 * 1_000;

    private LivePicture() {}

    /**
     * Reads the time.
     *
     * @return in nanoseconds
     * @throws IllegalArgumentException if there is none, or it is no time
     */
    static long nanos(ByteBuffer message) {
        if (message.remaining() <= HEADER) {
            throw new IllegalArgumentException("a picture is eight bytes of its time, then the picture");
        }
        double millis = message.getDouble(message.position());
        if (!(millis >= 0 && millis <= MOST_MILLIS)) {
            throw new IllegalArgumentException("a picture's time is not from 0 to a year of milliseconds");
        }
        return Math.round(millis * 1e6);
    }

    /**
     * Decodes the picture.
     *
     * @param target memory that is used for one picture after the other
     * @throws FrameUnreadableException if it is none, damaged or too large
     */
    static void decode(ByteBuffer message, long maxPixels, FrameBuffer target) throws FrameUnreadableException {
        byte[] picture = new byte[message.remaining() - HEADER];
        message.get(message.position() + HEADER, picture);
        Pictures.decode(picture, maxPixels, target);
    }
}
