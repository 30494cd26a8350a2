package org.emotion4j.face;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.LongFunction;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.emotion4j.face.FaceTracker.Tracks;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MotionFaceTrackerTest {
    private static final int SCENES = 50;

    private final MotionFaceTracker tracker = MotionFaceTracker.ofDefaults();

    @Nested
    class Identities {
        /** Two faces of 100 pixels pass each other; while they overlap by half, the one behind is not seen. */
        @ParameterizedTest
        @CsvSource({"60, 0", "60, 20", "60, 60", "150, 0", "150, 20", "150, 60", "300, 0", "300, 20", "300, 60"})
        void surviveACrossing(double pixelsASecond, double below) {
            LongFunction<WalkingFaces> scene = seed -> new WalkingFaces(seed)
                    .with(t -> WalkingFaces.square(180 + pixelsASecond * t, 200, 100))
                    .with(t -> WalkingFaces.square(780 - pixelsASecond * t, 200 + below, 100));
            assertThat(disturbed(scene, 0.02, 0.02)).as("scenes with a switch").isZero();
            assertThat(disturbed(scene, 0.03, 0.1)).isLessThanOrEqualTo(SCENES / 10);
            assertThat(disturbed(scene, 0.05, 0.2)).isLessThanOrEqualTo(SCENES / 5);
        }

        @Test
        void surviveALongWayBehindALargeFace() {
            assertThat(disturbed(
                            seed -> new WalkingFaces(seed)
                                    .with(t -> WalkingFaces.square(-100 + 150 * t, 200, 300))
                                    .with(t -> WalkingFaces.square(900 - 150 * t, 210, 150)),
                            0.03,
                            0.1))
                    .isZero();
        }

        @Test
        void surviveFacesThatGrowAndShrinkAsTheyCross() {
            assertThat(disturbed(
                            seed -> new WalkingFaces(seed)
                                    .with(t -> WalkingFaces.square(200 + 100 * t, 200, 140 + 20 * Math.sin(t)))
                                    .with(t -> WalkingFaces.square(600 - 80 * t, 220, 80 * Math.exp(0.15 * t))),
                            0.03,
                            0.1))
                    .isZero();
        }

        @Test
        void surviveAFaceThatTurnsBackBesideAnother() {
            assertThat(disturbed(
                            seed -> new WalkingFaces(seed)
                                    .with(t -> WalkingFaces.square(480, 200, 100))
                                    .with(t -> WalkingFaces.square(540 + Math.abs(300 - 120 * t), 210, 100)),
                            0.05,
                            0.2))
                    .isZero();
        }

        @Test
        void surviveHalfAFaceWidthFromFrameToFrame() {
            assertThat(disturbed(
                            seed -> new WalkingFaces(seed)
                                    .with(t -> WalkingFaces.square(400 + 50 * (Math.round(t * 25) % 2), 200, 100)),
                            0.03,
                            0.2))
                    .as("to and fro")
                    .isZero();
            assertThat(disturbed(
                            seed -> new WalkingFaces(seed)
                                    .with(t -> WalkingFaces.square(400 + 1_250 * Math.max(0, t - 1), 200, 100)),
                            0.02,
                            0))
                    .as("from a standstill")
                    .isZero();
        }

        /** The same scenes with the tracker by overlap alone, for which they are too much. */
        @Test
        void areWhatOverlapAloneLoses() {
            assertThat(new WalkingFaces(1)
                            .disturbed(0.03, 0.1)
                            .with(t -> WalkingFaces.square(180 + 150 * t, 200, 100))
                            .with(t -> WalkingFaces.square(780 - 150 * t, 200, 100))
                            .switches(IouFaceTracker.ofDefaults(), 6))
                    .isPositive();
        }

        private int disturbed(LongFunction<WalkingFaces> scene, double jitter, double missed) {
            int withSwitches = 0;
            for (long seed = 0; seed < SCENES; seed++) {
                withSwitches +=
                        scene.apply(seed).disturbed(jitter, missed).switches(MotionFaceTracker.ofDefaults(), 7) > 0
                                ? 1
                                : 0;
            }
            return withSwitches;
        }
    }

    @Nested
    class SecondBoxes {
        @Test
        void onAKnownFaceGetNoId() {
            update(0, at(0, 0, 100));
            assertThat(ids(update(40, at(0, 0, 100), at(12, 10, 90)))).containsExactly(1);
            assertThat(ids(update(80, at(0, 0, 100), at(60, 60, 40))))
                    .as("a mouth taken for a face")
                    .hasSize(1);
        }

        @Test
        void inTheFirstFrameTheSurerCounts() {
            DetectedFace surer = new DetectedFace(new BoundingBox(5, 5, 100, 100), 0.95);
            assertThat(update(0, at(0, 0, 110), surer).faces()).containsExactly(new TrackedFace(1, surer));
        }

        @Test
        void thatStayOnTheSamePlaceNeverGetOne() {
            for (int frame = 0; frame < 100; frame++) {
                assertThat(ids(update(40 * frame, at(0, 0, 100), at(10, 10, 95))))
                        .hasSize(1);
            }
        }

        @Test
        void thatMoveAwayAreAFaceAfterAll() {
            update(0, at(0, 0, 100));
            Set<Integer> ids = new HashSet<>();
            for (int frame = 1; frame < 40; frame++) {
                ids.addAll(ids(update(40 * frame, at(0, 0, 100), at(30 + 4 * frame, 0, 100))));
            }
            assertThat(ids).containsExactlyInAnyOrder(1, 2);
        }

        @Test
        void thatStayBesideAnotherAreAFaceAfterHalfASecond() {
            update(0, at(0, 0, 100));
            for (int millis = 40; millis <= 480; millis += 40) {
                assertThat(ids(update(millis, at(0, 0, 100), at(40, 0, 100)))).containsExactly(1);
            }
            assertThat(ids(update(560, at(0, 0, 100), at(40, 0, 100)))).containsExactly(1, 2);
        }

        @Test
        void areNotTakenForTheFaceWhenThatIsMissed() {
            update(0, at(0, 0, 100));
            assertThat(update(40, at(60, 60, 35)).faces()).isEmpty();
            assertThat(ids(update(80, at(0, 0, 100)))).containsExactly(1);
        }
    }

    @Test
    void numbersFacesFromOneInTheDetectorsOrder() {
        assertThat(ids(update(0, at(0, 0, 100), at(200, 0, 100)))).containsExactly(1, 2);
        assertThat(ids(update(40, at(200, 0, 100), at(0, 0, 100)))).containsExactly(2, 1);
    }

    @Test
    void facesOfVeryDifferentSizeAreNotMistakenForEachOther() {
        update(0, at(0, 0, 300), at(320, 120, 60));
        assertThat(ids(update(40, at(20, 0, 300), at(330, 120, 60)))).containsExactly(1, 2);
        assertThat(ids(update(80, at(335, 120, 60)))).containsExactly(2);
        assertThat(ids(update(120, at(40, 0, 300)))).containsExactly(1);
    }

    @Test
    void aFaceOutOfSightTooLongIsGivenUpOnce() {
        update(0, at(0, 0, 100));
        assertThat(update(2_000).lost()).isEmpty();
        assertThat(update(2_001).lost()).containsExactly(1);
        assertThat(update(2_002).lost()).isEmpty();
        assertThat(ids(update(2_003, at(0, 0, 100)))).containsExactly(2);
    }

    @Test
    void aFaceAtTheOtherEndIsAnother() {
        update(0, at(0, 0, 100));
        assertThat(ids(update(40, at(500, 0, 100)))).containsExactly(2);
    }

    @Test
    void unsureDetectionsFollowAKnownFaceAndAreNoNewOne() {
        MotionFaceTracker careful = MotionFaceTracker.of(Duration.ofSeconds(2), 0.7);
        DetectedFace unsure = new DetectedFace(new BoundingBox(0, 0, 100, 100), 0.4);
        assertThat(careful.update(0, List.of(unsure)).faces()).isEmpty();
        assertThat(ids(careful.update(40_000_000, List.of(at(0, 0, 100))))).containsExactly(1);
        assertThat(ids(careful.update(80_000_000, List.of(unsure)))).containsExactly(1);
    }

    @Test
    void afterAResetAllFacesAreNewAndTimeMayStartAgain() {
        update(5_000, at(0, 0, 100));
        tracker.reset();
        Tracks tracks = update(0, at(0, 0, 100));
        assertThat(ids(tracks)).containsExactly(2);
        assertThat(tracks.lost()).isEmpty();
        assertThat(ids(update(0, at(0, 0, 100)))).as("the same time again").containsExactly(2);
    }

    @Test
    void thousandsOfDetectionsAreBounded() {
        Random random = new Random(1);
        for (int frame = 0; frame < 5; frame++) {
            List<DetectedFace> crowd = new ArrayList<>();
            for (int i = 0; i < 5_000; i++) {
                double side = 20 + random.nextInt(80);
                crowd.add(new DetectedFace(
                        new BoundingBox(random.nextInt(4_000), random.nextInt(3_000), side, side),
                        random.nextDouble()));
            }
            Tracks tracks = tracker.update(frame * 40_000_000L, crowd);
            assertThat(tracks.faces()).hasSizeBetween(1, MotionFaceTracker.MAX_FACES);
            assertThat(tracks.faces()).allSatisfy(face -> assertThat(face.face().confidence())
                    .as("the surest")
                    .isGreaterThan(0.9));
        }
    }

    @Property(tries = 200)
    void idsAreNeverSharedNeverComeBackAndKeepTheOrder(
            @ForAll @Size(max = 40) List<@Size(max = 5) List<@IntRange(max = 400) Integer>> session) {
        MotionFaceTracker fresh = MotionFaceTracker.ofDefaults();
        Set<Integer> lost = new HashSet<>();
        for (int frame = 0; frame < session.size(); frame++) {
            List<DetectedFace> faces = session.get(frame).stream()
                    .map(x -> at(x, x % 7, 60 + x % 90))
                    .toList();
            Tracks tracks = fresh.update(frame * 700_000_000L, faces);
            lost.addAll(tracks.lost());
            assertThat(ids(tracks)).doesNotHaveDuplicates().noneMatch(lost::contains);
            assertThat(faces)
                    .containsSubsequence(
                            tracks.faces().stream().map(TrackedFace::face).toArray(DetectedFace[]::new));
            assertThat(tracks.faces().isEmpty())
                    .as("the surest is never left out")
                    .isEqualTo(faces.isEmpty());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT-0.001S", "PT2H"})
    void refusesAPatienceOutOfRange(Duration lostAfter) {
        assertThatThrownBy(() -> MotionFaceTracker.of(lostAfter, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("lostAfter is " + lostAfter + ", expected PT0S to PT1H");
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, 1.1, Double.NaN})
    void refusesAConfidenceOutOfRange(double confidence) {
        assertThatThrownBy(() -> MotionFaceTracker.of(Duration.ZERO, confidence))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("newFaceConfidence is " + confidence + ", expected 0 to 1");
    }

    private Tracks update(long millis, DetectedFace... faces) {
        return tracker.update(millis * 1_000_000, Arrays.asList(faces));
    }

    private static DetectedFace at(double x, double y, double side) {
        return new DetectedFace(new BoundingBox(x, y, side, side), 0.9);
    }

    private static List<Integer> ids(Tracks tracks) {
        return tracks.faces().stream().map(TrackedFace::id).toList();
    }
}
