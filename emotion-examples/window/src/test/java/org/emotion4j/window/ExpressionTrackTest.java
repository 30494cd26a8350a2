package org.emotion4j.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.emotion4j.analysis.BriefMoment;
import org.emotion4j.emotion.Affect;
import org.emotion4j.emotion.Emotion;
import org.emotion4j.emotion.EmotionScores;
import org.emotion4j.face.BoundingBox;
import org.emotion4j.face.DetectedFace;
import org.emotion4j.reading.EmotionReading;
import org.junit.jupiter.api.Test;

final class ExpressionTrackTest {
    private static final long MILLI = 1_000_000;

    private final ExpressionTrack track = new ExpressionTrack();

    @Test
    void tellsWhatWasShownForHowLong() {
        for (int i = 0; i < 10; i++) {
            track.add(i * 100 * MILLI, false, showing(i < 5 ? Emotion.HAPPY : Emotion.SAD));
        }
        track.add(1_000 * MILLI, false, Optional.empty());
        track.add(1_200 * MILLI, false, Optional.empty());
        ExpressionTrack.Totals totals = track.totals();
        assertThat(totals.frames()).isEqualTo(12);
        assertThat(totals.expressions().get(Emotion.HAPPY.ordinal())).isEqualTo(Duration.ofMillis(500));
        assertThat(totals.expressions().get(Emotion.SAD.ordinal())).isEqualTo(Duration.ofMillis(500));
        assertThat(totals.noFace()).isBetween(Duration.ofMillis(300), Duration.ofMillis(320));
        assertThat(totals.gaps()).isZero();
        assertThat(track.curve().at(250 * MILLI).orElseThrow().predominant()).contains(Emotion.HAPPY);
        assertThat(track.curve().at(1_100 * MILLI).orElseThrow().kind()).isEqualTo(ExpressionTrack.Kind.NO_FACE);
    }

    @Test
    void onePictureAloneIsAllThatWasShown() {
        track.add(0, true, showing(Emotion.SURPRISE));
        SessionOutcome outcome = SessionOutcome.seen(track.totals(), 0, 0);
        assertThat(outcome.share(Emotion.SURPRISE)).isEqualTo(1);
        assertThat(outcome.share(Emotion.HAPPY)).isZero();
    }

    @Test
    void ofPicturesThatDoNotFollowFromOneAnotherEachCountsAndTheLastOneToo() {
        List<Emotion> shown = List.of(
                Emotion.ANGRY,
                Emotion.ANGRY,
                Emotion.SURPRISE,
                Emotion.SURPRISE,
                Emotion.FEAR,
                Emotion.HAPPY,
                Emotion.SAD,
                Emotion.SAD);
        for (int i = 0; i < shown.size(); i++) {
            track.add(i * 1_000 * MILLI, true, showing(shown.get(i)));
        }
        SessionOutcome outcome = SessionOutcome.seen(track.totals(), 0, 0);
        assertThat(outcome.isPictures()).isTrue();
        assertThat(outcome.share(Emotion.SAD)).isEqualTo(0.25);
        assertThat(outcome.share(Emotion.ANGRY)).isEqualTo(0.25);
        assertThat(outcome.share(Emotion.FEAR)).isEqualTo(0.125);
    }

    @Test
    void picturesStandEachForThemselvesAndTheLastOneHasAsMuchRoomAsTheOthers() {
        for (int i = 0; i < 4; i++) {
            track.add(i * 1_000 * MILLI, true, showing(i < 3 ? Emotion.NEUTRAL : Emotion.SURPRISE));
        }
        ExpressionTrack.Curve curve = track.curve();
        assertThat(curve.pictures()).extracting(ExpressionTrack.Picture::number).containsExactly(1L, 2L, 3L, 4L);
        assertThat(curve.drawnNanos()).isEqualTo(4_000 * MILLI);
        assertThat(curve.at(2_999 * MILLI).orElseThrow().predominant()).contains(Emotion.NEUTRAL);
        assertThat(curve.at(3_900 * MILLI).orElseThrow().predominant()).contains(Emotion.SURPRISE);
        assertThat(curve.stepNanos()).isEqualTo(1_000 * MILLI);
        track.add(4_000 * MILLI, false, showing(Emotion.SURPRISE));
        assertThat(track.curve().pictures())
                .as("one that follows makes it a film")
                .isEmpty();
    }

