package org.emotion4j.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.emotion4j.djl.DjlSingleShotFaceDetector;
import org.emotion4j.djl.MtcnnFaceDetector;
import org.emotion4j.emotion.EmotionClassifier;
import org.emotion4j.face.FaceDetector;
import org.emotion4j.frame.Frame;
import org.emotion4j.frame.FrameBuffer;
import org.emotion4j.frame.ImageTransform;
import org.emotion4j.frame.PixelFormat;
import org.emotion4j.opencv.CascadeFaceDetector;
import org.emotion4j.opencv.Pictures;
import org.emotion4j.opencv.SingleShotFaceDetector;
import org.emotion4j.spi.Stages;

/** What the benchmarks work on: stages by name, and frames with faces that a machine has or a tester brings. */
final class BenchmarkInput {
    /** The value of a parameter that is not given. */
    static final String DEFAULT = "default";

    private static final int CHUNK = 16;
    private static final int MOST_TRIES = 8;

    private BenchmarkInput() {}

    static FaceDetector detector(String choice) {
        return choice.equals(DEFAULT) ? Stages.defaultDetector() : Stages.detector(choice);
    }

    /** A detector that is told the height of the smallest face. */
    static FaceDetector detector(String choice, String smallest) {
        if (smallest.equals(DEFAULT)) {
            return detector(choice);
        }
        int pixels = Integer.parseInt(smallest);
        return switch (choice) {
            case DEFAULT, "single-shot" ->
                SingleShotFaceDetector.builder().minFaceSize(pixels).build();
            case "single-shot-djl" ->
                DjlSingleShotFaceDetector.builder().minFaceSize(pixels).build();
            case "haar" ->
                CascadeFaceDetector.haarAlt2Builder().minFaceSize(pixels).build();
            case "mtcnn" -> MtcnnFaceDetector.builder().minFace(pixels).build();
            case "lbp" -> CascadeFaceDetector.lbpBuilder().minFaceSize(pixels).build();
            default -> throw new IllegalArgumentException("the smallest face cannot be set for " + choice);
        };
    }

    static EmotionClassifier classifier(String choice) {
        return choice.equals(DEFAULT) ? Stages.defaultClassifier() : Stages.classifier(choice);
    }

    /**
     * Makes frames of one size in which a detector finds every face that was drawn, and no more: a frame timed as "no
     * face", or as three of four, would make the figures lie. No detector finds all portraits in all sizes.
     *
     * @param detector a face detector's name
     * @param pictures as below; a tester's own are taken as they are
     * @param size as below
     * @param faces as below
     * @param count how many frames
     * @return open BGR frames that belong to no pool
     * @throws IllegalStateException if most portraits are not found
     */
    static List<Frame> foundFrames(String detector, String pictures, String size, int faces, int count) {
        if (!pictures.equals(DEFAULT)) {
            return frames(pictures, size, faces, count);
        }
        List<Frame> found = new ArrayList<>(count);
        try (FaceDetector eye = detector(detector)) {
            for (int seed = 1; found.size() < count && seed <= MOST_TRIES * count / CHUNK; seed++) {
                for (Frame frame : PortraitFrames.draw(side(size, 0), side(size, 1), faces, CHUNK, seed)) {
                    if (found.size() < count && eye.detect(frame).size() == faces) {
                        found.add(frame);
                    } else {
                        frame.close();
                    }
                }
            }
        }
        if (found.size() < count) {
            throw new IllegalStateException("the detector \"" + detector + "\" finds " + faces + " faces in only "
                    + found.size() + " of " + MOST_TRIES * count + " frames of " + size
                    + "; bring pictures of your own, -p pictures=FOLDER");
        }
        return found;
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
