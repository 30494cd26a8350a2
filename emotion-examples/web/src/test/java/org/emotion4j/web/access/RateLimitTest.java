package org.emotion4j.web.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class RateLimitTest {
    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1_000_000_000L);
    private final RateLimit limit = new RateLimit(2, 3, nanos::get);

    @Test
    void aBurstIsAnsweredAndThenSoManyASecond() {
        for (int i = 0; i < 3; i++) {
            assertThat(limit.take()).isTrue();
        }
        assertThat(limit.take()).isFalse();
        assertThat(limit.secondsUntilNext()).isEqualTo(1);
        nanos.addAndGet(500_000_000L);
        assertThat(limit.take()).isTrue();
        assertThat(limit.take()).isFalse();
    }

    @Test
    void aLongSilenceSavesNoMoreThanABurst() {
        nanos.addAndGet(3_600_000_000_000L);
        for (int i = 0; i < 3; i++) {
            assertThat(limit.take()).isTrue();
        }
        assertThat(limit.take()).isFalse();
    }
}
