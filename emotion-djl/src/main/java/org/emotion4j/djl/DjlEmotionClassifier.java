package org.emotion4j.djl;

import static org.emotion4j.stage.internal.BuilderOptions.range;
import static org.emotion4j.stage.internal.BuilderOptions.requireUnset;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.emotion4j.djl.runtime.DjlRuntime;
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
import org.emotion4j.stage.internal.WeightsFile;
import org.jspecify.annotations.Nullable;

/**
 * Scores faces with a network that Deep Java Library's PyTorch engine runs. The network gets {@code [N, 1, height, width]}
 * floats, gray values divided by 255, and gives {@code [N, 7]} logits in the order of {@link
 * org.emotion4j.emotion.Emotion}, once or for each of several {@linkplain LabelSet sets of labels}. Which crop it wants, the
 * network says: this library's default one 56x56, all others 48x48 ({@link CropSpec#fer2013()}), which is also taken for
 * TorchScript files other than this library's.
 *
 * <p>Confined to one thread at a time. All faces of one call go through the network together. Native memory is that of the weights, and during a call that of one forward pass.
 *
 * <pre>{@code
 * try (DjlEmotionClassifier classifier = DjlEmotionClassifier.bundled()) {
 *     EmotionScores scores = classifier.classify(crop);
 * }
 * }</pre>
 */
public final class DjlEmotionClassifier implements FaceClassifier {
    /** The bundled models, the preferred one first. */
    private static final List<String> BUNDLED = List.of("expression", "expression-fer", "table2");

    private static final int WARM_UP_CALLS = 3;

    private final CropSpec spec;

    private final CropBatch batch;
    private final Inference inference;
    private final StageMetadata metadata;
    private final int output;

    private final FaceOutputs more;

    private boolean closed;

    private DjlEmotionClassifier(Inference inference, StageMetadata metadata, int output) {
        this.inference = inference;
        this.spec = inference.crop();
        this.batch = new CropBatch(spec);
        this.metadata = metadata;
        this.output = output;
        this.more = new FaceOutputs(inference.outputs());
    }

    /**
     * Loads the bundled weights, on the CPU.
     *
     * @return a new classifier, which the caller closes
     * @throws StageException if the engine does not start or the weights are damaged
     */
    public static DjlEmotionClassifier bundled() {
        return builder().build();
    }

    /**
     * Loads a file, on the CPU: weights that {@code NetworkTrainer} wrote, or a TorchScript file with the input and output
     * of this class.
     *
     * @param file which
     * @return a new classifier, which the caller closes
     * @throws StageException if the file is missing, damaged or of another network, or the engine does not start
     */
    public static DjlEmotionClassifier load(Path file) {
        return builder().model(file).build();
    }

    /**
     * Starts a configuration. Defaults: the best bundled weights, the CPU, the process's number of threads.
     *
     * @return a builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Scores several faces in one pass through the network, and tells what else the network has outputs for ({@link
     * FaceOutputs}).
     *
     * @param crops the faces; may be empty
     * @return the answers in the same order
     * @throws IllegalArgumentException if a crop is not of {@link #cropSpec()}'s size or not gray
     * @throws IllegalStateException if this classifier was closed
     * @throws StageException if the engine fails or a score is not a finite number
     */
    @Override
    public List<FaceAnswers> answerAll(List<FaceCrop> crops) {
        requireOpen();
        crops.forEach(this::requireOwnCrop);
        if (crops.isEmpty()) {
            return List.of();
        }
        Numbers numbers = forward(batch.fill(crops), crops.size());
        return more.answers(
                metadata.name(),
                CropBatch.scores(metadata.name(), numbers.logits(), inference.temperature()),
                numbers.more());
    }

    /** What the network gives: scores, and the outputs of {@link FaceOutputs} that it has. */
    private record Numbers(float[] logits, Map<String, float[]> more) {}

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

