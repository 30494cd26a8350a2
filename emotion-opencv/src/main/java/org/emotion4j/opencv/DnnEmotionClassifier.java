package org.emotion4j.opencv;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import org.emotion4j.emotion.CropBatch;
import org.emotion4j.emotion.EmotionClassifier;
import org.emotion4j.emotion.EmotionScores;
import org.emotion4j.emotion.LabelSet;
import org.emotion4j.face.CropSpec;
import org.emotion4j.face.FaceCrop;
import org.emotion4j.stage.BundledModel;
import org.emotion4j.stage.StageException;
import org.emotion4j.stage.StageMetadata;
import org.emotion4j.stage.WeightsFile;
import org.emotion4j.stage.WeightsFormat;
import org.jspecify.annotations.Nullable;
import org.opencv.core.CvException;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.dnn.Net;

/**
 * Scores faces with an ONNX network that OpenCV's DNN module runs: no PyTorch is needed. The crop is
 * {@link CropSpec#fer2013()}, 48x48 grey; the network gets {@code [N, 1, 48, 48]} floats, grey values divided by 255, and
 * gives {@code [N, 7]} logits in the order of {@link org.emotion4j.emotion.Emotion}.
 *
 * <p>Confined to one thread at a time. All faces of one call go through the network together; OpenCV prepares the network
 * anew when their number differs from the last call's. Native memory is that of the weights and of one forward pass;
 * OpenCV's Java API frees the network itself when this object is collected, not at {@link #close()}.
 *
 * <p>How many threads compute is OpenCV's own setting, see {@link OpenCv}.
 */
public final class DnnEmotionClassifier implements EmotionClassifier {
    private static final String BUNDLED = "expression";
    private static final int WARM_UP_CALLS = 3;

    private final CropSpec spec = CropSpec.fer2013();
    private final CropBatch batch = new CropBatch(spec);
    private final Net network;
    private final StageMetadata metadata;
    private final String output;
    private @Nullable Mat input;
    private int inputFaces;
    private float[] logits = new float[0];
    private boolean closed;

    private DnnEmotionClassifier(Net network, StageMetadata metadata, String output) {
        this.network = network;
        this.metadata = metadata;
        this.output = output;
    }

    /**
     * Loads the weights of this jar.
     *
     * @return a new classifier, which the caller closes
     * @throws StageException if OpenCV's native code does not load or the weights are damaged
     */
    public static DnnEmotionClassifier bundled() {
        return bundled(LabelSet.BLEND);
    }

    /**
     * Loads the weights of this jar.
     *
     * @param labels whose judgement the scores follow
     * @return a new classifier, which the caller closes
     * @throws StageException if OpenCV's native code does not load or the weights are damaged
     */
    public static DnnEmotionClassifier bundled(LabelSet labels) {
        OpenCv.load();
        BundledModel model = BundledModel.get(DnnEmotionClassifier.class, BUNDLED);
        return of(model.bytes(), model.origin(), model.metadata(), labels);
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
     * Loads an ONNX file with the input and output of this class. Of several outputs {@code logits} is taken, or else the
     * first.
     *
     * @param file which
     * @return a new classifier, which the caller closes
     * @throws StageException if the file is missing, damaged or of another network, or OpenCV's native code does not load;
     *     the message names the file
     */
    public static DnnEmotionClassifier load(Path file) {
        return load(file, LabelSet.BLEND);
    }

    /**
     * Loads an ONNX file that has an output for each of several sets of labels, as this library's own has.
     *
     * @param file which
     * @param labels whose judgement the scores follow
     * @return a new classifier, which the caller closes
     * @throws StageException if the file is missing, damaged, of another network or without that output, or OpenCV's native
     *     code does not load; the message names the file
     */
    public static DnnEmotionClassifier load(Path file, LabelSet labels) {
        OpenCv.load();
        byte[] bytes = WeightsFile.read(file);
        WeightsFormat format = WeightsFormat.of(bytes);
        if (format == WeightsFormat.EMOTION4J || format == WeightsFormat.TORCHSCRIPT) {
            throw new StageException(file + ": weights for PyTorch, expected an ONNX file; the classifier for these is"
                    + " expression-pytorch, of emotion-djl");
        }
        StageMetadata described = StageMetadata.named("onnx")
                .withSha256(StageMetadata.sha256(bytes))
                .withNotes("weights of the user's own: " + file.getFileName());
        return of(bytes, file.toString(), described, labels);
    }

    private static DnnEmotionClassifier of(byte[] onnx, String origin, StageMetadata described, LabelSet labels) {
        try {
            Net network = OnnxNets.read(onnx);
            DnnEmotionClassifier classifier = new DnnEmotionClassifier(
                    network,
                    labels.describe(described).withRuntime(OpenCv.version() + " DNN cpu"),
                    output(network.getUnconnectedOutLayersNames(), labels));
            classifier.classify(FaceCrop.allocate(classifier.spec));
            return classifier;
        } catch (CvException | StageException e) {
            throw new StageException(
                    origin + " is damaged or no network of [N, 1, 48, 48] to [N, 7] (" + OnnxNets.reason(e) + ")", e);
        }
    }

    private static String output(List<String> names, LabelSet labels) {
        if (names.contains(labels.outputName())) {
            return labels.outputName();
        }
        if (labels == LabelSet.BLEND && !names.isEmpty()) {
            return names.get(0);
        }
        throw new StageException("its outputs are " + names + ", none is " + labels.outputName());
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
        forward(blob(batch.fill(crops), crops.size()), crops.size());
        return CropBatch.scores(metadata.name(), logits, 1);
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

    /** A header over the batch's memory, kept as long as the number of faces stays. */
    private Mat blob(ByteBuffer memory, int faces) {
        Mat blob = input;
        if (blob != null && inputFaces == faces) {
            return blob;
        }
        if (blob != null) {
            blob.release();
        }
        Mat rows = new Mat(faces, spec.width() * spec.height(), CvType.CV_32F, memory);
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
            Mat output = network.forward(this.output);
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
            throw new StageException(
                    metadata.name() + " failed on " + faces + " faces of 48x48 grey: " + OnnxNets.reason(e), e);
        }
    }
}
