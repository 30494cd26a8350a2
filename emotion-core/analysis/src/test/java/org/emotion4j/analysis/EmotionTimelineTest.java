package org.emotion4j.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.emotion4j.emotion.Emotion.HAPPY;
import static org.emotion4j.emotion.Emotion.NEUTRAL;
import static org.emotion4j.emotion.Emotion.SAD;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.emotion4j.analysis.EmotionTimeline.Interval;
import org.emotion4j.emotion.Emotion;
import org.emotion4j.emotion.EmotionScores;
import org.emotion4j.face.BoundingBox;
import org.emotion4j.face.DetectedFace;
import org.emotion4j.reading.EmotionReading;
import org.junit.jupiter.api.Test;

class EmotionTimelineTest {
    private static final long SECOND = 1_000_000_000L;

    private static final EmotionScores MOSTLY_HAPPY = EmotionScores.of(0, 0, 0, 0.8f, 0, 0, 0.2f);
    private static final EmotionScores SLIGHTLY_HAPPY = EmotionScores.of(0, 0, 0, 0.4f, 0, 0, 0.6f);

    private static EmotionTimeline.Builder add(EmotionTimeline.Builder builder, double seconds, Emotion label) {
        return builder.add((long) (seconds * SECOND), Optional.of(label), EmotionScores.certain(label));
    }

    @Test
    void gathersReadingsIntoSeconds() {
        EmotionTimeline.Builder builder = EmotionTimeline.builder();
        add(builder, 0.0, HAPPY);
        add(builder, 0.9, HAPPY);
        add(builder, 1.0, SAD);
        EmotionTimeline timeline = builder.build();
        assertThat(timeline.intervals()).extracting(Interval::readings).containsExactly(2, 1);
        assertThat(timeline.intervals().get(1).startNanos()).isEqualTo(SECOND);
        assertThat(timeline.intervals().get(1).endNanos()).isEqualTo(2 * SECOND);
    }

    @Test
    void takesTheMeanOfTheScores() {
        Interval interval = EmotionTimeline.builder()
                .add(0, Optional.of(HAPPY), MOSTLY_HAPPY)
                .add(SECOND / 2, Optional.of(NEUTRAL), SLIGHTLY_HAPPY)
                .build()
                .intervals()
                .get(0);
        assertThat(interval.meanScores().orElseThrow().get(HAPPY)).isEqualTo(0.6f, within(1e-6f));
        assertThat(interval.meanScores().orElseThrow().get(NEUTRAL)).isEqualTo(0.4f, within(1e-6f));
    }

    @Test
    void keepsAGapAsEmptyIntervals() {
        EmotionTimeline.Builder builder = EmotionTimeline.builder();
        add(builder, 0.5, HAPPY);
        add(builder, 3.5, HAPPY);
        List<Interval> intervals = builder.build().intervals();
        assertThat(intervals).extracting(Interval::isGap).containsExactly(false, true, true, false);
        assertThat(intervals.get(1).startNanos()).isEqualTo(SECOND);
        assertThat(intervals.get(1).meanScores()).isEmpty();
        assertThat(intervals.get(1).predominant()).isEmpty();
        assertThat(intervals.get(1).predominantShare()).isZero();
    }

    @Test
    void whereNoClearExpressionPredominatesTheShareIsItsOwn() {
        EmotionTimeline.Builder builder = EmotionTimeline.builder();
        add(builder, 0.1, SAD);
        for (int i = 2; i < 5; i++) {
            builder.add(i * SECOND / 10, Optional.empty(), EmotionScores.uniform());
        }
        Interval interval = builder.build().intervals().get(0);
        assertThat(interval.predominant()).isEmpty();
        assertThat(interval.predominantShare()).isEqualTo(0.75);
    }

    @Test
    void theMostFrequentLabelPredominates() {
        EmotionTimeline.Builder builder = EmotionTimeline.builder();
        add(builder, 0.1, SAD);
        add(builder, 0.2, HAPPY);
        add(builder, 0.3, SAD);
        Interval interval = builder.build().intervals().get(0);
        assertThat(interval.predominant()).contains(SAD);
        assertThat(interval.predominantShare()).isEqualTo(2.0 / 3);
    }

    @Test
    void ofEquallyFrequentLabelsTheHigherMeanScorePredominates() {
        Interval interval = EmotionTimeline.builder()
                .add(0, Optional.of(HAPPY), EmotionScores.of(0, 0, 0, 0.55f, 0.45f, 0, 0))
                .add(1, Optional.of(SAD), EmotionScores.of(0, 0, 0, 0.05f, 0.95f, 0, 0))
                .build()
                .intervals()
                .get(0);
        assertThat(interval.predominant()).contains(SAD);
    }

    @Test
    void ofLabelsEqualInAllTheFirstInClassOrderPredominates() {
        EmotionTimeline.Builder builder = EmotionTimeline.builder();
        add(builder, 0.1, SAD);
        add(builder, 0.2, HAPPY);
        assertThat(builder.build().intervals().get(0).predominant()).contains(HAPPY);
    }

    @Test
    void nothingPredominatesWhereMostReadingsAreUnclear() {
        Interval interval = EmotionTimeline.builder()
                .add(0, Optional.empty(), SLIGHTLY_HAPPY)
                .add(1, Optional.empty(), SLIGHTLY_HAPPY)
                .add(2, Optional.of(HAPPY), MOSTLY_HAPPY)
                .build()
                .intervals()
                .get(0);
        assertThat(interval.predominant()).isEmpty();
        assertThat(interval.isGap()).isFalse();
    }

