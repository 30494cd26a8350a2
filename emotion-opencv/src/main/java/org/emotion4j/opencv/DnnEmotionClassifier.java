package org.emotion4j.opencv;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.emotion4j.emotion.EmotionClassifier;
import org.emotion4j.emotion.EmotionScores;
import org.emotion4j.face.CropSpec;
import org.emotion4j.face.FaceCrop;
import org.emotion4j.stage.BundledModel;
import org.emotion4j.stage.StageException;
import org.emotion4j.stage.StageMetadata;
import org.jspecify.annotations.Nullable;
import org.opencv.core.CvException;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.MatOfByte;
import org.opencv.dnn.Dnn;
import org.opencv.dnn.Net;

/**
 * Scores faces with an ONNX network that OpenCV's DNN module runs: no PyTorch is needed. The crop is {@link CropSpec#fer2013()}, 48x48 grey; the network gets {@code [N, 1, 48, 48]} floats, grey
 * values divided by 255, and gives {@code [N, 7]} logits in the order of {@link org.emotion4j.emotion.Emotion}.
 *
 * <p>Confined to one thread at a time. All faces of one call go through the network together; OpenCV prepares the network
 * anew when their number differs from the last call's. Native memory is that of the weights and of one forward pass;
 * OpenCV's Java API frees the network itself when this object is collected, not at {@link #close()}.
 *
 * <p>How many threads compute is OpenCV's own setting, see {@link OpenCv}.
 */
public final class DnnEmotionClassifier implements EmotionClassifier {
    private static final String BUNDLED = "expression";
    private static final int MAX_FILE_BYTES = 1 << 30;
    private static final int WARM_UP_CALLS = 3;

    /** Grey values as the network wants them. */
    private static final float[] FLOATS = floats();

    private final CropSpec spec = CropSpec.fer2013();
    private final int pixelsPerFace = spec.width() * spec.height();
    private final Net network;
    private final StageMetadata metadata;
    private final byte[] row = new byte[pixelsPerFace];
    private final float[] floatRow = new float[pixelsPerFace];
    private ByteBuffer memory = ByteBuffer.allocateDirect(0);
    private FloatBuffer floats = memory.asFloatBuffer();
    private @Nullable Mat input;
    private int inputFaces;
    private float[] logits = new float[0];
    private boolean closed;

    private DnnEmotionClassifier(Net network, StageMetadata metadata) {
        this.network = network;
        this.metadata = metadata;
    }

    /**
     * Loads the weights of this jar.
     *
     * @return a new classifier, which the caller closes
     * @throws StageException if OpenCV's native code does not load or the weights are damaged
     */
    public static DnnEmotionClassifier bundled() {
        OpenCv.load();
        BundledModel model = BundledModel.get(DnnEmotionClassifier.class, BUNDLED);
        return of(model.bytes(), model.origin(), model.metadata());
    }

    /**
     * Tells whether this jar was built with weights.
     *
     * @return whether {@link #bundled()} has something to load
     */
    public static boolean isBundled() {
        return BundledModel.find(DnnEmotionClassifier.class, BUNDLED).isPresent();
    }

    /**
     * Loads an ONNX file with the input and output of this class.
     *
     * @param file which
     * @return a new classifier, which the caller closes
     * @throws StageException if the file is missing, damaged or of another network, or OpenCV's native code does not load;
     *     the message names the file
     */
    public static DnnEmotionClassifier load(Path file) {
        OpenCv.load();
        byte[] bytes = bytes(file);
        StageMetadata described = StageMetadata.named("onnx")
                .withSha256(StageMetadata.sha256(bytes))
                .withNotes("weights of the user's own: " + file.getFileName());
        return of(bytes, file.toString(), described);
    }

    private static DnnEmotionClassifier of(byte[] onnx, String origin, StageMetadata described) {
        MatOfByte weights = new MatOfByte(onnx);
        try {
            Net network = Dnn.readNetFromONNX(weights);
            network.setPreferableBackend(Dnn.DNN_BACKEND_OPENCV);
            network.setPreferableTarget(Dnn.DNN_TARGET_CPU);
            DnnEmotionClassifier classifier =
                    new DnnEmotionClassifier(network, described.withRuntime(OpenCv.version() + " DNN cpu"));
            classifier.classify(FaceCrop.allocate(classifier.spec));
            return classifier;
        } catch (CvException | StageException e) {
            throw new StageException(
                    origin + " is damaged or no network of [N, 1, 48, 48] to [N, 7] (" + reason(e) + ")", e);
        } finally {
            weights.release();
        }
    }

    @Override
    public EmotionScores classify(FaceCrop crop) {
        return classifyAll(List.of(crop)).get(0);
    }

