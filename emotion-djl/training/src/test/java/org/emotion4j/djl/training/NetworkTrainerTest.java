package org.emotion4j.djl.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.emotion4j.djl.BundledNetworks;
import org.emotion4j.djl.DjlEmotionClassifier;
import org.emotion4j.djl.TestFaces;
import org.emotion4j.djl.data.LabeledFace;
import org.emotion4j.djl.nets.Network;
import org.emotion4j.djl.nets.NetworkArchitecture;
import org.emotion4j.djl.nets.NetworkFile;
import org.emotion4j.emotion.Emotion;
import org.emotion4j.emotion.EmotionClassifier;
import org.emotion4j.emotion.EmotionScores;
import org.emotion4j.stage.StageException;
import org.emotion4j.stage.StageMetadata;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("native")
class NetworkTrainerTest {
    private static final List<LabeledFace> TRAINING = TestFaces.bands(0, 140);
    private static final List<LabeledFace> VALIDATION = TestFaces.bands(10_000, 70);

    @TempDir
    Path folder;

    @Test
    void learnsWhatCanBeLearned() throws IOException {
        List<EpochReport> epochs = new ArrayList<>();

        TrainingResult result =
                trainer("learns").epochs(4).listener(reportsInto(epochs)).train();

        assertThat(epochs).hasSize(4);
        assertThat(epochs.get(3).trainingLoss()).isLessThan(epochs.get(0).trainingLoss() / 2);
        assertThat(result.validationAccuracy()).isGreaterThan(0.9);
        assertThat(result.sha256()).isEqualTo(StageMetadata.sha256(Files.readAllBytes(result.weights())));
        try (Network net = Network.of(NetworkFile.read(result.weights()), Device.cpu(), "result")) {
            assertThat(NetworkScores.of(net, VALIDATION).accuracy()).isEqualTo(result.validationAccuracy());
        }
    }

    @Test
    void aResumedTrainingEndsWhereAnUninterruptedOneDoes() throws IOException {
        TrainingResult whole = trainer("whole").epochs(2).train();

        trainer("parts").epochs(1).train();
        TrainingResult resumed = trainer("parts").epochs(2).resume(true).train();

        assertThat(resumed.sha256()).isEqualTo(whole.sha256());
        assertThat(log("parts")).hasSize(3).allMatch(row -> row.split(",").length == 8);
        assertThat(losses(log("parts"))).isEqualTo(losses(log("whole")));
    }

    @Test
    void resumingAFinishedTrainingChangesNothing() throws IOException {
        TrainingResult first = trainer("done").epochs(1).train();

        assertThat(trainer("done").epochs(1).resume(true).train()).isEqualTo(first);
    }

    @Test
    void anotherSeedGivesAnotherNet() throws IOException {
        assertThat(trainer("a").epochs(1).seed(1).train().sha256())
                .isNotEqualTo(trainer("b").epochs(1).seed(2).train().sha256());
    }

    @Test
    void stopsWhenNothingGetsBetter() throws IOException {
        List<LabeledFace> unlearnable = new ArrayList<>();
        for (int i = 0; i < 14; i++) {
            unlearnable.add(TestFaces.noise(i, Emotion.HAPPY));
        }

        TrainingResult result = trainer("stops")
                .training(unlearnable)
                .validation(unlearnable)
                .epochs(50)
                .patience(2)
                .train();

        assertThat(result.validationAccuracy()).isEqualTo(1);
        assertThat(result.epochs()).isEqualTo(Integer.parseInt(result.chosen()) + 2);
    }

    @Test
    void takesTheMeanOfTheLastEpochsIfThatIsBetter() throws IOException {
        TrainingResult best = trainer("mean").epochs(2).train();
        TrainingResult mean = trainer("mean").epochs(2).average(2).resume(true).train();

        assertThat(mean.validationAccuracy()).isGreaterThanOrEqualTo(best.validationAccuracy());
        assertThat(mean.chosen()).isIn("1-2", best.chosen());
        try (Network net = Network.of(NetworkFile.read(mean.weights()), Device.cpu(), "mean")) {
            assertThat(NetworkScores.of(net, VALIDATION).accuracy()).isEqualTo(mean.validationAccuracy());
        }
    }

