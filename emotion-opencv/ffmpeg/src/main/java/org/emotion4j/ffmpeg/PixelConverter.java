package org.emotion4j.ffmpeg;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.ffmpeg.global.swscale;
import org.bytedeco.ffmpeg.swscale.SwsContext;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;
import org.emotion4j.frame.FrameBuffer;
import org.emotion4j.frame.PixelFormat;
import org.jspecify.annotations.Nullable;

/**
 * Decoded frames to {@link PixelFormat#BGR24}, with the scaler, the flags and the color matrices of the {@code ffmpeg}
 * program (libavfilter/vf_scale.c): bicubic, the frame's own color space (BT.601 where it names none) and range.
 *
 * <p>Writes into the target's own memory where the scaler can: its vector code wants rows that start at multiples of 16
 * bytes. Other widths, and pictures that are turned, take one more copy. Nothing native is allocated unless size or
 * format change. Confined to one thread.
 */
final class PixelConverter implements AutoCloseable {
    /** The scaler's widest vectors, in bytes. */
    private static final int ALIGNMENT = 64;

    /** Contrast and saturation as they are, in the scaler's fixed point. */
    private static final int UNIT = 1 << 16;

    private static final int TARGETS = 8;

    private final PointerPointer<Pointer> planes;
    private final ByteBuffer planeBytes = direct(4 * Long.BYTES);
    private final ByteBuffer strideBytes = direct(4 * Integer.BYTES);
    private final IntPointer strides = new IntPointer(strideBytes.asIntBuffer());

    private final @Nullable ByteBuffer[] targets = new @Nullable ByteBuffer[TARGETS];
    private final long[] addresses = new long[TARGETS];
    private int nextTarget;

    private SwsContext scaler = new SwsContext((Pointer) null);
    private ByteBuffer scratch = ByteBuffer.allocateDirect(0);

    private int width;
    private int height;
    private int format = avutil.AV_PIX_FMT_NONE;
    private int colorSpace;
    private int colorRange;
    private int scaledWidth;
    private int scaledHeight;

    PixelConverter() {
        planes = new PointerPointer<>(new BytePointer(planeBytes));
    }

    /**
     * Converts, scales and turns a frame.
     *
     * @param frame a decoded frame
     * @param toWidth columns before it is turned
     * @param toHeight rows before it is turned
     * @param orientation how it is turned
     * @param target gets the picture
     * @throws UnsupportedFormatException if the scaler does not know the format or size
     */
    void convert(AVFrame frame, int toWidth, int toHeight, Orientation orientation, FrameBuffer target)
            throws UnsupportedFormatException {
        prepare(frame, toWidth, toHeight);
        ByteBuffer pixels = target.reshape(
                orientation.width(toWidth, toHeight), orientation.height(toWidth, toHeight), PixelFormat.BGR24);
        long address = addressOf(pixels);
        boolean inPlace = orientation.isUpright() && toWidth % 16 == 0 && address % 16 == 0;
        int stride = inPlace ? toWidth * 3 : roundUp(toWidth * 3, ALIGNMENT);
        if (!inPlace) {
            requireScratch(stride, toHeight);
            address = addressOf(scratch);
        }
        planeBytes.putLong(0, address);
        strideBytes.putInt(0, stride);
        int rows = swscale.sws_scale(scaler, frame.data(), frame.linesize(), 0, height, planes, strides);
        if (rows != toHeight) {
            throw new UnsupportedFormatException(
                    "FFmpeg's scaler wrote " + rows + " of " + toHeight + " rows of a " + describe() + " picture");
        }
        if (!inPlace) {
            orientation.copy(scratch, toWidth, toHeight, stride, pixels);
        }
    }

    @Override
    public void close() {
        swscale.sws_freeContext(scaler);
        scaler = new SwsContext((Pointer) null);
        format = avutil.AV_PIX_FMT_NONE;
    }

