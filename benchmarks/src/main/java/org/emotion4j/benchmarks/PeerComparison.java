package org.emotion4j.benchmarks;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.emotion4j.emotion.EmotionClassifier;
import org.emotion4j.face.FaceDetector;
import org.emotion4j.frame.Frame;
import org.emotion4j.pipeline.EmotionPipeline;
import org.emotion4j.reading.FrameResult;
import org.emotion4j.spi.Stages;

/**
 * Ours and a peer on the same photographs, one process each, in turns, so that whatever else the machine does falls on both. Timed is
 * from pixels in memory to the expression: neither decodes a file. The peer is a program that is given a photograph's file, columns and
 * rows on a line and answers with {@code ms}, the time, and how many faces it found.
 *
 * <p>{@code benchmarks/peers/compare} installs the peer and runs this.
 */
public final class PeerComparison {
    private static final List<String> OPTIONS = List.of("runs", "pictures", "peer", "modules", "name");
    private static final int PHOTOS = 8;
    private static final int WARM_UP = 10;
    private static final String SIZE = "640x480";

    private PeerComparison() {}

    /**
     * Compares and prints the figures.
     *
     * @param args {@code --peer FILE}, its program for Node.js; {@code --modules FOLDER}, where it is installed; {@code --name}, what it
     *     is called; {@code --runs N}, how
     *     often each photograph is read by each, 30 by default; {@code --pictures FOLDER}, photographs of one's own; {@code --json}
     * @throws IOException if the peer cannot be started or answers something else
     */
    public static void main(String[] args) throws IOException {
        Options options = Options.of(args, OPTIONS, List.of("json"));
        int runs = (int) options.number("runs", 30);
        if (runs < 1) {
            throw new IllegalArgumentException("--runs is " + runs + ", expected 1 or more");
        }
        String name = options.text("name", "peer");
        List<Frame> photos = BenchmarkInput.foundFrames(
                BenchmarkInput.DEFAULT, options.text("pictures", BenchmarkInput.DEFAULT), SIZE, 1, PHOTOS);
        Path folder = Files.createTempDirectory("emotion4j-peers");
        try (Ours ours = new Ours();
                Peer peer = new Peer(options.text("peer", ""), options.text("modules", ""), photos, folder)) {
            Measured measured = measure(photo -> ours.read(photos.get(photo)), peer::read, photos.size(), runs);
            print(System.out, measured, name, options.has("json"));
        } finally {
            photos.forEach(Frame::close);
            try (var files = Files.list(folder)) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
            Files.delete(folder);
        }
    }

    /** One reading of a photograph by one of the two: how long it took, and how many faces there were. */
    record Turn(double millis, int faces) {}

    /** Reads one of the photographs. */
    interface Reader {
        Turn read(int photo) throws IOException;
    }

    /** All readings by both, in pairs. */
    record Measured(double[] ours, double[] peers, int oursFound, int peersFound) {
        double[] ratios() {
            double[] ratios = new double[ours.length];
            for (int i = 0; i < ratios.length; i++) {
                ratios[i] = peers[i] / ours[i];
            }
            return ratios;
        }
    }

    /** Both read each photograph in each run, and who comes first changes; the first {@value #WARM_UP} runs do not count. */
    static Measured measure(Reader ours, Reader peer, int photos, int runs) throws IOException {
        double[] ourTimes = new double[runs * photos];
        double[] peerTimes = new double[runs * photos];
        int oursFound = 0;
        int peersFound = 0;
        for (int run = -WARM_UP; run < runs; run++) {
            for (int i = 0; i < photos; i++) {
                boolean oursFirst = Math.floorMod(run + i, 2) == 0;
                Turn first = oursFirst ? ours.read(i) : peer.read(i);
                Turn second = oursFirst ? peer.read(i) : ours.read(i);
                if (run >= 0) {
                    Turn our = oursFirst ? first : second;
                    Turn their = oursFirst ? second : first;
                    ourTimes[run * photos + i] = our.millis();
                    peerTimes[run * photos + i] = their.millis();
                    oursFound += our.faces() > 0 ? 1 : 0;
                    peersFound += their.faces() > 0 ? 1 : 0;
                }
            }
        }
        return new Measured(ourTimes, peerTimes, oursFound, peersFound);
    }

