package org.emotion4j.opencv;

import java.nio.file.Path;
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
import org.emotion4j.stage.internal.WeightsFile;
import org.opencv.core.CvException;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.dnn.Net;

/**
 * Finds 68 landmarks with an ONNX network that OpenCV's DNN module runs: our own of separable convolutions with residual
 * links (see {@code docs/models/landmarks.md}), or another with its input and output.
 *
 * <p>What is cut out of the frame and how the answer is read: {@link LandmarkRegression}. A detector's own landmarks are not
 * looked at.
 *
 * <p>Confined to one thread. OpenCV's Java API frees the network itself when this object is collected, not at
 * {@link #close()}. How many threads compute is OpenCV's own setting, see {@link OpenCv}.
 */
public final class OpenCvLandmarkDetector implements LandmarkDetector {
    private static final String BUNDLED = "landmarks";
    private static final int MAX_FILE_BYTES = 1 << 28;
    private static final int WARM_UP_CALLS = 3;

    private final Net network;
    private final StageMetadata metadata;
    private final LandmarkRegression regression = new LandmarkRegression();
    private final Mat input;
    private final float[] fractions = new float[LandmarkRegression.NUMBERS];
    private boolean closed;

    private OpenCvLandmarkDetector(Net network, StageMetadata metadata) {
        this.network = network;
        this.metadata = metadata;
        int[] shape = LandmarkRegression.shape().stream().mapToInt(side -> side).toArray();
        Mat rows = new Mat(shape[2], shape[3], CvType.CV_32F, regression.memory());
        this.input = rows.reshape(1, shape);
        rows.release();
    }

    /**
     * Loads the bundled weights.
     *
     * @return a new landmark detector, which the caller closes
     * @throws StageException if OpenCV's native code does not load or the weights are damaged
     */
    public static OpenCvLandmarkDetector bundled() {
        OpenCv.load();
        BundledModel model = Weights.get(BUNDLED);
        return of(model.bytes(), model.origin(), model.metadata());
    }

    /**
     * Tells whether the weights are on the class path (emotion-models).
     *
     * @return whether {@link #bundled()} has something to load
     */
    public static boolean isBundled() {
        return Weights.find(BUNDLED).isPresent();
    }

    /**
     * Loads an ONNX file with the input and output of this class.
     *
     * @param file which
     * @return a new landmark detector, which the caller closes
     * @throws StageException if the file is missing, damaged or of another network, or OpenCV's native code does not load;
     *     the message names the file
     */
    public static OpenCvLandmarkDetector load(Path file) {
        OpenCv.load();
        byte[] bytes = WeightsFile.read(file, MAX_FILE_BYTES);
        StageMetadata described = StageMetadata.named("onnx")
                .withSha256(StageMetadata.sha256(bytes))
                .withNotes("weights of the user's own: " + file.getFileName());
        return of(bytes, file.toString(), described);
    }

    private static OpenCvLandmarkDetector of(byte[] onnx, String origin, StageMetadata described) {
        try {
            OpenCvLandmarkDetector detector = new OpenCvLandmarkDetector(
                    OnnxNetworks.read(onnx), described.withRuntime(OpenCv.version() + " DNN cpu"));
            detector.forward();
            return detector;
        } catch (CvException | StageException e) {
            throw new StageException(
                    origin + " is damaged or no network of [1, 1, 64, 64] to [1, 136] (" + OnnxNetworks.reason(e) + ")",
                    e);
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
     * @throws StageException if OpenCV fails
     */
    @Override
    public Optional<Landmarks> locate(Frame frame, DetectedFace face) {
        if (closed) {
            throw new IllegalStateException(metadata.name() + " was closed");
        }
        if (!regression.crop(frame, face)) {
            return Optional.empty();
        }
        forward();
        return regression.landmarks(fractions);
    }

    private void forward() {
        try {
            network.setInput(input);
            Mat output = network.forward();
            try {
                if (output.dims() != 2 || output.rows() != 1 || output.cols() != LandmarkRegression.NUMBERS) {
                    throw new StageException(metadata.name() + " gave " + output.size()
                            + ", expected 136x1 numbers; this is not a network for 68 landmarks");
                }
                output.get(0, 0, fractions);
            } finally {
                output.release();
            }
        } catch (CvException e) {
            throw new StageException(metadata.name() + " failed on a crop of 64x64 gray: " + OnnxNetworks.reason(e), e);
        }
    }

    @Override
    public StageMetadata metadata() {
        return metadata;
    }

    @Override
    public void warmUp() {
        for (int i = 0; i < WARM_UP_CALLS; i++) {
            forward();
        }
    }

    /** Frees the memory of the input. A second call does nothing. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            input.release();
        }
    }

    /** Returns the model's name and hash. */
    @Override
    public String toString() {
        return "OpenCvLandmarkDetector[" + metadata.name() + ", "
                + metadata.runtime().orElse("") + ", SHA-256 "
                + metadata.sha256().orElse("unknown") + "]";
    }
}
