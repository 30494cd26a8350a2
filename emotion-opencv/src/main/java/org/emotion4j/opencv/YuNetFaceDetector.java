package org.emotion4j.opencv;

import static org.emotion4j.stage.internal.BuilderOptions.once;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.emotion4j.face.BoundingBox;
import org.emotion4j.face.DetectedFace;
import org.emotion4j.face.EyePositions;
import org.emotion4j.face.FaceDetector;
import org.emotion4j.face.Landmarks;
import org.emotion4j.face.internal.SingleShotDecoder;
import org.emotion4j.frame.Frame;
import org.emotion4j.frame.PixelFormat;
import org.emotion4j.stage.StageException;
import org.emotion4j.stage.StageMetadata;
import org.emotion4j.stage.internal.WeightsFile;
import org.opencv.core.Core;
import org.opencv.core.CvException;
import org.opencv.core.Mat;
import org.opencv.core.MatOfByte;
import org.opencv.core.Scalar;
import org.opencv.core.Size;
import org.opencv.imgproc.Imgproc;
import org.opencv.objdetect.FaceDetectorYN;

/**
 * Faces and five landmarks by YuNet (Wu et al., "YuNet: A Tiny Millisecond-level Face Detector", Machine Intelligence
 * Research 20, 2023), with a model file that the user brings: OpenCV's zoo calls it
 * {@code face_detection_yunet_2023mar.onnx}. Confined to one thread.
 *
 * <p>The confidence is the network's own score, the root of face-ness times overlap. OpenCV's Java API frees the network
 * itself when this object is collected, not at {@link #close()}.
 */
public final class YuNetFaceDetector implements FaceDetector {
    /** What OpenCV keeps before non-maximum suppression. */
    private static final int TOP_K = 5_000;

    /** A row of OpenCV's result: x, y, width, height, five points, score. */
    private static final int COLUMNS = 15;

    /** Measured with a 68-point landmark network on 655 photographed faces; medians. */
    private static final EyePositions EYES = EyePositions.level(0.276, 0.379);

    private final String model;
    private final String sha256;
    private final int maxSide;
    private final int minFaceSize;
    private final String settings;
    private final FaceDetectorYN network;
    private final FrameMats frames = new FrameMats();
    private final Mat color = new Mat();
    private final Mat reduced = new Mat();
    private final Mat widened = new Mat();
    private final Mat found = new Mat();
    private int inputWidth;
    private int inputHeight;
    private boolean open = true;

    private YuNetFaceDetector(Builder builder, byte[] onnx, FaceDetectorYN network) {
        this.model = String.valueOf(builder.model.getFileName());
        this.sha256 = StageMetadata.sha256(onnx);
        this.maxSide = builder.maxSide;
        this.minFaceSize = builder.minFaceSize;
        this.settings = builder.toString();
        this.network = network;
    }

    /**
     * Loads a model with the defaults.
     *
     * @param model an ONNX file of YuNet
     * @return a detector
     * @throws StageException if the file is missing, damaged or of another network, or OpenCV's native code does not
     *     load; the message names the file
     */
    public static YuNetFaceDetector load(Path model) {
        return builder(model).build();
    }

    /**
     * Starts to describe a detector.
     *
     * @param model an ONNX file of YuNet
     * @return a builder with the defaults
     */
    public static Builder builder(Path model) {
        return new Builder(model);
    }

    @Override
    public List<DetectedFace> detect(Frame frame) {
        if (!open) {
            throw new IllegalStateException("this face detector was closed; make another");
        }
        try {
            return find(frame);
        } catch (CvException e) {
            throw new StageException("YuNet's model " + model + " failed on " + frame + ": " + e.getMessage(), e);
        }
    }

