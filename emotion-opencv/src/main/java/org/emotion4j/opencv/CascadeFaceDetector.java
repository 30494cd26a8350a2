package org.emotion4j.opencv;

import static org.emotion4j.stage.internal.BuilderOptions.once;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.emotion4j.face.BoundingBox;
import org.emotion4j.face.DetectedFace;
import org.emotion4j.face.EyePositions;
import org.emotion4j.face.FaceAligner;
import org.emotion4j.face.FaceDetector;
import org.emotion4j.frame.Frame;
import org.emotion4j.frame.PixelFormat;
import org.emotion4j.stage.StageException;
import org.emotion4j.stage.StageMetadata;
import org.opencv.core.CvException;
import org.opencv.core.Mat;
import org.opencv.core.MatOfInt;
import org.opencv.core.MatOfRect;
import org.opencv.core.Size;
import org.opencv.imgproc.Imgproc;
import org.opencv.objdetect.CascadeClassifier;

/**
 * Upright frontal faces by a boosted cascade: Haar features (Viola and Jones, "Rapid Object Detection using a Boosted
 * Cascade of Simple Features", CVPR 2001) or local binary patterns. Confined to one thread.
 *
 * <p>The picture is made gray and searched at growing scales. It is not equalized: a cascade normalizes each window by
 * its own variance, and equalizing the whole picture loses faces before bright walls.
 *
 * <p>The confidence is {@code n * n / (n * n + 36)}, where {@code n} is the number of overlapping windows that passed the
 * whole cascade: above 0, below 1, and it grows with {@code n}. The curve follows what was measured with the Haar cascade
 * and the default scale factor on 100 photos of WIDER FACE: about a third of the boxes with 4 windows were faces, half of
 * those with 6, nine in ten of those with 10 to 20, all of those with 20 and more.
 */
public final class CascadeFaceDetector implements FaceDetector {
    /** Pictures whose shorter side is below this many pixels are enlarged before the search. */
    public static final int ENLARGE_BELOW = 240;

    /** The smallest face that is looked for is that many windows of the cascade wide after large pictures are reduced. */
    private static final double SMALLEST_IN_WINDOWS = 1.5;

    private static final double WINDOWS_AT_ONE_HALF = 6;

    private final Cascade cascade;
    private final double scaleFactor;
    private final int minNeighbors;
    private final OptionalInt minFaceSize;
    private final double enlargement;
    private final EyePositions eyesInBox;

    private final CascadeClassifier classifier;
    private final FrameMats frames = new FrameMats();
    private final Mat gray = new Mat();
    private final Mat resized = new Mat();
    private final MatOfRect boxes = new MatOfRect();
    private final MatOfInt neighbors = new MatOfInt();
    private boolean open = true;

    private CascadeFaceDetector(Builder builder, CascadeClassifier classifier) {
        this.cascade = builder.cascade;
        this.scaleFactor = builder.scaleFactor;
        this.minNeighbors = builder.minNeighbors;
        this.minFaceSize = builder.minFaceSize;
        this.enlargement = builder.enlargement;
        this.eyesInBox = builder.eyesInBox;
        this.classifier = classifier;
    }

    /**
     * Makes the detector with OpenCV's {@code haarcascade_frontalface_alt2.xml} and the defaults.
     *
     * @return a detector
     * @throws StageException if OpenCV's native code does not load
     */
    public static CascadeFaceDetector haarAlt2() {
        return haarAlt2Builder().build();
    }

    /**
     * Makes the detector with OpenCV's {@code lbpcascade_frontalface.xml} and the defaults: faster than
     * {@link #haarAlt2()}, but it finds fewer faces (four of the eight AdminLTE portraits, where Haar finds all).
     *
     * @return a detector
     * @throws StageException if OpenCV's native code does not load
     */
    public static CascadeFaceDetector lbp() {
        return lbpBuilder().build();
    }

