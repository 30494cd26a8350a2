package org.emotion4j.cli.models;

import ai.djl.Device;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.emotion4j.cli.io.BadInputException;
import org.emotion4j.cli.io.Console;
import org.emotion4j.cli.io.ErrorMessages;
import org.emotion4j.cli.io.ExitCode;
import org.emotion4j.cli.io.OutputFolder;
import org.emotion4j.djl.BundledNetworks;
import org.emotion4j.djl.data.FaceDataException;
import org.emotion4j.djl.data.Fer2013;
import org.emotion4j.djl.data.LabeledFace;
import org.emotion4j.djl.data.PictureFolder;
import org.emotion4j.djl.nets.Network;
import org.emotion4j.djl.nets.NetworkArchitecture;
import org.emotion4j.djl.nets.NetworkFile;
import org.emotion4j.djl.runtime.DjlRuntime;
import org.emotion4j.djl.training.NetworkScores;
import org.emotion4j.djl.training.NetworkTrainer;
import org.emotion4j.djl.training.TrainingProtocol;
import org.emotion4j.djl.training.TrainingResult;
import org.emotion4j.evaluation.ClassificationReport;
import org.emotion4j.file.internal.OutputFile;
import org.emotion4j.file.internal.PrivateFiles;
import org.emotion4j.stage.StageException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Trains a network and reports what it is worth. */
@Command(
        name = "train",
        description = {
            "Trains a network on FER2013 or on a folder of faces, and reports its figures on faces it never saw.",
            "Writes NAME.safetensors with its SHA-256, a checkpoint and the weights of each epoch, training-log.csv and"
                    + " report.txt; where it went on from expression or expression-fer also NAME.onnx.",
            "Use the result with --classifier expression-pytorch=DIR/NAME.safetensors, and NAME.onnx with"
                    + " expression-onnxruntime=DIR/NAME.onnx or expression=DIR/NAME.onnx."
        },
        sortOptions = false)
public final class TrainCommand implements Callable<Integer> {
    private static final String REPORT = "report.txt";

    /** What every report has: the SHA-256 of the weights and their name. */
    private static final Pattern WEIGHTS_LINE = Pattern.compile("(?m)^[0-9a-f]{64}  \\S+\\.safetensors$");

    @Mixin
    private final Console console = new Console();

