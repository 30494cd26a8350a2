package org.emotion4j.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.emotion4j.face.BoundingBox;
import org.emotion4j.face.DetectedFace;
import org.emotion4j.face.Landmarks;
import org.junit.jupiter.api.Test;

class DetectionReportTest {
    private static final MarkedFace FACE = new MarkedFace(new BoundingBox(100, 100, 40, 40));

    @Test
    void aFaceIsFoundFromAnOverlapOfTwoFifths() {
        // two boxes of 40 x 40 that are d apart overlap by (40 - d) / (40 + d): 120 / 7 px give 0.4
        assertThat(report(List.of(FACE), found(100 + 17.1, 1)).recall()).isEqualTo(1);
        DetectionReport beside = report(List.of(FACE), found(100 + 17.2, 1));
        assertThat(beside.recall()).isZero();
        assertThat(beside.falsePositives()).as("neither found nor false").isZero();
    }

    @Test
    void anOverlapBelowAFifthIsFalseIfTheBoxIsLargeEnough() {
        assertThat(report(List.of(FACE), box(100, 130, 40, 47.9, 1)).falsePositives())
                .isZero();
        assertThat(report(List.of(FACE), box(100, 135, 40, 48, 1)).falsePositives())
                .isOne();
        assertThat(report(List.of(), box(0, 0, 10, 48, 1)).falsePositivesPerImage())
                .isOne();
    }

    @Test
    void smallAndInvalidFacesAreNotAskedForAndExcuseADetection() {
        MarkedFace small = new MarkedFace(new BoundingBox(0, 0, 39, 39.9));
        MarkedFace invalid = new MarkedFace(new BoundingBox(200, 0, 60, 60), true, Optional.empty());
        DetectionReport report = report(List.of(small, invalid), box(0, 0, 48, 48, 0.9), box(200, 0, 60, 60, 0.8));
        assertThat(report.n()).isZero();
        assertThat(report.falsePositives()).isZero();
        assertThat(report.recall()).isNaN();
        assertThat(report.averagePrecision()).isNaN();
        assertThat(report.recallAt(0.1)).isNaN();
    }

    @Test
    void oneDetectionFindsOneFaceAndTheSurestChoosesFirst() {
        MarkedFace neighbor = new MarkedFace(new BoundingBox(110, 100, 40, 40));
        assertThat(report(List.of(FACE, neighbor), found(105, 1)).found()).isOne();
        DetectionReport both = report(List.of(FACE, neighbor), found(108, 0.5), found(109, 0.9));
        assertThat(both.found()).as("the second takes the face that is left").isEqualTo(2);
        DetectionReport twice = report(List.of(FACE), found(100, 0.5), found(101, 0.9));
        assertThat(twice.found()).isOne();
        assertThat(twice.falsePositives()).as("a second box on a face").isZero();
        assertThat(twice.curve())
                .extracting(DetectionReport.CurvePoint::confidence)
                .containsExactly(0.9);
    }

    @Test
    void theCurveIsThatOfTheTextbook() {
        MarkedFace other = new MarkedFace(new BoundingBox(300, 100, 40, 40));
        DetectionReport report = DetectionReport.builder(40)
                .add(
                        List.of(FACE, other),
                        List.of(found(100, 0.9), box(500, 0, 60, 60, 0.8), found(300, 0.7), box(600, 0, 60, 60, 0.7)))
                .add(List.of(), List.of())
                .build();
        assertThat(report.curve())
                .containsExactly(
                        new DetectionReport.CurvePoint(0.9, 0.5, 1, 0),
                        new DetectionReport.CurvePoint(0.8, 0.5, 0.5, 0.5),
                        new DetectionReport.CurvePoint(0.7, 1, 0.5, 1));
        assertThat(report.averagePrecision()).isEqualTo(0.5 * 1 + 0.5 * 0.5);
        assertThat(report.recallAt(0.99)).isEqualTo(0.5);
        assertThat(report.recallAt(1)).isEqualTo(1);
        assertThat(report.images()).isEqualTo(2);
    }

    @Test
    void whereTheSurestIsFalseTooOftenNoRecallIsLeft() {
        assertThat(report(List.of(FACE), found(100, 0.5), box(300, 0, 80, 80, 0.9))
                        .recallAt(0.1))
                .isZero();
        assertThat(report(List.of(FACE)).recallAt(0.1)).as("nothing found").isZero();
    }

