package org.emotion4j.face;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.emotion4j.face.FaceTracker.Tracks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IouFaceTrackerTest {
    private final IouFaceTracker tracker = IouFaceTracker.ofDefaults();

    @Test
    void numbersFacesFromOneInTheDetectorsOrder() {
        assertThat(ids(update(0, at(0), at(200)))).containsExactly(1, 2);
    }

    @Test
    void aFaceThatMovesALittleKeepsItsId() {
        update(0, at(0));
        for (int frame = 1; frame < 20; frame++) {
            assertThat(ids(update(40 * frame, at(20 * frame)))).containsExactly(1);
        }
    }

    @Test
    void keepsTheDetectorsOrderWhenThatChanges() {
        update(0, at(0), at(200));
        assertThat(ids(update(40, at(200), at(0)))).containsExactly(2, 1);
    }

    @Test
    void handsTheFacesOnAsTheyAre() {
        DetectedFace face = at(7);
        assertThat(update(0, face).faces()).containsExactly(new TrackedFace(1, face));
    }

    @Test
    void facesThatCrossKeepTheirIdsWhileTheirBoxesDoNotMeet() {
        update(0, at(0, 0), at(300, 120));
        for (int frame = 1; frame <= 10; frame++) {
            List<Integer> ids = ids(update(40 * frame, at(30 * frame, 0), at(300 - 30 * frame, 120)));
            assertThat(ids).containsExactly(1, 2);
        }
    }

    @Test
    void theBestOverlapIsTakenFirst() {
        update(0, at(0), at(50));
        assertThat(ids(update(40, at(45)))).containsExactly(2);
    }

    @Test
    void twoFacesNeverShareAnId() {
        update(0, at(0));
        assertThat(ids(update(40, at(5), at(10)))).containsExactly(1, 2);
    }

    @Test
    void aFaceFarFromAllKnownOnesIsNew() {
        update(0, at(0));
        assertThat(ids(update(40, at(500)))).containsExactly(2);
    }

    @Test
    void aFaceMissedForAMomentKeepsItsId() {
        update(0, at(0));
        assertThat(update(200).lost()).isEmpty();
        assertThat(ids(update(500, at(0))))
                .as("half a second is still a moment")
                .containsExactly(1);
    }

    @Test
    void aFaceOutOfSightTooLongIsGivenUp() {
        update(0, at(0));
        assertThat(update(500).lost()).isEmpty();
        assertThat(update(501).lost()).containsExactly(1);
        assertThat(update(502).lost()).as("said once").isEmpty();
    }

    @Test
    void aFaceThatComesBackTooLateIsNew() {
        update(0, at(0));
        Tracks tracks = update(501, at(0));
        assertThat(tracks.lost()).containsExactly(1);
        assertThat(ids(tracks)).containsExactly(2);
    }

    @Test
    void afterAResetAllFacesAreNewAndNoneIsReportedLost() {
        update(0, at(0), at(200));
        tracker.reset();
        Tracks tracks = update(5_000, at(0));
        assertThat(ids(tracks)).as("ids are not used again").containsExactly(3);
        assertThat(tracks.lost()).isEmpty();
    }

    @Test
    void afterAResetTimeMayStartAgain() {
        update(5_000, at(0));
        tracker.reset();
        assertThat(ids(update(0, at(0)))).containsExactly(2);
        assertThat(ids(update(40, at(0)))).containsExactly(2);
    }

    @Test
    void framesOfTheSameTimeFollowEachOther() {
        update(0, at(0));
        assertThat(ids(update(0, at(0)))).containsExactly(1);
        assertThat(ids(update(0, at(3), at(300)))).containsExactly(1, 2);
    }

    @Test
    void withoutPatienceAFaceIsGivenUpAtTheNextFrame() {
        IouFaceTracker impatient = IouFaceTracker.of(0.3, Duration.ZERO);
        impatient.update(0, List.of(at(0)));
        assertThat(impatient.update(40_000_000, List.of()).lost()).containsExactly(1);
    }

    @Property
    void idsAreNeverSharedAndNeverComeBack(
            @ForAll @Size(max = 40) List<@Size(max = 4) List<@IntRange(max = 400) Integer>> session) {
        IouFaceTracker fresh = IouFaceTracker.ofDefaults();
        Set<Integer> lost = new HashSet<>();
        for (int frame = 0; frame < session.size(); frame++) {
            List<DetectedFace> faces =
                    session.get(frame).stream().map(x -> at(x)).toList();
            Tracks tracks = fresh.update(frame * 200_000_000L, faces);
            lost.addAll(tracks.lost());
            assertThat(tracks.faces()).extracting(TrackedFace::face).isEqualTo(faces);
            assertThat(ids(tracks)).doesNotHaveDuplicates().noneMatch(lost::contains);
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, 1.01, Double.NaN})
    void refusesAnOverlapOutOfRange(double overlap) {
        assertThatThrownBy(() -> IouFaceTracker.of(overlap, Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("minOverlap is " + overlap + ", expected above 0 and at most 1");
    }

    @Test
    void refusesAPatienceOutOfRange() {
        assertThatThrownBy(() -> IouFaceTracker.of(0.3, Duration.ofMillis(-1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("lostAfter is PT-0.001S");
        assertThatThrownBy(() -> IouFaceTracker.of(0.3, Duration.ofHours(2)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("lostAfter is PT2H");
    }

    private Tracks update(long millis, DetectedFace... faces) {
        return tracker.update(millis * 1_000_000, Arrays.asList(faces));
    }

    private static DetectedFace at(double x) {
        return at(x, 0);
    }

    private static DetectedFace at(double x, double y) {
        return new DetectedFace(new BoundingBox(x, y, 100, 100), 0.9);
    }

    private static List<Integer> ids(Tracks tracks) {
        return tracks.faces().stream().map(TrackedFace::id).toList();
    }
}
