package org.emotion4j.opencv;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.emotion4j.face.DetectedFace;
import org.emotion4j.face.EyePositions;
import org.emotion4j.face.FaceDetector;
import org.emotion4j.face.internal.SingleShotDecoder;
import org.emotion4j.frame.FloatPlanes;
import org.emotion4j.frame.Frame;
import org.emotion4j.frame.PixelFormat;
import org.emotion4j.spi.Weights;
import org.emotion4j.stage.BundledModel;
import org.emotion4j.stage.StageException;
import org.emotion4j.stage.StageMetadata;
import org.emotion4j.stage.internal.WeightsFile;
import org.jspecify.annotations.Nullable;
import org.opencv.core.CvException;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.dnn.Net;

/**
 * Faces of all sizes and most poses, with five landmarks, in one pass of a small network of our own (283 K parameters) over
 * the frame; OpenCV's DNN computes it. Confined to one thread.
 *
 * <p>The weights are in the jar; {@code docs/models/single-shot.md} says what they can do and how they were trained. Time
 * goes with the square of the smallest face that is looked for: see {@link Builder#minFaceSize(int)}. How many threads
 * OpenCV uses is the host's choice ({@link OpenCv}).
 *
 * <pre>{@code
 * try (FaceDetector detector = SingleShotFaceDetector.builder().minFaceSize(60).build()) {
 *     List<DetectedFace> faces = detector.detect(frame);
 * }
 * }</pre>
 */
public final class SingleShotFaceDetector implements FaceDetector {
    private static final String BUNDLED = "single-shot";

    private final SingleShotDecoder search;
    private final StageMetadata metadata;
    private final Net network;
    private final OutputNames outputs;
    private final List<Mat> answers = new ArrayList<>();
    private final List<float[]> numbers = new ArrayList<>(List.of(new float[0], new float[0], new float[0]));
    private final int[] origin = new int[4];
    private @Nullable ByteBuffer memory;
    private Mat input = new Mat();
    private int inputWidth;
    private int inputHeight;
    private final byte[] weights;
    private @Nullable SingleShotFaceDetector closeUps;
    private boolean open = true;

    private SingleShotFaceDetector(
            SingleShotDecoder search, StageMetadata metadata, byte[] weights, Net network, OutputNames outputs) {
        this.search = search;
        this.weights = weights;
        this.metadata = metadata;
        this.network = network;
        this.outputs = outputs;
    }

    /**
     * Makes the detector with the bundled weights and the defaults.
     *
     * @return a detector
     * @throws StageException if OpenCV's native code does not load or the weights are damaged
     */
    public static SingleShotFaceDetector bundled() {
        return builder().build();
    }

    /**
     * Starts to describe a detector with the bundled weights.
     *
     * @return a builder with the defaults
     */
    public static Builder builder() {
        return new Builder(null);
    }

    /**
     * Starts to describe a detector with weights of the user's own.
     *
     * @param model an ONNX file as {@code emotion-opencv/training/export_detector.py} writes it
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
            FloatPlanes planes = search.input(frame);
            run(planes);
            return search.faces(numbers);
        } catch (CvException | IllegalArgumentException e) {
            throw new StageException(metadata.name() + " failed on " + frame + ": " + e.getMessage(), e);
        }
    }

    private void run(FloatPlanes planes) {
        if (memory != planes.memory() || inputWidth != planes.width() || inputHeight != planes.height()) {
            input.release();
            memory = planes.memory();
            inputWidth = planes.width();
            inputHeight = planes.height();
            Mat flat = new Mat(3 * inputHeight, inputWidth, CvType.CV_32F, planes.memory());
            input = flat.reshape(1, new int[] {1, 3, inputHeight, inputWidth});
            flat.release();
        }
        network.setInput(input);
        outputs.compute(network, answers);
        for (int level = 0; level < outputs.size(); level++) {
            Mat answer = answers.get(level);
            int count = (int) answer.total();
            if (numbers.get(level).length != count) {
                numbers.set(level, new float[count]);
            }
            answer.get(origin, numbers.get(level));
            // forward() fills the list with new matrices each time, and would leave these to the collector
            answer.release();
        }
    }

    /** By a network of its own, made when first needed: OpenCV sets up one anew whenever the size of its input changes. */
    @Override
    public Optional<DetectedFace> detectCloseUp(Frame closeUp) {
        if (!open) {
            throw new IllegalStateException("this face detector was closed; make another");
        }
        SingleShotFaceDetector another = closeUps;
        if (another == null) {
            another = new SingleShotFaceDetector(
                    SingleShotDecoder.builder().build(), metadata, weights, OnnxNetworks.read(weights), outputs);
            closeUps = another;
        }
        return SingleShotDecoder.inTheMiddle(closeUp, another.detect(closeUp));
    }

    @Override
    public EyePositions eyesInBox() {
        return SingleShotDecoder.EYES_IN_BOX;
    }

