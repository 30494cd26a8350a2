package org.emotion4j.djl.training;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import ai.djl.training.loss.Loss;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.emotion4j.djl.data.LabeledFace;
import org.emotion4j.djl.nets.Network;
import org.emotion4j.djl.nets.NetworkArchitecture;
import org.emotion4j.djl.nets.NetworkFile;
import org.emotion4j.djl.runtime.DjlRuntime;
import org.emotion4j.file.internal.PrivateFiles;
import org.emotion4j.stage.StageException;
import org.emotion4j.stage.StageMetadata;
import org.jspecify.annotations.Nullable;

/**
 * Fits a network to labeled faces: its preset's optimizer on the cross-entropy, with a checkpoint after each epoch.
 * Confined to one thread.
 *
 * <p>Into the folder it writes {@code training-log.csv} (a row per epoch, with times), {@code epoch-NNN.safetensors} (the
 * weights after each epoch), {@code checkpoint.state} (all that {@code resume} needs: weights, the optimizer's moments, what was
 * best) and at the end {@code NAME.safetensors} with {@code NAME.safetensors.sha256}, the chosen epoch's weights. Each file appears
 * whole or not at all, and no file that was there before is overwritten but by the training that wrote it.
 *
 * <p>Weights to start from are epoch 0: they are scored on the validation faces like every epoch, and stay the chosen ones
 * where no epoch is better. Such a training ends with a calibration on the validation faces, where these are 100 or more
 * (temperature scaling, Guo et al. 2017): the file has the {@link NetworkFile#TEMPERATURE}.
 *
 * <p>The order of the pictures and the dropout of an epoch depend on seed and epoch alone, so a training that was stopped
 * and resumed takes the same steps as one that was not; with one thread it ends in the same weights, with more up to
 * rounding.
 */
public final class NetworkTrainer {
    /** The checkpoint's name in the folder. */
    public static final String CHECKPOINT = "checkpoint.state";

    /** Fewer validation faces say too little about how sure a network may be. */
    private static final int LEAST_TO_CALIBRATE = 100;

    /** The log's name in the folder. */
    public static final String LOG = "training-log.csv";

    private final Builder options;
    private final NetworkArchitecture preset;
    private final List<LabeledFace> training;
    private final List<LabeledFace> validation;
    private final Optimizer optimizer;
    private final FaceBatch batch;
    private final Map<String, String> fingerprint;
    private final Loss loss = Loss.softmaxCrossEntropyLoss();
    private int epoch;
    private int bestEpoch;
    private double bestAccuracy = -1;
    private OptionalDouble startAccuracy = OptionalDouble.empty();
    private double seconds;

    private NetworkTrainer(Builder options) {
        this.options = options;
        this.preset = options.preset;
        this.training = sized(options.training, preset);
        this.validation = sized(options.validation, preset);
        this.optimizer = Optimizer.of(preset.optimizer(), options.weightDecay);
        this.batch = new FaceBatch(options.batchSize, preset.side());
        this.fingerprint = fingerprint(options);
    }

    /** Scaled once and not at every epoch. */
    private static List<LabeledFace> sized(List<LabeledFace> faces, NetworkArchitecture preset) {
        return faces.stream().map(face -> face.resized(preset.side())).toList();
    }

    /**
     * Starts the configuration of a training.
     *
     * @param preset the network, with its batch size and learning rate
     * @return a builder with these defaults: 20 epochs, no early stopping, no decay of weights or learning rate, no
     *     mirrored copies, seed 1, one thread
     */
    public static Builder of(NetworkArchitecture preset) {
        return new Builder(preset);
    }

    private TrainingResult train() throws IOException {
        DjlRuntime.threads(options.threads);
        boolean resumes = options.prepareFolder();
        try (Network net = resumes ? resume(options.folder.resolve(CHECKPOINT)) : begin()) {
            List<String> log = log();
            if (!resumes) {
                saveCheckpoint(net.toFile(Map.of("epoch", "0")));
            }
            if (epoch == 0 && options.start != null) {
                scoreStart(net, log);
            }
            while (epoch < options.epochs && !stopsEarly()) {
                epoch++;
                EpochReport report = epoch(net);
                log.add(report.toCsv());
                save(net, log);
                options.listener.onEpoch(report);
            }
        }
        return choose();
    }

    private Network begin() {
        NetworkFile start = options.start;
        return start == null
                ? Network.initial(preset, Device.cpu(), seedOf(0))
                : Network.of(start, Device.cpu(), "the weights to start from");
    }

