package org.emotion4j.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatFactory;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * Every stage and the whole frame in about five minutes, as a table and a chart beside a saved baseline.
 *
 * <p>{@code java -cp benchmarks/target/benchmarks.jar org.emotion4j.benchmarks.FiveMinutes [--out FOLDER] [--baseline FILE]
 * [--save FILE] [--detector NAME] [--classifier NAME] [--pictures FOLDER]}. Writes {@code results.json} (JMH's),
 * {@code results.csv}, {@code table.md} and {@code chart.svg}; {@code --save} keeps the CSV as the next baseline.
 */
public final class FiveMinutes {
    private static final List<String> OPTIONS =
            List.of("out", "baseline", "save", "detector", "classifier", "pictures");

    /** What is measured, and with which of its parameters; together less than five minutes. */
    private static final List<String> SET = List.of(
            "WholeFrameBenchmark.frame",
            "DetectBenchmark.detect",
            "AlignBenchmark.align",
            "ClassifyBenchmark.classify",
            "SmoothBenchmark.smooth",
            "RecordBenchmark.record",
            "DecodeBenchmark.decode",
            "NoOpPipelineBenchmark.analyze",
            "FirstReadingBenchmark.buildAndAnalyze");

    private FiveMinutes() {}

    /**
     * Measures.
     *
     * @param args see above
     * @throws RunnerException if a benchmark fails
     * @throws IOException if the results cannot be written
     */
    public static void main(String[] args) throws RunnerException, IOException {
        Options options = Options.of(args, OPTIONS, List.of());
        Path out = Path.of(options.text("out", "benchmarks/target/five-minutes"));
        Files.createDirectories(out);
        Map<String, Double> baseline = options.has("baseline") ? read(Path.of(options.text("baseline", ""))) : Map.of();
        Collection<RunResult> results = measure(options);
        Map<String, Row> rows = rows(results);
        ResultFormatFactory.getInstance(
                        ResultFormatType.JSON, out.resolve("results.json").toString())
                .writeOut(results);
        Files.writeString(out.resolve("table.md"), table(rows, baseline));
        Files.writeString(out.resolve("chart.svg"), chart(rows, baseline));
        write(out.resolve("results.csv"), rows);
        if (options.has("save")) {
            write(Path.of(options.text("save", "")), rows);
        }
        System.out.print(table(rows, baseline));
        System.out.println(out);
    }

    private static Collection<RunResult> measure(Options options) throws RunnerException {
        List<RunResult> results = new ArrayList<>();
        for (String name : SET) {
            OptionsBuilder builder = new OptionsBuilder();
            builder.include("\\." + Pattern.quote(name) + "$").shouldFailOnError(true);
            builder.warmupIterations(name.startsWith("First") ? 0 : 2).warmupTime(TimeValue.seconds(1));
            builder.measurementIterations(name.startsWith("First") ? 1 : 2).measurementTime(TimeValue.seconds(1));
            builder.forks(name.startsWith("First") ? 3 : 1).warmupForks(name.startsWith("First") ? 1 : 0);
            for (String param : List.of("detector", "classifier", "pictures")) {
                if (options.has(param)) {
                    builder.param(param, options.text(param, ""));
                }
            }
            results.addAll(new Runner(builder.build()).run());
        }
        return results;
    }

    private static Map<String, Row> rows(Collection<RunResult> results) {
        Map<String, Row> rows = new LinkedHashMap<>();
        for (RunResult result : results) {
            Result<?> primary = result.getPrimaryResult();
            double toMicros = micros(primary.getScoreUnit());
            rows.put(
                    name(result.getParams()),
                    new Row(
                            toMicros * primary.getStatistics().getPercentile(50),
                            toMicros * primary.getStatistics().getPercentile(99)));
        }
        return rows;
    }

    private static String name(BenchmarkParams params) {
        String benchmark = params.getBenchmark();
        StringBuilder name =
                new StringBuilder(benchmark.substring(benchmark.lastIndexOf('.', benchmark.lastIndexOf('.') - 1) + 1));
        for (String key : params.getParamsKeys()) {
            if (!params.getParam(key).equals(BenchmarkInput.DEFAULT)) {
                name.append(' ')
                        .append(key)
                        .append('=')
                        .append(Path.of(params.getParam(key)).getFileName());
            }
        }
        return name.toString();
    }

    private static double micros(String unit) {
        if (unit.startsWith("ns")) {
            return 1e-3;
        }
        if (unit.startsWith("us")) {
            return 1;
        }
        if (unit.startsWith("ms")) {
            return 1e3;
        }
        throw new IllegalStateException("unknown unit " + unit);
    }

    private static String table(Map<String, Row> rows, Map<String, Double> baseline) {
        StringBuilder table =
                new StringBuilder("| benchmark | p50 | p99 | baseline p50 | change |\n|---|---|---|---|---|\n");
        rows.forEach((name, row) -> {
            Double before = baseline.get(name);
            table.append(String.format(
                    Locale.ROOT,
                    "| %s | %s | %s | %s | %s |%n",
                    name,
                    time(row.p50Micros),
                    time(row.p99Micros),
                    before == null ? "" : time(before),
                    before == null ? "" : String.format(Locale.ROOT, "%+.0f %%", 100 * (row.p50Micros / before - 1))));
        });
        return table.toString();
    }

    private static String time(double micros) {
        return micros < 1_000
                ? String.format(Locale.ROOT, "%.2f µs", micros)
                : String.format(Locale.ROOT, "%.2f ms", micros / 1e3);
    }

    private static String chart(Map<String, Row> rows, Map<String, Double> baseline) {
        List<String> names =
                rows.keySet().stream().filter(name -> !name.startsWith("First")).toList();
        return Svg.bars(
                "Median in ms (dark: now, light: baseline)",
                names.stream()
                        .map(name -> name.substring(name.indexOf('.') + 1))
                        .toList(),
                names.stream().mapToDouble(name -> row(rows, name) / 1e3).toArray(),
                names.stream()
                        .mapToDouble(name -> baseline.getOrDefault(name, 0.0) / 1e3)
                        .toArray());
    }

    private static double row(Map<String, Row> rows, String name) {
        Row row = rows.get(name);
        return row == null ? 0 : row.p50Micros;
    }

    private static void write(Path file, Map<String, Row> rows) throws IOException {
        List<String> lines = new ArrayList<>(List.of("benchmark,p50_us,p99_us"));
        rows.forEach((name, row) -> lines.add(
                String.format(Locale.ROOT, "%s,%.4f,%.4f", name.replace(',', ';'), row.p50Micros, row.p99Micros)));
        Files.write(file, lines);
    }

    private static Map<String, Double> read(Path file) {
        Map<String, Double> baseline = new LinkedHashMap<>();
        try (Stream<String> lines = Files.lines(file)) {
            lines.skip(1)
                    .map(line -> line.split(",", -1))
                    .forEach(cells -> baseline.put(cells[0], Double.valueOf(cells[1])));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return baseline;
    }

    private record Row(double p50Micros, double p99Micros) {}
}
