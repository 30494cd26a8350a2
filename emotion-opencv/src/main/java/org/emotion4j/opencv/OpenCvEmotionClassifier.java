package org.emotion4j.opencv;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.emotion4j.emotion.EmotionScores;
import org.emotion4j.emotion.FaceAnswers;
import org.emotion4j.emotion.FaceClassifier;
import org.emotion4j.emotion.LabelSet;
import org.emotion4j.emotion.internal.CropBatch;
import org.emotion4j.emotion.internal.FaceOutputs;
import org.emotion4j.face.CropSpec;
import org.emotion4j.face.FaceCrop;
import org.emotion4j.spi.Weights;
import org.emotion4j.stage.BundledModel;
import org.emotion4j.stage.StageException;
import org.emotion4j.stage.StageMetadata;
import org.emotion4j.stage.internal.OnnxFile;
import org.emotion4j.stage.internal.WeightsFile;
import org.emotion4j.stage.internal.WeightsFormat;
import org.jspecify.annotations.Nullable;
import org.opencv.core.CvException;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.dnn.Net;

/**
 * Scores faces with an ONNX network that OpenCV's DNN module runs: no PyTorch is needed. The network gets {@code [N, 1,
 * height, width]} floats, gray values divided by 255, and gives {@code [N, 7]} logits in the order of {@link
 * org.emotion4j.emotion.Emotion}, once or for each of several {@linkplain LabelSet sets of labels}. Which crop it wants,
 * its file says: the default network of this library 56x56, the former one 48x48 ({@link CropSpec#fer2013()}), which is
 * also taken where a file leaves the size open.
 *
 * <p>Confined to one thread at a time. All faces of one call go through the network together; OpenCV prepares the network
 * anew when their number differs from the last call's. Native memory is that of the weights and of one forward pass;
 * OpenCV's Java API frees the network itself when this object is collected, not at {@link #close()}.
 *
 * <p>How many threads compute is OpenCV's own setting, see {@link OpenCv}.
 */
public final class OpenCvEmotionClassifier implements FaceClassifier {
    private static final String BUNDLED = "expression";
    private static final String FORMER = "expression-fer";
    private static final int WARM_UP_CALLS = 3;

    private final CropSpec spec;
    private final CropBatch batch;
    private final Net network;
    private final StageMetadata metadata;
    /** The scores' output and those of {@link #more}. */
    private final OutputNames outputs;

    private final FaceOutputs more;
    private final Map<String, float[]> told = new HashMap<>();

    private final List<Mat> answers = new ArrayList<>();
    private @Nullable Mat input;
    private int inputFaces;
    private float[] logits = new float[0];
    private boolean closed;

    private OpenCvEmotionClassifier(
            Net network, CropSpec spec, StageMetadata metadata, String scores, FaceOutputs more) {
        this.network = network;
        this.spec = spec;
        this.batch = new CropBatch(spec);
        this.metadata = metadata;
        this.more = more;
        this.outputs = new OutputNames(
                Stream.concat(Stream.of(scores), more.names().stream()).toList());
    }

    /**
     * Loads the bundled weights. The scores follow {@link LabelSet#PHOTO}.
     *
     * @return a new classifier, which the caller closes
     * @throws StageException if OpenCV's native code does not load or the weights are damaged
     */
    public static OpenCvEmotionClassifier bundled() {
        return bundled(LabelSet.PHOTO);
    }

    /**
     * Loads the bundled weights.
     *
     * @param labels whose judgment the scores follow
     * @return a new classifier, which the caller closes
     * @throws StageException if OpenCV's native code does not load or the weights are damaged
     */
    public static OpenCvEmotionClassifier bundled(LabelSet labels) {
        return bundled(BUNDLED, labels);
    }

    /**
     * Loads the former weights, learned from FER2013 and FER+ alone, for those who object to the terms of the photographs
     * that {@link #bundled()} learned from. The crop is 48x48, the scores follow {@link LabelSet#BLEND}.
     *
     * @return a new classifier, which the caller closes
     * @throws StageException if OpenCV's native code does not load or the weights are damaged
     */
    public static OpenCvEmotionClassifier bundledFer() {
        return bundledFer(LabelSet.BLEND);
    }

    /**
     * Loads the former weights, learned from FER2013 and FER+ alone.
     *
     * @param labels whose judgment the scores follow
     * @return a new classifier, which the caller closes
     * @throws StageException if OpenCV's native code does not load, the weights are damaged, or the labels are {@link
     *     LabelSet#PHOTO}, which this network does not have
     */
    public static OpenCvEmotionClassifier bundledFer(LabelSet labels) {
        return bundled(FORMER, labels);
    }

