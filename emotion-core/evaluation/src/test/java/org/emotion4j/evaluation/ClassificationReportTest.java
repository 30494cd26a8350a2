package org.emotion4j.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.emotion4j.emotion.Emotion.ANGRY;
import static org.emotion4j.emotion.Emotion.HAPPY;
import static org.emotion4j.emotion.Emotion.NEUTRAL;
import static org.emotion4j.emotion.Emotion.SAD;
import static org.emotion4j.emotion.Emotion.SURPRISE;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.emotion4j.emotion.Emotion;
import org.emotion4j.emotion.EmotionScores;
import org.emotion4j.emotion.LabelPolicy;
import org.emotion4j.emotion.ThresholdLabelPolicy;
import org.junit.jupiter.api.Test;

class ClassificationReportTest {
    private static final double EXACT = 1e-6;

    /** All of the confidence on one expression, the rest shared by the six others. */
    private static EmotionScores scores(Emotion top, double confidence) {
        float[] values = new float[EmotionScores.SIZE];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (i == top.ordinal() ? confidence : (1 - confidence) / 6);
        }
        return EmotionScores.of(values);
    }

    /**
     * Ten pictures, worked by hand. Happy: right at 0.90, 0.90 and 0.70, wrong (neutral) at 0.70, one without a face.
     * Neutral: right at 0.50, unclear but right at 0.30. Sad: wrong (neutral) at 0.50, unclear and wrong (angry) at 0.30,
     * one without a face.
     */
    private static ClassificationReport example() {
        return ClassificationReport.builder()
                .add(HAPPY, scores(HAPPY, 0.90))
                .add(HAPPY, scores(HAPPY, 0.90))
                .add(HAPPY, scores(HAPPY, 0.70))
                .add(HAPPY, scores(NEUTRAL, 0.70))
                .addNoFace(HAPPY)
                .add(NEUTRAL, scores(NEUTRAL, 0.50))
                .add(NEUTRAL, scores(NEUTRAL, 0.30))
                .add(SAD, scores(NEUTRAL, 0.50))
                .add(SAD, scores(ANGRY, 0.30))
                .addNoFace(SAD)
                .addIgnored()
                .addIgnored()
                .build();
    }

    @Test
    void countsPicturesFacesAndIgnoredOnesApart() {
        assertThat(example().n()).isEqualTo(10);
        assertThat(example().found()).isEqualTo(8);
        assertThat(example().ignored()).isEqualTo(2);
    }

    @Test
    void accuracyIsTheArgmaxOfTheFoundFaces() {
        assertThat(example().accuracy()).isEqualTo(5.0 / 8);
    }

    @Test
    void accuracyOverAllTakesAnUnfoundFaceAsWrong() {
        assertThat(example().accuracyOverAll()).isEqualTo(5.0 / 10);
    }

    @Test
    void figuresOfAClassAreThoseOfTheArgmax() {
        ClassificationReport.ClassFigures happy = example().of(HAPPY);
        assertThat(happy.precision()).isEqualTo(1);
        assertThat(happy.recall()).isEqualTo(3.0 / 4);
        assertThat(happy.f1()).isEqualTo(6.0 / 7);
        assertThat(happy.support()).isEqualTo(4);

        ClassificationReport.ClassFigures neutral = example().of(NEUTRAL);
        assertThat(neutral.precision()).isEqualTo(2.0 / 4);
        assertThat(neutral.recall()).isEqualTo(1);
        assertThat(neutral.f1()).isEqualTo(4.0 / 6);
    }

    @Test
    void classesAreInClassOrder() {
        assertThat(example().classes())
                .extracting(ClassificationReport.ClassFigures::emotion)
                .isEqualTo(Emotion.all());
    }

    @Test
    void macroF1IsTheMeanOverTheClassesThatOccur() {
        assertThat(example().macroF1()).isEqualTo((6.0 / 7 + 4.0 / 6 + 0) / 3, within(EXACT));
    }

    @Test
    void meanRecallIsTheMeanOverTheClassesThatOccur() {
        assertThat(example().meanRecall()).isEqualTo((0.75 + 1 + 0) / 3, within(EXACT));
    }

    @Test
    void coverageIsTheShareOfFoundFacesWithAClearExpression() {
        assertThat(example().coverage()).isEqualTo(6.0 / 8);
    }

    @Test
    void selectiveAccuracyIsThatOfTheClearExpressions() {
        assertThat(example().selectiveAccuracy()).isEqualTo(4.0 / 6);
    }

    @Test
    void calibrationErrorWeighsEachBinByItsFaces() {
        double bin30 = Math.abs(1.0 / 2 - 0.30);
        double bin50 = Math.abs(1.0 / 2 - 0.50);
        double bin70 = Math.abs(1.0 / 2 - 0.70);
        double bin90 = Math.abs(2.0 / 2 - 0.90);
        assertThat(example().ece()).isEqualTo((2 * bin30 + 2 * bin50 + 2 * bin70 + 2 * bin90) / 8, within(EXACT));
    }

    @Test
    void calibrationBinsAreClosedAbove() {
        ClassificationReport report = ClassificationReport.builder()
                .add(HAPPY, EmotionScores.certain(HAPPY))
                .add(SAD, scores(HAPPY, 0.95))
                .build();
        assertThat(report.ece())
                .as("1.00 and 0.95 are of the last bin: mean 0.975, half of them right")
                .isEqualTo(0.475, within(EXACT));
    }

    @Test
    void oneBinOfConfidenceDoesNotHideAnother() {
        ClassificationReport report = ClassificationReport.builder()
                .add(HAPPY, EmotionScores.certain(HAPPY))
                .add(SAD, scores(HAPPY, 0.50))
                .build();
        assertThat(report.ece()).isEqualTo((0 + 0.5) / 2, within(EXACT));
    }

    @Test
    void confusionHasUnclearAndUnfoundFacesInTheirColumns() {
        long[][] counts = new long[7][9];
        counts[HAPPY.ordinal()] = new long[] {0, 0, 0, 3, 0, 0, 1, 0, 1};
        counts[NEUTRAL.ordinal()] = new long[] {0, 0, 0, 0, 0, 0, 1, 1, 0};
        counts[SAD.ordinal()] = new long[] {0, 0, 0, 0, 0, 0, 1, 1, 1};
        assertThat(example().confusion()).isEqualTo(ConfusionMatrix.of(counts));
    }

    @Test
    void argmaxConfusionHasTheFoundFacesOnly() {
        long[][] counts = new long[7][9];
        counts[HAPPY.ordinal()] = new long[] {0, 0, 0, 3, 0, 0, 1, 0, 0};
        counts[NEUTRAL.ordinal()] = new long[] {0, 0, 0, 0, 0, 0, 2, 0, 0};
        counts[SAD.ordinal()] = new long[] {1, 0, 0, 0, 0, 0, 1, 0, 0};
        assertThat(example().argmaxConfusion()).isEqualTo(ConfusionMatrix.of(counts));
    }

    @Test
    void anEmptyReportHasNoFigures() {
        ClassificationReport empty = ClassificationReport.builder().build();
        assertThat(empty.n()).isZero();
        assertThat(List.of(
                        empty.accuracy(),
                        empty.accuracyOverAll(),
                        empty.macroF1(),
                        empty.meanRecall(),
                        empty.coverage(),
                        empty.selectiveAccuracy(),
                        empty.ece()))
                .containsOnly(Double.NaN);
    }

    @Test
    void withoutAFaceOnlyAccuracyOverAllIsDefined() {
        ClassificationReport report =
                ClassificationReport.builder().addNoFace(SURPRISE).build();
        assertThat(report.accuracyOverAll()).isZero();
        assertThat(report.accuracy()).isNaN();
        assertThat(report.coverage()).isNaN();
    }

    @Test
    void aPolicyThatNeverAnswersHasNoSelectiveAccuracy() {
        ClassificationReport report = ClassificationReport.builder()
                .labelPolicy(new ThresholdLabelPolicy(1, 1, 0))
                .add(HAPPY, scores(HAPPY, 0.99))
                .build();
        assertThat(report.coverage()).isZero();
        assertThat(report.selectiveAccuracy()).isNaN();
        assertThat(report.accuracy()).isEqualTo(1);
    }

    @Test
    void refusesASecondPolicy() {
        ClassificationReport.Builder builder = ClassificationReport.builder().labelPolicy(LabelPolicy.argmax());
        assertThatThrownBy(() -> builder.labelPolicy(LabelPolicy.argmax()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("labelPolicy was already set");
    }

    @Test
    void refusesAPolicyAfterTheFirstFace() {
        ClassificationReport.Builder builder = ClassificationReport.builder().add(HAPPY, EmotionScores.certain(HAPPY));
        assertThatThrownBy(() -> builder.labelPolicy(LabelPolicy.argmax())).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aReportDoesNotChangeWhenItsBuilderGoesOn() {
        ClassificationReport.Builder builder = ClassificationReport.builder().add(HAPPY, EmotionScores.certain(HAPPY));
        ClassificationReport before = builder.build();
        builder.add(HAPPY, EmotionScores.certain(SAD)).addIgnored();
        assertThat(before.n()).isEqualTo(1);
        assertThat(before.ignored()).isZero();
        assertThat(before.accuracy()).isEqualTo(1);
    }

    @Test
    void textGivesEachFigureWithADotAndAHyphenForTheUndefined() {
        assertThat(example().toText().lines())
                .contains("pictures             10 (face found in 8; ignored besides: 2)")
                .contains("accuracy             0.6250  argmax, of the found faces")
                .contains("happy            1.0000    0.7500    0.8571         4")
                .contains("surprise              -         -         -         0")
                .contains("happy                0        0        0        3        0        0        1        0"
                        + "        1        5");
    }

    @Property
    void argmaxAsPolicyAnswersEverythingAndIsAsAccurate(@ForAll("faces") List<Face> faces) {
        ClassificationReport.Builder builder = ClassificationReport.builder().labelPolicy(LabelPolicy.argmax());
        faces.forEach(face -> builder.add(face.truth, face.scores));
        ClassificationReport report = builder.build();
        assertThat(report.coverage()).isEqualTo(1);
        assertThat(report.selectiveAccuracy()).isEqualTo(report.accuracy()).isEqualTo(report.accuracyOverAll());
        assertThat(report.confusion()).isEqualTo(report.argmaxConfusion());
    }

    @Property
    void figuresDoNotDependOnTheOrder(@ForAll("faces") List<Face> faces) {
        ClassificationReport.Builder forth = ClassificationReport.builder();
        ClassificationReport.Builder back = ClassificationReport.builder();
        for (int i = 0; i < faces.size(); i++) {
            forth.add(faces.get(i).truth, faces.get(i).scores);
            Face face = faces.get(faces.size() - 1 - i);
            back.add(face.truth, face.scores);
        }
        assertThat(back.build().confusion()).isEqualTo(forth.build().confusion());
        assertThat(back.build().ece()).isEqualTo(forth.build().ece(), within(1e-9));
    }

    @Property
    void figuresOfFoundFacesAreBetweenZeroAndOne(@ForAll("faces") List<Face> faces) {
        ClassificationReport.Builder builder = ClassificationReport.builder();
        faces.forEach(face -> builder.add(face.truth, face.scores));
        ClassificationReport report = builder.build();
        assertThat(List.of(report.accuracy(), report.macroF1(), report.meanRecall(), report.coverage(), report.ece()))
                .allSatisfy(figure -> assertThat(figure).isBetween(0.0, 1.0));
    }

    @Provide
    Arbitrary<List<Face>> faces() {
        Arbitrary<EmotionScores> scores = Arbitraries.floats()
                .between(0.01f, 1)
                .array(float[].class)
                .ofSize(EmotionScores.SIZE)
                .map(EmotionScores::ofWeights);
        return Combinators.combine(Arbitraries.of(Emotion.class), scores)
                .as(Face::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(60);
    }

    private record Face(Emotion truth, EmotionScores scores) {}
}
