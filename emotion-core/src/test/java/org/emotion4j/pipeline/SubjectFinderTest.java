package org.emotion4j.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.emotion4j.emotion.EmotionScores;
import org.emotion4j.face.BoundingBox;
import org.emotion4j.face.DetectedFace;
import org.emotion4j.reading.EmotionReading;
import org.emotion4j.reading.Subject;
import org.emotion4j.reading.SubjectRule;
import org.junit.jupiter.api.Test;

class SubjectFinderTest {
    private static final long STEP = 100_000_000;

    private final List<Integer> lost = new ArrayList<>();
    private SubjectFinder finder = new SubjectFinder(SubjectRule.largestFace());
    private long nanos;

    @Test
    void theLargestFaceStaysTheSubjectWhenAnotherOneGrowsLarger() {
        frames(5, face(1, 100, 200), face(2, 400, 100));

        for (int i = 0; i < 20; i++) {
            boolean swapped = i % 2 == 0;
            Subject subject = swapped
                    ? frame(false, face(2, 400, 300), face(1, 100, 200))
                    : frame(false, face(1, 100, 200), face(2, 400, 100));
            assertThat(subject.faceId()).hasValue(1);
        }
    }

    @Test
    void whileTheSubjectIsOutOfSightNobodyElseTakesItsPlace() {
        frames(20, face(1, 100, 200), face(2, 400, 100));
        Subject hidden = frame(false, face(2, 400, 100));
        lost.add(1);
        Subject gone = frame(false, face(2, 400, 100));

        assertThat(hidden.faceId()).hasValue(1);
        assertThat(gone.faceId()).isEmpty();
        assertThat(gone.facesInSight()).isEqualTo(1);
        assertThat(frames(50, face(2, 110, 200)).faceId()).isEmpty();
    }

    @Test
    void aNewFaceWhereTheSubjectWasLastIsTheSubjectAgain() {
        frames(20, face(1, 100, 200), face(2, 400, 100));
        lost.add(1);
        frames(5, face(2, 400, 100));

        Subject again = frame(false, face(3, 130, 180), face(2, 400, 100));

        assertThat(again.faceId()).hasValue(3);
        assertThat(again.basis()).isEqualTo(Subject.Basis.SAME_PLACE);
    }

    @Test
    void aNewFaceNearerToWhereAnotherOneWasIsNotTheSubject() {
        frames(20, face(1, 100, 200), face(2, 250, 200));
        lost.addAll(List.of(1, 2));
        frames(5);

        assertThat(frames(20, face(3, 240, 200)).faceId()).isEmpty();
    }

    @Test
    void theOnlyFaceThatEverWasThereIsFoundAgainAnywhere() {
        frames(20, face(1, 100, 50));
        lost.add(1);
        frames(5);

        Subject again = frame(false, face(2, 500, 50));

        assertThat(again.faceId()).hasValue(2);
        assertThat(again.basis()).isEqualTo(Subject.Basis.ALONE);
    }

    @Test
    void somebodyAloneFarFromWhereTheSubjectWasIsNobodyWhereOthersWereThere() {
        frames(20, face(1, 100, 50), face(2, 300, 50));
        lost.addAll(List.of(1, 2));
        frames(5);

        assertThat(frames(20, face(3, 550, 50)).faceId()).isEmpty();
    }

    @Test
    void aFaceThatWasThereForLessThanASecondDoesNotBind() {
        frames(5, face(1, 10, 300));
        lost.add(1);

        Subject next = frame(false, face(2, 400, 100), face(3, 200, 50));

        assertThat(next.faceId()).hasValue(2);
        assertThat(next.basis()).isEqualTo(Subject.Basis.LARGEST);
    }

    @Test
    void aFaceThatTheDetectorDoubtsGivesWayToOneItDoesNot() {
        frames(20, doubtful(1, 10, 300));

        assertThat(frame(false, doubtful(1, 10, 300), face(2, 400, 100)).faceId())
                .hasValue(2);
    }

    @Test
    void aRuleByIdWaitsForItsFaceAndKeepsIt() {
        finder = new SubjectFinder(SubjectRule.face(2));

        assertThat(frames(3, face(1, 100, 200)).faceId()).isEmpty();
        Subject there = frame(false, face(1, 100, 200), face(2, 400, 100));
        assertThat(there.faceId()).hasValue(2);
        assertThat(there.basis()).isEqualTo(Subject.Basis.RULE);
    }

