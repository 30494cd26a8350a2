package org.emotion4j.window;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a presenter does not make the user interface wait for: one thing after the other on one thread, whose result comes back on
 * the user interface's.
 */
final class BackgroundWork {
    private static final Logger LOG = LoggerFactory.getLogger(BackgroundWork.class);

    private final String name;
    private final Executor ui;
    private final ExecutorService worker;

    /** Since when work is being done, by {@link System#nanoTime}; empty where none is. */
    private volatile Optional<Long> since = Optional.empty();

    /**
     * Makes one; its thread is begun with the first work and keeps no program alive.
     *
     * @param name of the thread
     * @param ui runs work on the user interface's thread
     */
    BackgroundWork(String name, Executor ui) {
        this.name = name;
        this.ui = ui;
        this.worker = thread(name);
    }

    /** Work that has a result and may fail. */
    interface Task<T> {
        T run() throws Exception;
    }

    /** Makes a thread of its own for work that comes one after the other. */
    static ExecutorService thread(String name) {
        return Executors.newSingleThreadExecutor(work -> {
            Thread thread = new Thread(work, name);
            thread.setDaemon(true);
            return thread;
        });
    }

    /** The same; a failure is put into words on the worker, because that may ask the disk. */
    <T> void run(Task<T> task, Consumer<T> done, Function<Throwable, Message> explain, Consumer<Message> say) {
        run(
                () -> {
                    try {
                        return new Outcome<>(Optional.of(task.run()), Optional.empty());
                    } catch (Exception | LinkageError e) {
                        LOG.debug("failed in {}", name, e);
                        return new Outcome<T>(Optional.empty(), Optional.of(explain.apply(e)));
                    }
                },
                outcome -> {
                    outcome.result().ifPresent(done);
                    outcome.failure().ifPresent(say);
                },
                failure -> say.accept(Failures.unexpected(failure)));
    }

    /** What came of some work: a result, or what is to be said. */
    private record Outcome<T>(Optional<T> result, Optional<Message> failure) {}

    /** Does something when all before it is done; after {@link #shutdown} nothing. */
    <T> void run(Task<T> task, Consumer<T> done, Consumer<Throwable> failed) {
        if (worker.isShutdown()) {
            return;
        }
        worker.execute(() -> {
            since = Optional.of(System.nanoTime());
            try {
                T result = task.run();
                since = Optional.empty();
                ui.execute(() -> done.accept(result));
            } catch (Exception | LinkageError e) {
                LOG.debug("failed in {}", name, e);
                since = Optional.empty();
                ui.execute(() -> failed.accept(e));
            }
        });
    }

    /** How long what is being done has lasted; empty where nothing is. For any thread. */
    Optional<Duration> busyFor() {
        return since.map(begin -> Duration.ofNanos(System.nanoTime() - begin));
    }

    /** Takes no more work; what was given is done. */
    void shutdown() {
        worker.shutdown();
    }
}
