package org.emotion4j.recording;

import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Says when rows have waited long enough: an alarm clock that tests turn by hand. */
interface ForceTimer extends AutoCloseable {
    /** Runs a task once, after a while, on another thread. */
    void after(Duration delay, Runnable task);

    /** Drops what has not begun. */
    @Override
    void close();

    /** Returns a timer with a daemon thread of its own, which starts with the first task. */
    static ForceTimer onThread() {
        ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "emotion4j-record");
            thread.setDaemon(true);
            return thread;
        });
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        return new ForceTimer() {
            @Override
            @SuppressWarnings("FutureReturnValueIgnored") // the tasks report their failures themselves
            public void after(Duration delay, Runnable task) {
                executor.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
            }

            @Override
            public void close() {
                executor.shutdown();
            }
        };
    }
}
