package org.emotion4j.frame;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One picture of a source, with its time. Valid until it is closed: from then on its pixels and their shape
 * cannot be asked for, so that nobody reads memory that already holds another picture. Its time and origin can.
 *
 * <p>The pixels are to be read only. Reading from several threads is safe as long as none of them closes the frame.
 */
public final class Frame implements Pixels, AutoCloseable {
    private final FrameBuffer buffer;
    private final int width;
    private final int height;
    private final PixelFormat format;
    private final long mediaNanos;
    private final boolean discontinuity;
    private final String origin;
    private final AtomicBoolean open = new AtomicBoolean(true);

    Frame(
            FrameBuffer buffer,
            int width,
            int height,
            PixelFormat format,
            long mediaNanos,
            boolean discontinuity,
            String origin) {
        this.buffer = buffer;
        this.width = width;
        this.height = height;
        this.format = format;
        this.mediaNanos = mediaNanos;
        this.discontinuity = discontinuity;
        this.origin = origin;
    }

    /**
     * Copies pixels into a frame of its own, at media time 0.
     *
     * @param width columns
     * @param height rows
     * @param format the layout
     * @param pixels {@code width * height * bytesPerPixel} bytes, row by row from the top
     * @return a frame that belongs to no pool
     * @throws IllegalArgumentException if the size is out of range or the array has another length
     */
    public static Frame of(int width, int height, PixelFormat format, byte[] pixels) {
        FrameBuffer buffer = FrameBuffer.standalone();
        ByteBuffer target = buffer.reshape(width, height, format);
        if (pixels.length != target.capacity()) {
            throw new IllegalArgumentException("got " + pixels.length + " bytes, expected " + target.capacity()
                    + " for " + width + "x" + height + " " + format);
        }
        target.put(0, pixels);
        return buffer.toFrame();
    }

    @Override
    public int width() {
        requireOpen();
        return width;
    }

    @Override
    public int height() {
        requireOpen();
        return height;
    }

    @Override
    public int stride() {
        requireOpen();
        return width * format.bytesPerPixel();
    }

    @Override
    public PixelFormat format() {
        requireOpen();
        return format;
    }

    @Override
    public ByteBuffer pixels() {
        requireOpen();
        return buffer.view();
    }

    /**
     * Returns when the picture was taken.
     *
     * @return nanoseconds since the start of the source
     */
    public long mediaNanos() {
        return mediaNanos;
    }

    /**
     * Tells whether this picture does not follow from the one before.
     *
     * @return true after a cut, a seek, or for each of unrelated pictures
     */
    public boolean discontinuity() {
        return discontinuity;
    }

    /**
     * Returns where the picture comes from.
     *
     * @return a file name, a device, or the empty string
     */
    public String origin() {
        return origin;
    }

    /** Returns the memory to its pool. A second call does nothing. */
    @Override
    public void close() {
        if (open.compareAndSet(true, false)) {
            buffer.release();
        }
    }

    @Override
    public String toString() {
        return "Frame[" + width + "x" + height + " " + format + ", mediaNanos=" + mediaNanos
                + (origin.isEmpty() ? "" : ", " + origin) + (open.get() ? "]" : ", closed]");
    }

    private void requireOpen() {
        if (!open.get()) {
            throw new IllegalStateException("this frame was closed; its memory may already hold another picture");
        }
    }
}
