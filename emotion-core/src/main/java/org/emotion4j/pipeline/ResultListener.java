package org.emotion4j.pipeline;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A session's listener as a subscriber that takes everything; what it throws is counted and costs it nothing.
 *
 * @param <T> what it is told of
 */
final class ResultListener<T> implements Flow.Subscriber<T> {
    private static final Logger LOG = LoggerFactory.getLogger(EmotionSession.class);

    private final Consumer<? super T> listener;
    private final Function<? super T, String> name;
    private final CompletableFuture<Void> done = new CompletableFuture<>();
    private final AtomicLong failures = new AtomicLong();

    /**
     * @param name how the log calls what it failed at
     */
    ResultListener(Consumer<? super T> listener, Function<? super T, String> name) {
        this.listener = listener;
        this.name = name;
    }

    /** Completed when the listener has had its last result. */
    CompletableFuture<Void> done() {
        return done;
    }

    long failures() {
        return failures.get();
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(T item) {
        try {
            listener.accept(item);
        } catch (RuntimeException | Error e) {
            if (failures.getAndIncrement() == 0) {
                LOG.warn("the listener failed at {}; further failures are only counted", name.apply(item), e);
            }
        }
    }

    @Override
    public void onError(Throwable cause) {
        done.complete(null);
    }

    @Override
    public void onComplete() {
        done.complete(null);
    }
}
