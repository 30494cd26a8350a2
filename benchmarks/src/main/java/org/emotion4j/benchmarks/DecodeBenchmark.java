package org.emotion4j.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.emotion4j.frame.Frame;
import org.emotion4j.opencv.Pictures;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Decoding one picture. Not part of the whole frame, whose pixels are decoded already. */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 2)
@Fork(1)
public class DecodeBenchmark {
    /** Columns and rows of the picture. */
    @Param({"640x480", "1280x720", "1920x1080"})
    public String size = "640x480";

    /** How it is compressed: the ending of a file name. */
    @Param({"jpg", "png"})
    public String format = "jpg";

    private byte[] bytes = {};

    /** Made by JMH. */
    public DecodeBenchmark() {}

    /**
     * Compresses a frame.
     *
     * @throws IOException if there is no room for it
     */
    @Setup(Level.Trial)
    public void open() throws IOException {
        Path file = Files.createTempFile("emotion4j-decode", "." + format);
        try (Frame frame =
                BenchmarkInput.frames(BenchmarkInput.DEFAULT, size, 1, 1).get(0)) {
            Pictures.write(frame, file);
            bytes = Files.readAllBytes(file);
        } finally {
            Files.delete(file);
        }
    }

    /**
     * Decodes the picture.
     *
     * @return its number of rows
     * @throws IOException never
     */
    @Benchmark
    public int decode() throws IOException {
        try (Frame frame = Pictures.decode(bytes)) {
            return frame.height();
        }
    }
}
