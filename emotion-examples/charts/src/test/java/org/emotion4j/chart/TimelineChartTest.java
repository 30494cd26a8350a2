package org.emotion4j.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.emotion4j.analysis.EmotionTimeline;
import org.emotion4j.emotion.Emotion;
import org.emotion4j.emotion.EmotionScores;
import org.emotion4j.event.FacialEvent;
import org.emotion4j.opencv.Annotator;
import org.junit.jupiter.api.Test;

final class TimelineChartTest {
    /** A row of the band, above its writing. */
    private static final int BAND_Y = 136 + 24 + 5;

    @Test
    void eachIntervalHasTheColorOfItsExpression() {
        BufferedImage image = chart(lane(Emotion.HAPPY, Emotion.SAD, Emotion.SAD, Emotion.FEAR))
                .draw();
        assertThat(color(image, 100)).isEqualTo(Annotator.colorOf(Optional.of(Emotion.HAPPY)));
        assertThat(color(image, 600)).isEqualTo(Annotator.colorOf(Optional.of(Emotion.SAD)));
        assertThat(color(image, 1_000)).isEqualTo(Annotator.colorOf(Optional.of(Emotion.SAD)));
        assertThat(color(image, 1_500)).isEqualTo(Annotator.colorOf(Optional.of(Emotion.FEAR)));
    }

    @Test
    void whatAFaceDidIsMarkedAboveTheBand() {
        Lane plain = lane(Emotion.NEUTRAL, Emotion.NEUTRAL, Emotion.NEUTRAL, Emotion.NEUTRAL);
        Lane lane = new Lane(
                plain.name(),
                plain.timeline(),
                plain.moments(),
                List.of(
                        event(FacialEvent.Kind.EXPRESSION, "surprise", 1, 2),
                        event(FacialEvent.Kind.TALKING, "talking", 2, 3)));
        BufferedImage image = chart(lane).draw();
        int top = 136 + 24;

        assertThat(image.getHeight()).isEqualTo(chart(plain).draw().getHeight() + EventMarks.HEIGHT);
        assertThat(image.getRGB(90 + 1_480 * 3 / 8, top + 4) & 0xFFFFFF)
                .isEqualTo(Annotator.colorOf(Optional.of(Emotion.SURPRISE)));
        assertThat(image.getRGB(90 + 1_480 * 5 / 8, top + 15) & 0xFFFFFF)
                .isEqualTo(EventMarks.TALKING.getRGB() & 0xFFFFFF);
        assertThat(image.getRGB(90 + 1_480 / 8, top + 4) & 0xFFFFFF).isEqualTo(0xFFFFFF);
    }

    private static FacialEvent event(FacialEvent.Kind kind, String name, int from, int to) {
        long onset = from * 1_000_000_000L;
        return FacialEvent.of(kind, name, onset, onset, to * 1_000_000_000L, 1, 0);
    }

    @Test
    void growsWithTheFacesUpToSix() {
        TimelineChart chart = TimelineChart.of("", "");
        int before = chart.draw().getHeight();
        for (int i = 0; i < TimelineChart.MAX_LANES; i++) {
            chart.add(lane(Emotion.HAPPY));
        }
        assertThat(chart.draw().getHeight()).isGreaterThan(before);
        assertThatThrownBy(() -> chart.add(lane(Emotion.HAPPY))).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void anEmptySessionIsAPictureToo() {
        assertThat(TimelineChart.of("nothing", "").draw().getWidth()).isEqualTo(1_600);
    }

    @Test
    void ticksAreRoundAndFew() {
        for (long seconds : new long[] {1, 7, 16, 59, 600, 5_000, 90_000, 900_000}) {
            List<Long> ticks = new TimeAxis(0, seconds * 1_000_000_000, 0, 100).ticks();
            assertThat(ticks).hasSizeBetween(5, 22).startsWith(0L);
        }
    }

    private static TimelineChart chart(Lane lane) {
        return TimelineChart.of("title", "subtitle").add(lane);
    }

    private static int color(BufferedImage image, int x) {
        return image.getRGB(x, BAND_Y) & 0xFFFFFF;
    }

    /** One second of each expression. */
    private static Lane lane(Emotion... emotions) {
        EmotionTimeline.Builder timeline = EmotionTimeline.builder().interval(Duration.ofSeconds(1));
        List<Lane.Moment> moments = new ArrayList<>();
        for (int i = 0; i < emotions.length; i++) {
            long time = i * 1_000_000_000L;
            EmotionScores scores = EmotionScores.certain(emotions[i]);
            timeline.add(time, Optional.of(emotions[i]), scores);
            moments.add(new Lane.Moment(time, time + 1_000_000_000L, i == 0, scores));
        }
        return new Lane("face 1", timeline.build(), moments);
    }
}