    private void scoreStart(Network net, List<String> log) throws IOException {
        long began = System.nanoTime();
        net.toFile(Map.of("epoch", "0")).write(epochFile(0));
        NetworkScores scores = NetworkScores.of(net, validation);
        bestAccuracy = scores.accuracy();
        startAccuracy = OptionalDouble.of(bestAccuracy);
        seconds = (System.nanoTime() - began) / 1e9;
        EpochReport report = EpochReport.ofStart(scores.loss(), scores.accuracy(), seconds);
        log.add(report.toCsv());
        options.listener.onEpoch(report);
    }

    private boolean stopsEarly() {
        return options.patience > 0 && epoch - bestEpoch >= options.patience;
    }

    private EpochReport epoch(Network net) {
        long start = System.nanoTime();
        double rate = options.learningRate * Math.pow(options.learningRateDecay, epoch - 1.0);
        Engine engine = DjlRuntime.engine();
        engine.setRandomSeed(seedOf(epoch));
        int[] order = order();
        double sum = 0;
        int done = 0;
        while (done < order.length) {
            batch.clear();
            for (int i = done; i < Math.min(order.length, done + options.batchSize); i++) {
                int item = order[i];
                boolean mirrored = item >= training.size();
                batch.add(training.get(mirrored ? item - training.size() : item), mirrored);
            }
            sum += step(engine, net, rate) * batch.size();
            done += batch.size();
            options.listener.onStep(epoch, done, order.length, sum / done);
        }
        double trained = (System.nanoTime() - start) / 1e9;
        NetworkScores scores = NetworkScores.of(net, validation);
        boolean best = scores.accuracy() > bestAccuracy;
        if (best) {
            bestAccuracy = scores.accuracy();
            bestEpoch = epoch;
        }
        double took = (System.nanoTime() - start) / 1e9;
        seconds += took;
        return new EpochReport(
                epoch, rate, sum / done, scores.loss(), scores.accuracy(), best, took, order.length / trained);
    }

    private double step(Engine engine, Network net, double rate) {
        try (NDManager scope = net.manager().newSubManager()) {
            float value;
            try (GradientCollector gradients = engine.newGradientCollector()) {
                NDArray logits = net.forward(batch.pictures(scope), true);
                NDArray error = loss.evaluate(new NDList(batch.labels(scope)), new NDList(logits));
                gradients.backward(error);
                value = error.getFloat();
            }
            if (!Float.isFinite(value)) {
                throw new StageException("the loss of epoch " + epoch + " is " + value + " at a learning rate of "
                        + rate + "; try a smaller one");
            }
            optimizer.step(scope, net.trainable(), rate);
            return value;
        }
    }