    @Test
    void theLandmarkErrorIsOverTheDistanceOfTheMarkedEyes() {
        MarkedFace marked = new MarkedFace(FACE.box(), false, Optional.of(points(0)));
        DetectedFace shifted = new DetectedFace(FACE.box(), 1, Optional.of(points(2)));
        assertThat(report(List.of(marked), shifted).landmarkError()).isCloseTo(2 / 20.0, within(1e-12));
        assertThat(report(List.of(FACE), shifted).landmarkError()).isNaN();
        Landmarks profile =
                Landmarks.of(Landmarks.Scheme.FIVE_POINTS, 110, 115, 117, 115, 130, 122, 112, 132, 116, 132);
        assertThat(report(List.of(new MarkedFace(FACE.box(), false, Optional.of(profile))), shifted)
                        .landmarkError())
                .as("in profile")
                .isNaN();
        assertThat(report(List.of(marked), found(100, 1)).landmarkError()).isNaN();
    }

    @Test
    void writesTextWithADotWhateverTheLocale() {
        assertThat(report(List.of(FACE), found(100, 1)).toText())
                .contains("1 in 1 pictures, 1 found")
                .containsPattern("recall +1\\.000\n")
                .containsPattern("landmark error +-\n");
    }

    @Test
    void refusesAHeightThatIsNone() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DetectionReport.builder(Double.NaN))
                .withMessage("minHeight is NaN, expected a number of 0 or more");
    }

    /** The definition of the curve: its point at a confidence is the report of what is at least as sure. */
    @Property(tries = 200)
    void aPointOfTheCurveIsTheReportOfTheSureDetections(
            @ForAll("marked") List<MarkedFace> marked, @ForAll("detected") List<DetectedFace> detected) {
        DetectionReport all = report(marked, detected.toArray(DetectedFace[]::new));
        for (DetectionReport.CurvePoint point : all.curve()) {
            DetectionReport sure = report(
                    marked,
                    detected.stream()
                            .filter(face -> face.confidence() >= point.confidence())
                            .toArray(DetectedFace[]::new));
            assertThat(sure.falsePositivesPerImage()).isEqualTo(point.falsePositivesPerImage());
            assertThat(sure.recall()).isEqualTo(Double.valueOf(point.recall()));
            assertThat(point.precision()).isEqualTo((double) sure.found() / (sure.found() + sure.falsePositives()));
        }
        if (all.n() > 0) {
            assertThat(all.recallAt(Double.MAX_VALUE)).isEqualTo(all.recall());
            assertThat(all.averagePrecision()).isBetween(0.0, all.recall() + 1e-12);
        }
    }

    @Property(tries = 100)
    void theMarkedFacesThemselvesArePerfect(@ForAll("marked") List<MarkedFace> marked) {
        List<DetectedFace> same = new ArrayList<>();
        marked.forEach(face -> same.add(new DetectedFace(face.box(), 1)));
        DetectionReport report = report(marked, same.toArray(DetectedFace[]::new));
        assertThat(report.falsePositives()).isZero();
        assertThat(report.found()).isEqualTo(report.n());
    }

    @Provide
    Arbitrary<List<MarkedFace>> marked() {
        return Combinators.combine(boxes(), Arbitraries.integers().between(0, 4))
                .as((box, kind) -> new MarkedFace(box, kind == 0, Optional.empty()))
                .list()
                .ofMaxSize(8);
    }

    @Provide
    Arbitrary<List<DetectedFace>> detected() {
        return Combinators.combine(boxes(), Arbitraries.integers().between(1, 5))
                .as((box, fifths) -> new DetectedFace(box, fifths / 5.0))
                .list()
                .ofMaxSize(12);
    }

    private static Arbitrary<BoundingBox> boxes() {
        Arbitrary<Integer> places = Arbitraries.integers().between(0, 120);
        Arbitrary<Integer> sides = Arbitraries.integers().between(30, 70);
        return Combinators.combine(places, places, sides, sides).as(BoundingBox::new);
    }

    private static DetectionReport report(List<MarkedFace> marked, DetectedFace... detected) {
        return DetectionReport.builder(40).add(marked, List.of(detected)).build();
    }

    private static DetectedFace found(double x, double confidence) {
        return box(x, 100, 40, 40, confidence);
    }

    private static DetectedFace box(double x, double y, double width, double height, double confidence) {
        return new DetectedFace(new BoundingBox(x, y, width, height), confidence);
    }

    private static Landmarks points(double dx) {
        return Landmarks.of(
                Landmarks.Scheme.FIVE_POINTS,
                110 + dx,
                115,
                130 + dx,
                115,
                120 + dx,
                122,
                112 + dx,
                132,
                128 + dx,
                132);
    }
}