    @Test
    void refusesToWriteOverATraining() throws IOException {
        trainer("first").epochs(1).train();

        assertThatThrownBy(() -> trainer("first").train())
                .isInstanceOf(IOException.class)
                .hasMessageContaining(NetworkTrainer.CHECKPOINT)
                .hasMessageContaining("resume");
    }

    @Test
    void refusesToResumeWithOtherOptions() throws IOException {
        trainer("first").epochs(1).train();

        assertThatThrownBy(() -> trainer("first").seed(99).resume(true).train())
                .isInstanceOf(StageException.class)
                .hasMessageContaining("was trained with seed 1, asked for 99");
        assertThatThrownBy(
                        () -> trainer("first").training(VALIDATION).resume(true).train())
                .isInstanceOf(StageException.class)
                .hasMessageContaining("training-faces 140, asked for 70");
    }

    @Test
    void refusesToResumeWithOtherPictures() throws IOException {
        NetworkFile start = NetworkFile.read(trainer("start").epochs(1).train().weights());
        trainer("first").epochs(1).train();

        assertThatThrownBy(() -> trainer("first")
                        .training(TestFaces.bands(500, TRAINING.size()))
                        .resume(true)
                        .train())
                .isInstanceOf(StageException.class)
                .hasMessageContaining("was trained with training-pictures ");
        assertThatThrownBy(() -> trainer("first").from(start).resume(true).train())
                .isInstanceOf(StageException.class)
                .hasMessageContaining("was trained with start nothing, asked for ");
    }

    @Test
    void overwritesNothingOfATrainingWhoseCheckpointIsGone() throws IOException {
        TrainingResult first = trainer("first").epochs(1).train();
        Files.delete(folder.resolve("first").resolve(NetworkTrainer.CHECKPOINT));

        for (boolean resume : new boolean[] {false, true}) {
            assertThatThrownBy(() -> trainer("first").seed(7).resume(resume).train())
                    .isInstanceOf(FileAlreadyExistsException.class)
                    .hasMessageContaining("epoch-001.safetensors")
                    .hasMessageContaining("choose another folder");
        }
        assertThat(StageMetadata.sha256(Files.readAllBytes(first.weights()))).isEqualTo(first.sha256());
    }

    @Test
    void aTrainingThatIsStoppedInItsFirstEpochCanBeResumed() throws IOException {
        NetworkFile start = NetworkFile.read(trainer("start").epochs(1).train().weights());
        TrainingResult whole = trainer("whole").from(start).epochs(1).train();

        assertThatThrownBy(() -> trainer("parts")
                        .from(start)
                        .epochs(1)
                        .listener(stoppingAfter(40))
                        .train())
                .hasMessage("stopped");
        TrainingResult resumed =
                trainer("parts").from(start).epochs(1).resume(true).train();

        assertThat(resumed.sha256()).isEqualTo(whole.sha256());
        assertThat(losses(log("parts"))).isEqualTo(losses(log("whole")));
    }

    @Test
    void keepsTheWeightsItStartedFromWhereNoEpochIsBetter() throws IOException {
        TrainingResult first = trainer("first").epochs(4).train();
        NetworkFile start = NetworkFile.read(first.weights());
        List<LabeledFace> wrong = TRAINING.stream()
                .map(face -> face.withLabel(Emotion.values()[(face.label().ordinal() + 1) % Emotion.values().length]))
                .toList();

        TrainingResult further = trainer("further")
                .from(start)
                .training(wrong)
                .epochs(9)
                .patience(2)
                .train();

        assertThat(further.chosen()).isEqualTo("0");
        assertThat(further.epochs()).isEqualTo(2);
        assertThat(further.startAccuracy()).hasValue(first.validationAccuracy());
        assertThat(further.validationAccuracy()).isEqualTo(first.validationAccuracy());
        assertThat(log("further")).hasSize(4).element(1).asString().startsWith("0,NaN,NaN,");
        try (Network net = Network.of(NetworkFile.read(further.weights()), Device.cpu(), "result")) {
            assertThat(NetworkScores.of(net, VALIDATION).accuracy()).isEqualTo(first.validationAccuracy());
        }
    }

