package org.emotion4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.emotion4j.emotion.EmotionClassifier;
import org.emotion4j.emotion.EmotionScores;
import org.emotion4j.emotion.FaceAnswers;
import org.emotion4j.emotion.FaceClassifier;
import org.emotion4j.face.CropSpec;
import org.emotion4j.face.FaceCrop;
import org.emotion4j.frame.PixelFormat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link EmotionClassifier} promises. Extend it for your own classifier. */
public abstract class EmotionClassifierContract {
    private EmotionClassifier classifier = crop -> EmotionScores.uniform();

    /** Made by JUnit, of the class that extends it. */
    protected EmotionClassifierContract() {}

    /**
     * Makes the classifier. The test closes it.
     *
     * @return a new classifier
     */
    protected abstract EmotionClassifier createClassifier();

    /**
     * Says by how much the scores of a batch may differ from those of single crops. Engines add up in another order for
     * another size of batch.
     *
     * @return 0.0001 where this is not overridden
     */
    protected double batchTolerance() {
        return 1e-4;
    }

    @BeforeEach
    void create() {
        classifier = createClassifier();
    }

    @AfterEach
    void close() {
        classifier.close();
    }

    @Test
    void scoresOfAnyCropSumToOne() {
        for (FaceCrop crop : crops()) {
            EmotionScores scores = classifier.classify(crop);
            double sum = 0;
            for (float score : scores.toArray()) {
                assertThat(score).isBetween(0f, 1f);
                sum += score;
            }
            assertThat(sum).isEqualTo(1, within(1e-4));
        }
    }

    @Test
    void theSameCropGivesTheSameScoresWhateverCameBetween() {
        FaceCrop crop = noise(1);
        EmotionScores first = classifier.classify(crop);
        crops().forEach(classifier::classify);
        assertThat(classifier.classify(crop)).isEqualTo(first);
    }

    @Test
    void aBatchGivesTheScoresOfItsCropsInOrder() {
        List<FaceCrop> crops = crops();
        List<EmotionScores> batch = classifier.classifyAll(crops);
        assertThat(batch).hasSameSizeAs(crops);
        for (int i = 0; i < crops.size(); i++) {
            assertThat(batch.get(i).toArray())
                    .as("crop %d", i)
                    .containsExactly(classifier.classify(crops.get(i)).toArray(), within((float) batchTolerance()));
        }
    }

    @Test
    void batchesOfDifferentSizesMayFollowEachOther() {
        List<FaceCrop> crops = crops();
        classifier.classifyAll(crops);
        List<EmotionScores> fewer = classifier.classifyAll(crops.subList(1, 3));
        assertThat(fewer).hasSize(2);
        assertThat(fewer.get(0).toArray())
                .containsExactly(classifier.classify(crops.get(1)).toArray(), within((float) batchTolerance()));
    }

    @Test
    void anEmptyBatchGivesNoScores() {
        assertThat(classifier.classifyAll(List.of())).isEmpty();
    }

    /** Of a {@link FaceClassifier} alone. */
    @Test
    void whatElseItTellsComesWithTheSameScores() {
        if (classifier instanceof FaceClassifier more) {
            List<FaceCrop> crops = crops();
            List<EmotionScores> scores = classifier.classifyAll(crops);
            assertThat(more.answerAll(crops)).extracting(FaceAnswers::scores).isEqualTo(scores);
            assertThat(more.answerAll(List.of())).isEmpty();
            assertThatThrownBy(() -> more.answerAll(List.of(FaceCrop.allocate(CropSpec.of(
                            classifier.cropSpec().width() + 8,
                            classifier.cropSpec().height(),
                            classifier.cropSpec().format())))))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void leavesTheCropAsItWas() {
        FaceCrop crop = noise(2);
        byte[] before = bytes(crop);
        classifier.classify(crop);
        classifier.classifyAll(List.of(crop));
        assertThat(bytes(crop)).isEqualTo(before);
    }

    @Test
    void refusesACropOfAnotherSize() {
        CropSpec own = classifier.cropSpec();
        FaceCrop other = FaceCrop.allocate(CropSpec.of(own.width() + 8, own.height(), own.format()));
        assertRefused(other);
    }

    @Test
    void refusesACropOfAnotherFormat() {
        CropSpec own = classifier.cropSpec();
        PixelFormat format = own.format() == PixelFormat.BGR24 ? PixelFormat.RGB24 : PixelFormat.BGR24;
        assertRefused(FaceCrop.allocate(CropSpec.of(own.width(), own.height(), format)));
    }

    @Test
    void wantsTheSameCropAtEveryCall() {
        CropSpec before = classifier.cropSpec();
        classifier.classify(noise(3));
        assertThat(classifier.cropSpec()).isEqualTo(before);
    }

    @Test
    void warmingUpChangesNoScores() {
        FaceCrop crop = noise(4);
        EmotionScores cold = classifier.classify(crop);
        classifier.warmUp();
        classifier.warmUp();
        assertThat(classifier.classify(crop)).isEqualTo(cold);
    }

    @Test
    void staysOpenWhenASharedViewOfItIsClosed() {
        FaceCrop crop = noise(5);
        EmotionScores before = classifier.classify(crop);
        EmotionClassifier.shared(classifier).close();
        assertThat(classifier.classify(crop)).isEqualTo(before);
    }

    /** Only of one that says so: each thread gets the scores of its own crop, whatever the others have there. */
    @Test
    void severalThreadsGetTheScoresOfOne() {
        assumeTrue(classifier.isThreadSafe(), "it is used by one thread at a time");
        List<List<FaceCrop>> work =
                IntStream.range(10, 14).mapToObj(seed -> List.of(noise(seed))).toList();
        List<List<EmotionScores>> alone =
                work.stream().map(classifier::classifyAll).toList();
        List<List<List<EmotionScores>>> together = ManyThreads.ask(work, 20, classifier::classifyAll);
        for (int i = 0; i < work.size(); i++) {
            assertThat(together.get(i)).containsOnly(alone.get(i)).hasSize(20);
        }
    }

    @Test
    void saysWhatItIs() {
        assertThat(classifier.metadata().name()).isNotBlank();
    }

    @Test
    void canBeClosedTwice() {
        classifier.close();
        assertThatCode(classifier::close).doesNotThrowAnyException();
    }

    private void assertRefused(FaceCrop crop) {
        assertThatThrownBy(() -> classifier.classify(crop)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> classifier.classifyAll(List.of(crop))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> classifier.classifyAll(List.of(noise(6), crop)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** Black, white, a slope and noise. */
    private List<FaceCrop> crops() {
        FaceCrop white = FaceCrop.allocate(classifier.cropSpec());
        FaceCrop slope = FaceCrop.allocate(classifier.cropSpec());
        int bytes = white.pixels().capacity();
        for (int i = 0; i < bytes; i++) {
            white.pixels().put(i, (byte) 255);
            slope.pixels().put(i, (byte) (i * 255L / bytes));
        }
        return List.of(FaceCrop.allocate(classifier.cropSpec()), white, slope, noise(7), noise(8));
    }

    private FaceCrop noise(long seed) {
        FaceCrop crop = FaceCrop.allocate(classifier.cropSpec());
        byte[] bytes = new byte[crop.pixels().capacity()];
        new Random(seed).nextBytes(bytes);
        crop.pixels().put(0, bytes);
        return crop;
    }

    private static byte[] bytes(FaceCrop crop) {
        byte[] bytes = new byte[crop.pixels().capacity()];
        crop.pixels().get(0, bytes);
        return bytes;
    }
}
