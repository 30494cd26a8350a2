package org.emotion4j.djl.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.emotion4j.djl.DjlEmotionClassifier;
import org.emotion4j.djl.TestFaces;
import org.emotion4j.djl.data.Fer2013;
import org.emotion4j.djl.data.LabeledFace;
import org.emotion4j.djl.nets.NetworkArchitecture;
import org.emotion4j.emotion.Emotion;
import org.emotion4j.emotion.EmotionClassifier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("native")
class TrainingProtocolTest {
    private static final int TRAINING = 70;

    @TempDir
    Path folder;

    private final List<String> rows = new ArrayList<>();

    @Test
    void leavesCopiesOfEvaluationRowsOutOfTheTraining() throws IOException {
        LabeledFace test = TestFaces.noise(1_000, Emotion.SAD);
        add(test, "PrivateTest");
        add(TestFaces.noise(1_001, Emotion.SAD), "PublicTest");
        add(test.withLabel(Emotion.ANGRY), "Training");
        add(test.mirrored(), "Training");
        add(darker(test), "Training");
        add(darker(test.mirrored()), "Training");
        add(TestFaces.noise(1, Emotion.SAD), "Training");

        TrainingProtocol protocol = TrainingProtocol.official(read(), 0, 1);

        assertThat(protocol.training()).extracting(LabeledFace::origin).containsExactly("fer2013.csv, line 8");
        assertThat(protocol.notes().get(0))
                .contains("5 Training rows")
                .contains("1 identical, 1 mirrored identical, 1 near copies, 1 mirrored near copies");
    }

    @Test
    void noMirroredCopyCrossesTheOfficialSplit() throws IOException {
        TrainingProtocol protocol = TrainingProtocol.official(collection(), 0, 1);

        Set<String> learned = new HashSet<>();
        for (LabeledFace face : protocol.training()) {
            learned.add(pixels(face));
            learned.add(pixels(face.mirrored()));
        }
        assertThat(protocol.mirrored()).isTrue();
        assertThat(protocol.training()).hasSize(TRAINING);
        assertThat(protocol.validation()).isNotEmpty().noneMatch(face -> learned.contains(pixels(face)));
        assertThat(protocol.tests().get(0).faces()).isNotEmpty().noneMatch(face -> learned.contains(pixels(face)));
    }

    @Test
    void thePapersSplitLeaksAndItsHonestPartDoesNot() throws IOException {
        TrainingProtocol protocol = TrainingProtocol.paper(collection(), 0, 1);

        Set<String> learned =
                protocol.training().stream().map(TrainingProtocolTest::pixels).collect(Collectors.toSet());
        List<LabeledFace> all = protocol.tests().get(0).faces();
        List<LabeledFace> leaked = protocol.tests().get(1).faces();
        List<LabeledFace> honest = protocol.tests().get(2).faces();
        assertThat(protocol.mirrored())
                .as("doubled before the split, not again after")
                .isFalse();
        assertThat(protocol.training()).hasSize(144);
        assertThat(all).hasSize(36);
        assertThat(leaked).isNotEmpty().allMatch(face -> learned.contains(pixels(face.mirrored())));
        assertThat(honest)
                .isNotEmpty()
                .noneMatch(face -> learned.contains(pixels(face)) || learned.contains(pixels(face.mirrored())));
        assertThat(leaked.size() + honest.size()).isEqualTo(all.size());
    }

    @Test
    void aPilotKeepsTheSharesOfTheClasses() {
        List<LabeledFace> faces = new ArrayList<>();
        IntStream.range(0, 60).forEach(i -> faces.add(TestFaces.noise(i, Emotion.HAPPY)));
        IntStream.range(60, 90).forEach(i -> faces.add(TestFaces.noise(i, Emotion.SAD)));
        IntStream.range(90, 100).forEach(i -> faces.add(TestFaces.noise(i, Emotion.FEAR)));

        List<LabeledFace> pilot = TrainingProtocol.sample(faces, 21, 1);

        assertThat(pilot).hasSize(21).doesNotHaveDuplicates();
        assertThat(pilot).filteredOn(face -> face.label() == Emotion.HAPPY).hasSizeBetween(12, 13);
        assertThat(pilot).filteredOn(face -> face.label() == Emotion.SAD).hasSizeBetween(6, 7);
        assertThat(pilot).filteredOn(face -> face.label() == Emotion.FEAR).hasSizeBetween(2, 3);
        assertThat(TrainingProtocol.sample(faces, 21, 1)).isEqualTo(pilot);
        assertThat(TrainingProtocol.sample(faces, 21, 2)).isNotEqualTo(pilot);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TrainingProtocol.sample(faces, 101, 1))
                .withMessage("pilot is 101, expected 0 to 100");
    }

    /** The code of docs/guides/training.md. */
    @Test
    void theGuidesCodeRuns() throws IOException {
        collection();
        Path run = folder.resolve("run");

        TrainingProtocol protocol = TrainingProtocol.official(Fer2013.read(folder), 0, 1);
        TrainingResult result = NetworkTrainer.of(NetworkArchitecture.named("table2"))
                .training(protocol.training())
                .mirrored(protocol.mirrored())
                .validation(protocol.validation())
                .epochs(1)
                .patience(5)
                .folder(run)
                .train();
        try (EmotionClassifier classifier = DjlEmotionClassifier.load(result.weights())) {
            assertThat(classifier.metadata().sha256()).contains(result.sha256());
        }
    }

    private Fer2013 collection() throws IOException {
        for (int i = 0; i < 90; i++) {
            String usage = i < TRAINING ? "Training" : i < 80 ? "PublicTest" : "PrivateTest";
            add(TestFaces.noise(i, Emotion.all().get(i % 7)), usage);
        }
        return read();
    }

    private void add(LabeledFace face, String usage) {
        rows.add(face.label().ordinal() + "," + pixels(face) + "," + usage);
    }

    private Fer2013 read() throws IOException {
        Files.writeString(folder.resolve(Fer2013.PICTURES), "emotion,pixels,Usage\n" + String.join("\n", rows) + "\n");
        return Fer2013.read(folder);
    }

    private static String pixels(LabeledFace face) {
        return IntStream.range(0, LabeledFace.PIXELS)
                .mapToObj(i -> Integer.toString(face.pixel(i)))
                .collect(Collectors.joining(" "));
    }

    private static LabeledFace darker(LabeledFace face) {
        byte[] gray = new byte[LabeledFace.PIXELS];
        for (int i = 0; i < gray.length; i++) {
            gray[i] = (byte) (face.pixel(i) / 2);
        }
        return LabeledFace.of(gray, face.label(), "darker");
    }
}