    @Option(
            names = "--fer2013",
            paramLabel = "DIR",
            description = "Learn from FER2013: the folder with the standard fer2013.csv, and fer2013new.csv if there.")
    private Optional<Path> fer2013 = Optional.empty();

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description =
                    "Learn from pictures of faces: a folder per class, or train, validation and test above those.")
    private Optional<Path> data = Optional.empty();

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "Where everything is written to.")
    private Path out = Path.of("");

    @Option(
            names = "--model",
            paramLabel = "NAME",
            description = "The network, from nothing: table2 (default), table3-a to table3-f, or resnet.")
    private Optional<String> model = Optional.empty();

    @Option(
            names = "--from",
            paramLabel = "WEIGHTS",
            description = "Go on from trained weights: expression, this library's own network (56x56, the head for"
                    + " photographs), expression-fer, the former one (48x48, FER2013 and FER+ alone), or the .safetensors"
                    + " file of another training. A small learning rate is right (default for both: 0.0001).")
    private Optional<String> from = Optional.empty();

    @Option(names = "--epochs", paramLabel = "N", description = "At most so many epochs (default: ${DEFAULT-VALUE}).")
    private int epochs = 20;

    @Option(names = "--batch", paramLabel = "N", description = "Pictures in a step (default: the network's own).")
    private Optional<Integer> batch = Optional.empty();

    @Option(
            names = "--learning-rate",
            paramLabel = "X",
            description = "The optimizer's learning rate (default: the network's own).")
    private Optional<Double> learningRate = Optional.empty();

    @Option(
            names = "--learning-rate-decay",
            paramLabel = "X",
            description = "By what the learning rate is multiplied after each epoch (default: ${DEFAULT-VALUE}).")
    private double learningRateDecay = 1;

    @Option(
            names = "--weight-decay",
            paramLabel = "X",
            description = "Weight decay, decoupled for Adam (default: ${DEFAULT-VALUE}).")
    private double weightDecay;

    @Option(
            names = "--patience",
            paramLabel = "N",
            description = "Stop after so many epochs without a better one; 0: never (default: ${DEFAULT-VALUE}).")
    private int patience = 5;

    @Option(
            names = "--average",
            paramLabel = "N",
            description = "Take the mean of the last N epochs' weights if it does better than the best epoch"
                    + " (default: ${DEFAULT-VALUE}).")
    private int average;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "What all randomness comes from (default: ${DEFAULT-VALUE}).")
    private long seed = 1;

    @Option(
            names = "--pilot",
            paramLabel = "N",
            description = "Take only so many pictures, drawn class by class in proportion.")
    private Optional<Integer> pilot = Optional.empty();

    @Option(
            names = "--protocol",
            paramLabel = "NAME",
            description = "For FER2013. official (default): its own split, without copies of evaluation pictures."
                    + " paper: all of it doubled by mirroring, then split at random.")
    private ProtocolName protocol = ProtocolName.OFFICIAL;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Threads that compute; more than one helps only where nothing else runs"
                    + " (default: ${DEFAULT-VALUE}).")
    private int threads = 1;

    @Option(names = "--resume", description = "Go on from the checkpoint in --out, with the same options.")
    private boolean resume;

    /** How FER2013 is split. */
    enum ProtocolName {
        OFFICIAL,
        PAPER
    }

    @Override
    public Integer call() throws IOException {
        if (fer2013.isPresent() == data.isPresent()) {
            throw console.usage("give either --fer2013 DIR or --data DIR");
        }
        if (data.isPresent() && protocol == ProtocolName.PAPER) {
            throw console.usage("--protocol paper belongs to --fer2013");
        }
        if (model.isPresent() && from.isPresent()) {
            throw console.usage("give either --model NAME or --from WEIGHTS");
        }
        try {
            Optional<NetworkFile> start = start();
            NetworkArchitecture preset = NetworkArchitecture.named(start.flatMap(file -> file.text(NetworkFile.NET))
                    .or(() -> model)
                    .orElse("table2"));
            NetworkTrainer.Builder trainer = configured(preset);
            start.ifPresent(trainer::from);
            prepareFolder(trainer);
            TrainingProtocol chosen = protocol(preset);
            chosen.notes().forEach(console.err()::println);
            report(chosen, trained(trainer, chosen));
        } catch (FaceDataException | IllegalArgumentException | StageException e) {
            throw new BadInputException(ErrorMessages.message(e), e);
        }
        return ExitCode.OK;
    }

    private void prepareFolder(NetworkTrainer.Builder trainer) throws IOException {
        OutputFolder.at(out);
        if (!resume && Files.exists(out.resolve(NetworkTrainer.CHECKPOINT))) {
            throw new BadInputException(out + " holds a training already; go on with --resume, or give another folder");
        }
        boolean resumes = trainer.prepareFolder();
        if (Files.exists(out.resolve(REPORT)) && !(resumes && isReport(out.resolve(REPORT)))) {
            throw new BadInputException(
                    out.resolve(REPORT) + ": is there already and is not overwritten; give another folder");
        }
        if (resume && !resumes) {
            console.err().println("no checkpoint in " + out + " yet: this training begins anew");
        }
    }

    private Optional<NetworkFile> start() {
        if (from.isEmpty()) {
            return Optional.empty();
        }
        if (!List.of(NetworkArchitecture.EXPRESSION, NetworkArchitecture.EXPRESSION_FER)
                .contains(from.get())) {
            return Optional.of(NetworkFile.read(Path.of(from.get())));
        }
        try (Network net = from.get().equals(NetworkArchitecture.EXPRESSION)
                ? BundledNetworks.expression(Device.cpu())
                : BundledNetworks.expressionFer(Device.cpu())) {
            return Optional.of(net.toFile(Map.of()));
        }
    }

    private NetworkTrainer.Builder configured(NetworkArchitecture preset) {
        return NetworkTrainer.of(preset)
                .epochs(epochs)
                .batchSize(batch.orElse(preset.batchSize()))
                .learningRate(learningRate.orElse((double) preset.learningRate()))
                .learningRateDecay(learningRateDecay)
                .weightDecay(weightDecay)
                .patience(patience)
                .average(average)
                .seed(seed)
                .threads(threads)
                .resume(resume)
                .folder(out);
    }

    private TrainingProtocol protocol(NetworkArchitecture preset) throws IOException {
        int drawn = pilot.orElse(0);
        if (pilot.isPresent() && drawn < 1) {
            throw console.usage("--pilot is " + drawn + ", expected at least 1");
        }
        if (data.isPresent()) {
            return TrainingProtocol.folder(PictureFolder.read(data.get(), preset.side()), drawn, seed);
        }
        Fer2013 faces = Fer2013.read(fer2013.orElseThrow());
        return protocol == ProtocolName.PAPER
                ? TrainingProtocol.paper(faces, drawn, seed)
                : TrainingProtocol.official(faces, drawn, seed);
    }

    private TrainingResult trained(NetworkTrainer.Builder trainer, TrainingProtocol chosen) throws IOException {
        DjlRuntime.engine();
        if (!chosen.chooseBest()) {
            trainer.patience(0);
        }
        try (TrainingProgress progress = new TrainingProgress(console.err(), epochs)) {
            return trainer.training(chosen.training())
                    .mirrored(chosen.mirrored())
                    .validation(chosen.validation())
                    .chooseBest(chosen.chooseBest())
                    .listener(progress)
                    .train();
        } catch (StageException e) {
            throw new BadInputException(ErrorMessages.message(e), e);
        }
    }

    private void report(TrainingProtocol chosen, TrainingResult result) throws IOException {
        StringBuilder text = new StringBuilder();
        text.append(chosen.notes().stream().collect(Collectors.joining("\n", "", "\n")));
        if (result.keptStart()) {
            text.append("no epoch was better than the weights it started from, which are the result; more pictures or a"
                    + " smaller --learning-rate may help\n");
        }
        text.append(String.format(
                Locale.ROOT,
                "epoch %s of %d, %.2f %% of the validation faces%s, %.0f s of training%n%s  %s%n",
                result.chosen(),
                result.epochs(),
                100 * result.validationAccuracy(),
                result.startAccuracy().isPresent()
                        ? String.format(
                                Locale.ROOT,
                                " (before: %.2f %%)",
                                100 * result.startAccuracy().getAsDouble())
                        : "",
                result.seconds(),
                result.sha256(),
                result.weights().getFileName()));
        NetworkFile weights = NetworkFile.read(result.weights());
        double temperature = weights.temperature(result.weights().toString());
        if (weights.text(NetworkFile.TEMPERATURE).isPresent()) {
            text.append(
                    String.format(Locale.ROOT, "calibrated on the validation faces: temperature %.3f%n", temperature));
        }
        writeOnnx(weights, result.weights())
                .ifPresent(file ->
                        text.append(String.format("the same for ONNX Runtime and OpenCV: %s%n", file.getFileName())));
        try (Network net = net(result.weights());
                Network before = result.startAccuracy().isPresent() ? net(NetworkTrainer.epochFile(out, 0)) : null) {
            for (TrainingProtocol.TestSet test : chosen.tests()) {
                text.append(String.format(Locale.ROOT, "%n%s%n", test.name()));
                if (before != null) {
                    text.append(String.format(
                            Locale.ROOT,
                            "before the training: accuracy %.2f %%%n",
                            100 * NetworkScores.of(before, test.faces()).accuracy()));
                }
                text.append(figures(net, test.faces(), temperature));
            }
        }
        writeReport(text.toString());
        console.out().print(text);
    }

    private static boolean isReport(Path file) throws IOException {
        return Files.isRegularFile(file)
                && WEIGHTS_LINE
                        .matcher(new String(Files.readAllBytes(file), StandardCharsets.UTF_8))
                        .find();
    }

    /** The report of the same training before it was gone on with makes room; anything else of that name stays. */
    private void writeReport(String text) throws IOException {
        Path file = out.resolve(REPORT);
        if (resume && isReport(file)) {
            Files.delete(file);
        }
        try {
            OutputFile.write(file, text.getBytes(StandardCharsets.UTF_8));
        } catch (FileAlreadyExistsException e) {
            throw ErrorMessages.notWritten(file, e);
        }
    }

    private static Network net(Path weights) {
        return Network.of(NetworkFile.read(weights), Device.cpu(), weights.toString());
    }

    /** A network that there is no ONNX file of stays one for PyTorch. */
    private static Optional<Path> writeOnnx(NetworkFile weights, Path params) throws IOException {
        String net = weights.text(NetworkFile.NET).orElse("");
        if (!List.of(NetworkArchitecture.EXPRESSION, NetworkArchitecture.EXPRESSION_FER)
                .contains(net)) {
            return Optional.empty();
        }
        Path file = params.resolveSibling(net + ".onnx");
        PrivateFiles.replaceAtomically(file, BundledNetworks.onnx(weights, params.toString()));
        return Optional.of(file);
    }

    private static String figures(Network net, List<LabeledFace> faces, double temperature) {
        NetworkScores scores = NetworkScores.of(net, faces, temperature);
        ClassificationReport.Builder report = ClassificationReport.builder();
        for (int i = 0; i < faces.size(); i++) {
            report.add(faces.get(i).label(), scores.scores().get(i));
        }
        return report.build().toText();
    }
}