    /**
     * Starts to describe a detector with OpenCV's {@code haarcascade_frontalface_alt2.xml}.
     *
     * @return a builder with the defaults
     */
    public static Builder haarAlt2Builder() {
        return new Builder(Cascade.bundled("haar-alt2", "haarcascade_frontalface_alt2.xml", 3));
    }

    /**
     * Starts to describe a detector with OpenCV's {@code lbpcascade_frontalface.xml}.
     *
     * @return a builder with the defaults
     */
    public static Builder lbpBuilder() {
        return new Builder(Cascade.bundled("lbp", "lbpcascade_frontalface.xml", 4));
    }

    /**
     * Starts to describe a detector with a cascade of the user's own.
     *
     * @param cascade an XML file as OpenCV's training tools write them
     * @return a builder with the defaults
     * @throws StageException if the file cannot be read
     */
    public static Builder builder(Path cascade) {
        return new Builder(Cascade.ofFile(cascade));
    }

    @Override
    public List<DetectedFace> detect(Frame frame) {
        if (!open) {
            throw new IllegalStateException("this face detector was closed; make another");
        }
        Mat picture = grayOf(frame);
        double smallest =
                minFaceSize.isPresent() ? minFaceSize.getAsInt() : defaultMinFaceSize(frame.width(), frame.height());
        double scale = searchScale(frame, smallest);
        try {
            return search(resized(picture, scale), scale, smallest * scale);
        } catch (CvException e) {
            throw new StageException(
                    "OpenCV failed to search " + frame + " for faces with " + cascade.file + ": " + e.getMessage(), e);
        }
    }

    private Mat grayOf(Frame frame) {
        Mat pixels = frames.over(frame);
        if (frame.format() == PixelFormat.GRAY8) {
            return pixels;
        }
        Imgproc.cvtColor(
                pixels, gray, frame.format() == PixelFormat.BGR24 ? Imgproc.COLOR_BGR2GRAY : Imgproc.COLOR_RGB2GRAY);
        return gray;
    }

    /**
     * Returns by how much the picture is resized before the search. Small ones are enlarged; from others nothing is kept
     * that the smallest face does not need, since time goes with the number of pixels.
     */
    private double searchScale(Frame frame, double smallest) {
        if (Math.min(frame.width(), frame.height()) < ENLARGE_BELOW) {
            return enlargement;
        }
        return Math.min(1, SMALLEST_IN_WINDOWS * classifier.getOriginalWindowSize().width / smallest);
    }

    private Mat resized(Mat picture, double scale) {
        if (scale == 1) {
            return picture;
        }
        Size size = new Size(
                Math.max(1, Math.round(picture.cols() * scale)), Math.max(1, Math.round(picture.rows() * scale)));
        Imgproc.resize(picture, resized, size, 0, 0, scale > 1 ? Imgproc.INTER_CUBIC : Imgproc.INTER_AREA);
        return resized;
    }

    private List<DetectedFace> search(Mat picture, double scale, double smallest) {
        classifier.detectMultiScale2(
                picture, boxes, neighbors, scaleFactor, minNeighbors, 0, new Size(smallest, smallest), new Size());
        int count = boxes.rows();
        if (count == 0) {
            return List.of();
        }
        List<DetectedFace> faces = new ArrayList<>(count);
        int[] box = new int[4];
        int[] n = new int[1];
        for (int i = 0; i < count; i++) {
            boxes.get(i, 0, box);
            neighbors.get(i, 0, n);
            faces.add(new DetectedFace(
                    new BoundingBox(box[0] / scale, box[1] / scale, box[2] / scale, box[3] / scale), confidence(n[0])));
        }
        return LargestFirst.sorted(faces);
    }

    private static double confidence(int windows) {
        double squared = (double) windows * windows;
        return squared / (squared + WINDOWS_AT_ONE_HALF * WINDOWS_AT_ONE_HALF);
    }

