package org.emotion4j.pipeline;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Holds a thread of the code under test up until the test lets it pass. */
final class Gate {
    private final Semaphore arrivals = new Semaphore(0);
    private final Semaphore passes = new Semaphore(0);

    /** Called by the code under test; no interrupt ends the waiting. */
    void pass() {
        arrivals.release();
        passes.acquireUninterruptibly();
    }

    /** Waits until somebody stands at the gate who was not waited for before. */
    void awaitArrival() throws InterruptedException {
        if (!arrivals.tryAcquire(2, TimeUnit.MINUTES)) {
            throw new AssertionError("nobody came to the gate");
        }
    }

    void letPass(int count) {
        passes.release(count);
    }

    void open() {
        passes.release(1_000_000);
    }
}
