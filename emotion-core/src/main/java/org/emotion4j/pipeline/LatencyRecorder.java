package org.emotion4j.pipeline;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.SingleWriterRecorder;
import org.emotion4j.reading.StageTimings;

/**
 * Latency histograms of every step of the pipeline. Each step has one writer, who neither waits nor allocates; readers take what has come in since
 * the last reading over into their own sum.
 *
 * <p>A frame that takes longer than the interval at which frames come keeps others from being measured at all
 * ("coordinated omission", Tene). With an expected interval, HdrHistogram adds the times that those would have had.
 */
final class LatencyRecorder {
    private static final long SHORTEST_NANOS = 1_000;
    private static final long LONGEST_NANOS = 3_600_000_000_000L;
    private static final int DIGITS = 2;

    private final long expectedIntervalNanos;
    private final Map<PipelineStep, SingleWriterRecorder> incoming = new EnumMap<>(PipelineStep.class);
    private final Map<PipelineStep, Histogram> sums = new EnumMap<>(PipelineStep.class);
    private final Map<PipelineStep, Histogram> intervals = new EnumMap<>(PipelineStep.class);

    LatencyRecorder(Optional<Duration> expectedInterval) {
        this.expectedIntervalNanos = expectedInterval.map(Duration::toNanos).orElse(0L);
        for (PipelineStep step : PipelineStep.values()) {
            incoming.put(step, new SingleWriterRecorder(SHORTEST_NANOS, LONGEST_NANOS, DIGITS));
            sums.put(step, new Histogram(SHORTEST_NANOS, LONGEST_NANOS, DIGITS));
        }
    }

    /** Adds an analyzed frame; on the analysis thread. */
    void frame(StageTimings timings, long waitNanos) {
        long frame = timings.totalNanos();
        add(PipelineStep.WAIT, waitNanos);
        add(PipelineStep.DETECT, timings.detectNanos());
        add(PipelineStep.LANDMARKS, timings.landmarkNanos());
        add(PipelineStep.ALIGN, timings.alignNanos());
        add(PipelineStep.CLASSIFY, timings.classifyNanos());
        add(
                PipelineStep.FOLLOW,
                frame
                        - timings.detectNanos()
                        - timings.landmarkNanos()
                        - timings.alignNanos()
                        - timings.classifyNanos());
        addExpected(PipelineStep.FRAME, frame);
        addExpected(PipelineStep.LATENCY, waitNanos + frame);
    }

    /** Adds a recorded frame; on the recording thread. */
    void recorded(long nanos) {
        add(PipelineStep.RECORD, nanos);
    }

    /** Sums up; from any thread, without holding the writers up. */
    synchronized Map<PipelineStep, LatencySummary> summaries() {
        Map<PipelineStep, LatencySummary> summaries = new EnumMap<>(PipelineStep.class);
        for (PipelineStep step : PipelineStep.values()) {
            Histogram interval = recorder(step).getIntervalHistogram(intervals.get(step));
            intervals.put(step, interval);
            Histogram sum = sum(step);
            sum.add(interval);
            summaries.put(step, summary(sum));
        }
        return summaries;
    }

    private static LatencySummary summary(Histogram histogram) {
        if (histogram.getTotalCount() == 0) {
            return new LatencySummary(0, 0, 0, 0, 0, 0);
        }
        return new LatencySummary(
                histogram.getTotalCount(),
                histogram.getMean(),
                histogram.getValueAtPercentile(50),
                histogram.getValueAtPercentile(95),
                histogram.getValueAtPercentile(99),
                histogram.getMaxValue());
    }

    private void add(PipelineStep step, long nanos) {
        recorder(step).recordValue(clamped(nanos));
    }

    private void addExpected(PipelineStep step, long nanos) {
        recorder(step).recordValueWithExpectedInterval(clamped(nanos), expectedIntervalNanos);
    }

    private SingleWriterRecorder recorder(PipelineStep step) {
        return Objects.requireNonNull(incoming.get(step));
    }

    private Histogram sum(PipelineStep step) {
        return Objects.requireNonNull(sums.get(step));
    }

    private static long clamped(long nanos) {
        return Math.max(0, Math.min(LONGEST_NANOS, nanos));
    }
}
