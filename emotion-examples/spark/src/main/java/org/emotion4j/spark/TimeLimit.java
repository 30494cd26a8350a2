package org.emotion4j.spark;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Lets somebody work for a limited time, on a thread that is left behind where it does not come back: native code that hangs cannot be
 * stopped otherwise. The limit may be set while the work goes on, once it is known how much there is.
 */
final class TimeLimit {
    private static final long STEP_MILLIS = 50;

    private final LongSupplier ticker;
    private final long grace;
    private final long start;
    private final AtomicLong limit;

    /**
     * Begins to count.
     *
     * @param limit how long the work may take
     * @param grace how long it has to come to an end when it is told to
     * @param ticker the time in nanoseconds
     */
    TimeLimit(Duration limit, Duration grace, LongSupplier ticker) {
        this.ticker = ticker;
        this.grace = grace.toMillis();
        this.start = ticker.getAsLong();
        this.limit = new AtomicLong(limit.toNanos());
    }

    /** Sets another limit, from the same start. */
    void set(Duration value) {
        limit.set(value.toNanos());
    }

    /**
     * Works.
     *
     * @throws OverdueException if it took too long
     * @throws ExecutionException with what the work threw
     * @throws InterruptedException if this thread was interrupted, and the work with it
     */
    <T> T call(Callable<T> work) throws OverdueException, ExecutionException, InterruptedException {
        FutureTask<T> task = new FutureTask<>(work);
        Thread thread = new Thread(task, "input-" + Thread.currentThread().getName());
        thread.setDaemon(true);
        thread.start();
        try {
            while (true) {
                try {
                    return task.get(STEP_MILLIS, TimeUnit.MILLISECONDS);
                } catch (TimeoutException e) {
                    if (ticker.getAsLong() - start >= limit.get()) {
                        thread.interrupt();
                        thread.join(Math.max(1, grace));
                        throw new OverdueException(Duration.ofNanos(limit.get()), thread.isAlive());
                    }
                }
            }
        } catch (InterruptedException e) {
            thread.interrupt();
            thread.join(Math.max(1, grace));
            throw e;
        }
    }

    /** The time was over. */
    static final class OverdueException extends Exception {
        private static final long serialVersionUID = 1L;
        private final boolean hangs;

        OverdueException(Duration limit, boolean hangs) {
            super("not done after " + limit.toString().substring(2).toLowerCase(java.util.Locale.ROOT)
                    + ", the time limit of an input"
                    + (hangs ? "; its reading hangs and was left behind" : "; its reading was stopped"));
            this.hangs = hangs;
        }

        /** Whether the work goes on, or hangs, with what it was given. */
        boolean hangs() {
            return hangs;
        }
    }
}
