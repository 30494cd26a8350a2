package org.emotion4j.djl;

import static org.emotion4j.stage.internal.BuilderOptions.once;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.emotion4j.djl.runtime.DjlRuntime;
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
import org.emotion4j.stage.internal.WeightsFormat;
import org.jspecify.annotations.Nullable;

/**
 * Faces of all sizes and most poses, with five landmarks, in one pass of a small network of our own over the frame; Deep Java
 * Library's PyTorch engine computes it. The same weights as {@code SingleShotFaceDetector} of emotion-opencv, and the same
 * faces: for a GPU, or where OpenCV is not wanted. Confined to one thread at a time.
 *
 * <p>Time goes with the square of the smallest face that is looked for: see {@link Builder#minFaceSize(int)}. PyTorch
 * prepares itself for each new frame size in the first two calls, which take longer.
 */
public final class DjlSingleShotFaceDetector implements FaceDetector {
    private static final String NAME = "single-shot";
    private static final int WARM_UP_CALLS = 3;

    private final SingleShotDecoder search;
    /** With the defaults, whatever faces the detector was told to look for. */
    private final SingleShotDecoder closeUps = SingleShotDecoder.builder().build();

    private final StageMetadata metadata;
    private final Inference.TorchScript network;
    private boolean open = true;

    private DjlSingleShotFaceDetector(SingleShotDecoder search, StageMetadata metadata, Inference.TorchScript network) {
        this.search = search;
        this.metadata = metadata;
        this.network = network;
    }

    /**
     * Makes the detector with the bundled weights and the defaults, on the CPU.
     *
     * @return a detector
     * @throws StageException if the engine does not start or the weights are damaged
     */
    public static DjlSingleShotFaceDetector bundled() {
        return builder().build();
    }

    /**
     * Describes a detector with the weights {@code single-shot} of emotion-models-pytorch.
     *
     * @return a builder with the defaults
     */
    public static Builder builder() {
        return new Builder(null);
    }

    /**
     * Describes a detector with weights of the user's own.
     *
     * @param model a TorchScript file as {@code emotion-opencv/training/export_detector.py} writes it
     * @return a builder with the defaults
     */
    public static Builder builder(Path model) {
        return new Builder(model);
    }

    @Override
    public List<DetectedFace> detect(Frame frame) {
        return detect(frame, search);
    }

    @Override
    public Optional<DetectedFace> detectCloseUp(Frame closeUp) {
        return SingleShotDecoder.inTheMiddle(closeUp, detect(closeUp, closeUps));
    }

    private List<DetectedFace> detect(Frame frame, SingleShotDecoder how) {
        if (!open) {
            throw new IllegalStateException("this face detector was closed; make another");
        }
        try {
            return how.faces(run(how.input(frame)));
        } catch (RuntimeException e) {
            throw new StageException(metadata.name() + " failed on " + frame + ": " + DjlRuntime.reason(e), e);
        }
    }

    /** {@code [1, 3, height, width]} floats to the numbers of strides 8, 16 and 32. */
    private List<float[]> run(FloatPlanes planes) {
        ByteBuffer input = planes.memory();
        Shape shape = new Shape(1, 3, planes.height(), planes.width());
        ByteBuffer memory = input.duplicate().order(input.order()).limit((int) shape.size() * Float.BYTES);
        try (NDManager call = network.manager().newSubManager()) {
            NDList answers = network.answers(call.create(memory, shape, DataType.FLOAT32));
            answers.attach(call);
            List<float[]> numbers = new ArrayList<>(answers.size());
            for (NDArray answer : answers) {
                numbers.add(answer.toFloatArray());
            }
            return numbers;
        }
    }

    @Override
    public EyePositions eyesInBox() {
        return SingleShotDecoder.EYES_IN_BOX;
    }

    @Override
    public void warmUp() {
        try (Frame blank = Frame.of(320, 240, PixelFormat.BGR24, new byte[320 * 240 * 3])) {
            for (int i = 0; i < WARM_UP_CALLS; i++) {
                detect(blank);
            }
        }
    }

    @Override
    public StageMetadata metadata() {
        return metadata;
    }

    /** For tests: the scope whose arrays must not become more from call to call. */
    NDManager scope() {
        return network.manager();
    }

    @Override
    public void close() {
        if (open) {
            open = false;
            network.close();
        }
    }

    @Override
    public String toString() {
        return "DjlSingleShotFaceDetector[" + metadata.name() + ", " + search + "]";
    }

    /** Describes a single-shot detector. Not thread-safe. Each setting can be made once. */
    public static final class Builder {
        private final @Nullable Path file;
        private final SingleShotDecoder.Builder search = SingleShotDecoder.builder();
        private @Nullable String device;

        private Builder(@Nullable Path file) {
            this.file = file;
        }

        /**
         * Sets the smallest face that is looked for. Time falls with its square.
         *
         * @param pixels height of the box in pixels of the frame, 1 to 10,000; by default 40, but at most a sixth and
         *     at least a sixteenth of the frame's shorter side
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
         * Says what computes; by default the CPU.
         *
         * @param name {@code "cpu"}, {@code "gpu"}, {@code "gpu1"} …; GPUs need the CUDA build of PyTorch's natives
         * @return this builder
         * @throws IllegalStateException if it was set before
         */
        public Builder device(String name) {
            device = once("device", device, name);
            return this;
        }

        /**
         * Loads the weights and runs them on a blank picture, so that those of another network are found out here.
         *
         * @return a detector
         * @throws IllegalArgumentException if there is no such device
         * @throws StageException if the weights are missing, damaged or of another network, or the engine does not
         *     start; the message names the file
         */
        public DjlSingleShotFaceDetector build() {
            return file == null ? fromJar() : fromFile(file);
        }

        private DjlSingleShotFaceDetector fromJar() {
            BundledModel model = Weights.get(NAME + Weights.PYTORCH);
            if (!search.hasScoreThreshold()) {
                search.scoreThreshold(Double.parseDouble(model.property("threshold")));
            }
            StageMetadata described = model.metadata();
            String notes = described.notes().orElse("") + "; " + search;
            return loaded(
                    model.bytes(), model.origin(), described.withNotes(notes).withSettings(search.toString()));
        }

        private DjlSingleShotFaceDetector fromFile(Path path) {
            byte[] bytes = WeightsFile.read(path);
            StageMetadata described = StageMetadata.named(NAME)
                    .withVersion(String.valueOf(path.getFileName()))
                    .withSha256(StageMetadata.sha256(bytes))
                    .withNotes("weights of the user's own; " + search)
                    .withSettings(search.toString());
            return loaded(bytes, path.toString(), described);
        }

        private DjlSingleShotFaceDetector loaded(byte[] bytes, String origin, StageMetadata described) {
            if (WeightsFormat.of(bytes) == WeightsFormat.ONNX) {
                throw new StageException(origin + ": an ONNX file, expected TorchScript; the detectors for these are"
                        + " single-shot-onnxruntime, of emotion-onnxruntime, and single-shot, of emotion-opencv");
            }
            Device chosen = DjlRuntime.device(device == null ? "cpu" : device);
            Inference.TorchScript network = Inference.TorchScript.load(bytes, chosen, origin);
            try {
                DjlSingleShotFaceDetector detector = new DjlSingleShotFaceDetector(
                        search.build(), described.withRuntime(DjlRuntime.describe(chosen)), network);
                detector.warmUp();
                return detector;
            } catch (StageException e) {
                network.close();
                throw new StageException(origin + " is no single-shot face network: " + e.getMessage(), e);
            }
        }
    }
}
