package org.emotion4j.pipeline;

import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Counts who is at work with a pipeline's models, any number at a time, so that nobody closes the models under them.
 * Thread-safe.
 */
final class ModelUse {
    private static final Runnable DONE = () -> {};

    private final ReentrantLock doing = new ReentrantLock();
    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
    private final AtomicReference<@Nullable Runnable> closing = new AtomicReference<>();
    private volatile boolean closed;
    private volatile boolean abandoned;

    /**
     * Works with the models.
     *
     * @throws PipelineClosedException if they were closed
     */
    <T> T during(Supplier<T> work) {
        lock.readLock().lock();
        try {
            requireOpen();
            return work.get();
        } finally {
            lock.readLock().unlock();
            if (closed && !abandoned && lock.getReadHoldCount() == 0) {
                closeNow();
            }
        }
    }

    void requireOpen() {
        if (closed) {
            throw new PipelineClosedException();
        }
    }

    /** Somebody at work does not come back: whoever closes must not wait for him. */
    void abandon() {
        abandoned = true;
    }

    /**
     * Lets nobody in any more, waits for those at work and does something, at the first call; a later one waits until
     * it is done. A thread that is at work itself does it when it has done its work.
     */
    void close(Runnable whenDone) {
        closing.compareAndSet(null, whenDone);
        if (abandoned) {
            closed = true;
            run();
        } else if (lock.getReadHoldCount() > 0) {
            closed = true;
        } else {
            closeNow();
        }
    }

    private void closeNow() {
        lock.writeLock().lock();
        try {
            closed = true;
            run();
        } finally {
            lock.writeLock().unlock();
        }
    }

    private void run() {
        doing.lock();
        try {
            Runnable work = closing.getAndSet(DONE);
            if (work != null) {
                work.run();
            }
        } finally {
            doing.unlock();
        }
    }
}
