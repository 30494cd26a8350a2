package org.emotion4j.frame;

import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The memory that a {@link FrameSource} writes one picture into: direct, reused, owned by a {@link FrameBufferPool} or by
 * itself.
 *
 * <p>The life of a buffer: a source calls {@link #reshape} and writes the pixels, {@link #stamp} and, where it applies,
 * {@link #markDiscontinuity()}; its owner {@linkplain #toFrame() makes it a frame}; when that frame is closed the memory
 * goes back to the pool. From {@code toFrame()} on the buffer refuses every call. Confined to one thread at a time.
 */
public final class FrameBuffer implements Pixels, AutoCloseable {
    /** The most pixels a picture may have: 100 million, which is 300 MB of color. */
    public static final long MAX_PIXELS = 100_000_000L;

    private static final ByteBuffer NOTHING = ByteBuffer.allocateDirect(0);

    /** What a buffer that is closed has; nobody writes to it, because every call is refused. */
    private static final Memory GONE = new Memory(NOTHING);

    private final @Nullable Consumer<Memory> returnTo;
    private Memory memory;
    private int width;
    private int height;
    private PixelFormat format = PixelFormat.GRAY8;
    private long mediaNanos;
    private boolean discontinuity;
    private String origin = "";
    private boolean open = true;

    FrameBuffer(Memory memory, @Nullable Consumer<Memory> returnTo) {
        this.memory = memory;
        this.returnTo = returnTo;
    }

    /**
     * Makes a buffer that belongs to no pool. Its memory is allocated by the first {@link #reshape}.
     *
     * @return an empty buffer
     */
    public static FrameBuffer standalone() {
        return new FrameBuffer(new Memory(NOTHING), null);
    }

    /**
     * Sets size and layout, with rows one after another, and hands out the memory to write into. What it holds before is
     * undefined. Keeps its memory where that is large enough; otherwise allocates.
     *
     * @param width columns, 1 or more
     * @param height rows, 1 or more
     * @param format the layout
     * @return the memory, {@code width * height * bytesPerPixel} bytes from position 0
     * @throws IllegalArgumentException if a side is below 1 or the picture has more than {@link #MAX_PIXELS}
     * @throws IllegalStateException if this buffer was handed on or closed
     */
    public ByteBuffer reshape(int width, int height, PixelFormat format) {
        requireOpen();
        requireSize(width, height);
        int bytes = width * height * format.bytesPerPixel();
        memory.require(bytes);
        this.width = width;
        this.height = height;
        this.format = format;
        return memory.view(bytes);
    }

    /**
     * Says when the picture was taken.
     *
     * @param mediaNanos nanoseconds since the start of the source
     * @throws IllegalStateException if this buffer was handed on or closed
     */
    public void stamp(long mediaNanos) {
        requireOpen();
        this.mediaNanos = mediaNanos;
    }

    /**
     * Returns what {@link #stamp} was told.
     *
     * @return nanoseconds since the start of the source; 0 before
     * @throws IllegalStateException if this buffer was handed on or closed
     */
    public long mediaNanos() {
        requireOpen();
        return mediaNanos;
    }

    /**
     * Says that this picture does not follow from the one before: a cut, a seek, the next picture of a folder. Tracker,
     * smoother and label start afresh.
     *
     * @throws IllegalStateException if this buffer was handed on or closed
     */
    public void markDiscontinuity() {
        requireOpen();
        discontinuity = true;
    }

    /**
     * Tells whether {@link #markDiscontinuity()} was called.
     *
     * @return whether this picture does not follow from the one before
     * @throws IllegalStateException if this buffer was handed on or closed
     */
    public boolean discontinuity() {
        requireOpen();
        return discontinuity;
    }

    /**
     * Names where the picture comes from, for records and messages.
     *
     * @param origin a file name, a device, or the empty string
     * @throws IllegalStateException if this buffer was handed on or closed
     */
    public void origin(String origin) {
        requireOpen();
        this.origin = origin;
    }

    /**
     * Hands the filled memory on as a frame. From now on this buffer refuses every call; closing the frame returns the
     * memory.
     *
     * @return the frame
     * @throws IllegalStateException if this buffer was handed on or closed, or {@link #reshape} was never called
     */
    public Frame toFrame() {
        requireShape();
        open = false;
        return new Frame(this, width, height, format, mediaNanos, discontinuity, origin);
    }

    @Override
    public int width() {
        requireShape();
        return width;
    }

    @Override
    public int height() {
        requireShape();
        return height;
    }

    @Override
    public int stride() {
        requireShape();
        return width * format.bytesPerPixel();
    }

    @Override
    public PixelFormat format() {
        requireShape();
        return format;
    }

    @Override
    public ByteBuffer pixels() {
        requireShape();
        return view();
    }

    /** Returns the memory unused to its pool. A second call does nothing, nor does one after {@link #toFrame()}. */
    @Override
    public void close() {
        if (open) {
            open = false;
            release();
        }
    }

    ByteBuffer view() {
        return memory.view(width * height * format.bytesPerPixel());
    }

    void release() {
        if (returnTo != null) {
            returnTo.accept(memory);
        }
        memory = GONE;
    }

    private void requireOpen() {
        if (!open) {
            throw new IllegalStateException("this frame buffer was handed on or closed; ask the pool for another");
        }
    }

    private void requireShape() {
        requireOpen();
        if (width == 0) {
            throw new IllegalStateException("this frame buffer has no size yet; call reshape first");
        }
    }

    private static void requireSize(int width, int height) {
        if (width < 1 || height < 1 || (long) width * height > MAX_PIXELS) {
            throw new IllegalArgumentException("picture size is " + width + "x" + height
                    + ", expected sides of 1 or more and at most " + MAX_PIXELS + " pixels");
        }
    }

    /** A piece of direct memory that outlives the buffers and frames made over it. */
    static final class Memory {
        private ByteBuffer bytes;
        private ByteBuffer view;

        Memory(ByteBuffer bytes) {
            this.bytes = bytes;
            this.view = bytes;
        }

        void require(int size) {
            if (bytes.capacity() < size) {
                bytes = ByteBuffer.allocateDirect(size);
                view = bytes;
            }
        }

        /** One object for each size, so that native headers over it can be kept. */
        ByteBuffer view(int size) {
            if (view.capacity() != size) {
                view = bytes.slice(0, size);
            }
            return view;
        }

        int capacity() {
            return bytes.capacity();
        }

        void fill(byte value) {
            for (int i = 0; i < bytes.capacity(); i++) {
                bytes.put(i, value);
            }
        }
    }
}
