package org.emotion4j.opencv;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Optional;
import org.emotion4j.face.BoundingBox;
import org.emotion4j.face.CropSpec;
import org.emotion4j.face.DetectedFace;
import org.emotion4j.face.FaceCrop;
import org.emotion4j.face.LandmarkDetector;
import org.emotion4j.face.Landmarks;
import org.emotion4j.frame.AffineTransform;
import org.emotion4j.frame.Frame;
import org.emotion4j.frame.ImageTransform;
import org.emotion4j.frame.PixelFormat;
import org.emotion4j.spi.Weights;
import org.emotion4j.stage.BundledModel;
import org.emotion4j.stage.StageException;
import org.emotion4j.stage.StageMetadata;
import org.emotion4j.stage.WeightsFile;
import org.opencv.core.CvException;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.dnn.Net;

/**
 * Finds 68 landmarks with an ONNX network that OpenCV's DNN module runs: our own of separable convolutions with residual
 * links (see {@code docs/models/landmarks.md}), or another with its input and output.
 *
 * <p>The crop is an upright square about the middle of the detector's box, {@value #MARGIN} times as long as the box's longer
 * side, 64x64 grey by {@link ImageTransform}; what lies outside the frame repeats its border. The network gets
 * {@code [1, 1, 64, 64]} floats, grey values divided by 255, and gives {@code [1, 136]}: x and y of each point in turn, as
 * fractions of the crop. It was trained on boxes of all detectors of this library, the cascades' squares among them. A
 * detector's own landmarks are not looked at.
 *
 * <p>Confined to one thread. OpenCV's Java API frees the network itself when this object is collected, not at
 * {@link #close()}. How many threads compute is OpenCV's own setting, see {@link OpenCv}.
 */
public final class OpenCvLandmarkDetector implements LandmarkDetector {
    /** The crop's side over the longer side of the box. */
    static final double MARGIN = 1.15;

    static final int SIDE = 64;

    private static final String BUNDLED = "landmarks";
    private static final int NUMBERS = 2 * Landmarks.Scheme.IBUG_68.size();
    private static final int MAX_FILE_BYTES = 1 << 28;
    private static final int WARM_UP_CALLS = 3;

    /** Beyond these fractions of the crop no point of a face lies that the crop was made for. */
    private static final float FARTHEST = 2;

    private final Net network;
    private final StageMetadata metadata;
    private final FaceCrop crop = FaceCrop.allocate(CropSpec.of(SIDE, SIDE, PixelFormat.GRAY8));
    private final byte[] grey = new byte[SIDE * SIDE];
    private final float[] floats = new float[SIDE * SIDE];
    private final FloatBuffer memory;
    private final Mat input;
    private final float[] fractions = new float[NUMBERS];
    private boolean closed;

    private OpenCvLandmarkDetector(Net network, StageMetadata metadata) {
        this.network = network;
        this.metadata = metadata;
        ByteBuffer bytes = ByteBuffer.allocateDirect(SIDE * SIDE * Float.BYTES).order(ByteOrder.nativeOrder());
        this.memory = bytes.asFloatBuffer();
        Mat rows = new Mat(SIDE, SIDE, CvType.CV_32F, bytes);
        this.input = rows.reshape(1, new int[] {1, 1, SIDE, SIDE});
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
        BoundingBox box = face.box();
        double side = MARGIN * Math.max(box.width(), box.height());
        double scale = SIDE / side;
        if (!(scale > 1e-6 && scale < 1e6)) {
            return Optional.empty();
        }
        ImageTransform.warp(
                frame,
                new AffineTransform(
                        scale, 0, SIDE / 2.0 - scale * box.centerX(), 0, scale, SIDE / 2.0 - scale * box.centerY()),
                crop);
        crop.pixels().get(0, grey);
        for (int i = 0; i < grey.length; i++) {
            floats[i] = (grey[i] & 0xff) / 255f;
        }
        memory.put(0, floats);
        forward();
        double left = box.centerX() - side / 2;
        double top = box.centerY() - side / 2;
        double[] points = new double[NUMBERS];
        for (int i = 0; i < NUMBERS; i++) {
            float fraction = fractions[i];
            if (!(Math.abs(fraction) <= FARTHEST)) {
                return Optional.empty();
            }
            points[i] = (i % 2 == 0 ? left : top) + fraction * side;
        }
        Landmarks landmarks = Landmarks.of(Landmarks.Scheme.IBUG_68, points);
        return landmarks.eyeDistance() > 0 ? Optional.of(landmarks) : Optional.empty();
    }

    private void forward() {
        try {
            network.setInput(input);
            Mat output = network.forward();
            try {
                if (output.dims() != 2 || output.rows() != 1 || output.cols() != NUMBERS) {
                    throw new StageException(metadata.name() + " gave " + output.size()
                            + ", expected 136x1 numbers; this is not a network for 68 landmarks");
                }
                output.get(0, 0, fractions);
            } finally {
                output.release();
            }
        } catch (CvException e) {
            throw new StageException(metadata.name() + " failed on a crop of 64x64 grey: " + OnnxNetworks.reason(e), e);
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