    @Test
    void refusesADamagedCheckpoint() throws IOException {
        trainer("first").epochs(1).train();
        Path checkpoint = folder.resolve("first").resolve(NetworkTrainer.CHECKPOINT);
        byte[] bytes = Files.readAllBytes(checkpoint);
        bytes[bytes.length / 2]++;
        Files.write(checkpoint, bytes);

        assertThatThrownBy(() -> trainer("first").epochs(2).resume(true).train())
                .isInstanceOf(StageException.class)
                .hasMessageContaining(checkpoint + ": damaged");
    }

    @Test
    void checksItsOptions() {
        NetworkTrainer.Builder trainer = NetworkTrainer.of(NetworkArchitecture.named("table2"));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> trainer.epochs(0))
                .withMessage("epochs is 0, expected 1 to 10000");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> trainer.learningRate(Double.NaN))
                .withMessageContaining("learning rate is NaN");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> trainer.batchSize(5_000))
                .withMessageContaining("batch is 5000");
        assertThatIllegalArgumentException()
                .isThrownBy(trainer::train)
                .withMessageContaining("0 training and 0 validation faces");
    }

    @Test
    void aStepLeavesNoNativeMemoryBehind() throws IOException {
        try (Network net = Network.initial(NetworkArchitecture.named("table2"), Device.cpu(), 1)) {
            int before = net.manager().getManagedArrays().size();
            NetworkScores.of(net, VALIDATION);
            assertThat(net.manager().getManagedArrays()).hasSize(before);
        }
    }

    @Test
    void goesOnFromGivenWeights() throws IOException {
        TrainingResult first = trainer("first").epochs(4).train();
        NetworkFile weights = NetworkFile.read(first.weights());
        List<EpochReport> epochs = new ArrayList<>();

        trainer("further")
                .from(weights)
                .learningRate(1e-6)
                .epochs(1)
                .listener(reportsInto(epochs))
                .train();

        assertThat(epochs).extracting(EpochReport::epoch).containsExactly(0, 1);
        assertThat(epochs.get(0).validationAccuracy()).isEqualTo(first.validationAccuracy());
        assertThat(epochs.get(1).validationAccuracy()).isGreaterThanOrEqualTo(first.validationAccuracy() - 0.05);
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        NetworkTrainer.of(NetworkArchitecture.named("table3-a")).from(weights))
                .withMessage("the weights to start from are of table2, expected table3-a");
    }

    /** The shipped network learns something that has nothing to do with faces, from 70 pictures. */
    @Test
    void theShippedNetworkLearnsFromAUsersPictures() throws IOException {
        NetworkFile shipped;
        double before;
        try (Network net = BundledNetworks.expression(Device.cpu())) {
            shipped = net.toFile(Map.of());
            before = NetworkScores.of(net, VALIDATION).accuracy();
        }

        TrainingResult result = NetworkTrainer.of(NetworkArchitecture.named(NetworkArchitecture.EXPRESSION))
                .from(shipped)
                .training(TRAINING.subList(0, 70))
                .validation(VALIDATION)
                .batchSize(10)
                .learningRate(3e-4)
                .epochs(6)
                .folder(folder.resolve("fine"))
                .train();

        assertThat(before).isLessThan(0.4);
        assertThat(result.validationAccuracy()).isGreaterThan(0.8);
        NetworkFile tuned = NetworkFile.read(result.weights());
        assertThat(tuned.array("0.mean")).contains(shipped.array("0.mean").orElseThrow());
        try (EmotionClassifier classifier = DjlEmotionClassifier.load(result.weights())) {
            assertThat(classifier.metadata().name()).isEqualTo(NetworkArchitecture.EXPRESSION);
        }
    }

    @Test
    void aTrainingOnFromWeightsEndsWithACalibration() throws IOException {
        TrainingResult first = trainer("first").epochs(1).train();
        List<LabeledFace> many = TestFaces.bands(5_000, 140);

        TrainingResult result = NetworkTrainer.of(NetworkArchitecture.named("table2"))
                .from(NetworkFile.read(first.weights()))
                .training(TRAINING)
                .validation(many)
                .epochs(1)
                .folder(folder.resolve("calibrated"))
                .train();

        assertThat(NetworkFile.read(result.weights()).text(NetworkFile.TEMPERATURE))
                .isPresent();
        assertThat(NetworkFile.read(result.weights()).temperature("tuned")).isBetween(0.5, 4.0);
        assertThat(NetworkFile.read(first.weights()).text(NetworkFile.TEMPERATURE))
                .isEmpty();
    }

    @Test
    void theTemperatureMakesScoresAsSureAsTheyAreRight() {
        float logit = (float) (2 * Math.log(9));
        List<EmotionScores> scores = new ArrayList<>();
        List<LabeledFace> faces = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            scores.add(EmotionScores.ofLogits(logit, 0, 0, 0, 0, 0, 0));
            faces.add(TestFaces.noise(i, i < 60 ? Emotion.ANGRY : Emotion.SAD));
        }
        // at 2 the first of the seven has 9 / (9 + 6) = 60 %
        assertThat(new NetworkScores(scores, 0.6, 1).temperature(faces)).isEqualTo(2, within(0.01));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new NetworkScores(scores, 0.6, 1).temperature(faces.subList(0, 5)));
    }

    @Test
    void aResumedDescentWithMomentumEndsWhereAnUninterruptedOneDoes() throws IOException {
        TrainingResult whole = resnet("whole").epochs(2).train();

        resnet("parts").epochs(1).train();
        TrainingResult resumed = resnet("parts").epochs(2).resume(true).train();

        assertThat(resumed.sha256()).isEqualTo(whole.sha256());
    }

    private NetworkTrainer.Builder resnet(String name) {
        return NetworkTrainer.of(NetworkArchitecture.named("resnet"))
                .training(TRAINING.subList(0, 21))
                .validation(VALIDATION.subList(0, 7))
                .batchSize(7)
                .weightDecay(5e-4)
                .chooseBest(false)
                .folder(folder.resolve(name));
    }

    private static TrainingListener reportsInto(List<EpochReport> epochs) {
        return new TrainingListener() {
            @Override
            public void onEpoch(EpochReport report) {
                epochs.add(report);
            }
        };
    }

    private static TrainingListener stoppingAfter(int faces) {
        return new TrainingListener() {
            @Override
            public void onStep(int epoch, int done, int total, double loss) {
                if (done >= faces) {
                    throw new IllegalStateException("stopped");
                }
            }
        };
    }

    private NetworkTrainer.Builder trainer(String name) {
        return NetworkTrainer.of(NetworkArchitecture.named("table2"))
                .training(TRAINING)
                .validation(VALIDATION)
                .batchSize(20)
                .mirrored(true)
                .folder(folder.resolve(name));
    }

    private List<String> log(String name) throws IOException {
        return Files.readAllLines(folder.resolve(name).resolve(NetworkTrainer.LOG));
    }

    /** Without the last two columns, which are times. */
    private static List<String> losses(List<String> log) {
        return log.stream().map(row -> row.replaceAll(",[^,]*,[^,]*$", "")).toList();
    }
}