    @Test
    void aRuleByPlaceTakesTheFaceThere() {
        finder = new SubjectFinder(SubjectRule.at(0.75, 0.3));

        assertThat(frame(false, face(1, 0, 200), face(2, 400, 100)).faceId()).hasValue(2);
        assertThat(frame(false, face(1, 400, 200), face(2, 100, 100)).faceId()).hasValue(2);
    }

    @Test
    void aChosenFaceIsTheSubjectFromTheNextFrameOn() {
        frames(20, face(1, 100, 200), face(2, 400, 100));

        assertThat(finder.choose(2)).isTrue();
        Subject chosen = frame(false, face(1, 100, 200), face(2, 400, 100));

        assertThat(chosen.faceId()).hasValue(2);
        assertThat(chosen.basis()).isEqualTo(Subject.Basis.CHOSEN);
        assertThat(finder.latest().subject()).hasValue(2);
    }

    @Test
    void aFaceThatIsNotThereCannotBeChosen() {
        frames(2, face(1, 100, 200));

        assertThat(finder.choose(7)).isFalse();
        assertThat(frame(false, face(1, 100, 200)).faceId()).hasValue(1);
    }

    @Test
    void aChosenFaceThatVanishesAtOnceDoesNotGiveItsPlaceToTheLargest() {
        frames(20, face(1, 100, 200), face(2, 400, 100));
        finder.choose(2);
        lost.add(2);

        assertThat(frames(20, face(1, 100, 200)).faceId()).isEmpty();
    }

    @Test
    void behindACutTheFaceAtTheSamePlaceIsTheSubject() {
        frames(20, face(1, 100, 100), face(2, 400, 100));

        Subject after = frame(true, face(3, 400, 120), face(4, 110, 100));

        assertThat(after.faceId()).hasValue(4);
        assertThat(after.basis()).isEqualTo(Subject.Basis.SAME_PLACE);
    }

    @Test
    void ofPicturesThatDoNotFollowTheLargestCountsInEach() {
        assertThat(frame(true, face(1, 100, 200), face(2, 400, 100)).faceId()).hasValue(1);
        assertThat(frame(true, face(3, 400, 300), face(4, 100, 200)).faceId()).hasValue(3);
        assertThat(frame(true).faceId()).isEmpty();
        assertThat(frame(true, face(5, 0, 50)).faceId()).hasValue(5);
    }

    @Test
    void anotherRuleDuringTheSessionPicksAnew() {
        frames(20, face(1, 100, 200), face(2, 400, 100));

        finder.follow(SubjectRule.face(2));
        Subject after = frame(false, face(1, 100, 200), face(2, 400, 100));

        assertThat(after.faceId()).hasValue(2);
        assertThat(after.basis()).isEqualTo(Subject.Basis.CHOSEN);
    }

    @Test
    void aNewRunBeginsWithTheRule() {
        frames(20, face(1, 100, 200), face(2, 400, 100));
        finder.choose(2);
        finder.reset();

        assertThat(finder.latest().subject()).isEqualTo(OptionalInt.empty());
        assertThat(frame(false, face(3, 100, 200), face(4, 400, 100)).faceId()).hasValue(3);
    }

    private Subject frames(int count, EmotionReading... readings) {
        Subject last = frame(false, readings);
        for (int i = 1; i < count; i++) {
            last = frame(false, readings);
        }
        return last;
    }

    private Subject frame(boolean cut, EmotionReading... readings) {
        nanos += STEP;
        List<EmotionReading> timed = new ArrayList<>();
        for (EmotionReading each : readings) {
            timed.add(
                    new EmotionReading(each.faceId(), nanos, each.face(), each.raw(), each.scores(), Optional.empty()));
        }
        if (cut) {
            finder.cut();
        }
        Subject subject = finder.next(timed, List.copyOf(lost), 600, 400);
        lost.clear();
        return subject;
    }

    private static EmotionReading face(int id, double x, double side) {
        return reading(id, x, side, 0.9);
    }

    private static EmotionReading doubtful(int id, double x, double side) {
        return reading(id, x, side, 0.5);
    }

    private static EmotionReading reading(int id, double x, double side, double confidence) {
        DetectedFace face = new DetectedFace(new BoundingBox(x, 80, side, side), confidence);
        EmotionScores scores = EmotionScores.ofWeights(new float[] {1, 1, 1, 1, 1, 1, 1});
        return new EmotionReading(id, 0, face, scores, scores, Optional.empty());
    }
}
