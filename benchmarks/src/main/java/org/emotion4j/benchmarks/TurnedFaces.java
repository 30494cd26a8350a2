package org.emotion4j.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.emotion4j.face.DetectedFace;
import org.emotion4j.face.FaceDetector;
import org.emotion4j.face.UprightFaces;
import org.emotion4j.frame.AffineTransform;
import org.emotion4j.frame.Frame;
import org.emotion4j.frame.FrameBuffer;
import org.emotion4j.frame.FrameUnreadableException;
import org.emotion4j.frame.ImageTransform;
import org.emotion4j.opencv.OpenCv;
import org.emotion4j.opencv.Pictures;
import org.emotion4j.spi.Stages;
import org.opencv.core.Core;

/**
 * Turns portraits as a whole and says of how many a face is still found, and of how many of those it is noticed that they are
 * not upright; the largest face of each picture counts.
 *
 * <p>{@code java -cp benchmarks/target/benchmarks.jar org.emotion4j.benchmarks.TurnedFaces --folder DIR [--pictures 100]
 * [--detector NAME]}: pictures at even distances in the order of their names.
 */
public final class TurnedFaces {
    private static final List<String> OPTIONS = List.of("folder", "pictures", "detector");
    private static final int[] DEGREES = {0, 45, 60, 90, 120, 180, 270};

    private TurnedFaces() {}

    /**
     * Prints one row an angle.
     *
     * @param args see above
     * @throws IOException if the folder cannot be read
     */
    public static void main(String[] args) throws IOException {
        Options options = Options.of(args, OPTIONS, List.of());
        if (!options.has("folder")) {
            System.err.println("--folder DIR is missing; options: " + OPTIONS);
            System.exit(2);
        }
        OpenCv.load();
        Core.setNumThreads(1);
        List<Path> pictures = evenly(Path.of(options.text("folder", "")), (int) options.number("pictures", 100));
        String name = options.text("detector", "");
        try (FaceDetector detector = name.isEmpty() ? Stages.defaultDetector() : Stages.detector(name)) {
            UprightFaces upright = new UprightFaces(detector);
            System.out.println("turned by   pictures   found   noticed");
            for (int degrees : DEGREES) {
                int found = 0;
                int noticed = 0;
                for (Path picture : pictures) {
                    try (Frame frame = turned(picture, degrees)) {
                        Optional<DetectedFace> face = detector.detect(frame).stream()
                                .max(Comparator.comparingDouble(
                                        each -> each.box().area()));
                        found += face.isPresent() ? 1 : 0;
                        noticed += face.isPresent() && isTurned(upright, frame, face.get()) ? 1 : 0;
                    }
                }
                System.out.printf(Locale.ROOT, "%9d %10d %7d %9d%n", degrees, pictures.size(), found, noticed);
            }
        }
    }

    private static List<Path> evenly(Path folder, int count) throws IOException {
        List<Path> all;
        try (Stream<Path> files = Files.list(folder)) {
            all = files.filter(Files::isRegularFile).sorted().toList();
        }
        int taken = Math.min(count, all.size());
        return Stream.iterate(0, i -> i < taken, i -> i + 1)
                .map(i -> all.get((int) ((long) i * all.size() / taken)))
                .toList();
    }

    private static boolean isTurned(UprightFaces upright, Frame frame, DetectedFace face) {
        return upright.of(frame, List.of(face)).get(0) != face;
    }

    private static Frame turned(Path picture, int degrees) {
        try (Frame frame = Pictures.read(picture)) {
            double radians = Math.toRadians(degrees);
            double cosine = Math.cos(radians);
            double sine = Math.sin(radians);
            int width = side(frame.width() * Math.abs(cosine) + frame.height() * Math.abs(sine));
            int height = side(frame.width() * Math.abs(sine) + frame.height() * Math.abs(cosine));
            double x = (frame.width() - 1) / 2.0;
            double y = (frame.height() - 1) / 2.0;
            FrameBuffer target = FrameBuffer.standalone();
            target.reshape(width, height, frame.format());
            ImageTransform.warp(
                    frame,
                    new AffineTransform(
                            cosine,
                            -sine,
                            (width - 1) / 2.0 - cosine * x + sine * y,
                            sine,
                            cosine,
                            (height - 1) / 2.0 - sine * x - cosine * y),
                    target);
            target.stamp(0);
            return target.toFrame();
        } catch (FrameUnreadableException e) {
            throw new IllegalArgumentException(picture + ": " + e.getMessage(), e);
        }
    }

    private static int side(double pixels) {
        return (int) Math.round(pixels);
    }
}
