package org.emotion4j.cli.timeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.emotion4j.chart.Lane;
import org.emotion4j.emotion.Emotion;
import org.emotion4j.emotion.EmotionScores;
import org.emotion4j.face.BoundingBox;
import org.emotion4j.face.DetectedFace;
import org.emotion4j.reading.EmotionReading;
import org.emotion4j.reading.FrameResult;
import org.emotion4j.reading.StageTimings;
import org.junit.jupiter.api.Test;

final class TimelineCollectorTest {
    private static final long FRAME = 40_000_000L;
    private static final EmotionScores HAPPY = EmotionScores.certain(Emotion.HAPPY);
    private static final EmotionScores SAD = EmotionScores.certain(Emotion.SAD);

    private final TimelineCollector timeline = new TimelineCollector(FRAME, Duration.ofSeconds(10));

    @Test
    void aSourceThatDoesNotEndHasACurveOfBoundedLengthOverItsWholeTime() {
        int frames = 200_000;
        for (int i = 0; i < frames; i++) {
            add(i, i < frames / 2 ? HAPPY : SAD, i == 0);
        }
        Lane lane = timeline.subject("all");
        assertThat(lane.moments()).hasSizeBetween(TimelineCollector.MAX_MOMENTS / 3, TimelineCollector.MAX_MOMENTS);
        assertThat(lane.timeline().readings()).isEqualTo(frames);
        long until = 0;
        for (Lane.Moment moment : lane.moments()) {
            assertThat(moment.mediaNanos()).isEqualTo(until);
            until = moment.untilNanos();
        }
        assertThat(until).isEqualTo(frames * FRAME);
        int middle = lane.moments().size() / 2;
        assertThat(lane.moments().get(middle / 2).scores().get(Emotion.HAPPY)).isCloseTo(1, within(1e-4f));
        assertThat(lane.moments().get(middle + middle / 2).scores().get(Emotion.SAD))
                .isCloseTo(1, within(1e-4f));
    }

    @Test
    void cutsAloneDoNotLengthenACurve() {
        for (int i = 0; i < 3 * TimelineCollector.MAX_MOMENTS; i++) {
            add(i, HAPPY, true);
        }
        assertThat(timeline.subject("all").moments()).hasSizeLessThanOrEqualTo(TimelineCollector.MAX_MOMENTS);
    }

    @Test
    void aShortSourceKeepsEachOfItsReadings() {
        for (int i = 0; i < 500; i++) {
            add(i, HAPPY, i == 0 || i == 100);
        }
        List<Lane.Moment> moments = timeline.subject("all").moments();
        assertThat(moments).hasSize(500);
        assertThat(moments.stream().filter(Lane.Moment::startsAfresh)).hasSize(2);
    }

    @Test
    void equalSharesOfAFaceAreWrittenAsEqual() {
        EmotionScores[] each = {HAPPY, SAD, EmotionScores.certain(Emotion.FEAR)};
        for (int i = 0; i < 6; i++) {
            add(i, each[i % 3], false);
        }
        assertThat(timeline.shares()).containsExactly("face 1: fear 33 %, happy 33 %, sad 33 % of 6 readings");
    }

    private void add(int index, EmotionScores scores, boolean cut) {
        EmotionReading reading = new EmotionReading(
                1,
                index * FRAME,
                new DetectedFace(new BoundingBox(1, 2, 90, 90), 0.9),
                scores,
                scores,
                Optional.of(scores.top()));
        timeline.add(new FrameResult(
                index,
                index * FRAME,
                Instant.EPOCH,
                "camera",
                640,
                480,
                cut,
                List.of(reading),
                new StageTimings(1, 1, 1, 3)));
    }
}