    private void prepare(AVFrame frame, int toWidth, int toHeight) throws UnsupportedFormatException {
        if (frame.width() == width
                && frame.height() == height
                && frame.format() == format
                && frame.colorspace() == colorSpace
                && frame.color_range() == colorRange
                && toWidth == scaledWidth
                && toHeight == scaledHeight) {
            return;
        }
        close();
        width = frame.width();
        height = frame.height();
        colorSpace = frame.colorspace();
        colorRange = frame.color_range();
        scaledWidth = toWidth;
        scaledHeight = toHeight;
        SwsContext fresh = swscale.sws_alloc_context();
        set(fresh, "srcw", width);
        set(fresh, "srch", height);
        set(fresh, "src_format", frame.format());
        set(fresh, "dstw", toWidth);
        set(fresh, "dsth", toHeight);
        set(fresh, "dst_format", avutil.AV_PIX_FMT_BGR24);
        set(fresh, "sws_flags", swscale.SWS_BICUBIC);
        if (frame.format() == avutil.AV_PIX_FMT_YUV420P) {
            // Where the chroma samples of MPEG-2 and its successors lie, in 1/256 of a luma row.
            set(fresh, "src_v_chr_pos", 128);
        }
        if (colorRange != avutil.AVCOL_RANGE_UNSPECIFIED) {
            set(fresh, "src_range", colorRange == avutil.AVCOL_RANGE_JPEG ? 1 : 0);
        }
        int result = swscale.sws_init_context(fresh, null, null);
        if (result < 0) {
            swscale.sws_freeContext(fresh);
            format = frame.format();
            String what = describe();
            format = avutil.AV_PIX_FMT_NONE;
            throw new UnsupportedFormatException(
                    "FFmpeg's scaler does not take a " + what + " picture: " + Ffmpeg.message(result));
        }
        scaler = fresh;
        format = frame.format();
        colors(fresh);
    }

    /** The matrix and the range; for a source in RGB this has no effect. */
    private void colors(SwsContext fresh) {
        IntPointer matrix = swscale.sws_getCoefficients(colorSpace);
        swscale.sws_setColorspaceDetails(fresh, matrix, fullRange() ? 1 : 0, matrix, 1, 0, UNIT, UNIT);
    }

    private boolean fullRange() {
        return colorRange == avutil.AVCOL_RANGE_JPEG
                || (colorRange == avutil.AVCOL_RANGE_UNSPECIFIED
                        && (format == avutil.AV_PIX_FMT_YUVJ420P
                                || format == avutil.AV_PIX_FMT_YUVJ422P
                                || format == avutil.AV_PIX_FMT_YUVJ444P
                                || format == avutil.AV_PIX_FMT_YUVJ440P
                                || format == avutil.AV_PIX_FMT_YUVJ411P));
    }

    private static void set(SwsContext context, String option, int value) {
        avutil.av_opt_set_int(context, option, value, 0);
    }

    private void requireScratch(int stride, int rows) {
        long bytes = (long) stride * rows + ALIGNMENT;
        if (bytes > Integer.MAX_VALUE - ALIGNMENT) {
            throw new IllegalArgumentException("a picture of " + rows + " rows of " + stride + " bytes is too large");
        }
        if (scratch.capacity() < bytes) {
            scratch = ByteBuffer.allocateDirect((int) bytes + ALIGNMENT).alignedSlice(ALIGNMENT);
        }
    }

    /** Asks the VM once for each buffer; a pool has few. Forgets the oldest, so that old memory is not kept. */
    private long addressOf(ByteBuffer buffer) {
        for (int i = 0; i < TARGETS; i++) {
            if (targets[i] == buffer) {
                return addresses[i];
            }
        }
        int slot = nextTarget;
        nextTarget = (slot + 1) % TARGETS;
        targets[slot] = buffer;
        addresses[slot] = new BytePointer(buffer).address() + buffer.position();
        return addresses[slot];
    }

    private String describe() {
        BytePointer name = avutil.av_get_pix_fmt_name(format);
        return width + "x" + height + " " + (name == null || name.isNull() ? "format " + format : name.getString());
    }

    private static int roundUp(int value, int multiple) {
        return (value + multiple - 1) / multiple * multiple;
    }

    private static ByteBuffer direct(int bytes) {
        return ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
    }

    /** The scaler cannot make color of this. */
    static final class UnsupportedFormatException extends Exception {
        private static final long serialVersionUID = 1L;

        UnsupportedFormatException(String message) {
            super(message);
        }
    }
}