    /**
     * 48 pixels, the side of our networks' crops, or less in small pictures (a tenth) and more in large ones (a
     * sixteenth): the small faces cost the most to look for and are read the worst.
     */
    static double defaultMinFaceSize(int width, int height) {
        double side = Math.min(width, height);
        return Math.max(side / 16, Math.min(48, side / 10));
    }

    @Override
    public EyePositions eyesInBox() {
        return eyesInBox;
    }

    @Override
    public void warmUp() {
        try (Frame blank = Frame.of(320, 240, PixelFormat.GRAY8, new byte[320 * 240])) {
            detect(blank);
        }
    }

    @Override
    public StageMetadata metadata() {
        String settings = "scaleFactor=" + scaleFactor + " minNeighbors=" + minNeighbors + " minFaceSize="
                + (minFaceSize.isPresent() ? minFaceSize.getAsInt() : "auto") + " enlargement=" + enlargement;
        StageMetadata metadata = StageMetadata.named(cascade.name)
                .withSha256(StageMetadata.sha256(cascade.xml))
                .withRuntime(OpenCv.version())
                .withNotes(settings)
                .withSettings(settings);
        return cascade.bundled ? metadata.withLicense("BSD-3-Clause") : metadata;
    }

    /** Returns how many headers over frame memory were made, for tests. */
    int headersCreated() {
        return frames.created();
    }

    @Override
    public void close() {
        if (open) {
            open = false;
            frames.close();
            gray.release();
            resized.release();
            boxes.release();
            neighbors.release();
        }
    }

    @Override
    public String toString() {
        return "CascadeFaceDetector[" + cascade.name + ", scaleFactor=" + scaleFactor + ", minNeighbors=" + minNeighbors
                + ", minFaceSize=" + (minFaceSize.isPresent() ? minFaceSize.getAsInt() : "auto") + ", enlargement="
                + enlargement + "]";
    }

    /** Describes a cascade detector. Not thread-safe. */
    public static final class Builder {
        private final Cascade cascade;
        private double scaleFactor = 1.1;
        private int minNeighbors;
        private OptionalInt minFaceSize = OptionalInt.empty();
        private double enlargement = 2;
        private EyePositions eyesInBox = FaceAligner.EYES_IN_SQUARE_BOX;
        private final List<String> set = new ArrayList<>();

        private Builder(Cascade cascade) {
            this.cascade = cascade;
            this.minNeighbors = cascade.minNeighbors;
        }

        /**
         * Sets by how much the searched face grows from one scale to the next.
         *
         * @param value above 1 to 2; by default 1.1
         * @return this builder
         * @throws IllegalArgumentException if the number is out of its range
         * @throws IllegalStateException if it was set before
         */
        public Builder scaleFactor(double value) {
            once(set, "scaleFactor");
            if (!(value > 1.001 && value <= 2)) {
                throw new IllegalArgumentException("scaleFactor is " + value + ", expected above 1.001 to 2");
            }
            scaleFactor = value;
            return this;
        }

        /**
         * Sets how many overlapping windows are too few for a face, in OpenCV's meaning: a box needs more than this. A
         * higher number loses faces, a lower one gives false ones.
         *
         * @param value 1 to 100; by default 3, and 4 for {@link #lbp()}
         * @return this builder
         * @throws IllegalArgumentException if the number is out of its range
         * @throws IllegalStateException if it was set before
         */
        public Builder minNeighbors(int value) {
            once(set, "minNeighbors");
            minNeighbors = requireRange("minNeighbors", value, 1, 100);
            return this;
        }

        /**
         * Sets the smallest face that is looked for. A cascade cannot find faces below its own window (20 pixels for
         * Haar, 24 for LBP), after enlargement.
         *
         * @param pixels side of the box in pixels of the frame, 1 to 10,000; by default 48, but at most a tenth and at
         *     least a sixteenth of the frame's shorter side
         * @return this builder
         * @throws IllegalArgumentException if the number is out of its range
         * @throws IllegalStateException if it was set before
         */
        public Builder minFaceSize(int pixels) {
            once(set, "minFaceSize");
            minFaceSize = OptionalInt.of(requireRange("minFaceSize", pixels, 1, 10_000));
            return this;
        }