    @Test
    void ofVeryManyPicturesEachPointSaysWithWhichItBegins() {
        for (int i = 0; i < 1_000; i++) {
            track.add(i * 1_000 * MILLI, true, showing(Emotion.HAPPY));
        }
        List<ExpressionTrack.Picture> pictures = track.curve().pictures();
        assertThat(pictures).hasSizeLessThanOrEqualTo(ExpressionTrack.MAX_BINS);
        assertThat(pictures.get(1).number())
                .isEqualTo((pictures.get(1).nanos() + 1_000 * MILLI - 1) / (1_000 * MILLI) + 1);
    }

    @Test
    void theLastFrameLastsAsLongAsFramesDoOnAverage() {
        track.add(0, true, showing(Emotion.HAPPY));
        track.add(100 * MILLI, false, showing(Emotion.HAPPY));
        track.add(200 * MILLI, false, showing(Emotion.SAD));
        assertThat(track.totals().expressions().get(Emotion.SAD.ordinal())).isEqualTo(Duration.ofMillis(100));
        assertThat(track.totals().expressions().get(Emotion.HAPPY.ordinal())).isEqualTo(Duration.ofMillis(200));
    }

    @Test
    void fewFramesASecondAreNoGapAndSecondsWithoutAnyAre() {
        track.add(0, false, showing(Emotion.HAPPY));
        track.add(900 * MILLI, false, showing(Emotion.SAD));
        track.add(5_000 * MILLI, false, showing(Emotion.SAD));
        assertThat(track.curve().at(500 * MILLI).orElseThrow().predominant()).contains(Emotion.HAPPY);
        assertThat(track.curve().at(3_000 * MILLI).orElseThrow().kind()).isEqualTo(ExpressionTrack.Kind.GAP);
        assertThat(track.totals().gaps()).isEqualTo(1);
        assertThat(track.totals().expressions().get(Emotion.HAPPY.ordinal())).isEqualTo(Duration.ofMillis(900));
    }

    @Test
    void aSessionOfHoursKeepsItsCurveInAsManyBins() {
        long second = 1_000 * MILLI;
        for (long i = 0; i < 3 * 3_600; i++) {
            track.add(i * second, false, showing(i < 5_400 ? Emotion.ANGRY : Emotion.NEUTRAL));
        }
        ExpressionTrack.Curve curve = track.curve();
        assertThat(curve.bins()).hasSizeBetween(ExpressionTrack.MAX_BINS / 2, ExpressionTrack.MAX_BINS);
        assertThat(curve.at(1_000 * second).orElseThrow().predominant()).contains(Emotion.ANGRY);
        assertThat(curve.at(10_000 * second).orElseThrow().predominant()).contains(Emotion.NEUTRAL);
        assertThat(curve.at(10_000 * second).orElseThrow().means()[Emotion.NEUTRAL.ordinal()])
                .isEqualTo(1f);
        assertThat(curve.at(20_000 * second)).isEmpty();
    }

    @Test
    void whatIsTooShortForALabelIsABriefMomentByTheSessionsTime() {
        long begin = 7_000 * MILLI;
        for (int i = 0; i < 20; i++) {
            Emotion raw = i >= 10 && i < 13 ? Emotion.SURPRISE : Emotion.NEUTRAL;
            track.add(i * 100 * MILLI, i == 0, Optional.of(calm(begin + i * 100 * MILLI, raw)));
        }
        SessionOutcome outcome = SessionOutcome.seen(track.totals(), 0, 0);
        assertThat(outcome.briefMoments())
                .containsExactly(new BriefMoment(1_000 * MILLI, Duration.ofMillis(300), Emotion.SURPRISE, 1));
        assertThat(outcome.affect()).contains(Affect.of(calm(0, Emotion.NEUTRAL).scores()));
        assertThat(outcome.length()).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void forgets() {
        track.add(0, false, showing(Emotion.HAPPY));
        track.clear();
        assertThat(track.curve().bins()).isEmpty();
        assertThat(track.totals().frames()).isZero();
    }

    /** Smoothed scores and label say neutral, whatever the raw scores say. */
    private static EmotionReading calm(long mediaNanos, Emotion raw) {
        EmotionReading calm = showing(Emotion.NEUTRAL).orElseThrow();
        return new EmotionReading(
                1, mediaNanos, calm.face(), showing(raw).orElseThrow().scores(), calm.scores(), calm.label());
    }

    private static Optional<EmotionReading> showing(Emotion emotion) {
        float[] values = new float[EmotionScores.SIZE];
        values[emotion.ordinal()] = 1;
        EmotionScores scores = EmotionScores.of(values);
        DetectedFace face = new DetectedFace(new BoundingBox(10, 10, 50, 50), 1);
        return Optional.of(new EmotionReading(1, 0, face, scores, scores, Optional.of(emotion)));
    }
}