    @Override
    public void warmUp() {
        try (Frame blank = Frame.of(320, 240, PixelFormat.BGR24, new byte[320 * 240 * 3])) {
            detect(blank);
        }
    }

    @Override
    public StageMetadata metadata() {
        return metadata;
    }

    @Override
    public void close() {
        if (open) {
            open = false;
            input.release();
            if (closeUps != null) {
                closeUps.close();
            }
        }
    }

    @Override
    public String toString() {
        return "SingleShotFaceDetector[" + metadata.name() + ", " + search + "]";
    }

    /** Describes a single-shot detector. Not thread-safe. Each setting can be made once. */
    public static final class Builder {
        private final @Nullable Path file;
        private final SingleShotDecoder.Builder search = SingleShotDecoder.builder();

        private Builder(@Nullable Path file) {
            this.file = file;
        }

        /**
         * Sets the smallest face that is looked for. Time falls with its square.
         *
         * @param pixels height of the box in pixels of the frame, 1 to 10,000; by default 40, but at most a sixth and at
         *     least a sixteenth of the frame's shorter side
         * @return this builder
         * @throws IllegalArgumentException if the number is out of its range
         * @throws IllegalStateException if it was set before
         */
        public Builder minFaceSize(int pixels) {
            search.minFaceSize(pixels);
            return this;
        }

        /**
         * Sets the score from which on a face counts.
         *
         * @param value above 0, below 1; by default what the model card says for the bundled weights, and 0.4 for
         *     others
         * @return this builder
         * @throws IllegalArgumentException if the number is out of its range
         * @throws IllegalStateException if it was set before
         */
        public Builder scoreThreshold(double value) {
            search.scoreThreshold(value);
            return this;
        }

        /**
         * Sets the overlap (IoU) above which two boxes are one face.
         *
         * @param value above 0, below 1; by default 0.4
         * @return this builder
         * @throws IllegalArgumentException if the number is out of its range
         * @throws IllegalStateException if it was set before
         */
        public Builder nmsThreshold(double value) {
            search.nmsThreshold(value);
            return this;
        }

        /**
         * Sets how many faces are given at most, those with the highest scores.
         *
         * @param count 1 to 1,000; by default 200
         * @return this builder
         * @throws IllegalArgumentException if the number is out of its range
         * @throws IllegalStateException if it was set before
         */
        public Builder maxFaces(int count) {
            search.maxFaces(count);
            return this;
        }

        /**
         * Loads the weights and runs them once on a blank picture, so that those of another network are found out here.
         *
         * @return a detector
         * @throws StageException if the weights are missing, damaged or of another network, or OpenCV's native code does
         *     not load; the message names the file
         */
        public SingleShotFaceDetector build() {
            OpenCv.load();
            return file == null ? fromJar() : fromFile(file);
        }

        private SingleShotFaceDetector fromJar() {
            BundledModel model = Weights.get(BUNDLED);
            byte[] onnx = model.bytes();
            if (!search.hasScoreThreshold()) {
                search.scoreThreshold(Double.parseDouble(model.property("threshold")));
            }
            StageMetadata described = model.metadata();
            String notes = described.notes().orElse("") + "; " + search;
            return loaded(onnx, model.origin(), described.withNotes(notes).withSettings(search.toString()));
        }

        private SingleShotFaceDetector fromFile(Path path) {
            byte[] onnx = WeightsFile.read(path);
            StageMetadata described = StageMetadata.named(BUNDLED)
                    .withVersion(String.valueOf(path.getFileName()))
                    .withSha256(StageMetadata.sha256(onnx))
                    .withNotes("weights of the user's own; " + search)
                    .withSettings(search.toString());
            return loaded(onnx, path.toString(), described);
        }

        private SingleShotFaceDetector loaded(byte[] onnx, String origin, StageMetadata described) {
            try {
                Net network = OnnxNetworks.read(onnx);
                SingleShotFaceDetector detector = new SingleShotFaceDetector(
                        search.build(),
                        described.withRuntime(OpenCv.version() + " DNN cpu"),
                        onnx,
                        network,
                        byStride(network.getUnconnectedOutLayersNames()));
                detector.warmUp();
                return detector;
            } catch (CvException | StageException e) {
                throw new StageException(
                        origin + " is damaged or no single-shot face network (" + OnnxNetworks.reason(e)
                                + "): expected an ONNX file as export_detector.py writes it",
                        e);
            }
        }

        /** {@code stride8}, {@code stride16}, {@code stride32}. */
        private static OutputNames byStride(List<String> names) {
            if (!names.containsAll(SingleShotDecoder.OUTPUTS)) {
                throw new StageException("its outputs are " + names + ", expected " + SingleShotDecoder.OUTPUTS);
            }
            return new OutputNames(SingleShotDecoder.OUTPUTS);
        }
    }
}
