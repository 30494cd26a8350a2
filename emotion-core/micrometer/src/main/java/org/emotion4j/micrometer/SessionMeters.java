package org.emotion4j.micrometer;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import org.emotion4j.pipeline.EmotionSession;
import org.emotion4j.pipeline.LatencySummary;
import org.emotion4j.pipeline.PipelineStep;
import org.emotion4j.pipeline.SessionMetrics;

/**
 * Publishes a session's counters and latencies.
 *
 * <table>
 * <caption>Meters</caption>
 * <tr><th>name</th><th>tags</th><th>meaning</th></tr>
 * <tr><td>{@code emotion4j.frames}</td><td>{@code outcome}: captured, processed, failed, dropped, skipped,
 * recorded</td><td>frames so far</td></tr>
 * <tr><td>{@code emotion4j.frames.waiting}</td><td></td><td>frames that wait for their analysis</td></tr>
 * <tr><td>{@code emotion4j.results.dropped}</td><td></td><td>results that listeners had no room for</td></tr>
 * <tr><td>{@code emotion4j.source.reconnects}</td><td></td><td>how often the source was opened anew</td></tr>
 * <tr><td>{@code emotion4j.threads.abandoned}</td><td></td><td>threads that did not come back</td></tr>
 * <tr><td>{@code emotion4j.latency}</td><td>{@code step}, {@code quantile}: 0.5, 0.95, 0.99</td><td>time a step took,
 * over the whole session</td></tr>
 * </table>
 *
 * <p>Thread-safe. The registry holds the session weakly, as Micrometer does; keep the session for as long as it is to be
 * seen.
 */
public final class SessionMeters implements MeterBinder {
    private final EmotionSession session;
    private final Iterable<Tag> tags;

    private SessionMeters(EmotionSession session, Iterable<Tag> tags) {
        this.session = session;
        this.tags = tags;
    }

    /**
     * Takes a session's numbers.
     *
     * @param session the session
     * @return a binder without tags of its own
     */
    public static SessionMeters of(EmotionSession session) {
        return new SessionMeters(session, List.of());
    }

    /**
     * Takes a session's numbers and tags them, to tell several sessions apart.
     *
     * @param session the session
     * @param tags added to each meter
     * @return a binder
     */
    public static SessionMeters of(EmotionSession session, Iterable<Tag> tags) {
        return new SessionMeters(session, tags);
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        frames(registry, "captured", SessionMetrics::captured);
        frames(registry, "processed", SessionMetrics::processed);
        frames(registry, "failed", SessionMetrics::failed);
        frames(registry, "dropped", SessionMetrics::dropped);
        frames(registry, "skipped", SessionMetrics::skipped);
        frames(registry, "recorded", SessionMetrics::recorded);
        counter(registry, "emotion4j.results.dropped", SessionMetrics::resultsDropped);
        counter(registry, "emotion4j.source.reconnects", SessionMetrics::reconnects);
        counter(registry, "emotion4j.threads.abandoned", SessionMetrics::abandonedThreads);
        Gauge.builder("emotion4j.frames.waiting", session, now -> now.metrics().waiting())
                .tags(tags)
                .register(registry);
        for (PipelineStep step : PipelineStep.values()) {
            latency(registry, step, "0.5", LatencySummary::p50Nanos);
            latency(registry, step, "0.95", LatencySummary::p95Nanos);
            latency(registry, step, "0.99", LatencySummary::p99Nanos);
        }
    }

    private void frames(MeterRegistry registry, String outcome, ToDoubleFunction<SessionMetrics> count) {
        FunctionCounter.builder("emotion4j.frames", session, now -> count.applyAsDouble(now.metrics()))
                .tags(tags)
                .tag("outcome", outcome)
                .register(registry);
    }

    private void counter(MeterRegistry registry, String name, ToDoubleFunction<SessionMetrics> count) {
        FunctionCounter.builder(name, session, now -> count.applyAsDouble(now.metrics()))
                .tags(tags)
                .register(registry);
    }

    private void latency(
            MeterRegistry registry, PipelineStep step, String quantile, ToDoubleFunction<LatencySummary> nanos) {
        TimeGauge.builder(
                        "emotion4j.latency",
                        session,
                        TimeUnit.NANOSECONDS,
                        now -> nanos.applyAsDouble(now.metrics().latency(step)))
                .tags(tags)
                .tag("step", step.name().toLowerCase(Locale.ROOT))
                .tag("quantile", quantile)
                .register(registry);
    }
}
