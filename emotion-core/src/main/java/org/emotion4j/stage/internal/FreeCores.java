package org.emotion4j.stage.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Does the same for each of several faces at the same time, on the cores that have nothing else to do. The caller works too
 * and takes back what nobody has begun, so that many sessions at once are no more threads at work than there are cores: the
 * threads are those of {@link ForkJoinPool#commonPool()}.
 */
public final class FreeCores {
    private FreeCores() {}

    /**
     * Returns how many threads can be at work for one caller, itself among them.
     *
     * @return 1 where the virtual machine has one core
     */
    public static int count() {
        return Runtime.getRuntime().availableProcessors() < 2 ? 1 : ForkJoinPool.getCommonPoolParallelism() + 1;
    }

    /**
     * Does something for each item, and returns when all of it has been done.
     *
     * @param items for what; none or one is the caller's own work
     * @param work thread-safe
     * @param <T> what it is done for
     * @param <R> what comes of it
     * @return what came of each, in the order of the items
     * @throws RuntimeException what the work threw first in the order of the items, after all has ended
     */
    public static <T, R> List<R> map(List<T> items, Function<? super T, ? extends R> work) {
        if (items.size() < 2 || count() == 1) {
            List<R> results = new ArrayList<>(items.size());
            for (T item : items) {
                results.add(work.apply(item));
            }
            return results;
        }
        List<ForkJoinTask<Outcome<R>>> tasks = new ArrayList<>(items.size());
        for (T item : items) {
            ForkJoinTask<Outcome<R>> task = ForkJoinTask.adapt(() -> Outcome.of(item, work));
            tasks.add(tasks.isEmpty() ? task : ForkJoinPool.commonPool().submit(task));
        }
        tasks.get(0).invoke();
        for (int i = tasks.size() - 1; i > 0; i--) {
            tasks.get(i).join();
        }
        return tasks.stream().map(task -> task.join().get()).toList();
    }

    /** A result or what was thrown instead: a task would throw a copy of it. */
    private record Outcome<R>(@Nullable R result, @Nullable RuntimeException thrown) {
        static <T, R> Outcome<R> of(T item, Function<? super T, ? extends R> work) {
            try {
                return new Outcome<>(work.apply(item), null);
            } catch (RuntimeException e) {
                return new Outcome<>(null, e);
            }
        }

        R get() {
            if (thrown != null) {
                throw thrown;
            }
            return Objects.requireNonNull(result);
        }
    }
}
