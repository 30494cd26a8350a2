package org.emotion4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.emotion4j.emotion.EmotionScores;
import org.emotion4j.emotion.FacialMovement;
import org.emotion4j.emotion.FacialMovements;
import org.emotion4j.event.EventDetector;
import org.emotion4j.event.FacialEvent;
import org.emotion4j.face.HeadPose;
import org.junit.jupiter.api.Test;

/** What every {@link EventDetector} promises. Extend it for your own detector. */
public abstract class EventDetectorContract {
    private static final long FRAME = 33_333_333L;
    private static final int FRAMES = 900;

    /** A second gap in the middle, and a face that turns away for a moment after that. */
    private static final int GAP = 400;

    private static final int TURNED = 600;

    /** Made by JUnit, of the class that extends it. */
    protected EventDetectorContract() {}

    /**
     * Makes the detector.
     *
     * @return a new detector that has seen nothing
     */
    protected abstract EventDetector createDetector();

    private record Told(long atNanos, FacialEvent event) {}

    @Test
    void theSameFramesHaveTheSameEvents() {
        assertThat(film(createDetector(), true)).isEqualTo(film(createDetector(), true));
    }

    @Test
    void aDetectorKnowsNothingOfAnothersFace() {
        EventDetector one = createDetector();
        EventDetector other = createDetector();
        List<FacialEvent> alone = new ArrayList<>();
        List<FacialEvent> together = new ArrayList<>();
        film(createDetector(), true).forEach(told -> alone.add(told.event()));
        for (int i = 0; i < FRAMES; i++) {
            if (i == TURNED) {
                together.addAll(one.interrupt());
            }
            other.accept(time(i), EmotionScores.uniform(), Optional.empty());
            together.addAll(frame(one, i, true));
        }
        together.addAll(one.interrupt());

        assertThat(together).isEqualTo(alone);
    }

    @Test
    void nothingIsToldOfTheFuture() {
        assertThat(film(createDetector(), true))
                .allSatisfy(told -> assertThat(told.event().offsetNanos()).isLessThanOrEqualTo(told.atNanos()));
    }

    @Test
    void nothingIsToldFromBeforeTheFirstFrame() {
        assertThat(film(createDetector(), true))
                .allSatisfy(told -> assertThat(told.event().onsetNanos()).isGreaterThanOrEqualTo(time(0)));
    }

    @Test
    void eachEventIsToldOnce() {
        List<Told> told = film(createDetector(), true);
        assertThat(new HashSet<>(told.stream().map(Told::event).toList())).hasSameSizeAs(told);
    }

    @Test
    void aSecondInterruptEndsNothingMore() {
        EventDetector detector = createDetector();
        film(detector, true);
        assertThat(detector.interrupt()).isEmpty();
    }

    @Test
    void anInterruptBeforeTheFirstFrameDoesNothing() {
        assertThat(createDetector().interrupt()).isEmpty();
    }

    @Test
    void framesMayComeAgainAfterAnInterrupt() {
        EventDetector detector = createDetector();
        film(detector, true);
        assertThatCode(() -> detector.accept(time(2 * FRAMES), EmotionScores.uniform(), Optional.empty()))
                .doesNotThrowAnyException();
    }

    @Test
    void aFaceOfWhichNobodyTellsTheMovementsIsNoError() {
        assertThatCode(() -> film(createDetector(), false)).doesNotThrowAnyException();
    }

    @Test
    void aFaceThatIsThereForTwoFramesHasNoEventThatIsLonger() {
        EventDetector detector = createDetector();
        List<FacialEvent> events = new ArrayList<>(frame(detector, 0, true));
        events.addAll(frame(detector, 1, true));
        events.addAll(detector.interrupt());

        assertThat(events).allMatch(event -> event.durationNanos() <= FRAME);
    }

    private static List<Told> film(EventDetector detector, boolean movements) {
        List<Told> told = new ArrayList<>();
        for (int i = 0; i < FRAMES; i++) {
            long now = time(i);
            if (i == TURNED) {
                detector.interrupt().forEach(event -> told.add(new Told(now, event)));
            }
            frame(detector, i, movements).forEach(event -> told.add(new Told(now, event)));
        }
        detector.interrupt().forEach(event -> told.add(new Told(time(FRAMES - 1), event)));
        return told;
    }

    /** Half a minute of a face that smiles every five seconds, blinks every three and talks for a while. */
    private static List<FacialEvent> frame(EventDetector detector, int index, boolean movements) {
        double time = index * (FRAME / 1e9);
        Random noise = new Random(index);
        float smile = (float) (0.85 * hill(time % 5, 2, 1.5) + 0.02 * noise.nextDouble());
        double closed = Math.min(1, 0.05 * noise.nextDouble() + 0.9 * hill(time % 3, 1.5, 0.15));
        boolean talks = time > 18 && time < 24;
        float[] intensities = new float[FacialMovement.COUNT];
        intensities[FacialMovement.LIP_CORNERS_PULLED.ordinal()] = smile;
        intensities[FacialMovement.JAW_DROPS.ordinal()] =
                talks ? (float) (0.5 + 0.4 * Math.sin(2 * Math.PI * 4 * time)) : 0;
        return detector.accept(
                time(index),
                EmotionScores.ofWeights(0.01f, 0.01f, 0.01f, 0.01f + smile, 0.01f, talks ? 0.5f : 0.01f, 1 - smile),
                movements
                        ? Optional.of(FacialMovements.of(
                                intensities, closed, closed, new HeadPose(0, 6 * Math.sin(2 * Math.PI * time), 0)))
                        : Optional.empty());
    }

    private static double hill(double time, double middle, double half) {
        return Math.max(0, Math.min(1, 2 - 2 * Math.abs(time - middle) / half));
    }

    private static long time(int index) {
        return index * FRAME + (index >= GAP ? 1_000_000_000L : 0);
    }
}
