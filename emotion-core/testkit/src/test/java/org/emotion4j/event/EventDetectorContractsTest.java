package org.emotion4j.event;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.emotion4j.emotion.EmotionScores;
import org.emotion4j.testkit.EventDetectorContract;
import org.junit.jupiter.api.Nested;

class EventDetectorContractsTest {
    @Nested
    class Default extends EventDetectorContract {
        @Override
        protected EventDetector createDetector() {
            return new FacialEventDetector();
        }
    }

    @Nested
    class RelativeToAKnownRest extends EventDetectorContract {
        @Override
        protected EventDetector createDetector() {
            FacialRest.Collector calm = FacialRest.collector();
            for (int i = 0; i < 10; i++) {
                calm.add(EmotionScores.of(0.01f, 0.01f, 0.01f, 0.02f, 0.01f, 0.01f, 0.93f), Optional.empty());
            }
            return FacialEventDetector.relativeTo(calm.rest());
        }
    }

    @Nested
    class AfterAFirstWhileOfRest extends EventDetectorContract {
        @Override
        protected EventDetector createDetector() {
            return FacialEventDetector.afterRestOf(Duration.ofSeconds(1));
        }
    }

    @Nested
    class Nothing extends EventDetectorContract {
        @Override
        protected EventDetector createDetector() {
            return (nanos, scores, movements) -> List.of();
        }
    }
}
