package org.emotion4j.onnxruntime;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.emotion4j.face.DetectedFace;
import org.emotion4j.face.EyePositions;
import org.emotion4j.face.FaceDetector;
import org.emotion4j.face.internal.SingleShotDecoder;
import org.emotion4j.frame.FloatPlanes;
import org.emotion4j.frame.Frame;
import org.emotion4j.frame.PixelFormat;
import org.emotion4j.frame.PixelWindows;
import org.emotion4j.spi.Weights;
import org.emotion4j.stage.BundledModel;
import org.emotion4j.stage.StageException;
import org.emotion4j.stage.StageMetadata;
import org.emotion4j.stage.internal.WeightsFile;
import org.jspecify.annotations.Nullable;

/**
 * Faces of all sizes and most poses, with five landmarks, in one pass of a small network of our own over the frame; ONNX
 * Runtime computes it on one thread of the processor, in half of OpenCV's time. The same weights as {@code
 * SingleShotFaceDetector} of emotion-opencv, and the same faces; or these weights in 8-bit integers, and nearly the same faces.
 *
 * <p>Thread-safe: calls of several threads run at the same time on one set of weights, each with memory of its own, which is
 * kept. Time goes with the square of the smallest face that is looked for: see {@link Builder#minFaceSize(int)}.
 */
public final class OnnxRuntimeFaceDetector implements FaceDetector {
    private static final String NAME = "single-shot";
    private static final int WARM_UP_CALLS = 3;

    private final SingleShotDecoder search;
    /** With the defaults, whatever faces the detector was told to look for. */
    private final SingleShotDecoder closeUps = SingleShotDecoder.builder().build();

    private final StageMetadata metadata;
    private final Lanes<Decoders> lanes;

    private OnnxRuntimeFaceDetector(SingleShotDecoder search, StageMetadata metadata, OnnxSession session) {
        this.search = search;
        this.metadata = metadata;
        this.lanes = new Lanes<>(session, () -> new Decoders(search.another(), closeUps.another()));
    }

    /** Each has memory for its input. */
    private record Decoders(SingleShotDecoder search, SingleShotDecoder closeUps) {}

    /**
     * Makes the detector with the bundled weights, in floats, and the defaults.
     *
     * @return a detector
     * @throws StageException if ONNX Runtime does not start or the weights are missing or damaged
     */
    public static OnnxRuntimeFaceDetector bundled() {
        return builder().build();
    }

    /**
     * Describes a detector with weights of emotion-models: by default {@code single-shot}, see {@link Builder#bundled(String)}.
     *
     * @return a builder with the defaults
     */
    public static Builder builder() {
        return new Builder(null);
    }

    /**
     * Describes a detector with weights of the user's own.
     *
     * @param model an ONNX file as {@code emotion-opencv/training/export_detector.py} writes it
     * @return a builder with the defaults
     */
    public static Builder builder(Path model) {
        return new Builder(model);
    }

    @Override
    public List<DetectedFace> detect(Frame frame) {
        return detect(frame, Decoders::search);
    }

    @Override
    public Optional<DetectedFace> detectCloseUp(Frame closeUp) {
        return SingleShotDecoder.inTheMiddle(closeUp, detect(closeUp, Decoders::closeUps));
    }

    private List<DetectedFace> detect(Frame frame, Function<Decoders, SingleShotDecoder> which) {
        return lanes.with(metadata.name(), (decoders, call) -> {
            try {
                SingleShotDecoder own = which.apply(decoders);
                return own.faces(call.isOfBytes() ? ofWindows(own, frame, call) : ofPlanes(own, frame, call));
            } catch (RuntimeException e) {
                throw new StageException(metadata.name() + " failed on " + frame + ": " + e.getMessage(), e);
            }
        });
    }

    private static List<float[]> ofPlanes(SingleShotDecoder own, Frame frame, OnnxSession.Call call) {
        FloatPlanes planes = own.input(frame);
        return call.run(planes.memory(), 1, 3, planes.height(), planes.width());
    }

    private static List<float[]> ofWindows(SingleShotDecoder own, Frame frame, OnnxSession.Call call) {
        PixelWindows windows = own.windows(frame);
        return call.run(windows.memory(), 1, windows.rows(), windows.columns(), PixelWindows.BYTES);
    }

    @Override
    public boolean isThreadSafe() {
        return true;
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

    @Override
    public void close() {
        lanes.close();
    }

    @Override
    public String toString() {
        return "OnnxRuntimeFaceDetector[" + metadata.name() + ", " + search + "]";
    }

    /** Describes a single-shot detector. Not thread-safe. Each setting can be made once. */
    public static final class Builder {
        private final @Nullable Path file;
        private final SingleShotDecoder.Builder search = SingleShotDecoder.builder();
        private @Nullable String bundled;

        private Builder(@Nullable Path file) {
            this.file = file;
        }

        /**
         * Takes weights from the class path.
         *
         * @param name {@code "single-shot"} or the same in 8-bit integers, {@code "single-shot-int8"}, which takes two thirds of
         *     the time; both of emotion-models
         * @return this builder
         * @throws IllegalStateException if weights were chosen before
         */
        public Builder bundled(String name) {
            if (file != null || bundled != null) {
                throw new IllegalStateException("bundled was set already: " + (file == null ? bundled : file));
            }
            bundled = name;
            return this;
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
         * Loads the weights and runs them on a blank picture, so that those of another network are found out here.
         *
         * @return a detector
         * @throws StageException if the weights are missing, damaged or of another network, or ONNX Runtime does not
         *     start; the message names the file
         */
        public OnnxRuntimeFaceDetector build() {
            return file == null ? fromJar() : fromFile(file);
        }

        private OnnxRuntimeFaceDetector fromJar() {
            BundledModel model = Weights.get(bundled == null ? NAME : bundled);
            if (!search.hasScoreThreshold()) {
                search.scoreThreshold(Double.parseDouble(model.property("threshold")));
            }
            StageMetadata described = model.metadata();
            String notes = described.notes().orElse("") + "; " + search;
            return loaded(
                    model.bytes(), model.origin(), described.withNotes(notes).withSettings(search.toString()));
        }

        private OnnxRuntimeFaceDetector fromFile(Path path) {
            byte[] bytes = WeightsFile.read(path);
            StageMetadata described = StageMetadata.named(NAME)
                    .withVersion(String.valueOf(path.getFileName()))
                    .withSha256(StageMetadata.sha256(bytes))
                    .withNotes("weights of the user's own; " + search)
                    .withSettings(search.toString());
            return loaded(bytes, path.toString(), described);
        }

        private OnnxRuntimeFaceDetector loaded(byte[] bytes, String origin, StageMetadata described) {
            OnnxSession session = OnnxSession.load(bytes, origin, 1);
            try {
                if (!session.outputs().equals(SingleShotDecoder.OUTPUTS)) {
                    throw new StageException(
                            "its outputs are " + session.outputs() + ", expected " + SingleShotDecoder.OUTPUTS);
                }
                OnnxRuntimeFaceDetector detector =
                        new OnnxRuntimeFaceDetector(search.build(), described.withRuntime(session.runtime()), session);
                detector.warmUp();
                return detector;
            } catch (StageException e) {
                session.close();
                throw new StageException(origin + " is no single-shot face network: " + e.getMessage(), e);
            }
        }
    }
}
