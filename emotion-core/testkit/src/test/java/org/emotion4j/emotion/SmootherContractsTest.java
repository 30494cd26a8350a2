package org.emotion4j.emotion;

import java.time.Duration;
import org.emotion4j.testkit.TemporalSmootherContract;
import org.junit.jupiter.api.Nested;

class SmootherContractsTest {
    @Nested
    class MovingAverage extends TemporalSmootherContract {
        @Override
        protected TemporalSmoother createSmoother() {
            return MovingAverageSmoother.ofDefaults();
        }
    }

    @Nested
    class Exponential extends TemporalSmootherContract {
        @Override
        protected TemporalSmoother createSmoother() {
            return ExponentialSmoother.withTimeConstant(Duration.ofMillis(500));
        }
    }

    @Nested
    class None extends TemporalSmootherContract {
        @Override
        protected TemporalSmoother createSmoother() {
            return TemporalSmoother.none();
        }
    }
}