        /**
         * Sets by how much pictures are enlarged whose shorter side is below {@link #ENLARGE_BELOW} pixels.
         *
         * @param factor 1 (never) to 8; by default 2
         * @return this builder
         * @throws IllegalArgumentException if the number is out of its range
         * @throws IllegalStateException if it was set before
         */
        public Builder enlargement(double factor) {
            once(set, "enlargement");
            if (!(factor >= 1 && factor <= 8)) {
                throw new IllegalArgumentException("enlargement is " + factor + ", expected 1 to 8");
            }
            enlargement = factor;
            return this;
        }

        /**
         * Sets where the eyes lie in the boxes of a cascade of one's own.
         *
         * @param value fractions of the box's width and height; by default {@link FaceAligner#EYES_IN_SQUARE_BOX}, which
         *     was measured for both bundled cascades
         * @return this builder
         * @throws IllegalStateException if it was set before
         */
        public Builder eyesInBox(EyePositions value) {
            once(set, "eyesInBox");
            eyesInBox = value;
            return this;
        }

        /**
         * Loads the cascade.
         *
         * @return a detector
         * @throws StageException if OpenCV's native code does not load, or the cascade is damaged or no cascade; the
         *     message names the file
         */
        public CascadeFaceDetector build() {
            OpenCv.load();
            return new CascadeFaceDetector(this, cascade.load());
        }

        private static int requireRange(String option, int value, int min, int max) {
            if (value < min || value > max) {
                throw new IllegalArgumentException(option + " is " + value + ", expected " + min + " to " + max);
            }
            return value;
        }
    }

    /** A trained cascade as a file's bytes. */
    private record Cascade(String name, String file, byte[] xml, int minNeighbors, boolean bundled) {
        private static final String EXPECTED = "expected an XML file as opencv_traincascade writes it";

        static Cascade bundled(String name, String resource, int minNeighbors) {
            try (InputStream in = CascadeFaceDetector.class.getResourceAsStream("cascades/" + resource)) {
                if (in == null) {
                    throw new StageException("the cascade " + resource + " is missing from the jar of emotion-opencv;"
                            + " build it with Maven, which unpacks the cascades");
                }
                return new Cascade(name, resource, in.readAllBytes(), minNeighbors, true);
            } catch (IOException e) {
                throw new StageException("the cascade " + resource + " cannot be read from the jar: " + e, e);
            }
        }

        static Cascade ofFile(Path file) {
            try {
                return new Cascade(
                        String.valueOf(file.getFileName()), file.toString(), Files.readAllBytes(file), 3, false);
            } catch (IOException e) {
                throw new StageException("the cascade " + file + " cannot be read: " + e, e);
            }
        }

        /** OpenCV's Java API loads cascades from files only, so the bytes make a detour. */
        CascadeClassifier load() {
            try {
                Path copy = Files.createTempFile("emotion4j-cascade", ".xml");
                try {
                    Files.write(copy, xml);
                    CascadeClassifier classifier = new CascadeClassifier();
                    if (!classifier.load(copy.toString()) || classifier.empty()) {
                        throw new StageException(file + " is no cascade: " + EXPECTED);
                    }
                    return classifier;
                } finally {
                    Files.delete(copy);
                }
            } catch (CvException e) {
                throw new StageException(file + " is damaged or no cascade (" + e.getMessage() + "): " + EXPECTED, e);
            } catch (IOException e) {
                throw new StageException(
                        "the cascade " + file + " cannot be copied into java.io.tmpdir = "
                                + System.getProperty("java.io.tmpdir") + ", which has to be writable: " + e,
                        e);
            }
        }
    }
}
