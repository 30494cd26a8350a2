package org.emotion4j.onnxruntime;

import static org.emotion4j.stage.internal.BuilderOptions.range;
import static org.emotion4j.stage.internal.BuilderOptions.requireUnset;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
import org.emotion4j.stage.internal.FreeCores;
import org.emotion4j.stage.internal.OnnxFile;
import org.emotion4j.stage.internal.WeightsFile;
import org.emotion4j.stage.internal.WeightsFormat;
import org.jspecify.annotations.Nullable;

/**
 * Scores faces with an ONNX network that ONNX Runtime computes on the CPU. The network gets {@code [N, 1, height, width]}
 * floats, gray values divided by 255, and gives {@code [N, 7]} logits in the order of {@link
 * org.emotion4j.emotion.Emotion}, once or for each of several {@linkplain LabelSet sets of labels}. Which crop it wants, its
 * file says: the default network of this library 56x56, the former one 48x48 ({@link CropSpec#fer2013()}), which is also
 * taken where a file leaves the size open.
 *
 * <p>Thread-safe: calls of several threads run at the same time on one set of weights, each with memory of its own, which is
 * kept. All faces of one call go through the network together.
 *
 * <pre>{@code
 * try (OnnxRuntimeEmotionClassifier classifier = OnnxRuntimeEmotionClassifier.bundled()) {
 *     EmotionScores scores = classifier.classify(crop);
 * }
 * }</pre>
 */
public final class OnnxRuntimeEmotionClassifier implements FaceClassifier {
    private static final String BUNDLED = "expression";
    private static final int WARM_UP_CALLS = 3;
    private static final int MAX_THREADS = 256;

    private final Lanes<CropBatch> lanes;
    private final CropSpec spec;
    private final List<String> outputs;
    private final int scores;
    private final FaceOutputs more;
    private final StageMetadata metadata;

    private OnnxRuntimeEmotionClassifier(
            OnnxSession session, CropSpec spec, List<String> outputs, String scores, StageMetadata metadata) {
        this.lanes = new Lanes<>(session, () -> new CropBatch(spec));
        this.spec = spec;
        this.outputs = outputs;
        this.scores = outputs.indexOf(scores);
        this.more = new FaceOutputs(outputs);
        this.metadata = metadata;
    }

    /**
     * Loads the bundled weights, in floats. The scores follow {@link LabelSet#PHOTO}. Twice as fast and hardly different are
     * those in 8-bit integers: {@code builder().bundled("expression-int8").build()}.
     *
     * @return a new classifier, which the caller closes
     * @throws StageException if ONNX Runtime does not start or the weights are missing or damaged
     */
    public static OnnxRuntimeEmotionClassifier bundled() {
        return builder().build();
    }

    /**
     * Loads an ONNX file with the input and output of this class. Of several outputs {@code photo} is taken, or else
     * {@code logits}, or else the first.
     *
     * @param file which
     * @return a new classifier, which the caller closes
     * @throws StageException if the file is missing, damaged or of another network, or ONNX Runtime does not start; the
     *     message names the file
     */
    public static OnnxRuntimeEmotionClassifier load(Path file) {
        return builder().model(file).build();
    }

    /**
     * Describes a classifier. Defaults: the weights {@code expression} of emotion-models, one thread.
     *
     * @return a builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Scores several faces, in one pass through the network for each core that is free ({@link FreeCores}), and tells what else the network has outputs for ({@link
     * FaceOutputs}).
     *
     * @param crops the faces; may be empty
     * @return the answers in the same order
     * @throws IllegalArgumentException if a crop is not of {@link #cropSpec()}'s size or not gray
     * @throws IllegalStateException if this classifier was closed
     * @throws StageException if ONNX Runtime fails or a score is not a finite number
     */
    @Override
    public List<FaceAnswers> answerAll(List<FaceCrop> crops) {
        lanes.requireOpen(metadata.name());
        crops.forEach(this::requireOwnCrop);
        if (crops.isEmpty()) {
            return List.of();
        }
        int parts = Math.min(FreeCores.count(), crops.size());
        List<List<FaceCrop>> shares = new ArrayList<>(parts);
        for (int i = 0; i < parts; i++) {
            shares.add(crops.subList(i * crops.size() / parts, (i + 1) * crops.size() / parts));
        }
        List<FaceAnswers> answers = new ArrayList<>(crops.size());
        FreeCores.map(shares, this::answerTogether).forEach(answers::addAll);
        return answers;
    }

