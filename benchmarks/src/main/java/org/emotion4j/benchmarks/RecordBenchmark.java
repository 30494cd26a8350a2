package org.emotion4j.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.emotion4j.emotion.EmotionScores;
import org.emotion4j.face.BoundingBox;
import org.emotion4j.face.DetectedFace;
import org.emotion4j.reading.EmotionReading;
import org.emotion4j.reading.FrameResult;
import org.emotion4j.reading.StageTimings;
import org.emotion4j.recording.CsvSessionRecorder;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Writing one face of one frame into the CSV record, handed to the operating system at once. */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class RecordBenchmark {
    private @Nullable Path folder;
    private @Nullable CsvSessionRecorder recorder;
    private @Nullable FrameResult result;

    /** Made by JMH. */
    public RecordBenchmark() {}

    /**
     * Begins a record in the temporary folder.
     *
     * @throws IOException if there is no room for it
     */
    @Setup(Level.Iteration)
    public void open() throws IOException {
        folder = Files.createTempDirectory("emotion4j-record");
        recorder = CsvSessionRecorder.create(folder);
        EmotionScores scores = EmotionScores.ofWeights(1, 2, 3, 4, 5, 6, 7);
        DetectedFace face = new DetectedFace(new BoundingBox(101.5, 80.25, 200, 200), 0.93);
        result = new FrameResult(
                7,
                233_333_331L,
                Instant.EPOCH,
                "benchmark",
                640,
                480,
                false,
                List.of(new EmotionReading(1, 233_333_331L, face, scores, scores, Optional.of(scores.top()))),
                new StageTimings(1, 2, 3, 6));
    }

    /**
     * Writes the frame.
     *
     * @throws IOException if there is no room for it
     */
    @Benchmark
    public void record() throws IOException {
        Objects.requireNonNull(recorder).record(Objects.requireNonNull(result));
    }

    /**
     * Deletes the record.
     *
     * @throws IOException if that fails
     */
    @TearDown(Level.Iteration)
    public void close() throws IOException {
        Objects.requireNonNull(recorder).close();
        try (Stream<Path> files = Files.walk(Objects.requireNonNull(folder))) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
