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
 * Histograms of every step. Each step has one writer, who neither waits nor allocates; readers take what has come in since
 * the last reading over into their own sum.
 *
 * <p>A frame that takes longer than the interval at which frames come keeps others from being measured at all
 * ("coordinated omission", Tene). With an expected interval, HdrHistogram adds the times that those would have had.
 */
final class StepTimes {
    private static final long SHORTEST_NANOS = 1_000;
    private static final long LONGEST_NANOS = 3_600_000_000_000L;
    private static final int DIGITS = 2;

    private final long expectedIntervalNanos;
    private final Map<Step, SingleWriterRecorder> incoming = new EnumMap<>(Step.class);
    private final Map<Step, Histogram> sums = new EnumMap<>(Step.class);
    private final Map<Step, Histogram> intervals = new EnumMap<>(Step.class);

    StepTimes(Optional<Duration> expectedInterval) {
        this.expectedIntervalNanos = expectedInterval.map(Duration::toNanos).orElse(0L);
        for (Step step : Step.values()) {
            incoming.put(step, new SingleWriterRecorder(SHORTEST_NANOS, LONGEST_NANOS, DIGITS));
            sums.put(step, new Histogram(SHORTEST_NANOS, LONGEST_NANOS, DIGITS));
        }
    }

    /** Adds an analysed frame; on the analysis thread. */
    void frame(StageTimings timings, long waitNanos) {
        long frame = timings.totalNanos();
        add(Step.WAIT, waitNanos);
        add(Step.DETECT, timings.detectNanos());
        add(Step.LANDMARKS, timings.landmarkNanos());
        add(Step.ALIGN, timings.alignNanos());
        add(Step.CLASSIFY, timings.classifyNanos());
        add(
                Step.FOLLOW,
                frame
                        - timings.detectNanos()
                        - timings.landmarkNanos()
                        - timings.alignNanos()
                        - timings.classifyNanos());
        addExpected(Step.FRAME, frame);
        addExpected(Step.LATENCY, waitNanos + frame);
    }

    /** Adds a recorded frame; on the recording thread. */
    void recorded(long nanos) {
        add(Step.RECORD, nanos);
    }

    /** Sums up; from any thread, without holding the writers up. */
    synchronized Map<Step, LatencySummary> summaries() {
        Map<Step, LatencySummary> summaries = new EnumMap<>(Step.class);
        for (Step step : Step.values()) {
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

    private void add(Step step, long nanos) {
        recorder(step).recordValue(clamped(nanos));
    }

    private void addExpected(Step step, long nanos) {
        recorder(step).recordValueWithExpectedInterval(clamped(nanos), expectedIntervalNanos);
    }

    private SingleWriterRecorder recorder(Step step) {
        return Objects.requireNonNull(incoming.get(step));
    }

    private Histogram sum(Step step) {
        return Objects.requireNonNull(sums.get(step));
    }

    private static long clamped(long nanos) {
        return Math.max(0, Math.min(LONGEST_NANOS, nanos));
    }
}
