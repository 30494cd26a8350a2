package org.emotion4j.window;

import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for what other threads do. */
final class Threads {
    private static final Duration LIMIT = Duration.ofMinutes(5);

    private Threads() {}

    /** Waits until something is true; fails after five minutes, which no machine needs. */
    static void await(BooleanSupplier condition, Supplier<String> otherwise) {
        long until = System.nanoTime() + LIMIT.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > until) {
                throw new AssertionError(otherwise.get());
            }
            try {
                Thread.sleep(10);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError("interrupted", e);
            }
        }
    }

    /** Waits until no thread has a name that begins so. */
    static void awaitNone(String prefix) {
        await(() -> named(prefix).isEmpty(), () -> "still there: " + named(prefix));
    }

    private static List<String> named(String prefix) {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith(prefix))
                .toList();
    }
}