    private List<FaceAnswers> answerTogether(List<FaceCrop> crops) {
        return lanes.with(metadata.name(), (batch, call) -> answers(batch, call, crops));
    }

    private List<FaceAnswers> answers(CropBatch batch, OnnxSession.Call call, List<FaceCrop> crops) {
        int faces = crops.size();
        ByteBuffer memory = batch.fill(crops);
        List<float[]> numbers;
        try {
            numbers = call.run(memory, faces, 1, spec.height(), spec.width());
        } catch (StageException e) {
            throw new StageException(
                    metadata.name() + " failed on " + faces + " faces of " + spec.width() + "x" + spec.height()
                            + " gray: " + e.getMessage(),
                    e);
        }
        requireShape(call, scores, faces, EmotionScores.SIZE);
        Map<String, float[]> told = new HashMap<>();
        for (String name : more.names()) {
            int output = outputs.indexOf(name);
            requireShape(call, output, faces, more.width(name));
            told.put(name, numbers.get(output));
        }
        return more.answers(metadata.name(), CropBatch.scores(metadata.name(), numbers.get(scores), 1), told);
    }

    private void requireShape(OnnxSession.Call call, int output, int faces, int each) {
        long[] shape = call.shape(output);
        if (shape.length != 2 || shape[0] != faces || shape[1] != each) {
            throw new StageException(
                    metadata.name() + " gave " + Arrays.toString(shape) + " for " + faces + " faces, expected [" + faces
                            + ", " + each + "]; this is not a network for the seven expressions");
        }
    }

