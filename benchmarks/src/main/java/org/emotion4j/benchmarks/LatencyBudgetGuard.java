package org.emotion4j.benchmarks;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;
import org.openjdk.jmh.util.Statistics;

/**
 * Guards the papers' budget of 150 ms a frame: measures {@link WholeFrameBenchmark} at 640x480 with one face over 64
 * frames in which place and size of the face vary, and exits with 1 when the 99th percentile exceeds the budget.
 *
 * <p>{@code java -cp benchmarks/target/benchmarks.jar org.emotion4j.benchmarks.LatencyBudgetGuard [--json]}
 */
public final class LatencyBudgetGuard {
    private static final double BUDGET_MILLIS = 150;

    private LatencyBudgetGuard() {}

    /**
     * Runs the guard.
     *
     * @param args {@code --json} for one JSON object on standard output and nothing else there
     * @throws RunnerException if the benchmark cannot run, or a frame gives no reading
     */
    public static void main(String[] args) throws RunnerException {
        boolean json = Options.of(args, List.of(), List.of("json")).has("json");
        Statistics millis = measure();
        double p50 = millis.getPercentile(50);
        double p95 = millis.getPercentile(95);
        double p99 = millis.getPercentile(99);
        boolean within = p99 <= BUDGET_MILLIS;
        System.out.println(String.format(
                Locale.ROOT,
                json
                        ? "{\"frames\":%d,\"p50\":%.3f,\"p95\":%.3f,\"p99\":%.3f,\"budget\":%.0f,\"within\":%b}"
                        : "%d frames of 640x480 with one face: p50 %.1f ms, p95 %.1f ms, p99 %.1f ms; budget %.0f ms; within it: %b",
                millis.getN(),
                p50,
                p95,
                p99,
                BUDGET_MILLIS,
                within));
        System.exit(within ? 0 : 1);
    }

    private static Statistics measure() throws RunnerException {
        Collection<RunResult> results = new Runner(new OptionsBuilder()
                        .include("^" + WholeFrameBenchmark.class.getName() + "\\.frame$")
                        .param("size", "640x480")
                        .param("faces", "1")
                        .verbosity(VerboseMode.SILENT)
                        .shouldFailOnError(true)
                        .build())
                .run();
        if (results.size() != 1) {
            throw new RunnerException("expected one result, got " + results.size());
        }
        return results.iterator().next().getPrimaryResult().getStatistics();
    }
}
