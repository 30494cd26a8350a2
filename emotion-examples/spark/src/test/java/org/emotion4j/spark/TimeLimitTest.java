package org.emotion4j.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TimeLimitTest {
    private final AtomicLong nanos = new AtomicLong();

    private TimeLimit limit(Duration value, Duration grace) {
        return new TimeLimit(value, grace, nanos::get);
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    @Test
    void whatIsDoneInTimeIsReturned() throws Exception {
        assertThat(limit(Duration.ofSeconds(1), Duration.ZERO).call(() -> "done"))
                .isEqualTo("done");
    }

    @Test
    void whatFailsFailsWithItsOwnCause() {
        assertThatThrownBy(() -> limit(Duration.ofSeconds(1), Duration.ZERO).call(() -> {
                    throw new IllegalArgumentException("bad film");
                }))
                .isInstanceOf(ExecutionException.class)
                .hasRootCauseMessage("bad film");
    }

    @Test
    void whatTakesTooLongIsInterrupted() {
        TimeLimit.OverdueException overdue = catchThrowableOfType(
                TimeLimit.OverdueException.class,
                () -> limit(Duration.ofSeconds(90), Duration.ofMinutes(1)).call(() -> {
                    pass(Duration.ofSeconds(90));
                    new CountDownLatch(1).await();
                    return "never";
                }));
        assertThat(overdue.hangs()).isFalse();
        assertThat(overdue).hasMessageContaining("not done after 1m30s");
    }

    @Test
    void whatDoesNotListenIsLeftBehind() {
        CountDownLatch stays = new CountDownLatch(1);
        TimeLimit.OverdueException overdue = catchThrowableOfType(
                TimeLimit.OverdueException.class,
                () -> limit(Duration.ofSeconds(1), Duration.ofMillis(1)).call(() -> {
                    pass(Duration.ofSeconds(1));
                    while (stays.getCount() > 0) {
                        try {
                            stays.await();
                        } catch (InterruptedException e) {
                            // as native code would
                        }
                    }
                    return "late";
                }));
        assertThat(overdue.hangs()).isTrue();
        stays.countDown();
    }

    @Test
    void theLimitMayGrowWithWhatIsKnown() throws Exception {
        TimeLimit limit = limit(Duration.ofSeconds(1), Duration.ZERO);
        assertThat(limit.call(() -> {
                    limit.set(Duration.ofHours(2));
                    pass(Duration.ofHours(1));
                    return "done";
                }))
                .isEqualTo("done");
    }
}