    /** Frees the weights. A second call does nothing. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            inference.close();
        }
    }

    /** Returns the model's name and hash. */
    @Override
    public String toString() {
        return "DjlEmotionClassifier[" + metadata.name() + ", "
                + metadata.runtime().orElse("") + ", SHA-256 "
                + metadata.sha256().orElse("unknown") + "]";
    }

    /** For tests: the scope whose arrays must not become more from call to call. */
    NDManager scope() {
        return inference.manager();
    }

    private Numbers forward(ByteBuffer memory, int count) {
        try (NDManager call = inference.manager().newSubManager()) {
            NDArray input = call.create(memory, new Shape(count, 1, spec.height(), spec.width()), DataType.FLOAT32);
            NDList answers = inference.answers(input);
            answers.attach(call);
            Map<String, float[]> told = new HashMap<>();
            for (String name : more.names()) {
                NDArray answer = answers.get(inference.outputs().indexOf(name));
                told.put(name, numbers(answer, count, more.width(name)));
            }
            return new Numbers(numbers(answers.get(output), count, EmotionScores.SIZE), told);
        } catch (StageException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new StageException(
                    metadata.name() + " failed on " + count + " faces of " + spec.width() + "x" + spec.height()
                            + " gray: " + DjlRuntime.reason(e),
                    e);
        }
    }

