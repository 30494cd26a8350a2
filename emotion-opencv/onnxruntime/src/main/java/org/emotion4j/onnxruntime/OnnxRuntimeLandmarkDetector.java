package org.emotion4j.onnxruntime;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.emotion4j.face.DetectedFace;
import org.emotion4j.face.LandmarkDetector;
import org.emotion4j.face.Landmarks;
import org.emotion4j.face.internal.LandmarkRegression;
import org.emotion4j.frame.Frame;
import org.emotion4j.spi.Weights;
import org.emotion4j.stage.BundledModel;
import org.emotion4j.stage.StageException;
import org.emotion4j.stage.StageMetadata;
import org.emotion4j.stage.internal.FreeCores;
import org.emotion4j.stage.internal.WeightsFile;

/**
 * Finds 68 landmarks with our own network of separable convolutions, or another with its input and output ({@link
 * LandmarkRegression}); ONNX Runtime computes it on one thread of the processor, in a fraction of OpenCV's time. The same weights
 * as {@code OpenCvLandmarkDetector} of emotion-opencv, and the same points.
 *
 * <p>Thread-safe: calls of several threads run at the same time on one set of weights, each with memory of its own, which is
 * kept. A detector's own landmarks are not looked at.
 */
public final class OnnxRuntimeLandmarkDetector implements LandmarkDetector {
    private static final String NAME = "landmarks";
    private static final int WARM_UP_CALLS = 3;
    private static final long[] SHAPE =
            LandmarkRegression.shape().stream().mapToLong(side -> side).toArray();

    private final Lanes<LandmarkRegression> lanes;
    private final StageMetadata metadata;

    private OnnxRuntimeLandmarkDetector(OnnxSession session, StageMetadata metadata) {
        this.lanes = new Lanes<>(session, LandmarkRegression::new);
        this.metadata = metadata;
    }

    /**
     * Loads the bundled weights.
     *
     * @return a new landmark detector, which the caller closes
     * @throws StageException if ONNX Runtime does not start or the weights are missing or damaged
     */
    public static OnnxRuntimeLandmarkDetector bundled() {
        BundledModel model = Weights.get(NAME);
        return of(model.bytes(), model.origin(), model.metadata());
    }

    /**
     * Loads an ONNX file with the input and output of {@link LandmarkRegression}.
     *
     * @param file which
     * @return a new landmark detector, which the caller closes
     * @throws StageException if the file is missing, damaged or of another network, or ONNX Runtime does not start; the message
     *     names the file
     */
    public static OnnxRuntimeLandmarkDetector load(Path file) {
        byte[] bytes = WeightsFile.read(file);
        StageMetadata described = StageMetadata.named("onnx")
                .withSha256(StageMetadata.sha256(bytes))
                .withNotes("weights of the user's own: " + file.getFileName());
        return of(bytes, file.toString(), described);
    }

    private static OnnxRuntimeLandmarkDetector of(byte[] onnx, String origin, StageMetadata described) {
        OnnxSession session = OnnxSession.load(onnx, origin, 1);
        OnnxRuntimeLandmarkDetector detector =
                new OnnxRuntimeLandmarkDetector(session, described.withRuntime(session.runtime()));
        try {
            detector.warmUp();
            return detector;
        } catch (StageException e) {
            detector.close();
            throw new StageException(
                    origin + " is no network of [1, 1, 64, 64] to [1, 136] (" + e.getMessage() + ")", e);
        }
    }

    /**
     * Finds the landmarks of one face.
     *
     * @param frame the picture; valid during the call only
     * @param face where the face is; may reach over the border
     * @return its 68 points in pixels of the frame; empty where the network finds no face-like points there, or where
     *     the box is too small or too large for a crop
     * @throws IllegalStateException if this detector was closed
     * @throws StageException if ONNX Runtime fails
     */
    @Override
    public Optional<Landmarks> locate(Frame frame, DetectedFace face) {
        return lanes.with(
                metadata.name(),
                (regression, call) ->
                        regression.crop(frame, face) ? regression.landmarks(run(regression, call)) : Optional.empty());
    }

    /** Several faces at the same time, on the cores that are free ({@link FreeCores}). */
    @Override
    public List<DetectedFace> locateAll(Frame frame, List<DetectedFace> faces) {
        return FreeCores.map(
                faces, face -> locate(frame, face).map(face::withLandmarks).orElse(face));
    }

    private static float[] run(LandmarkRegression regression, OnnxSession.Call call) {
        return call.run(regression.memory(), SHAPE).get(0);
    }

    @Override
    public boolean isThreadSafe() {
        return true;
    }

    @Override
    public StageMetadata metadata() {
        return metadata;
    }

    @Override
    public void warmUp() {
        for (int i = 0; i < WARM_UP_CALLS; i++) {
            int numbers = lanes.with(metadata.name(), (regression, call) -> run(regression, call).length);
            if (numbers != LandmarkRegression.NUMBERS) {
                throw new StageException("it gives " + numbers + " numbers, expected " + LandmarkRegression.NUMBERS);
            }
        }
    }

    @Override
    public void close() {
        lanes.close();
    }

    /** Returns the model's name and hash. */
    @Override
    public String toString() {
        return "OnnxRuntimeLandmarkDetector[" + metadata.name() + ", "
                + metadata.runtime().orElse("") + ", SHA-256 "
                + metadata.sha256().orElse("unknown") + "]";
    }
}
