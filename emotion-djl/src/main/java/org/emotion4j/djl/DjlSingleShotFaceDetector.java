package org.emotion4j.djl;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.Function;
import org.emotion4j.djl.runtime.DjlRuntime;
import org.emotion4j.face.DetectedFace;
import org.emotion4j.face.EyePositions;
import org.emotion4j.face.FaceDetector;
import org.emotion4j.face.SingleShotSearch;
import org.emotion4j.frame.FloatPlanes;
import org.emotion4j.frame.Frame;
import org.emotion4j.frame.PixelFormat;
import org.emotion4j.spi.Weights;
import org.emotion4j.stage.BundledModel;
import org.emotion4j.stage.StageException;
import org.emotion4j.stage.StageMetadata;
import org.emotion4j.stage.WeightsFile;
import org.emotion4j.stage.WeightsFormat;
import org.jspecify.annotations.Nullable;

/**
 * Faces of all sizes and most poses, with five landmarks, in one pass of a small network of our own over the frame.
 * Deep Java Library's PyTorch engine computes it, or ONNX Runtime, which takes half of OpenCV's time on one thread
 * ({@link Builder#onnxRuntime()}; {@code ai.djl.onnxruntime:onnxruntime-engine} has to be on the class path). The same
 * weights as {@code SingleShotFaceDetector} of emotion-opencv, and the same faces: for speed, for a GPU, or where
 * OpenCV is not wanted. Thread-safe on ONNX Runtime, on PyTorch confined to one thread at a time.
 *
 * <p>Time goes with the square of the smallest face that is looked for: see {@link Builder#minFaceSize(int)}. PyTorch
 * prepares itself for each new frame size anew in the first two calls, which take longer.
 */
public final class DjlSingleShotFaceDetector implements FaceDetector {
    private static final String NAME = "single-shot";
    private static final int WARM_UP_CALLS = 3;

    private final SingleShotSearch search;
    /** With the defaults, whatever faces the detector was told to look for. */
    private final SingleShotSearch closeUps = SingleShotSearch.builder().build();

    private final StageMetadata metadata;
    private final Network network;

    /** Those with nothing to do; the one used last comes first, so that one thread stays with one. */
    private final Deque<Lane> idle = new ConcurrentLinkedDeque<>();

    private volatile boolean open = true;

    private DjlSingleShotFaceDetector(SingleShotSearch search, StageMetadata metadata, Network network) {
        this.search = search;
        this.metadata = metadata;
        this.network = network;
    }

    /** What one thread at a time needs beside the weights. */
    private record Lane(SingleShotSearch search, SingleShotSearch closeUps, Caller network) {}

    /** Computes: {@code [1, 3, height, width]} floats to the numbers of strides 8, 16 and 32. */
    private interface Caller {
        List<float[]> run(ByteBuffer input, int height, int width);

        default void close() {}
    }

    /** Has the weights. */
    private interface Network extends AutoCloseable {
        /** For one thread at a time. */
        Caller caller();

        String runtime();

        boolean isThreadSafe();

        @Override
        void close();
    }

    private record PyTorch(Inference.TorchScript network, Device device) implements Network {
        @Override
        public Caller caller() {
            return this::run;
        }

        @Override
        public boolean isThreadSafe() {
            return false;
        }

        private List<float[]> run(ByteBuffer input, int height, int width) {
            Shape shape = new Shape(1, 3, height, width);
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
        public String runtime() {
            return DjlRuntime.describe(device);
        }

        @Override
        public void close() {
            network.close();
        }
    }

    private record OnnxRuntime(OnnxSession session) implements Network {
        static OnnxRuntime load(byte[] onnx, String origin) {
            OnnxSession session = OnnxSession.load(onnx, origin);
            if (!session.outputs().equals(SingleShotSearch.OUTPUTS)) {
                String outputs = session.outputs().toString();
                session.close();
                throw new StageException(origin + " is no single-shot face network: its outputs are " + outputs
                        + ", expected " + SingleShotSearch.OUTPUTS);
            }
            return new OnnxRuntime(session);
        }

        @Override
        public Caller caller() {
            OnnxSession.Call call = session.call();
            return new Caller() {
                @Override
                public List<float[]> run(ByteBuffer input, int height, int width) {
                    return call.run(input, 1, 3, height, width);
                }

                @Override
                public void close() {
                    call.close();
                }
            };
        }

        @Override
        public boolean isThreadSafe() {
            return true;
        }

        @Override
        public String runtime() {
            return session.runtime();
        }

        @Override
        public void close() {
            session.close();
        }
    }

    /**
     * Makes the detector with the weights of this jar and the defaults, in PyTorch on the CPU.
     *
     * @return a detector
     * @throws StageException if the engine does not start or the weights are damaged
     */
    public static DjlSingleShotFaceDetector bundled() {
        return builder().build();
    }

