package org.emotion4j.pipeline;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;

/**
 * A bounded blocking queue between two threads, in order, which can be closed: a full one holds its producer up
 * (backpressure), and closing wakes both sides, so nobody waits for ever. Thread-safe.
 *
 * @param <T> what is handed over
 */
final class BoundedQueue<T> {
    private final int capacity;
    private final BiConsumer<T, T> inherit;
    private final ArrayDeque<T> waiting;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition filled = lock.newCondition();
    private final Condition emptied = lock.newCondition();
    private boolean closed;

    BoundedQueue(int capacity) {
        this(capacity, (dropped, next) -> {});
    }

    /**
     * @param capacity how many may wait, 1 or more
     * @param inherit told of one that gives way to newer ones, and of the one that is first in line after it
     */
    BoundedQueue(int capacity, BiConsumer<T, T> inherit) {
        this.capacity = capacity;
        this.inherit = inherit;
        this.waiting = new ArrayDeque<>(capacity + 1);
    }

    /**
     * Puts one in line.
     *
     * @return the one that is dropped for it, which may be itself; itself too after {@link #close()}
     */
    Optional<T> offer(T item, OverflowPolicy policy) {
        lock.lock();
        try {
            while (policy == OverflowPolicy.BLOCK && waiting.size() >= capacity && !closed) {
                emptied.awaitUninterruptibly();
            }
            if (closed || (policy == OverflowPolicy.DROP_NEWEST && waiting.size() >= capacity)) {
                return Optional.of(item);
            }
            waiting.addLast(item);
            filled.signal();
            return waiting.size() > capacity ? Optional.of(dropOldest()) : Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    /** Puts one in line beyond the capacity; refused when {@code limit} wait or after {@link #close()}. */
    boolean force(T item, int limit) {
        lock.lock();
        try {
            if (closed || waiting.size() >= limit) {
                return false;
            }
            waiting.addLast(item);
            filled.signal();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Waits for the next one; empty once the queue is closed and nobody waits in it. */
    Optional<T> take() {
        lock.lock();
        try {
            while (waiting.isEmpty() && !closed) {
                filled.awaitUninterruptibly();
            }
            emptied.signal();
            return Optional.ofNullable(waiting.pollFirst());
        } finally {
            lock.unlock();
        }
    }

    /** Takes no more in. Those who wait are still handed over. */
    void close() {
        lock.lock();
        try {
            closed = true;
            filled.signalAll();
            emptied.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Takes out all that wait. */
    List<T> clear() {
        lock.lock();
        try {
            List<T> cleared = new ArrayList<>(waiting);
            waiting.clear();
            emptied.signalAll();
            return cleared;
        } finally {
            lock.unlock();
        }
    }

    int size() {
        lock.lock();
        try {
            return waiting.size();
        } finally {
            lock.unlock();
        }
    }

    private T dropOldest() {
        T dropped = waiting.removeFirst();
        inherit.accept(dropped, waiting.getFirst());
        return dropped;
    }
}