    /** A permutation of the faces, mirrored copies after the originals, that depends on seed and epoch alone. */
    private int[] order() {
        int[] order = new int[training.size() * (options.mirrored ? 2 : 1)];
        SplittableRandom random = new SplittableRandom(options.seed * 1_000_003L + epoch);
        for (int i = 0; i < order.length; i++) {
            int j = random.nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }

    private int seedOf(int number) {
        return new SplittableRandom(options.seed * 7_919L + number).nextInt(Integer.MAX_VALUE);
    }

    private List<String> log() throws IOException {
        Path file = options.folder.resolve(LOG);
        List<String> lines = new ArrayList<>();
        lines.add(String.join(",", EpochReport.COLUMNS));
        if (epoch > 0 && Files.exists(file)) {
            List<String> old = Files.readAllLines(file, StandardCharsets.UTF_8);
            int rows = epoch + (options.start == null ? 0 : 1);
            lines.addAll(old.subList(Math.min(1, old.size()), Math.min(rows + 1, old.size())));
        }
        return lines;
    }

    private void save(Network net, List<String> log) throws IOException {
        NetworkFile weights = net.toFile(Map.of("epoch", Integer.toString(epoch)));
        weights.write(epochFile(epoch));
        writeText(options.folder.resolve(LOG), String.join("\n", log) + "\n");
        saveCheckpoint(weights);
    }

    private void saveCheckpoint(NetworkFile weights) throws IOException {
        Map<String, String> state = new LinkedHashMap<>(fingerprint);
        state.put("best.epoch", Integer.toString(bestEpoch));
        state.put("best.accuracy", Double.toString(bestAccuracy));
        startAccuracy.ifPresent(accuracy -> state.put("start.accuracy", Double.toString(accuracy)));
        state.put("seconds", Double.toString(seconds));
        state.put("steps", Long.toString(optimizer.steps()));
        weights.with(state, optimizer.state()).write(options.folder.resolve(CHECKPOINT));
    }

    /** What has to be the same for a resumed training to be the same training. */
    private static Map<String, String> fingerprint(Builder options) {
        Map<String, String> texts = new LinkedHashMap<>();
        texts.put("seed", Long.toString(options.seed));
        texts.put("batch", Integer.toString(options.batchSize));
        texts.put("learning-rate", Double.toString(options.learningRate));
        texts.put("learning-rate-decay", Double.toString(options.learningRateDecay));
        texts.put("weight-decay", Double.toString(options.weightDecay));
        texts.put("mirrored", Boolean.toString(options.mirrored));
        texts.put("training-faces", Integer.toString(options.training.size()));
        texts.put("validation-faces", Integer.toString(options.validation.size()));
        texts.put("start", options.start == null ? "nothing" : StageMetadata.sha256(options.start.toBytes()));
        texts.put("training-pictures", sha256(options.training));
        texts.put("validation-pictures", sha256(options.validation));
        return texts;
    }

    private static String sha256(List<LabeledFace> faces) {
        String each = faces.stream()
                .map(face -> face.label().label() + StageMetadata.sha256(face.toArray()))
                .collect(Collectors.joining());
        return StageMetadata.sha256(each.getBytes(StandardCharsets.US_ASCII));
    }

    private Network resume(Path checkpoint) {
        NetworkFile file = NetworkFile.read(checkpoint);
        String origin = checkpoint.toString();
        Map<String, String> expected = new LinkedHashMap<>(fingerprint);
        expected.put(NetworkFile.NET, preset.name());
        expected.forEach((name, value) -> {
            String found = text(file, name, origin);
            if (!found.equals(value)) {
                throw new StageException(origin + ": was trained with " + name + " " + found + ", asked for " + value
                        + "; resume with the same options, or choose another folder");
            }
        });
        epoch = Integer.parseInt(text(file, "epoch", origin));
        bestEpoch = Integer.parseInt(text(file, "best.epoch", origin));
        bestAccuracy = Double.parseDouble(text(file, "best.accuracy", origin));
        startAccuracy = file.text("start.accuracy").stream()
                .mapToDouble(Double::parseDouble)
                .findFirst();
        seconds = Double.parseDouble(text(file, "seconds", origin));
        Network net = Network.of(file, Device.cpu(), origin);
        long steps = Long.parseLong(text(file, "steps", origin));
        if (steps > 0) {
            optimizer.restore(file, net.trainable().keySet(), steps, origin);
        }
        return net;
    }

    private static String text(NetworkFile file, String name, String origin) {
        return file.text(name)
                .orElseThrow(() -> new StageException(
                        origin + ": \"" + name + "\" is missing; this is not the checkpoint of a training"));
    }

    /** Takes the last epoch; or the best one, the start included, or the mean of the last ones where that is better still. */
    private TrainingResult choose() throws IOException {
        int one = options.chooseBest ? bestEpoch : epoch;
        NetworkFile chosen = NetworkFile.read(epochFile(one));
        String epochs = Integer.toString(one);
        double accuracy = accuracy(chosen);
        if (options.chooseBest && options.average > 1 && epoch > 1) {
            int from = Math.max(1, epoch - options.average + 1);
            NetworkFile mean = mean(from, epoch);
            double ofMean = accuracy(mean);
            if (ofMean > accuracy) {
                accuracy = ofMean;
                epochs = from + "-" + epoch;
                chosen = mean;
            }
        }
        Map<String, String> texts = new LinkedHashMap<>();
        texts.put("epoch", epochs);
        if (options.start != null && validation.size() >= LEAST_TO_CALIBRATE) {
            texts.put(NetworkFile.TEMPERATURE, Double.toString(temperature(chosen)));
        }
        NetworkFile result = chosen.with(texts, Map.of());
        Path weights = options.folder.resolve(preset.name() + ".safetensors");
        result.write(weights);
        String sha256 = StageMetadata.sha256(result.toBytes());
        writeText(
                options.folder.resolve(preset.name() + ".safetensors.sha256"),
                sha256 + "  " + weights.getFileName() + "\n");
        return new TrainingResult(weights, sha256, epochs, epoch, accuracy, startAccuracy, seconds);
    }

    private NetworkFile mean(int from, int to) {
        List<NetworkFile> files = new ArrayList<>();
        for (int i = from; i <= to; i++) {
            files.add(NetworkFile.read(epochFile(i)));
        }
        return NetworkFile.mean(files);
    }

    private double temperature(NetworkFile weights) {
        try (Network net = Network.of(weights, Device.cpu(), "weights of " + options.folder)) {
            return NetworkScores.of(net, validation).temperature(validation);
        }
    }

    private double accuracy(NetworkFile weights) {
        try (Network net = Network.of(weights, Device.cpu(), "weights of " + options.folder)) {
            return NetworkScores.of(net, validation).accuracy();
        }
    }

    private Path epochFile(int number) {
        return epochFile(options.folder, number);
    }

    /**
     * Names the file that a training writes after an epoch.
     *
     * @param folder the training's
     * @param number the first epoch is 1; 0 for the weights that it started from
     * @return the file, which need not exist
     */
    public static Path epochFile(Path folder, int number) {
        return folder.resolve(String.format(Locale.ROOT, "epoch-%03d.safetensors", number));
    }

    private static void writeText(Path file, String text) throws IOException {
        PrivateFiles.replaceAtomically(file, text.getBytes(StandardCharsets.UTF_8));
    }

    /** The options of a training. Every setter refuses what is out of range. */
    public static final class Builder {
        private final NetworkArchitecture preset;
        private List<LabeledFace> training = List.of();
        private List<LabeledFace> validation = List.of();
        private int epochs = 20;
        private int batchSize;
        private double learningRate;
        private double learningRateDecay = 1;
        private double weightDecay;
        private int patience;
        private int average;
        private boolean chooseBest = true;
        private boolean mirrored;
        private long seed = 1;
        private int threads = 1;
        private boolean resume;
        private Path folder = Path.of("");
        private @Nullable NetworkFile start;
        private TrainingListener listener = TrainingListener.SILENT;

        private Builder(NetworkArchitecture preset) {
            this.preset = preset;
            this.batchSize = preset.batchSize();
            this.learningRate = preset.learningRate();
        }

        /**
         * Gives the faces to learn from.
         *
         * @param faces at least one
         * @return this builder
         */
        public Builder training(List<LabeledFace> faces) {
            training = List.copyOf(faces);
            return this;
        }

        /**
         * Gives the faces that epochs are compared on; never learned from.
         *
         * @param faces at least one
         * @return this builder
         */
        public Builder validation(List<LabeledFace> faces) {
            validation = List.copyOf(faces);
            return this;
        }

        /**
         * Sets how often every face is learned from, at most.
         *
         * @param count 1 to 10,000
         * @return this builder
         */
        public Builder epochs(int count) {
            epochs = (int) inRange("epochs", count, 1, 10_000);
            return this;
        }

        /**
         * Sets how many pictures go into a step.
         *
         * @param count 1 to 4,096
         * @return this builder
         */
        public Builder batchSize(int count) {
            batchSize = (int) inRange("batch", count, 1, 4_096);
            return this;
        }

        /**
         * Sets the optimizer's learning rate.
         *
         * @param rate 1e-7 to 1
         * @return this builder
         */
        public Builder learningRate(double rate) {
            learningRate = inRange("learning rate", rate, 1e-7, 1);
            return this;
        }

        /**
         * Sets the factor by which the learning rate shrinks with each epoch.
         *
         * @param factor 0.1 to 1
         * @return this builder
         */
        public Builder learningRateDecay(double factor) {
            learningRateDecay = inRange("learning rate decay", factor, 0.1, 1);
            return this;
        }

        /**
         * Sets the decoupled weight decay: by which share, times the learning rate, weights shrink with each step.
         *
         * @param value 0 to 1
         * @return this builder
         */
        public Builder weightDecay(double value) {
            weightDecay = inRange("weight decay", value, 0, 1);
            return this;
        }

        /**
         * Stops when so many epochs in a row were no better on the validation faces.
         *
         * @param count 0 (never) to 10,000
         * @return this builder
         */
        public Builder patience(int count) {
            patience = (int) inRange("patience", count, 0, 10_000);
            return this;
        }

        /**
         * Takes the mean of the last epochs' weights instead of the best epoch's, if it does better on the validation
         * faces; only where {@link #chooseBest} is set. It costs nothing to train, and gives most of what a slowly falling learning rate would.
         *
         * @param count of how many epochs; 0 or 1 for none, to 1,000
         * @return this builder
         */
        public Builder average(int count) {
            average = (int) inRange("average", count, 0, 1_000);
            return this;
        }

        /**
         * Chooses between the best epoch on the validation faces (the default) and the last one.
         *
         * @param best whether to choose
         * @return this builder
         */
        public Builder chooseBest(boolean best) {
            chooseBest = best;
            return this;
        }

        /**
         * Learns from the mirrored copy of every training face, too. The copies are made here, after the split, so none
         * of a validation face can be among them.
         *
         * @param value whether to
         * @return this builder
         */
        public Builder mirrored(boolean value) {
            mirrored = value;
            return this;
        }

        /**
         * Sets what all randomness comes from.
         *
         * @param value any
         * @return this builder
         */
        public Builder seed(long value) {
            seed = value;
            return this;
        }

        /**
         * Sets how many threads compute, for the whole process.
         *
         * @param count 1 to 256
         * @return this builder
         */
        public Builder threads(int count) {
            threads = (int) inRange("threads", count, 1, 256);
            return this;
        }

        /**
         * Starts from the weights of another training (fine-tuning) instead of random ones. They are scored on the
         * validation faces as epoch 0, and kept as {@code epoch-000.safetensors}.
         *
         * @param weights of a network of the same preset
         * @return this builder
         * @throws IllegalArgumentException if they belong to another preset
         */
        public Builder from(NetworkFile weights) {
            String net = weights.text(NetworkFile.NET).orElse("nothing");
            if (!net.equals(preset.name())) {
                throw new IllegalArgumentException(
                        "the weights to start from are of " + net + ", expected " + preset.name());
            }
            start = weights;
            return this;
        }

        /**
         * Goes on from the folder's checkpoint, where there is one.
         *
         * @param value whether to; without, a folder that holds a training is refused
         * @return this builder
         */
        public Builder resume(boolean value) {
            resume = value;
            return this;
        }

        /**
         * Sets the folder that log, checkpoints and weights go into.
         *
         * @param path made if it is not there
         * @return this builder
         */
        public Builder folder(Path path) {
            folder = path;
            return this;
        }

        /**
         * Sets who hears how it goes.
         *
         * @param value called on the thread that trains
         * @return this builder
         */
        public Builder listener(TrainingListener value) {
            listener = value;
            return this;
        }

        /**
         * Makes the folder, and makes sure that the training would overwrite nothing in it. {@link #train} does so itself;
         * before data are read that take long, it is good to know.
         *
         * @return whether there is a checkpoint to go on from, and {@link #resume} is set
         * @throws FileAlreadyExistsException if the folder holds files of a training that is not resumed
         * @throws IOException if the folder cannot be made
         */
        public boolean prepareFolder() throws IOException {
            PrivateFiles.createFolders(folder);
            boolean hasCheckpoint = Files.exists(folder.resolve(CHECKPOINT));
            if (resume && hasCheckpoint) {
                return true;
            }
            if (hasCheckpoint) {
                throw new FileAlreadyExistsException(
                        folder.resolve(CHECKPOINT).toString(),
                        null,
                        "is there already: resume that training, or choose another folder");
            }
            try (Stream<Path> files = Files.list(folder)) {
                Optional<Path> taken =
                        files.filter(this::isOfATraining).sorted().findFirst();
                if (taken.isPresent()) {
                    throw new FileAlreadyExistsException(
                            taken.get().toString(),
                            null,
                            "is there already and is not overwritten: choose another folder");
                }
            }
            return false;
        }

        private boolean isOfATraining(Path file) {
            String name = file.getFileName().toString();
            return name.equals(LOG)
                    || name.startsWith(preset.name() + ".safetensors")
                    || name.startsWith(preset.name() + ".params") // of before 0.1
                    || name.startsWith(preset.name() + ".onnx")
                    || name.matches("epoch-\\d+\\.(safetensors|params)");
        }

        /**
         * Trains.
         *
         * @return what came out
         * @throws IllegalArgumentException if there are no training or no validation faces
         * @throws FileAlreadyExistsException if the folder holds files of a training that is not resumed
         * @throws IOException if a file cannot be written
         * @throws StageException if the engine does not start, the checkpoint is damaged, of other options or of other
         *     faces, or the loss is no longer finite
         */
        public TrainingResult train() throws IOException {
            if (training.isEmpty() || validation.isEmpty()) {
                throw new IllegalArgumentException("got " + training.size() + " training and " + validation.size()
                        + " validation faces, expected some of both");
            }
            return new NetworkTrainer(this).train();
        }

        private static double inRange(String option, double value, double min, double max) {
            if (!(value >= min && value <= max)) {
                throw new IllegalArgumentException(
                        option + " is " + number(value) + ", expected " + number(min) + " to " + number(max));
            }
            return value;
        }

        private static String number(double value) {
            return value == Math.rint(value) ? String.format(Locale.ROOT, "%.0f", value) : Double.toString(value);
        }
    }
}
