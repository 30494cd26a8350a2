package org.emotion4j.pipeline;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.emotion4j.reading.FrameResult;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The session's listener as a subscriber that takes everything; what it throws is counted and costs it nothing. */
final class ResultListener implements Flow.Subscriber<FrameResult> {
    private static final Logger LOG = LoggerFactory.getLogger(EmotionSession.class);

    private final Consumer<? super FrameResult> listener;
    private final CompletableFuture<Void> done = new CompletableFuture<>();
    private final AtomicLong failures = new AtomicLong();

    ResultListener(Consumer<? super FrameResult> listener) {
        this.listener = listener;
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
    public void onNext(FrameResult result) {
        try {
            listener.accept(result);
        } catch (RuntimeException | Error e) {
            if (failures.getAndIncrement() == 0) {
                LOG.warn("the listener failed at frame {}; further failures are only counted", result.index(), e);
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
