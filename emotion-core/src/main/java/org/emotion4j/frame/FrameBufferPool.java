package org.emotion4j.frame;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Consumer;

/**
 * A fixed number of frame buffers that go round: what a source writes into, what a frame reads, and back when the frame
 * is closed. Bounds the memory of a pipeline and keeps native allocation off its path. Thread-safe.
 */
public final class FrameBufferPool {
    private final BlockingQueue<FrameBuffer.Memory> idle;
    private final int size;
    private final boolean poisoned;
    private final Consumer<FrameBuffer.Memory> giveBack = this::giveBack;

    private FrameBufferPool(int size, boolean poisoned) {
        this.size = size;
        this.poisoned = poisoned;
        this.idle = new ArrayBlockingQueue<>(size);
        for (int i = 0; i < size; i++) {
            idle.add(new FrameBuffer.Memory(ByteBuffer.allocateDirect(0)));
        }
    }

    /**
     * Makes a pool.
     *
     * @param size the number of buffers, 1 to 1,000
     * @return a pool whose buffers get their memory when they are first written
     * @throws IllegalArgumentException if the size is out of its range
     */
    public static FrameBufferPool ofSize(int size) {
        return new FrameBufferPool(checked(size), false);
    }

    /**
     * Makes a pool that overwrites each returned buffer with {@code 0xA5}, so that a test sees whoever still reads it.
     *
     * @param size the number of buffers, 1 to 1,000
     * @return a slow pool for tests
     * @throws IllegalArgumentException if the size is out of its range
     */
    public static FrameBufferPool poisoned(int size) {
        return new FrameBufferPool(checked(size), true);
    }

    /**
     * Takes a buffer; waits for one where all are in use.
     *
     * @return a buffer to write into
     * @throws InterruptedException if the thread is interrupted while it waits
     */
    public FrameBuffer acquire() throws InterruptedException {
        return new FrameBuffer(idle.take(), giveBack);
    }

    /**
     * Takes a buffer if one is idle; never waits.
     *
     * @return a buffer to write into, or empty where all are in use
     */
    public Optional<FrameBuffer> tryAcquire() {
        FrameBuffer.Memory memory = idle.poll();
        return memory == null ? Optional.empty() : Optional.of(new FrameBuffer(memory, giveBack));
    }

    /**
     * Returns how many buffers are not in use.
     *
     * @return 0 to {@link #size()}
     */
    public int available() {
        return idle.size();
    }

    /**
     * Returns how many buffers there are.
     *
     * @return the size of the pool
     */
    public int size() {
        return size;
    }

    private void giveBack(FrameBuffer.Memory memory) {
        if (poisoned) {
            memory.fill((byte) 0xA5);
        }
        idle.add(memory);
    }

    private static int checked(int size) {
        if (size < 1 || size > 1_000) {
            throw new IllegalArgumentException("pool size is " + size + ", expected 1 to 1000");
        }
        return size;
    }
}
