package org.emotion4j.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.emotion4j.analysis.SessionSummary;
import org.emotion4j.recording.SessionArchive;
import org.emotion4j.recording.SessionReader;
import org.emotion4j.report.SessionReport;

/**
 * How long a long session takes to be read and summed up, and to be put on a page, in a small heap: each time in a new
 * virtual machine, as somebody at a command line has it. The session is of nobody.
 *
 * <p>Options: {@code --minutes 120}, {@code --rate 30} frames a second, {@code --runs 5}, {@code --heap 512m};
 * {@code --keep DIR} records the session there and leaves it, {@code --seed 1} makes another one of the same person.
 */
public final class SessionSpeed {
    private SessionSpeed() {}

    /**
     * Measures.
     *
     * @param args see above
     * @throws IOException if there is no room for the session
     * @throws InterruptedException if somebody ends the wait for a virtual machine
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        if (args.length == 2 && (args[0].equals("summary") || args[0].equals("report"))) {
            one(args[0], Path.of(args[1]));
            return;
        }
        Options options = Options.of(args, List.of("minutes", "rate", "runs", "heap", "keep", "seed"), List.of());
        Duration length = Duration.ofMinutes(options.number("minutes", 120));
        Path folder = options.has("keep")
                ? Path.of(options.text("keep", ""))
                : Files.createTempDirectory("emotion4j-session");
        SyntheticSession.record(
                folder, length, options.number("rate", 30), options.number("seed", 1), "synthetic-person");
        try {
            for (String what : List.of("summary", "report")) {
                measure(what, folder, (int) options.number("runs", 5), options.text("heap", "512m"));
            }
        } finally {
            if (!options.has("keep")) {
                SessionArchive.erase(folder);
            }
        }
    }

    private static void measure(String what, Path folder, int runs, String heap)
            throws IOException, InterruptedException {
        List<Double> seconds = new ArrayList<>();
        String rest = "";
        for (int i = 0; i < runs; i++) {
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx" + heap,
                            "-cp",
                            System.getProperty("java.class.path"),
                            SessionSpeed.class.getName(),
                            what,
                            folder.toString())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            try (BufferedReader output =
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
                String line = output.readLine();
                if (process.waitFor() != 0 || line == null) {
                    throw new IOException("the virtual machine that made the " + what + " failed");
                }
                String[] words = line.split(" ", 2);
                seconds.add(Double.parseDouble(words[0]));
                rest = words[1];
            }
        }
        seconds.sort(null);
        if (!seconds.isEmpty()) {
            System.out.printf(
                    Locale.ROOT,
                    "%-8s best %.2f s of %s (heap %s); the last: %s%n",
                    what,
                    seconds.get(0),
                    seconds,
                    heap,
                    rest);
        }
    }

    private static void one(String what, Path session) throws IOException {
        long begin = System.nanoTime();
        String result;
        if (what.equals("summary")) {
            try (SessionReader reader = SessionReader.open(session)) {
                SessionSummary summary = SessionSummary.of(reader);
                result = summary.counters().frames() + " frames, "
                        + summary.counters().readings() + " readings";
            }
        } else {
            Path page = Files.createTempFile("emotion4j-report", ".html");
            SessionReport.of(session).writeHtml(page);
            result = Files.size(page) / 1024 + " KB of page";
            Files.delete(page);
        }
        double seconds = (System.nanoTime() - begin) / 1e9;
        double processor = ProcessHandle.current()
                .info()
                .totalCpuDuration()
                .map(time -> time.toMillis() / 1e3)
                .orElse(Double.NaN);
        System.out.printf(
                Locale.ROOT,
                "%.2f %s; %.1f s of processor time with the start of Java and its compiler%n",
                seconds,
                result,
                processor);
    }
}
