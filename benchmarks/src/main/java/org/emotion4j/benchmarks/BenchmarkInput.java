package org.emotion4j.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.emotion4j.emotion.EmotionClassifier;
import org.emotion4j.face.FaceDetector;
import org.emotion4j.frame.Frame;
import org.emotion4j.frame.FrameBuffer;
import org.emotion4j.frame.ImageTransform;
import org.emotion4j.frame.PixelFormat;
import org.emotion4j.opencv.Pictures;
import org.emotion4j.spi.Stages;

/** What the benchmarks work on: stages by name, and frames with faces that a machine has or a tester brings. */
final class BenchmarkInput {
    /** The value of a parameter that is not given. */
    static final String DEFAULT = "default";

    private BenchmarkInput() {}

    static FaceDetector detector(String choice) {
        return choice.equals(DEFAULT) ? Stages.defaultDetector() : Stages.detector(choice);
    }

    static EmotionClassifier classifier(String choice) {
        return choice.equals(DEFAULT) ? Stages.defaultClassifier() : Stages.classifier(choice);
    }

    /**
     * Makes frames of one size.
     *
     * @param pictures {@value #DEFAULT} for the portraits of a fresh machine, or a folder of a tester's own, which are
     *     scaled to the size
     * @param size columns and rows, for example {@code 640x480}
     * @param faces faces a frame; for a tester's own pictures whatever they show
     * @param count how many frames; the tester's own are repeated
     * @return open BGR frames that belong to no pool
     */
    static List<Frame> frames(String pictures, String size, int faces, int count) {
        int width = side(size, 0);
        int height = side(size, 1);
        return pictures.equals(DEFAULT)
                ? PortraitFrames.draw(width, height, faces, count, 1)
                : ownFrames(Path.of(pictures), width, height, count);
    }

    private static int side(String size, int index) {
        String[] sides = size.split("x", -1);
        if (sides.length != 2) {
            throw new IllegalArgumentException("size is \"" + size + "\", expected for example 640x480");
        }
        return Integer.parseInt(sides[index]);
    }

    private static List<Frame> ownFrames(Path folder, int width, int height, int count) {
        List<Path> files;
        try (Stream<Path> list = Files.list(folder)) {
            files = list.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (files.isEmpty()) {
            throw new IllegalArgumentException(folder + " holds no pictures");
        }
        List<Frame> frames = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            frames.add(scaled(files.get(i % files.size()), width, height, i));
        }
        return frames;
    }

    private static Frame scaled(Path file, int width, int height, int index) {
        try (Frame picture = Pictures.read(file)) {
            FrameBuffer buffer = FrameBuffer.standalone();
            buffer.reshape(width, height, PixelFormat.BGR24);
            ImageTransform.resize(picture, buffer);
            buffer.stamp(index * 33_333_333L);
            buffer.origin(file.toString());
            return buffer.toFrame();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
