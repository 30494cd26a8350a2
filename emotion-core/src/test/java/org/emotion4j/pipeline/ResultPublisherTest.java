package org.emotion4j.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.reactivestreams.tck.TestEnvironment;
import org.reactivestreams.tck.flow.FlowPublisherVerification;
import org.testng.ITestResult;
import org.testng.TestListenerAdapter;
import org.testng.TestNG;

@Timeout(120)
class ResultPublisherTest {
    @Test
    void passesTheReactiveStreamsTck() {
        TestListenerAdapter outcome = new TestListenerAdapter();
        TestNG tck = new TestNG(false);
        tck.setVerbose(0);
        tck.setTestClasses(new Class<?>[] {Verification.class});
        tck.addListener(outcome);
        tck.run();

        assertThat(outcome.getFailedTests())
                .extracting(ITestResult::getName, ITestResult::getThrowable)
                .isEmpty();
        assertThat(outcome.getPassedTests()).hasSizeGreaterThan(20);
    }

    @Test
    void aSubscriberGetsAsManyAsItAsksFor() throws Exception {
        ResultPublisher<Integer> publisher = new ResultPublisher<>(8, OverflowPolicy.DROP_OLDEST, Thread::new);
        Subscriber subscriber = new Subscriber(2);
        publisher.subscribe(subscriber);
        subscriber.subscription.get(20, TimeUnit.SECONDS);
        for (int i = 0; i < 20; i++) {
            publisher.publish(i);
        }
        publisher.complete(null);
        subscriber.latest.await(20, TimeUnit.SECONDS);
        assertThat(subscriber.items).hasSize(2);
        assertThat(subscriber.ended).isNotDone();

        subscriber.subscription.get().request(Long.MAX_VALUE);
        subscriber.ended.get(20, TimeUnit.SECONDS);
        assertThat(subscriber.items).as("the newest are kept").endsWith(18, 19);
        assertThat(subscriber.items.size() + publisher.dropped()).isEqualTo(20);
    }

    @Test
    void publishingWaitsForASubscriberOnlyUntilWhatWaitsIsDiscarded() throws Exception {
        ResultPublisher<Integer> publisher = new ResultPublisher<>(1, OverflowPolicy.BLOCK, Thread::new);
        Subscriber subscriber = new Subscriber(0);
        publisher.subscribe(subscriber);
        subscriber.subscription.get(20, TimeUnit.SECONDS);
        publisher.publish(1);
        CompletableFuture<Void> second = CompletableFuture.runAsync(() -> publisher.publish(2));
        publisher.discard();
        second.get(20, TimeUnit.SECONDS);
        publisher.complete(null);
        subscriber.ended.get(20, TimeUnit.SECONDS);
        assertThat(subscriber.items).isEmpty();
    }

    /** The rules of the specification, on TestNG as the TCK wants it. */
    public static final class Verification extends FlowPublisherVerification<Integer> {
        private static final int MOST = 1_000;

        /** Made by TestNG. */
        public Verification() {
            super(new TestEnvironment(500, 100), 200);
        }

        @Override
        public Flow.Publisher<Integer> createFlowPublisher(long elements) {
            ResultPublisher<Integer> publisher =
                    new ResultPublisher<>(MOST, OverflowPolicy.BLOCK, Verification::daemon);
            return subscriber -> {
                publisher.subscribe(subscriber);
                for (int i = 0; i < Math.min(elements, MOST); i++) {
                    publisher.publish(i);
                }
                if (elements <= MOST) {
                    publisher.complete(null);
                }
            };
        }

        @Override
        public Flow.Publisher<Integer> createFailedFlowPublisher() {
            ResultPublisher<Integer> publisher =
                    new ResultPublisher<>(MOST, OverflowPolicy.BLOCK, Verification::daemon);
            publisher.complete(new IllegalStateException("failed"));
            return publisher;
        }

        @Override
        public long maxElementsFromPublisher() {
            return MOST;
        }

        private static Thread daemon(Runnable work) {
            Thread thread = new Thread(work);
            thread.setDaemon(true);
            return thread;
        }
    }

    /** Asks for a fixed number at first. */
    private static final class Subscriber implements Flow.Subscriber<Integer> {
        final CompletableFuture<Flow.Subscription> subscription = new CompletableFuture<>();
        final List<Integer> items = new ArrayList<>();
        final CountDownLatch latest;
        final CompletableFuture<Void> ended = new CompletableFuture<>();
        private final int demand;

        Subscriber(int demand) {
            this.demand = demand;
            this.latest = new CountDownLatch(demand);
        }

        @Override
        public void onSubscribe(Flow.Subscription given) {
            if (demand > 0) {
                given.request(demand);
            }
            subscription.complete(given);
        }

        @Override
        public void onNext(Integer item) {
            items.add(item);
            latest.countDown();
        }

        @Override
        public void onError(Throwable cause) {
            ended.completeExceptionally(cause);
        }

        @Override
        public void onComplete() {
            ended.complete(null);
        }
    }
}