    /**
     * Starts to describe a detector with the weights of this jar.
     *
     * @return a builder with the defaults
     */
    public static Builder builder() {
        return new Builder(null);
    }

    /**
     * Starts to describe a detector with weights of the user's own.
     *
     * @param model a TorchScript file, or an ONNX file for ONNX Runtime, as
     *     {@code emotion-opencv/training/export_detector.py} writes them
     * @return a builder with the defaults
     */
    public static Builder builder(Path model) {
        return new Builder(model);
    }

    @Override
    public List<DetectedFace> detect(Frame frame) {
        return detect(frame, Lane::search);
    }

    @Override
    public Optional<DetectedFace> detectCloseUp(Frame closeUp) {
        return SingleShotSearch.inTheMiddle(closeUp, detect(closeUp, Lane::closeUps));
    }

    private List<DetectedFace> detect(Frame frame, Function<Lane, SingleShotSearch> which) {
        if (!open) {
            throw new IllegalStateException("this face detector was closed; make another");
        }
        Lane polled = idle.poll();
        Lane lane = polled == null ? new Lane(search.another(), closeUps.another(), network.caller()) : polled;
        try {
            SingleShotSearch own = which.apply(lane);
            FloatPlanes planes = own.input(frame);
            return own.faces(lane.network().run(planes.memory(), planes.height(), planes.width()));
        } catch (RuntimeException e) {
            throw new StageException(metadata.name() + " failed on " + frame + ": " + DjlRuntime.reason(e), e);
        } finally {
            idle.push(lane);
        }
    }

    /** On ONNX Runtime; PyTorch spreads one call over the cores itself. */
    @Override
    public boolean isThreadSafe() {
        return network.isThreadSafe();
    }

    @Override
    public EyePositions eyesInBox() {
        return SingleShotSearch.EYES_IN_BOX;
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
        return ((PyTorch) network).network().manager();
    }

    @Override
    public void close() {
        if (open) {
            open = false;
            idle.forEach(lane -> lane.network().close());
            network.close();
        }
    }

    @Override
    public String toString() {
        return "DjlSingleShotFaceDetector[" + metadata.name() + ", " + search + "]";
    }

    /** Those of PyTorch are in this jar; the ONNX file is everybody's. */
    static boolean hasWeights(boolean onnxRuntime) {
        return (onnxRuntime ? Weights.find(NAME) : BundledModel.find(DjlSingleShotFaceDetector.class, NAME))
                .isPresent();
    }

    /** Describes a single-shot detector. Not thread-safe. Each setting can be made once. */
    public static final class Builder {
        private final @Nullable Path file;
        private final SingleShotSearch.Builder search = SingleShotSearch.builder();
        private @Nullable String device;
        private boolean onnxRuntime;

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
         * @param value above 0, below 1; by default what the model card says for the weights of this jar, and 0.4 for
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
            if (device != null) {
                throw new IllegalStateException("device was set before");
            }
            device = name;
            return this;
        }

        /**
         * Lets ONNX Runtime compute, on one thread of the processor, instead of PyTorch.
         *
         * @return this builder
         */
        public Builder onnxRuntime() {
            onnxRuntime = true;
            return this;
        }

        /**
         * Loads the weights and runs them on a blank picture, so that those of another network are found out here.
         *
         * @return a detector
         * @throws IllegalArgumentException if there is no such device, or a device was named for ONNX Runtime
         * @throws StageException if the weights are missing, damaged or of another network, or the engine does not
         *     start; the message names the file
         */
        public DjlSingleShotFaceDetector build() {
            return file == null ? fromJar() : fromFile(file);
        }

        private DjlSingleShotFaceDetector fromJar() {
            BundledModel model =
                    onnxRuntime ? Weights.get(NAME) : BundledModel.get(DjlSingleShotFaceDetector.class, NAME);
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
            Network network = network(bytes, origin);
            try {
                DjlSingleShotFaceDetector detector = new DjlSingleShotFaceDetector(
                        search.build(), described.withRuntime(network.runtime()), network);
                detector.warmUp();
                return detector;
            } catch (StageException e) {
                network.close();
                throw new StageException(origin + " is no single-shot face network: " + e.getMessage(), e);
            }
        }

        private Network network(byte[] bytes, String origin) {
            if (!onnxRuntime && WeightsFormat.of(bytes) != WeightsFormat.ONNX) {
                Device chosen = DjlRuntime.device(device == null ? "cpu" : device);
                return new PyTorch(Inference.TorchScript.load(bytes, chosen, origin), chosen);
            }
            if (device != null) {
                throw new IllegalArgumentException(
                        "device is \"" + device + "\", but ONNX Runtime computes on the CPU");
            }
            return OnnxRuntime.load(bytes, origin);
        }
    }
}
