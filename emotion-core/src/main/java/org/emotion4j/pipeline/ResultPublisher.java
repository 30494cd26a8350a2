package org.emotion4j.pipeline;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Flow;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes results to subscribers as Reactive Streams 1.0.4 asks: each has a thread, a bounded buffer and its own demand,
 * so that none slows another. Thread-safe.
 *
 * @param <T> what is published
 */
final class ResultPublisher<T> implements Flow.Publisher<T> {
    private static final Logger LOG = LoggerFactory.getLogger(EmotionSession.class);

    private final int capacity;
    private final OverflowPolicy overflow;
    private final ThreadFactory threads;
    private final List<Delivery> deliveries = new CopyOnWriteArrayList<>();
    private final AtomicLong dropped = new AtomicLong();
    private final Object ending = new Object();
    private boolean ended;
    private @Nullable Throwable failure;

    /**
     * @param capacity how many results may wait for one subscriber, 1 or more
     * @param overflow what becomes of a result that a subscriber has no room for
     */
    ResultPublisher(int capacity, OverflowPolicy overflow, ThreadFactory threads) {
        this.capacity = capacity;
        this.overflow = overflow;
        this.threads = threads;
    }

    @Override
    public void subscribe(Flow.Subscriber<? super T> subscriber) {
        Delivery delivery = new Delivery(Objects.requireNonNull(subscriber, "subscriber"));
        synchronized (ending) {
            deliveries.add(delivery);
            if (ended) {
                delivery.end(failure);
            }
        }
        threads.newThread(delivery).start();
    }

    void publish(T item) {
        for (Delivery delivery : deliveries) {
            delivery.offer(item);
        }
    }

    /** Tells every subscriber, once it has what waits for it, that this was all. */
    void complete(@Nullable Throwable cause) {
        synchronized (ending) {
            if (ended) {
                return;
            }
            ended = true;
            failure = cause;
            deliveries.forEach(delivery -> delivery.end(cause));
        }
    }

    /** Drops what waits, so that nobody who publishes waits for a subscriber any longer. */
    void discard() {
        deliveries.forEach(Delivery::discard);
    }

    /** How many results subscribers had no room for. */
    long dropped() {
        return dropped.get();
    }

    int subscribers() {
        return deliveries.size();
    }

    /** One subscriber: its buffer, its demand and the thread that serves it. */
    private final class Delivery implements Flow.Subscription, Runnable {
        private final ReentrantLock lock = new ReentrantLock();
        private final Condition changed = lock.newCondition();
        private final Condition room = lock.newCondition();
        private final ArrayDeque<T> waiting = new ArrayDeque<>();
        private Flow.@Nullable Subscriber<? super T> subscriber;
        private long demand;
        private boolean ended;
        private boolean discarding;
        private boolean cancelled;
        private @Nullable Throwable failure;

        Delivery(Flow.Subscriber<? super T> subscriber) {
            this.subscriber = subscriber;
        }

        void offer(T item) {
            lock.lock();
            try {
                while (overflow == OverflowPolicy.BLOCK && waiting.size() >= capacity && isOpen()) {
                    room.awaitUninterruptibly();
                }
                if (!isOpen()) {
                    return;
                }
                if (waiting.size() >= capacity) {
                    dropped.incrementAndGet();
                    if (overflow == OverflowPolicy.DROP_NEWEST) {
                        return;
                    }
                    waiting.removeFirst();
                }
                waiting.addLast(item);
                changed.signal();
            } finally {
                lock.unlock();
            }
        }

        void end(@Nullable Throwable cause) {
            lock.lock();
            try {
                if (!ended) {
                    ended = true;
                    failure = cause;
                    wake();
                }
            } finally {
                lock.unlock();
            }
        }

        void discard() {
            lock.lock();
            try {
                discarding = true;
                dropped.addAndGet(waiting.size());
                waiting.clear();
                wake();
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void request(long count) {
            lock.lock();
            try {
                if (count <= 0 && failure == null) {
                    // Reactive Streams 3.9: signalled, not thrown; and what ends afterwards says no more, or a stream
                    // that
                    // completes at this moment would hide the mistake.
                    failure = new IllegalArgumentException("demand is " + count + ", expected 1 or more (rule 3.9)");
                    ended = true;
                    waiting.clear();
                } else if (count > 0) {
                    demand = demand + count < 0 ? Long.MAX_VALUE : demand + count;
                }
                wake();
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void cancel() {
            lock.lock();
            try {
                cancelled = true;
                waiting.clear();
                wake();
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void run() {
            Flow.Subscriber<? super T> to = Objects.requireNonNull(subscriber);
            try {
                to.onSubscribe(this);
                for (Optional<T> item = next(); item.isPresent(); item = next()) {
                    to.onNext(item.get());
                }
                if (!isCancelled()) {
                    sayEnd(to);
                }
            } catch (RuntimeException e) {
                LOG.warn("a subscriber failed and gets no further results", e);
            } finally {
                cancel();
                subscriber = null;
                deliveries.remove(this);
            }
        }

        private void sayEnd(Flow.Subscriber<? super T> to) {
            Throwable cause = failure();
            if (cause == null) {
                to.onComplete();
            } else {
                to.onError(cause);
            }
        }

        /** Waits for the next result that is asked for; empty when there will be none. */
        private Optional<T> next() {
            lock.lock();
            try {
                while (!cancelled && (waiting.isEmpty() ? !ended : demand == 0)) {
                    changed.awaitUninterruptibly();
                }
                if (cancelled || waiting.isEmpty()) {
                    return Optional.empty();
                }
                if (demand != Long.MAX_VALUE) {
                    demand--;
                }
                room.signal();
                return Optional.of(waiting.removeFirst());
            } finally {
                lock.unlock();
            }
        }

        private boolean isOpen() {
            return !ended && !discarding && !cancelled;
        }

        private boolean isCancelled() {
            lock.lock();
            try {
                return cancelled;
            } finally {
                lock.unlock();
            }
        }

        private @Nullable Throwable failure() {
            lock.lock();
            try {
                return failure;
            } finally {
                lock.unlock();
            }
        }

        private void wake() {
            changed.signalAll();
            room.signalAll();
        }
    }
}
