package org.emotion4j.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.emotion4j.emotion.EmotionScores;
import org.emotion4j.frame.ScriptedFrameSource;
import org.emotion4j.pipeline.EmotionPipeline;
import org.emotion4j.pipeline.EmotionSession;
import org.junit.jupiter.api.Test;

class SessionMetersTest {
    @Test
    void publishesCountersAndLatenciesWithTheCallersTags() throws Exception {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        try (EmotionPipeline pipeline = EmotionPipeline.builder()
                        .source(ScriptedFrameSource.frames(5).unreadableAt(2).build())
                        .detector(frame -> List.of())
                        .classifier(crop -> EmotionScores.uniform())
                        .closeAtShutdown(false)
                        .build();
                EmotionSession session = pipeline.start()) {
            SessionMeters.of(session, Tags.of("room", "3")).bindTo(registry);
            session.awaitCompletion();

            assertThat(frames(registry, "processed")).isEqualTo(4);
            assertThat(frames(registry, "failed")).isEqualTo(1);
            assertThat(registry.get("emotion4j.latency")
                            .tags("room", "3", "step", "frame", "quantile", "0.99")
                            .timeGauge()
                            .value(TimeUnit.NANOSECONDS))
                    .isPositive();
        }
    }

    private static double frames(SimpleMeterRegistry registry, String outcome) {
        return registry.get("emotion4j.frames")
                .tags("room", "3", "outcome", outcome)
                .functionCounter()
                .count();
    }
}
