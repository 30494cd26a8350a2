package org.emotion4j.web.live;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;

/** The numbers of all cameras together. Thread-safe. */
final class LiveMeters {
    private final Counter received;
    private final Counter read;
    private final Counter dropped;
    private final Counter refused;
    private final Timer latency;

    LiveMeters(MeterRegistry registry) {
        this.received = registry.counter("emotion4j.live.frames", "outcome", "received");
        this.read = registry.counter("emotion4j.live.frames", "outcome", "read");
        this.dropped = registry.counter("emotion4j.live.frames", "outcome", "dropped");
        this.refused = registry.counter("emotion4j.live.frames", "outcome", "refused");
        this.latency = Timer.builder("emotion4j.live.latency")
                .description("from a picture's arrival to its reading")
                .register(registry);
    }

    void received() {
        received.increment();
    }

    void read(long nanos) {
        read.increment();
        latency.record(Duration.ofNanos(nanos));
    }

    void refused() {
        refused.increment();
    }

    void dropped(long frames) {
        dropped.increment(frames);
    }
}