    private static OpenCvEmotionClassifier bundled(String name, LabelSet labels) {
        OpenCv.load();
        BundledModel model = Weights.get(name);
        return of(model.bytes(), model.origin(), model.metadata(), Optional.of(labels));
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
     * Tells whether the former weights are on the class path (emotion-models-fer).
     *
     * @return whether {@link #bundledFer()} has something to load
     */
    public static boolean isFerBundled() {
        return Weights.find(FORMER).isPresent();
    }

    /**
     * Loads an ONNX file with the input and output of this class. Of several outputs {@code photo} is taken, or else
     * {@code logits}, or else the first. The former network of this library is not taken so, because its scores follow
     * other labels: name the set ({@link #load(Path, LabelSet)}).
     *
     * @param file which
     * @return a new classifier, which the caller closes
     * @throws StageException if the file is missing, damaged or of another network, or OpenCV's native code does not load;
     *     the message names the file
     */
    public static OpenCvEmotionClassifier load(Path file) {
        return load(file, Optional.empty());
    }

    /**
     * Loads an ONNX file that has an output for each of several sets of labels, as this library's own have.
     *
     * @param file which
     * @param labels whose judgment the scores follow
     * @return a new classifier, which the caller closes
     * @throws StageException if the file is missing, damaged, of another network or without that output, or OpenCV's native
     *     code does not load; the message names the file
     */
    public static OpenCvEmotionClassifier load(Path file, LabelSet labels) {
        return load(file, Optional.of(labels));
    }

    private static OpenCvEmotionClassifier load(Path file, Optional<LabelSet> labels) {
        OpenCv.load();
        byte[] bytes = WeightsFile.read(file);
        if (WeightsFormat.of(bytes).isForPyTorch()) {
            throw new StageException(file + ": weights for PyTorch, expected an ONNX file; the classifier for these is"
                    + " expression-pytorch, of emotion-djl");
        }
        StageMetadata described = StageMetadata.named("onnx")
                .withSha256(StageMetadata.sha256(bytes))
                .withNotes("weights of the user's own: " + file.getFileName());
        return of(bytes, file.toString(), described, labels);
    }

    private static OpenCvEmotionClassifier of(
            byte[] onnx, String origin, StageMetadata described, Optional<LabelSet> asked) {
        try {
            OnnxFile file = OnnxFile.parse(onnx);
            CropSpec spec = CropBatch.spec(file);
            Optional<LabelSet> labels = LabelSet.ofFile(asked, file.outputs(), origin);
            StageMetadata complete = labels.map(set -> set.describe(described)).orElse(described);
            OpenCvEmotionClassifier classifier = new OpenCvEmotionClassifier(
                    OnnxNetworks.read(onnx),
                    spec,
                    complete.withRuntime(OpenCv.version() + " DNN cpu"),
                    LabelSet.output(labels, file.outputs()),
                    new FaceOutputs(file.outputs()));
            classifier.classify(FaceCrop.allocate(spec));
            return classifier;
        } catch (CvException | StageException e) {
            if (String.valueOf(e.getMessage()).startsWith(origin)) {
                throw e;
            }
            throw new StageException(
                    origin + " is damaged or no network of [N, 1, height, width] to [N, 7] (" + OnnxNetworks.reason(e)
                            + ")",
                    e);
        }
    }

    /**
     * Scores several faces in one pass through the network, and tells what else the network has outputs for ({@link
     * FaceOutputs}).
     *
     * @param crops the faces; may be empty
     * @return the answers in the same order
     * @throws IllegalArgumentException if a crop is not of {@link #cropSpec()}'s size or not gray
     * @throws IllegalStateException if this classifier was closed
     * @throws StageException if OpenCV fails or a score is not a finite number
     */
    @Override
    public List<FaceAnswers> answerAll(List<FaceCrop> crops) {
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
        return more.answers(metadata.name(), CropBatch.scores(metadata.name(), logits, 1), told);
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
        return "OpenCvEmotionClassifier[" + metadata.name() + ", "
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
        more.names().forEach(name -> told.put(name, new float[faces * more.width(name)]));
        return blob;
    }

    private void forward(Mat blob, int faces) {
        try {
            network.setInput(blob);
            outputs.compute(network, answers);
            try {
                read(answers.get(0), EmotionScores.SIZE, faces, logits);
                for (int i = 1; i < outputs.size(); i++) {
                    String name = outputs.get(i);
                    read(answers.get(i), more.width(name), faces, Objects.requireNonNull(told.get(name)));
                }
            } finally {
                // forward() fills the list with new matrices each time, and would leave these to the collector
                answers.forEach(Mat::release);
                answers.clear();
            }
        } catch (CvException e) {
            throw new StageException(
                    metadata.name() + " failed on " + faces + " faces of " + spec.width() + "x" + spec.height()
                            + " gray: " + OnnxNetworks.reason(e),
                    e);
        }
    }

    private void read(Mat output, int each, int faces, float[] numbers) {
        if (output.dims() != 2 || output.rows() != faces || output.cols() != each) {
            throw new StageException(metadata.name() + " gave " + output.size() + " for " + faces + " faces, expected "
                    + each + "x" + faces + "; this is not a network for the seven expressions");
        }
        output.get(0, 0, numbers);
    }
}