    private List<DetectedFace> find(Frame frame) {
        Mat picture = inputOf(frame);
        double scaleX = (double) frame.width() / picture.cols();
        double scaleY = (double) frame.height() / picture.rows();
        Mat input = atLeastSide(picture);
        if (input.cols() != inputWidth || input.rows() != inputHeight) {
            inputWidth = input.cols();
            inputHeight = input.rows();
            network.setInputSize(new Size(inputWidth, inputHeight));
        }
        network.detect(input, found);
        int count = found.rows();
        if (count == 0) {
            return List.of();
        }
        float[] row = new float[COLUMNS];
        List<DetectedFace> faces = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            found.get(i, 0, row);
            requireFinite(row, frame);
            faceOf(row, scaleX, scaleY, frame).ifPresent(faces::add);
        }
        return LargestFirst.sorted(faces);
    }

    /** Blue, green, red, and no larger than the cap. */
    private Mat inputOf(Frame frame) {
        Mat picture = frames.over(frame);
        double scale = (double) maxSide / Math.max(frame.width(), frame.height());
        if (scale < 1) {
            Size size = new Size(
                    Math.max(1, Math.round(frame.width() * scale)), Math.max(1, Math.round(frame.height() * scale)));
            Imgproc.resize(picture, reduced, size, 0, 0, Imgproc.INTER_AREA);
            picture = reduced;
        }
        if (frame.format() == PixelFormat.BGR24) {
            return picture;
        }
        Imgproc.cvtColor(
                picture, color, frame.format() == PixelFormat.GRAY8 ? Imgproc.COLOR_GRAY2BGR : Imgproc.COLOR_RGB2BGR);
        return color;
    }

    /** Black to the right and below a picture that is smaller than OpenCV reads the same every time. */
    private Mat atLeastSide(Mat picture) {
        int right = SingleShotDecoder.LEAST_SIDE - picture.cols();
        int below = SingleShotDecoder.LEAST_SIDE - picture.rows();
        if (right <= 0 && below <= 0) {
            return picture;
        }
        Core.copyMakeBorder(
                picture, widened, 0, Math.max(0, below), 0, Math.max(0, right), Core.BORDER_CONSTANT, Scalar.all(0));
        return widened;
    }

    private void requireFinite(float[] row, Frame frame) {
        for (float number : row) {
            if (!Float.isFinite(number)) {
                throw new StageException("YuNet's model " + model + " answered " + number + " for " + frame
                        + ", expected finite numbers: its weights are damaged, or OpenCV's network module is");
            }
        }
    }

    private Optional<DetectedFace> faceOf(float[] row, double scaleX, double scaleY, Frame frame) {
        double width = row[2] * scaleX;
        double height = row[3] * scaleY;
        if (!(width > 0 && height > 0) || Math.min(width, height) < minFaceSize) {
            return Optional.empty();
        }
        BoundingBox box = new BoundingBox(row[0] * scaleX, row[1] * scaleY, width, height);
        if (box.right() <= 0 || box.bottom() <= 0 || box.x() >= frame.width() || box.y() >= frame.height()) {
            return Optional.empty();
        }
        // YuNet's first point is the person's right eye: the left one in the picture. So its order is ours.
        double[] points = new double[10];
        for (int i = 0; i < 5; i++) {
            points[2 * i] = row[4 + 2 * i] * scaleX;
            points[2 * i + 1] = row[5 + 2 * i] * scaleY;
        }
        return Optional.of(new DetectedFace(
                box,
                Math.max(0, Math.min(1, row[14])),
                Optional.of(Landmarks.of(Landmarks.Scheme.FIVE_POINTS, points))));
    }

    @Override
    public EyePositions eyesInBox() {
        return EYES;
    }

    @Override
    public void warmUp() {
        try (Frame blank = Frame.of(320, 240, PixelFormat.BGR24, new byte[320 * 240 * 3])) {
            detect(blank);
        }
    }

    @Override
    public StageMetadata metadata() {
        return StageMetadata.named("yunet")
                .withVersion(model)
                .withSha256(sha256)
                .withRuntime(OpenCv.version() + " DNN cpu")
                .withNotes(settings)
                .withSettings(settings);
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
            color.release();
            reduced.release();
            widened.release();
            found.release();
        }
    }

    @Override
    public String toString() {
        return "YuNetFaceDetector[" + model + ", " + settings + "]";
    }

    /** Describes a YuNet detector. Not thread-safe. Each setting can be made once. */
    public static final class Builder {
        private final Path model;
        private double scoreThreshold = 0.7;
        private double nmsThreshold = 0.3;
        private int maxSide = 640;
        private int minFaceSize = 1;
        private final List<String> set = new ArrayList<>();

        private Builder(Path model) {
            this.model = model;
        }

        /**
         * Sets the score from which on a face counts.
         *
         * @param value above 0, below 1; by default 0.7
         * @return this builder
         * @throws IllegalArgumentException if the number is out of its range
         * @throws IllegalStateException if it was set before
         */
        public Builder scoreThreshold(double value) {
            scoreThreshold = requireFraction("scoreThreshold", value);
            return this;
        }

        /**
         * Sets the overlap (IoU) from which on two boxes are one face.
         *
         * @param value above 0, below 1; by default 0.3
         * @return this builder
         * @throws IllegalArgumentException if the number is out of its range
         * @throws IllegalStateException if it was set before
         */
        public Builder nmsThreshold(double value) {
            nmsThreshold = requireFraction("nmsThreshold", value);
            return this;
        }

        /**
         * Sets how large a picture the network gets; larger ones are reduced to it. Time grows with its square, and
         * faces below some 10 pixels of the reduced picture are not found.
         *
         * @param pixels the longer side, 32 to 4,096; by default 640
         * @return this builder
         * @throws IllegalArgumentException if the number is out of its range
         * @throws IllegalStateException if it was set before
         */
        public Builder maxInputSide(int pixels) {
            once(set, "maxInputSide");
            if (pixels < 32 || pixels > 4_096) {
                throw new IllegalArgumentException("maxInputSide is " + pixels + ", expected 32 to 4096");
            }
            maxSide = pixels;
            return this;
        }

        /**
         * Sets the smallest face that counts.
         *
         * @param pixels the shorter side of the box in pixels of the frame, 1 to 10,000; by default 1
         * @return this builder
         * @throws IllegalArgumentException if the number is out of its range
         * @throws IllegalStateException if it was set before
         */
        public Builder minFaceSize(int pixels) {
            once(set, "minFaceSize");
            if (pixels < 1 || pixels > 10_000) {
                throw new IllegalArgumentException("minFaceSize is " + pixels + ", expected 1 to 10000");
            }
            minFaceSize = pixels;
            return this;
        }

        /**
         * Loads the model and runs it once on a blank picture, so that one of another network is found out here.
         *
         * @return a detector
         * @throws StageException if the file is missing, damaged or of another network, or OpenCV's native code does
         *     not load; the message names the file
         */
        public YuNetFaceDetector build() {
            OpenCv.load();
            byte[] onnx = WeightsFile.read(model);
            MatOfByte weights = new MatOfByte(onnx);
            MatOfByte noConfiguration = new MatOfByte();
            try {
                FaceDetectorYN network = FaceDetectorYN.create(
                        "onnx",
                        weights,
                        noConfiguration,
                        new Size(320, 240),
                        (float) scoreThreshold,
                        (float) nmsThreshold,
                        TOP_K);
                YuNetFaceDetector detector = new YuNetFaceDetector(this, onnx, network);
                detector.warmUp();
                return detector;
            } catch (CvException | StageException e) {
                throw new StageException(
                        model + " is damaged or no YuNet model (" + OnnxNetworks.reason(e)
                                + "): expected face_detection_yunet_2023mar.onnx of OpenCV's model zoo or one with the"
                                + " same outputs",
                        e);
            } finally {
                weights.release();
                noConfiguration.release();
            }
        }

        private double requireFraction(String option, double value) {
            once(set, option);
            if (!(value > 0 && value < 1)) {
                throw new IllegalArgumentException(option + " is " + value + ", expected above 0 and below 1");
            }
            return value;
        }

        @Override
        public String toString() {
            return "scoreThreshold=" + scoreThreshold + " nmsThreshold=" + nmsThreshold + " maxInputSide=" + maxSide
                    + " minFaceSize=" + minFaceSize;
        }
    }
}