    static void print(PrintStream out, Measured measured, String name, boolean json) {
        double[] ratios = measured.ratios();
        String format = json
                ? "{\"peer\": \"%s\", \"ratioP50\": %.3f, \"ratioP10\": %.3f, \"ratioP90\": %.3f, \"oursP50\": %.3f,"
                        + " \"peerP50\": %.3f, \"runs\": %d, \"oursFound\": %d, \"peerFound\": %d}%n"
                : "%s over ours: %.2f times the time (median; the middle four fifths %.2f to %.2f)%n"
                        + "ours %.1f ms, the peer %.1f ms, from pixels to expression (medians of %d readings each)%n"
                        + "a face found: ours %d times, the peer %d%n";
        out.printf(
                Locale.ROOT,
                format,
                name,
                quantile(ratios, 0.5),
                quantile(ratios, 0.1),
                quantile(ratios, 0.9),
                quantile(measured.ours(), 0.5),
                quantile(measured.peers(), 0.5),
                ratios.length,
                measured.oursFound(),
                measured.peersFound());
    }

    static double quantile(double[] values, double share) {
        double[] sorted = values.clone();
        java.util.Arrays.sort(sorted);
        return sorted[(int) Math.min(sorted.length - 1, Math.round(share * (sorted.length - 1)))];
    }

    /** The default stages, as the command line takes them. */
    private static final class Ours implements Closeable {
        private final EmotionPipeline pipeline;

        Ours() {
            FaceDetector detector = Stages.defaultDetector();
            EmotionClassifier classifier = Stages.defaultClassifier();
            EmotionPipeline.Builder builder =
                    EmotionPipeline.builder().detector(detector).classifier(classifier);
            Stages.defaultLandmarks().ifPresent(builder::landmarks);
            pipeline = builder.build();
            pipeline.warmUp();
        }

        Turn read(Frame photo) {
            long start = System.nanoTime();
            FrameResult result = pipeline.analyze(photo);
            return new Turn((System.nanoTime() - start) / 1e6, result.readings().size());
        }

        @Override
        public void close() {
            pipeline.close();
        }
    }

    /** The other program, which is asked by lines. */
    private static final class Peer implements Closeable {
        private final Process process;
        private final BufferedWriter questions;
        private final BufferedReader answers;
        private final List<String> photos = new ArrayList<>();

        Peer(String program, String modules, List<Frame> frames, Path folder) throws IOException {
            if (program.isBlank() || modules.isBlank()) {
                throw new IllegalArgumentException(
                        "--peer or --modules is missing: benchmarks/peers/compare gives both");
            }
            for (Frame frame : frames) {
                Path file = folder.resolve(photos.size() + ".rgb");
                Files.write(file, rgb(frame));
                photos.add(file + "\t" + frame.width() + "\t" + frame.height());
            }
            process = new ProcessBuilder("node", program, modules)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            questions = process.outputWriter(StandardCharsets.UTF_8);
            answers = process.inputReader(StandardCharsets.UTF_8);
        }

        private static byte[] rgb(Frame frame) {
            ByteBuffer bgr = frame.pixels();
            byte[] rgb = new byte[frame.width() * frame.height() * 3];
            for (int y = 0; y < frame.height(); y++) {
                for (int x = 0; x < frame.width(); x++) {
                    for (int c = 0; c < 3; c++) {
                        rgb[(y * frame.width() + x) * 3 + c] = bgr.get(y * frame.stride() + x * 3 + 2 - c);
                    }
                }
            }
            return rgb;
        }

        Turn read(int photo) throws IOException {
            questions.write(photos.get(photo));
            questions.newLine();
            questions.flush();
            String answer = answers.readLine();
            if (answer == null || !answer.startsWith("ms ")) {
                throw new IOException("the peer answered "
                        + (answer == null ? "nothing and ended" : "\"" + answer + "\"") + ", expected its time");
            }
            String[] words = answer.split(" ");
            return new Turn(Double.parseDouble(words[1]), Integer.parseInt(words[2]));
        }

        @Override
        public void close() throws IOException {
            questions.close();
            try {
                if (!process.waitFor(10, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                }
            } catch (InterruptedException e) {
                process.destroyForcibly();
                Thread.currentThread().interrupt();
            }
        }
    }
}
