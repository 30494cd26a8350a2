package org.emotion4j.pipeline;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.emotion4j.stage.Stage;
import org.jspecify.annotations.Nullable;

/** Lets threads use a stage: all at once where it is {@linkplain Stage#isThreadSafe() thread-safe}, else one at a time. */
final class StageAccess {
    private final @Nullable ReentrantLock lock;

    StageAccess(Stage stage) {
        this.lock = stage.isThreadSafe() ? null : new ReentrantLock();
    }

    <T> T with(Supplier<T> work) {
        if (lock == null) {
            return work.get();
        }
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }

    void run(Runnable work) {
        with(() -> {
            work.run();
            return true;
        });
    }
}
