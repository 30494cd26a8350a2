package org.emotion4j.examples;

import ai.djl.Device;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.emotion4j.analysis.ClassificationReport;
import org.emotion4j.djl.data.Fer2013;
import org.emotion4j.djl.data.LabelledFace;
import org.emotion4j.djl.data.PictureFolder;
import org.emotion4j.djl.nets.Net;
import org.emotion4j.djl.nets.NetFile;
import org.emotion4j.djl.nets.NetPreset;
import org.emotion4j.djl.training.EpochReport;
import org.emotion4j.djl.training.NetScores;
import org.emotion4j.djl.training.NetTrainer;
import org.emotion4j.djl.training.Protocol;
import org.emotion4j.djl.training.TrainingListener;
import org.emotion4j.djl.training.TrainingResult;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Trains a network and reports what it is worth. */
@Command(
        name = "train",
        description = "Trains a network on FER2013 or on a folder of faces and reports its figures.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class TrainCommand implements Callable<Integer> {
    @ArgGroup(multiplicity = "1")
    @Nullable
    Data data;

    @Option(names = "--model", defaultValue = "table2", description = "table2, table3-a … table3-f (${DEFAULT-VALUE})")
    String model = "table2";

    @Option(names = "--epochs", defaultValue = "20", description = "at most so many epochs (${DEFAULT-VALUE})")
    int epochs;

    @Option(names = "--batch", description = "pictures in a step (the network's own)")
    @Nullable
    Integer batch;

    @Option(names = "--learning-rate", description = "Adam's learning rate (the network's own)")
    @Nullable
    Double learningRate;

    @Option(names = "--learning-rate-decay", defaultValue = "1", description = "factor per epoch (${DEFAULT-VALUE})")
    double learningRateDecay;

    @Option(names = "--weight-decay", defaultValue = "0", description = "decoupled weight decay (${DEFAULT-VALUE})")
    double weightDecay;

    @Option(
            names = "--patience",
            defaultValue = "5",
            description = "stop after so many epochs without a better one, 0 for never (${DEFAULT-VALUE})")
    int patience;

    @Option(names = "--seed", defaultValue = "1", description = "what all randomness comes from (${DEFAULT-VALUE})")
    long seed;

    @Option(names = "--pilot", defaultValue = "0", description = "take only so many pictures, drawn class by class")
    int pilot;

    @Option(
            names = "--protocol",
            defaultValue = "official",
            description = "official: FER2013's split without leaks; paper: doubled by mirroring, then split at random"
                    + " (${DEFAULT-VALUE})")
    ProtocolName protocol = ProtocolName.OFFICIAL;

    @Option(
            names = "--threads",
            defaultValue = "1",
            description = "threads that compute (${DEFAULT-VALUE}; more only help on an otherwise idle machine)")
    int threads;

    @Option(names = "--resume", description = "go on from the checkpoint in --out")
    boolean resume;

    @Option(names = "--out", required = true, description = "folder for weights, checkpoints, log and report")
    Path out = Path.of("");

    /** What to learn from. */
    static final class Data {
        @Option(
                names = "--fer2013",
                required = true,
                description = "folder with fer2013.csv and, if there, fer2013new.csv")
        @Nullable
        Path fer2013;

        @Option(names = "--data", required = true, description = "folder with a folder of faces per class")
        @Nullable
        Path folder;
    }

    /** How faces are split. */
    enum ProtocolName {
        OFFICIAL,
        PAPER
    }

    @Override
    public Integer call() throws IOException {
        NetPreset preset = NetPreset.named(model);
        Protocol chosen = protocol();
        chosen.notes().forEach(System.out::println);
        TrainingResult result;
        try (Progress progress = new Progress(epochs)) {
            result = NetTrainer.of(preset)
                    .training(chosen.training())
                    .mirrored(chosen.mirrored())
                    .validation(chosen.validation())
                    .chooseBest(chosen.chooseBest())
                    .epochs(epochs)
                    .batchSize(batch == null ? preset.batchSize() : batch)
                    .learningRate(learningRate == null ? preset.learningRate() : learningRate)
                    .learningRateDecay(learningRateDecay)
                    .weightDecay(weightDecay)
                    .patience(chosen.chooseBest() ? patience : 0)
                    .seed(seed)
                    .threads(threads)
                    .resume(resume)
                    .folder(out)
                    .listener(progress)
                    .train();
        }
        report(chosen, result);
        return 0;
    }

    private Protocol protocol() throws IOException {
        if (data == null) {
            throw new IllegalArgumentException("one of --fer2013 and --data is needed");
        }
        if (data.folder != null) {
            return Protocol.folder(PictureFolder.read(data.folder), pilot, seed);
        }
        if (data.fer2013 == null) {
            throw new IllegalArgumentException("one of --fer2013 and --data is needed");
        }
        Fer2013 fer2013 = Fer2013.read(data.fer2013);
        return protocol == ProtocolName.PAPER
                ? Protocol.paper(fer2013, pilot, seed)
                : Protocol.official(fer2013, pilot, seed);
    }

    private void report(Protocol chosen, TrainingResult result) throws IOException {
        StringBuilder text = new StringBuilder();
        chosen.notes().forEach(note -> text.append(note).append('\n'));
        text.append(String.format(
                Locale.ROOT,
                "epoch %d of %d, %.1f %% of the validation faces, %.0f s of training%n%s  %s%n",
                result.chosenEpoch(),
                result.epochs(),
                100 * result.validationAccuracy(),
                result.seconds(),
                result.sha256(),
                result.weights().getFileName()));
        try (Net net = Net.of(
                NetFile.read(result.weights()), Device.cpu(), result.weights().toString())) {
            for (Protocol.TestSet test : chosen.tests()) {
                text.append(String.format(Locale.ROOT, "%n%s%n", test.name())).append(figures(net, test.faces()));
            }
        }
        Files.writeString(out.resolve("report.txt"), text);
        System.out.print(text);
    }

    private static String figures(Net net, List<LabelledFace> faces) {
        NetScores scores = NetScores.of(net, faces);
        ClassificationReport.Builder report = ClassificationReport.builder();
        for (int i = 0; i < faces.size(); i++) {
            report.add(faces.get(i).label(), scores.scores().get(i));
        }
        return report.build().toText();
    }

    /** One bar, from the first step of the first epoch to the last of the last. */
    private static final class Progress implements TrainingListener, AutoCloseable {
        private final int epochs;
        private final ProgressBar bar;
        private int before;

        Progress(int epochs) {
            this.epochs = epochs;
            this.bar = new ProgressBarBuilder()
                    .setTaskName("training")
                    .setUnit(" pictures", 1)
                    .setStyle(ProgressBarStyle.ASCII)
                    .setUpdateIntervalMillis(500)
                    .showSpeed()
                    .build();
        }

        @Override
        public void onStep(int epoch, int done, int total, double loss) {
            if (before == 0) {
                before = epoch;
            }
            bar.maxHint((long) total * (epochs - before + 1));
            bar.stepTo((long) total * (epoch - before) + done);
            bar.setExtraMessage(String.format(Locale.ROOT, " epoch %d, loss %.3f", epoch, loss));
        }

        @Override
        public void onEpoch(EpochReport report) {
            System.out.printf(
                    Locale.ROOT,
                    "%nepoch %d: loss %.4f, validation loss %.4f, validation accuracy %.4f%s, %.1f s%n",
                    report.epoch(),
                    report.trainingLoss(),
                    report.validationLoss(),
                    report.validationAccuracy(),
                    report.best() ? " (best)" : "",
                    report.seconds());
        }

        @Override
        public void close() {
            bar.close();
        }
    }
}