    @Override
    public boolean isThreadSafe() {
        return true;
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

    /** Frees weights and memory. No call may be at work. A second call does nothing. */
    @Override
    public void close() {
        lanes.close();
    }

    /** Returns the model's name, run time and hash. */
    @Override
    public String toString() {
        return "OnnxRuntimeEmotionClassifier[" + metadata.name() + ", "
                + metadata.runtime().orElse("") + ", SHA-256 "
                + metadata.sha256().orElse("unknown") + "]";
    }

    /** The options of a classifier. Not thread-safe. Each may be set once. */
    public static final class Builder {
        private @Nullable Path file;
        private @Nullable String bundled;
        private @Nullable String sha256;
        private @Nullable Integer threads;
        private @Nullable LabelSet labels;

        private Builder() {}

        /**
         * Takes weights from a file.
         *
         * @param path an ONNX file
         * @return this builder
         * @throws IllegalStateException if weights were chosen before
         */
        public Builder model(Path path) {
            requireUnset("model", file == null ? bundled : file);
            file = path;
            return this;
        }

        /**
         * Takes weights from the class path.
         *
         * @param name {@code "expression"}, the same in 8-bit integers {@code "expression-int8"} (both of emotion-models), or
         *     {@code "expression-fer"} (emotion-models-fer)
         * @return this builder
         * @throws IllegalStateException if weights were chosen before
         */
        public Builder bundled(String name) {
            requireUnset("model", file == null ? bundled : file);
            bundled = name;
            return this;
        }

        /**
         * Says which hash the file has to have. Weights from the class path are always compared with theirs.
         *
         * @param hexadecimal SHA-256, 64 digits
         * @return this builder
         * @throws IllegalArgumentException if these are not 64 hexadecimal digits
         * @throws IllegalStateException if it was set before
         */
        public Builder sha256(String hexadecimal) {
            requireUnset("sha256", sha256);
            if (!hexadecimal.matches("[0-9a-fA-F]{64}")) {
                throw new IllegalArgumentException("sha256 is \"" + hexadecimal + "\", expected 64 hexadecimal digits");
            }
            sha256 = hexadecimal;
            return this;
        }

        /**
         * Sets how many threads compute one call.
         *
         * @param count 1 to 256; by default 1
         * @return this builder
         * @throws IllegalArgumentException if the number is out of its range
         * @throws IllegalStateException if it was set before
         */
        public Builder threads(int count) {
            requireUnset("threads", threads);
            range("threads", count, 1, MAX_THREADS);
            threads = count;
            return this;
        }

        /**
         * Says whose judgment the scores follow; by default the network's {@linkplain LabelSet#standard default}. A network
         * with a single output has the labels of whoever trained it.
         *
         * <p>A file of the former network is loaded only where a set is named, because its default is another.
         *
         * @param set one that the network has
         * @return this builder
         * @throws IllegalStateException if it was set before
         */
        public Builder labels(LabelSet set) {
            requireUnset("labels", labels);
            labels = set;
            return this;
        }

        /**
         * Loads the weights and runs the network once, so that one with another input or output is refused here.
         *
         * @return a new classifier, which the caller closes
         * @throws StageException if there are no such weights, they are damaged or of another network, or ONNX Runtime does
         *     not start
         */
        public OnnxRuntimeEmotionClassifier build() {
            return file == null ? fromClassPath(bundled == null ? BUNDLED : bundled) : fromFile(file);
        }

        private OnnxRuntimeEmotionClassifier fromClassPath(String name) {
            BundledModel model = Weights.get(name);
            byte[] onnx = checked(model.bytes(), model.origin());
            OnnxFile parsed = OnnxFile.parse(onnx);
            requireInput(model, CropBatch.spec(parsed));
            Optional<LabelSet> set = Optional.ofNullable(labels).or(() -> LabelSet.standard(parsed.outputs()));
            return loaded(onnx, model.origin(), model.metadata(), set);
        }

        private OnnxRuntimeEmotionClassifier fromFile(Path path) {
            byte[] bytes = checked(WeightsFile.read(path), path.toString());
            if (WeightsFormat.of(bytes).isForPyTorch()) {
                throw new StageException(
                        path + ": no ONNX file, which ONNX Runtime takes; the classifier for weights of a"
                                + " training and for TorchScript is expression-pytorch, of emotion-djl");
            }
            StageMetadata described = StageMetadata.named("onnx")
                    .withSha256(StageMetadata.sha256(bytes))
                    .withNotes("weights of the user's own: " + path.getFileName());
            OnnxFile parsed = parse(bytes, path);
            Optional<LabelSet> set = LabelSet.ofFile(Optional.ofNullable(labels), parsed.outputs(), path.toString());
            return loaded(bytes, path.toString(), described, set);
        }

        private static OnnxFile parse(byte[] bytes, Path path) {
            try {
                return OnnxFile.parse(bytes);
            } catch (StageException e) {
                throw new StageException(path + ": " + e.getMessage(), e);
            }
        }

        private byte[] checked(byte[] bytes, String origin) {
            if (sha256 != null) {
                BundledModel.requireHash(bytes, sha256, origin);
            }
            return bytes;
        }

        /** A description and the weights beside it that do not belong together would give wrong scores without a word. */
        private static void requireInput(BundledModel model, CropSpec crop) {
            Optional<String> side = model.optional("input");
            if (side.isPresent() && !side.get().equals(Integer.toString(crop.width()))) {
                throw new StageException(model.origin() + ": takes crops of " + crop.width() + "x" + crop.height()
                        + ", but its description says " + side.get());
            }
        }

        private OnnxRuntimeEmotionClassifier loaded(
                byte[] onnx, String origin, StageMetadata described, Optional<LabelSet> set) {
            OnnxSession session = OnnxSession.load(onnx, origin, threads == null ? 1 : threads);
            try {
                CropSpec spec = CropBatch.spec(OnnxFile.parse(onnx));
                StageMetadata complete = set.map(known -> known.describe(described))
                        .orElse(described)
                        .withRuntime(session.runtime());
                String scores = LabelSet.output(set, session.outputs());
                OnnxRuntimeEmotionClassifier classifier =
                        new OnnxRuntimeEmotionClassifier(session, spec, session.outputs(), scores, complete);
                classifier.classify(FaceCrop.allocate(spec));
                return classifier;
            } catch (StageException e) {
                session.close();
                throw String.valueOf(e.getMessage()).startsWith(origin)
                        ? e
                        : new StageException(origin + ": " + e.getMessage(), e);
            }
        }
    }
}
