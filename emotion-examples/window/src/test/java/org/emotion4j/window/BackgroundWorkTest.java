package org.emotion4j.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

final class BackgroundWorkTest {
    @Test
    void itTellsHowLongItHasBeenAtWorkAndNothingWhenItIsNot() throws InterruptedException {
        BackgroundWork work = new BackgroundWork("emotion4j-test-work", Runnable::run);
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch gate = new CountDownLatch(1);
        CountDownLatch done = new CountDownLatch(2);
        assertThat(work.busyFor()).isEmpty();
        work.run(
                () -> {
                    begun.countDown();
                    gate.await();
                    return 1;
                },
                result -> done.countDown(),
                failure -> {});
        begun.await();
        assertThat(work.busyFor()).isPresent();
        gate.countDown();
        work.run(
                () -> {
                    throw new IllegalStateException("meant to fail");
                },
                result -> {},
                failure -> {
                    assertThat(work.busyFor()).isEmpty();
                    done.countDown();
                });
        done.await();
        work.shutdown();
    }
}