    private float[] numbers(NDArray answer, int count, int each) {
        if (!answer.getShape().equals(new Shape(count, each))) {
            throw new StageException(
                    metadata.name() + " gave " + answer.getShape() + " for " + count + " faces, expected (" + count
                            + ", " + each + "); this is not a network for the seven expressions");
        }
        return answer.toFloatArray();
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException(metadata.name() + " was closed");
        }
    }

    /** The options of a classifier. Each may be set once. */
    public static final class Builder {
        private @Nullable Path file;
        private @Nullable String bundledName;
        private @Nullable String sha256;
        private @Nullable String device;
        private @Nullable Integer threads;
        private @Nullable LabelSet labels;

        private Builder() {}

        /**
         * Takes weights from a file instead of bundled ones.
         *
         * @param path weights that {@code NetworkTrainer} wrote, or a TorchScript file
         * @return this builder
         * @throws IllegalStateException if weights were chosen before
         */
        public Builder model(Path path) {
            requireUnset("model", file == null ? bundledName : file);
            file = path;
            return this;
        }

        /**
         * Takes certain bundled weights.
         *
         * @param name {@code "table2"} for example
         * @return this builder
         * @throws IllegalStateException if weights were chosen before
         */
        public Builder bundled(String name) {
            requireUnset("model", file == null ? bundledName : file);
            bundledName = name;
            return this;
        }

        /**
         * Says which hash the file has to have. Bundled weights are always compared with theirs.
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
         * Says what computes; by default the CPU.
         *
         * @param name {@code "cpu"}, {@code "gpu"}, {@code "gpu1"} …; GPUs need the CUDA build of PyTorch's natives
         * @return this builder
         * @throws IllegalStateException if it was set before
         */
        public Builder device(String name) {
            requireUnset("device", device);
            device = name;
            return this;
        }

        /**
         * Sets how many threads compute one network. PyTorch has one such number for the whole process; without this
         * call it is one, or what the host chose with {@code ai.djl.pytorch.num_threads}.
         *
         * @param count 1 to 256
         * @return this builder
         * @throws IllegalArgumentException if the number is out of its range
         * @throws IllegalStateException if it was set before
         */
        public Builder threads(int count) {
            requireUnset("threads", threads);
            range("threads", count, 1, 256);
            threads = count;
            return this;
        }

        /**
         * Says whose judgment the scores follow; by default the network's {@linkplain LabelSet#standard default}, so
         * {@link LabelSet#PHOTO} for the best bundled weights. A network with a single output has the labels of
         * whoever trained it.
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
         * Loads the weights and runs the network once, so that a network with another input or output is refused here.
         *
         * @return a new classifier, which the caller closes
         * @throws IllegalArgumentException if there is no such device
         * @throws StageException if there are no such weights, they are damaged or of another network, or the engine
         *     does not start
         */
        public DjlEmotionClassifier build() {
            Device chosen = device == null ? Device.cpu() : DjlRuntime.device(device);
            if (threads != null) {
                DjlRuntime.threads(threads);
            }
            DjlEmotionClassifier classifier = file == null ? fromJar(chosen) : fromFile(file, chosen);
            try {
                classifier.classify(FaceCrop.allocate(classifier.spec));
                return classifier;
            } catch (StageException e) {
                classifier.close();
                throw file == null ? e : new StageException(file + ": " + e.getMessage(), e);
            }
        }

        private DjlEmotionClassifier fromJar(Device chosen) {
            List<String> names = bundledName == null ? BUNDLED : List.of(bundledName);
            BundledModel model = names.stream()
                    .map(Builder::weights)
                    .flatMap(Optional::stream)
                    .findFirst()
                    .orElseThrow(() -> new StageException(
                            "none of the models " + names + " is on the class path; add org.emotion4j:"
                                    + Weights.artifact(names.get(0) + Weights.PYTORCH)
                                    + ", or name a file with model(path)"));
            byte[] bytes = model.bytes();
            if (sha256 != null) {
                BundledModel.requireHash(bytes, sha256, model.origin());
            }
            Inference inference = Inference.load(bytes, chosen, model.origin());
            return closedOnFailure(inference, () -> {
                requireInput(model, inference.crop());
                Optional<LabelSet> set = Optional.ofNullable(labels).or(() -> LabelSet.standard(inference.outputs()));
                return made(inference, model.origin(), model.metadata(), chosen, set);
            });
        }

        static Optional<BundledModel> weights(String name) {
            return Weights.find(name + Weights.PYTORCH);
        }

        private DjlEmotionClassifier fromFile(Path path, Device chosen) {
            byte[] bytes = WeightsFile.read(path);
            if (sha256 != null) {
                BundledModel.requireHash(bytes, sha256, path.toString());
            }
            Inference inference = Inference.load(bytes, chosen, path.toString());
            StageMetadata described =
                    StageMetadata.named(inference.name()).withNotes("weights of the user's own: " + path.getFileName());
            StageMetadata versioned =
                    inference.version().map(described::withVersion).orElse(described);
            StageMetadata hashed = versioned.withSha256(StageMetadata.sha256(bytes));
            return closedOnFailure(inference, () -> {
                Optional<LabelSet> set =
                        LabelSet.ofFile(Optional.ofNullable(labels), inference.outputs(), path.toString());
                return made(inference, path.toString(), hashed, chosen, set);
            });
        }

        /** What is not made does not keep its native memory. */
        private static DjlEmotionClassifier closedOnFailure(Inference inference, Supplier<DjlEmotionClassifier> maker) {
            try {
                return maker.get();
            } catch (RuntimeException e) {
                inference.close();
                throw e;
            }
        }

        /** A description and the weights beside it that do not belong together would give wrong scores without a word. */
        private static void requireInput(BundledModel model, CropSpec crop) {
            Optional<String> side = model.optional("input");
            if (side.isPresent() && !side.get().equals(Integer.toString(crop.width()))) {
                throw new StageException(model.origin() + ": takes crops of " + crop.width() + "x" + crop.height()
                        + ", but its description says " + side.get());
            }
        }

        private DjlEmotionClassifier made(
                Inference inference, String origin, StageMetadata described, Device chosen, Optional<LabelSet> set) {
            try {
                StageMetadata complete = set.map(known -> known.describe(described))
                        .orElse(described)
                        .withRuntime(DjlRuntime.describe(chosen));
                int output = inference.outputs().indexOf(LabelSet.output(set, inference.outputs()));
                return new DjlEmotionClassifier(inference, complete, output);
            } catch (StageException e) {
                throw new StageException(origin + ": " + e.getMessage(), e);
            }
        }
    }
}
