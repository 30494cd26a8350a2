package org.emotion4j.opencv;

import java.lang.ref.WeakReference;
import java.nio.ByteBuffer;
import org.emotion4j.frame.PixelFormat;
import org.emotion4j.frame.Pixels;
import org.jspecify.annotations.Nullable;
import org.opencv.core.CvType;
import org.opencv.core.Mat;

/**
 * {@link Mat} headers over the memory of frames, kept, so that a pool's buffers need one header each and not one for
 * each frame. A header does not hold the memory: it is used only while somebody else does, and found by the identity of
 * the buffer. Confined to one thread.
 */
final class FrameMats implements AutoCloseable {
    /** More than a pipeline's pool usually has; beyond it the oldest header gives way. */
    static final int CAPACITY = 16;

    private final @Nullable Header[] headers = new @Nullable Header[CAPACITY];
    private int next;
    private int created;

    /**
     * Returns a header over pixels.
     *
     * @param pixels direct memory
     * @return a header that belongs to this object; valid as long as the pixels are
     */
    Mat over(Pixels pixels) {
        ByteBuffer memory = pixels.pixels();
        for (Header header : headers) {
            if (header != null && header.fits(memory, pixels)) {
                return header.mat;
            }
        }
        Header old = headers[next];
        if (old != null) {
            old.mat.release();
        }
        Header header = new Header(memory, pixels);
        headers[next] = header;
        next = (next + 1) % CAPACITY;
        created++;
        return header.mat;
    }

    /** Returns how many headers were made so far. */
    int created() {
        return created;
    }

    @Override
    public void close() {
        for (int i = 0; i < headers.length; i++) {
            Header header = headers[i];
            if (header != null) {
                header.mat.release();
                headers[i] = null;
            }
        }
    }

    /** Returns OpenCV's type of a pixel format. */
    static int type(PixelFormat format) {
        return format == PixelFormat.GRAY8 ? CvType.CV_8UC1 : CvType.CV_8UC3;
    }

    private static final class Header {
        final WeakReference<ByteBuffer> memory;
        final int width;
        final int height;
        final int stride;
        final int type;
        final Mat mat;

        Header(ByteBuffer memory, Pixels pixels) {
            this.memory = new WeakReference<>(memory);
            width = pixels.width();
            height = pixels.height();
            stride = pixels.stride();
            type = type(pixels.format());
            mat = new Mat(height, width, type, memory, stride);
        }

        boolean fits(ByteBuffer buffer, Pixels pixels) {
            return memory.refersTo(buffer)
                    && width == pixels.width()
                    && height == pixels.height()
                    && stride == pixels.stride()
                    && type == type(pixels.format());
        }
    }
}