    @Test
    void aLabelAsFrequentAsUnclearReadingsPredominates() {
        Interval interval = EmotionTimeline.builder()
                .add(0, Optional.empty(), SLIGHTLY_HAPPY)
                .add(1, Optional.of(HAPPY), MOSTLY_HAPPY)
                .build()
                .intervals()
                .get(0);
        assertThat(interval.predominant()).contains(HAPPY);
        assertThat(interval.predominantShare()).isEqualTo(0.5);
    }

    @Test
    void sharesAreThoseOfAllReadings() {
        EmotionTimeline timeline = EmotionTimeline.builder()
                .add(0, Optional.of(HAPPY), MOSTLY_HAPPY)
                .add(5 * SECOND, Optional.of(HAPPY), MOSTLY_HAPPY)
                .add(6 * SECOND, Optional.of(SAD), EmotionScores.certain(SAD))
                .add(7 * SECOND, Optional.empty(), SLIGHTLY_HAPPY)
                .build();
        assertThat(timeline.readings()).isEqualTo(4);
        assertThat(timeline.share(HAPPY)).isEqualTo(0.5);
        assertThat(timeline.share(SAD)).isEqualTo(0.25);
        assertThat(timeline.share(NEUTRAL)).isZero();
        assertThat(timeline.noClearShare()).isEqualTo(0.25);
    }

    @Test
    void intervalsAreAsLongAsAskedFor() {
        EmotionTimeline.Builder builder = EmotionTimeline.builder().interval(Duration.ofMillis(500));
        add(builder, 1.1, HAPPY);
        add(builder, 1.6, HAPPY);
        EmotionTimeline timeline = builder.build();
        assertThat(timeline.intervalLength()).isEqualTo(Duration.ofMillis(500));
        assertThat(timeline.intervals()).extracting(Interval::startNanos).containsExactly(SECOND, SECOND + SECOND / 2);
    }

    @Test
    void timesBeforeTheStartBelongToTheIntervalsBeforeIt() {
        EmotionTimeline.Builder builder = EmotionTimeline.builder();
        add(builder, -0.1, HAPPY);
        assertThat(builder.build().intervals().get(0).startNanos()).isEqualTo(-SECOND);
    }

    @Test
    void withoutReadingsThereIsNoIntervalAndNoShare() {
        EmotionTimeline timeline = EmotionTimeline.builder().build();
        assertThat(timeline.intervals()).isEmpty();
        assertThat(timeline.readings()).isZero();
        assertThat(timeline.share(HAPPY)).isNaN();
        assertThat(timeline.noClearShare()).isNaN();
    }

    @Test
    void takesAReadingAsItComesOutOfAPipeline() {
        EmotionReading reading = new EmotionReading(
                1,
                SECOND,
                new DetectedFace(new BoundingBox(0, 0, 9, 9), 1),
                EmotionScores.certain(SAD),
                MOSTLY_HAPPY,
                Optional.of(HAPPY));
        Interval interval =
                EmotionTimeline.builder().add(reading).build().intervals().get(0);
        assertThat(interval.startNanos()).isEqualTo(SECOND);
        assertThat(interval.predominant()).contains(HAPPY);
        assertThat(interval.meanScores()).as("the smoothed scores").contains(MOSTLY_HAPPY);
    }

    @Test
    void refusesAnIntervalOutOfRange() {
        assertThatThrownBy(() -> EmotionTimeline.builder().interval(Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("interval is PT0S, expected above PT0S and at most P1D");
    }

    @Test
    void refusesASecondInterval() {
        EmotionTimeline.Builder builder = EmotionTimeline.builder().interval(Duration.ofSeconds(2));
        assertThatThrownBy(() -> builder.interval(Duration.ofSeconds(2)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("interval was already set to PT2S");
    }

    @Test
    void refusesReadingsTooFarApartInsteadOfFillingTheMemory() {
        EmotionTimeline.Builder builder = EmotionTimeline.builder().interval(Duration.ofNanos(1));
        add(builder, 0, HAPPY);
        add(builder, 1, HAPPY);
        assertThatThrownBy(builder::build)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("1000000001 intervals of PT0.000000001S");
    }

    @Test
    void keepsNothingMoreOnceReadingsAreTooFarApart() {
        EmotionTimeline.Builder builder = EmotionTimeline.builder();
        add(builder, 0, HAPPY);
        add(builder, EmotionTimeline.MAX_INTERVALS, HAPPY);
        add(builder, EmotionTimeline.MAX_INTERVALS + 1, HAPPY);
        assertThatThrownBy(builder::build)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("1000002 intervals of PT1S");
    }

    @Test
    void refusesAnIntervalAfterTheFirstReading() {
        EmotionTimeline.Builder builder = EmotionTimeline.builder();
        add(builder, 0, HAPPY);
        assertThatThrownBy(() -> builder.interval(Duration.ofSeconds(2)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("after the first reading");
    }

    @Property
    void noReadingIsLostAndIntervalsFollowEachOther(
            @ForAll @Size(min = 1, max = 40) List<@LongRange(min = 0, max = 100 * SECOND) Long> times) {
        EmotionTimeline.Builder builder = EmotionTimeline.builder();
        times.forEach(time -> builder.add(time, Optional.of(HAPPY), MOSTLY_HAPPY));
        List<Interval> intervals = builder.build().intervals();
        assertThat(intervals.stream().mapToInt(Interval::readings).sum()).isEqualTo(times.size());
        for (int i = 1; i < intervals.size(); i++) {
            assertThat(intervals.get(i).startNanos())
                    .isEqualTo(intervals.get(i - 1).endNanos());
        }
    }
}