    /**
     * Scores several faces in one pass through the network.
     *
     * @param crops the faces; may be empty
     * @return their scores in the same order
     * @throws IllegalArgumentException if a crop is not 48x48 grey
     * @throws IllegalStateException if this classifier was closed
     * @throws StageException if OpenCV fails or a score is not a finite number
     */
    @Override
    public List<EmotionScores> classifyAll(List<FaceCrop> crops) {
        if (closed) {
            throw new IllegalStateException(metadata.name() + " was closed");
        }
        for (FaceCrop crop : crops) {
            requireOwnCrop(crop);
        }
        if (crops.isEmpty()) {
            return List.of();
        }
        Mat blob = blob(crops.size());
        for (int i = 0; i < crops.size(); i++) {
            put(i, crops.get(i));
        }
        forward(blob, crops.size());
        List<EmotionScores> scores = new ArrayList<>(crops.size());
        for (int i = 0; i < crops.size(); i++) {
            scores.add(scores(i));
        }
        return scores;
    }

    @Override
    public CropSpec cropSpec() {
        return spec;
    }

    @Override
    public StageMetadata metadata() {
        return metadata;
    }

    @Override
    public void warmUp() {
        FaceCrop blank = FaceCrop.allocate(spec);
        for (int i = 0; i < WARM_UP_CALLS; i++) {
            classify(blank);
        }
    }

    /** Frees the memory of the input. A second call does nothing. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            if (input != null) {
                input.release();
            }
        }
    }

    /** Returns the model's name and hash. */
    @Override
    public String toString() {
        return "DnnEmotionClassifier[" + metadata.name() + ", "
                + metadata.runtime().orElse("") + ", SHA-256 "
                + metadata.sha256().orElse("unknown") + "]";
    }

    private void put(int index, FaceCrop crop) {
        crop.pixels().get(0, row);
        for (int i = 0; i < pixelsPerFace; i++) {
            floatRow[i] = FLOATS[row[i] & 0xff];
        }
        floats.put(index * pixelsPerFace, floatRow);
    }

    /** A header over our own memory, kept as long as the number of faces stays. */
    private Mat blob(int faces) {
        Mat blob = input;
        if (blob != null && inputFaces == faces) {
            return blob;
        }
        if (blob != null) {
            blob.release();
        }
        int bytes = Math.multiplyExact(faces, pixelsPerFace * Float.BYTES);
        if (memory.capacity() < bytes) {
            memory = ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
            floats = memory.asFloatBuffer();
        }
        Mat rows = new Mat(faces, pixelsPerFace, CvType.CV_32F, memory);
        blob = rows.reshape(1, new int[] {faces, 1, spec.height(), spec.width()});
        rows.release();
        input = blob;
        inputFaces = faces;
        logits = new float[faces * EmotionScores.SIZE];
        return blob;
    }

    private void forward(Mat blob, int faces) {
        try {
            network.setInput(blob);
            Mat output = network.forward();
            try {
                if (output.dims() != 2 || output.rows() != faces || output.cols() != EmotionScores.SIZE) {
                    throw new StageException(metadata.name() + " gave " + output.size() + " for " + faces
                            + " faces, expected " + EmotionScores.SIZE + "x" + faces
                            + " logits; this is not a network for the seven expressions");
                }
                output.get(0, 0, logits);
            } finally {
                output.release();
            }
        } catch (CvException e) {
            throw new StageException(metadata.name() + " failed on " + faces + " faces of 48x48 grey: " + reason(e), e);
        }
    }

    private EmotionScores scores(int index) {
        float[] own = Arrays.copyOfRange(logits, index * EmotionScores.SIZE, (index + 1) * EmotionScores.SIZE);
        for (float logit : own) {
            if (!Float.isFinite(logit)) {
                throw new StageException(metadata.name() + " gave " + Arrays.toString(own) + " for face " + (index + 1)
                        + ", expected finite logits; its weights are damaged");
            }
        }
        return EmotionScores.ofLogits(own);
    }

    /** OpenCV's messages have several lines; the first says what happened. */
    private static String reason(RuntimeException failure) {
        return String.valueOf(failure.getMessage())
                .lines()
                .findFirst()
                .orElse("no message")
                .strip();
    }

    private static byte[] bytes(Path path) {
        try {
            if (!Files.isRegularFile(path)) {
                throw new StageException(path + ": no such weights file");
            }
            if (Files.size(path) > MAX_FILE_BYTES) {
                throw new StageException(path + ": " + Files.size(path) + " bytes, expected at most " + MAX_FILE_BYTES);
            }
            byte[] bytes = Files.readAllBytes(path);
            if (bytes.length == 0) {
                throw new StageException(path + ": empty (0 bytes)");
            }
            return bytes;
        } catch (IOException e) {
            throw new StageException(path + ": not readable: " + e.getMessage(), e);
        }
    }

    private static float[] floats() {
        float[] values = new float[256];
        for (int i = 0; i < values.length; i++) {
            values[i] = i / 255f;
        }
        return values;
    }
}
