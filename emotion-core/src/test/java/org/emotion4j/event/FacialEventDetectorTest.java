package org.emotion4j.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import org.emotion4j.emotion.Emotion;
import org.emotion4j.emotion.EmotionScores;
import org.emotion4j.emotion.FacialMovement;
import org.emotion4j.emotion.FacialMovements;
import org.emotion4j.event.FacialEvent.Kind;
import org.emotion4j.face.HeadPose;
import org.junit.jupiter.api.Test;

class FacialEventDetectorTest {
    private static final DoubleUnaryOperator NEVER = t -> 0;

    @Test
    void anExpressionHasTheOnsetApexAndOffsetOfItsCurve() {
        List<FacialEvent> events =
                film(30, 6).happy(t -> ramp(t, 2, 2.5, 3.5, 4)).events();
        assertThat(events).hasSize(1);
        FacialEvent smile = events.get(0);
        assertThat(smile.kind()).isEqualTo(Kind.EXPRESSION);
        assertThat(smile.name()).isEqualTo("happy");
        assertThat(smile.onsetNanos() / 1e9).isCloseTo(2.0, within(0.05));
        assertThat(smile.apexNanos() / 1e9).isBetween(2.45, 3.55);
        assertThat(smile.offsetNanos() / 1e9).isCloseTo(4.0, within(0.05));
        assertThat(smile.peak()).isCloseTo(0.9, within(0.02));
        assertThat(smile.rest()).isLessThan(0.1);
        assertThat(smile.isBrief()).isFalse();
    }

    @Test
    void theSameFilmGivesTheSameEventsAtAnyFrameRateAndWithNoise() {
        for (double rate : new double[] {10, 15, 25, 30, 60, 120}) {
            List<FacialEvent> events = film(rate, 20)
                    .noise(0.02)
                    .happy(t -> ramp(t % 10, 4, 4.5, 6, 6.5))
                    .events();
            assertThat(events).as("at %s", rate).hasSize(2);
            assertThat(events.get(1).onsetNanos() / 1e9).isCloseTo(14.05, within(0.12));
            assertThat(events.get(1).offsetNanos() / 1e9).isCloseTo(16.45, within(0.12));
        }
    }

    @Test
    void aFaceOnItsWayToOneExpressionLooksLikeAnotherForAMomentAndThatIsNoEvent() {
        DoubleUnaryOperator way = t -> ramp(t, 3, 3.6, 5, 5.6) / 0.9;
        List<FacialEvent> events = film(30, 8)
                .happy(t -> 0.45 * Math.max(0, 1 - Math.abs(way.applyAsDouble(t) - 0.5) / 0.3))
                .surprised(t -> 0.9 * Math.max(0, (way.applyAsDouble(t) - 0.4) / 0.6))
                .events();

        assertThat(events).extracting(FacialEvent::name).containsExactly("surprise");
    }

    @Test
    void noiseAloneAndAFaceThatAlwaysLooksSoAreNoEvents() {
        assertThat(film(30, 60).noise(0.05).events()).isEmpty();
        assertThat(film(30, 60).noise(0.03).happy(t -> 0.6).events()).isEmpty();
    }

    @Test
    void aShortExpressionIsBriefAndATwitchIsNone() {
        List<FacialEvent> brief =
                film(30, 6).happy(t -> ramp(t, 3, 3.15, 3.2, 3.35)).events();
        assertThat(brief).hasSize(1);
        assertThat(brief.get(0).isBrief()).isTrue();
        assertThat(film(30, 6).happy(t -> t > 3 && t < 3.05 ? 0.9 : 0).events()).isEmpty();
    }

    @Test
    void aGapAndAFaceThatTurnsAwayEndWhatIsUnderWay() {
        Film film = film(30, 6).happy(t -> ramp(t, 2, 2.3, 5, 5.5)).without(3, 3.8);
        List<FacialEvent> events = film.events();
        assertThat(events).isNotEmpty();
        assertThat(events.get(0).offsetNanos()).isLessThanOrEqualTo(3_000_000_000L);
    }

    @Test
    void anExpressionWhoseEndNobodySawIsNotBrief() {
        for (Film film : List.of(
                film(30, 6).happy(t -> ramp(t, 2.8, 2.9, 5, 5.5)).without(3.15, 4.5),
                film(30, 3.15).happy(t -> ramp(t, 2.8, 2.9, 5, 5.5)))) {
            FacialEvent cutOff = film.events().get(0);
            assertThat(cutOff.durationNanos()).isLessThan(FacialEvent.BRIEF_NANOS);
            assertThat(cutOff.isBrief()).isFalse();
        }
    }

    @Test
    void anExpressionThatStaysBecomesTheNewRest() {
        List<FacialEvent> events = film(30, 80).happy(t -> t < 5 ? 0 : 0.8).events();
        assertThat(events).hasSize(1);
        assertThat(events.get(0).offsetNanos()).isLessThan(40_000_000_000L);
    }

    @Test
    void blinksAndClosedEyesAreToldApart() {
        List<FacialEvent> events = film(30, 12)
                .eyes(t -> ramp(t, 2, 2.1, 2.15, 2.25) + ramp(t, 5, 5.1, 5.15, 5.25) + ramp(t, 8, 8.1, 9.5, 9.6))
                .events();
        assertThat(events).extracting(FacialEvent::kind).containsExactly(Kind.BLINK, Kind.BLINK, Kind.EYES_CLOSED);
        assertThat(events.get(2).durationNanos() / 1e9).isCloseTo(1.58, within(0.1));
    }

    @Test
    void nodsAndShakesAreSwingsOfTheHead() {
        List<FacialEvent> nod = film(30, 8)
                .pitch(t -> t > 2 && t < 4 ? 8 * Math.sin(2 * Math.PI * 1.5 * t) : 0)
                .events();
        assertThat(nod).extracting(FacialEvent::kind).containsExactly(Kind.NOD);
        assertThat(nod.get(0).onsetNanos() / 1e9).isBetween(1.9, 2.5);
        assertThat(nod.get(0).offsetNanos() / 1e9).isBetween(3.5, 4.2);
        List<FacialEvent> shake = film(30, 8)
                .yaw(t -> t > 2 && t < 4 ? 12 * Math.sin(2 * Math.PI * t) : 0)
                .events();
        assertThat(shake).extracting(FacialEvent::kind).containsExactly(Kind.HEAD_SHAKE);
        assertThat(film(30, 30).yaw(t -> 40 * Math.sin(2 * Math.PI * t / 12)).events())
                .as("looking around slowly")
                .isEmpty();
    }

    @Test
    void whatAMouthLooksLikeWhileTalkingIsNoExpression() {
        DoubleUnaryOperator speech = t -> t > 3 && t < 9 ? 0.5 + 0.4 * Math.sin(2 * Math.PI * 3 * t) : 0;
        List<FacialEvent> events = film(30, 14)
                .mouth(speech)
                .surprised(t -> t > 3 && t < 9 ? 0.6 * speech.applyAsDouble(t) + 0.2 : 0)
                .happy(t -> ramp(t, 10, 10.4, 11, 11.5))
                .events();
        assertThat(events.stream().filter(e -> e.kind() == Kind.TALKING)).hasSize(1);
        assertThat(events.stream().filter(e -> e.name().equals("surprise")))
                .isNotEmpty()
                .allMatch(FacialEvent::isWhileTalking);
        assertThat(events.stream().filter(e -> e.name().equals("happy")))
                .hasSize(1)
                .noneMatch(FacialEvent::isWhileTalking);
    }

    @Test
    void aPauseThatDriftsToALowerValueEndsASentenceAndDoesNotSwallowIt() {
        DoubleUnaryOperator speech = t -> {
            boolean speaks = t > 3 && t < 6 || t > 7.3 && t < 10;
            return speaks ? 0.55 + 0.4 * Math.sin(2 * Math.PI * 4 * t) : 0.14 - 0.01 * (t % 7);
        };
        List<FacialEvent> talks = film(30, 13).mouth(speech).events().stream()
                .filter(event -> event.kind() == Kind.TALKING)
                .toList();

        assertThat(talks).hasSize(2);
        assertThat(talks.get(0).onsetNanos() / 1e9).isCloseTo(3, within(0.3));
        assertThat(talks.get(0).offsetNanos() / 1e9).isCloseTo(6, within(0.3));
        assertThat(talks.get(1).offsetNanos() / 1e9).isCloseTo(10, within(0.3));
    }

    @Test
    void theFirstSyllableOfASentenceIsSpeechToo() {
        DoubleUnaryOperator speech = t -> t > 3.2 && t < 6 ? 0.5 - 0.4 * Math.cos(2 * Math.PI * 4 * (t - 3.2)) : 0;
        List<FacialEvent> events = film(30, 9)
                .mouth(speech)
                .surprised(t -> Math.max(ramp(t, 3, 3.1, 3.15, 3.3), ramp(t, 7.7, 7.85, 7.9, 8)))
                .events();

        List<FacialEvent> surprises =
                events.stream().filter(event -> event.name().equals("surprise")).toList();
        assertThat(surprises).hasSize(2);
        assertThat(surprises.get(0).isWhileTalking()).isTrue();
        assertThat(surprises.get(1).isWhileTalking()).as("long after speech").isFalse();
    }

    @Test
    void aLidThatComesToRestSlowlyIsABlinkAllTheSame() {
        List<FacialEvent> events = film(25, 8)
                .eyes(t ->
                        0.08 + Math.max(ramp(t, 5, 5.04, 5.12, 5.24), t > 5.1 ? 0.12 * Math.exp(-(t - 5.1) / 0.4) : 0))
                .events();

        assertThat(events).singleElement().satisfies(blink -> {
            assertThat(blink.kind()).isEqualTo(Kind.BLINK);
            assertThat(blink.onsetNanos() / 1e9).isCloseTo(5, within(0.04));
            assertThat(blink.offsetNanos() / 1e9).isCloseTo(5.24, within(0.06));
        });
    }

    @Test
    void whatCreepsAboveRestForLongBeganWhereItRose() {
        List<FacialEvent> events = film(30, 14)
                .happy(t -> ramp(t, 6, 6.4, 7.5, 8))
                .surprised(t -> Math.max(t > 6 && t < 10 ? 0.04 : 0, ramp(t, 9, 9.4, 9.8, 10.2)))
                .events();

        assertThat(events).extracting(FacialEvent::name).containsExactly("happy", "surprise");
        assertThat(events.get(1).onsetNanos() / 1e9).isCloseTo(9, within(0.15));
        assertThat(events.get(1).onsetNanos()).isGreaterThan(events.get(0).offsetNanos());
    }

    @Test
    void nothingIsWhileTalkingWithoutATalkingEventWhereverTheFilmBegins() {
        DoubleUnaryOperator mouth = t -> {
            boolean speaks = t > 3 && t < 5.4;
            double slowly = t >= 5.4 && t < 8 ? 0.9 * Math.abs(Math.sin(Math.PI * (t - 5.4) / 1.7)) : 0;
            return speaks ? 0.5 - 0.4 * Math.cos(2 * Math.PI * 4 * (t - 3)) : slowly;
        };
        for (double begin : new double[] {0, 1.3, 3.1, 3.9, 4.6, 5.5}) {
            List<FacialEvent> events = film(30, 12)
                    .from(begin)
                    .mouth(mouth)
                    .surprised(t -> Math.max(ramp(t, 5.0, 5.2, 5.9, 6.1), ramp(t, 6.6, 6.8, 7.4, 7.6)))
                    .events();
            List<FacialEvent> talks = events.stream()
                    .filter(event -> event.kind() == Kind.TALKING)
                    .toList();
            assertThat(events.stream().filter(FacialEvent::isWhileTalking))
                    .as("from %s", begin)
                    .allMatch(event -> talks.stream()
                            .anyMatch(talk -> talk.onsetNanos() <= event.offsetNanos()
                                    && talk.offsetNanos() >= event.onsetNanos()));
        }
    }

    @Test
    void whetherSpeechExplainsItIsNotKnownWhereNobodyTellsHowTheMouthMoves() {
        assertThat(film(30, 6)
                        .withoutMovements()
                        .happy(t -> ramp(t, 2, 2.5, 3.5, 4))
                        .events())
                .singleElement()
                .matches(event -> !event.isTalkingKnown() && !event.isWhileTalking());
        assertThat(film(30, 6).happy(t -> ramp(t, 2, 2.5, 3.5, 4)).events())
                .singleElement()
                .matches(FacialEvent::isTalkingKnown);
    }

    @Test
    void relativeToAKnownRestWhatAFaceShowsAllTheTimeIsAnEvent() {
        FacialRest.Collector calm = FacialRest.collector();
        film(30, 2).frames((nanos, scores, movements) -> calm.add(scores, movements));
        Film film = film(30, 80).happy(t -> t < 1 ? 0.5 : 0.6);

        assertThat(film.events()).isEmpty();
        assertThat(film.events(FacialEventDetector.relativeTo(calm.rest())))
                .singleElement()
                .satisfies(event -> {
                    assertThat(event.name()).isEqualTo("happy");
                    assertThat(event.durationNanos() / 1e9).isCloseTo(80, within(0.1));
                    assertThat(event.rest()).isLessThan(0.1);
                });
    }

    @Test
    void theFirstWhileOfAFaceMayBeItsRest() {
        Film film = film(30, 40).happy(t -> t < 5 ? 0.3 : t < 12 ? 0.8 : 0.3);

        List<FacialEvent> events = film.events(FacialEventDetector.afterRestOf(Duration.ofSeconds(4)));

        assertThat(events).singleElement().satisfies(event -> {
            assertThat(event.onsetNanos() / 1e9).isCloseTo(5, within(0.1));
            assertThat(event.rest()).isCloseTo(0.3, within(0.05));
        });
        assertThat(film(30, 3)
                        .happy(t -> ramp(t, 1, 1.2, 2, 2.2))
                        .events(FacialEventDetector.afterRestOf(Duration.ofSeconds(4))))
                .as("no rest known yet")
                .isEmpty();
        assertThatThrownBy(() -> FacialEventDetector.afterRestOf(Duration.ZERO))
                .hasMessageContaining("expected above PT0S");
    }

    @Test
    void aRestIsMediansAndWhatRisesAboveIt() {
        FacialRest.Collector collector = FacialRest.collector();
        assertThatThrownBy(collector::rest).hasMessageContaining("a rest takes 5 readings");
        film(30, 2)
                .mouth(t -> t < 1.2 ? 0.4 : 0.9)
                .frames((nanos, scores, movements) -> collector.add(scores, movements));
        FacialRest rest = collector.rest();

        assertThat(rest.intensity(FacialMovement.JAW_DROPS)).isCloseTo(0.4, within(1e-6));
        assertThat(rest.score(Emotion.NEUTRAL)).isGreaterThan(0.9);
        float[] seen = new float[FacialMovement.COUNT];
        seen[FacialMovement.JAW_DROPS.ordinal()] = 0.7f;
        FacialMovements above = rest.above(FacialMovements.of(seen, 0.2, 0.2, new HeadPose(1, 2, 3)));
        assertThat(above.intensity(FacialMovement.JAW_DROPS)).isCloseTo(0.5f, within(1e-5f));
        assertThat(above.leftEyeClosed()).isEqualTo(0.2);
    }

    @Test
    void framesThatComeAtTimesOfTheirOwnHaveTheSameEvents() {
        List<FacialEvent> events = film(30, 14)
                .uneven()
                .happy(t -> ramp(t, 8, 8.5, 10, 10.5))
                .eyes(t -> ramp(t, 5, 5.1, 5.2, 5.3))
                .events();

        assertThat(events).extracting(FacialEvent::name).containsExactly("blink", "happy");
        assertThat(events.get(1).onsetNanos() / 1e9).isCloseTo(8, within(0.12));
        assertThat(events.get(1).offsetNanos() / 1e9).isCloseTo(10.5, within(0.12));
    }

    @Test
    void atFiveFramesASecondExpressionsAreSeenAndBlinksMissed() {
        List<FacialEvent> events = film(5, 30)
                .happy(t -> ramp(t, 12, 12.5, 14, 14.5))
                .eyes(t -> ramp(t, 5.02, 5.07, 5.1, 5.16) + ramp(t, 9.02, 9.07, 9.1, 9.16))
                .events();

        assertThat(events).extracting(FacialEvent::name).containsExactly("happy");
        assertThat(events.get(0).onsetNanos() / 1e9).isCloseTo(12, within(0.25));
        assertThat(film(1, 30).happy(t -> t > 12 && t < 15 ? 0.9 : 0).events())
                .as("a gap between any two frames")
                .isEmpty();
    }

    @Test
    void aThousandFramesASecondAreNoMoreThanThirty() {
        List<FacialEvent> events = film(1000, 14)
                .noise(0.02)
                .happy(t -> ramp(t, 8, 8.5, 10, 10.5))
                .eyes(t -> ramp(t, 5, 5.1, 5.2, 5.3))
                .events();

        assertThat(events).extracting(FacialEvent::name).containsExactly("blink", "happy");
    }

    @Test
    void aGapOfAMinuteIsNoEventAndWhatWasUsualCountsNoLonger() {
        Film film = film(30, 90).happy(t -> t < 70 ? 0 : 0.7).without(5, 70);

        assertThat(film.events()).allMatch(event -> event.durationNanos() <= 30_100_000_000L);
        assertThat(film.events()).noneMatch(event -> event.onsetNanos() < 70_000_000_000L);
    }

    @Test
    void timesHaveToRise() {
        FacialEventDetector detector = new FacialEventDetector();
        detector.accept(5, EmotionScores.uniform(), Optional.empty());
        assertThatThrownBy(() -> detector.accept(5, EmotionScores.uniform(), Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected a later time");
    }

    @Test
    void medianAndDeviationAreThoseOfTheWindow() {
        RunningMedian median = new RunningMedian(30_000_000_000L);
        Random random = new Random(4);
        List<Double> values = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            double value = random.nextGaussian();
            values.add(value);
            median.add(i * 100_000_000L, value);
            List<Double> window = values.subList(Math.max(0, i - 300), i + 1).stream()
                    .sorted()
                    .toList();
            double middle = window.get((window.size() - 1) / 2);
            List<Double> distances =
                    window.stream().map(v -> Math.abs(v - middle)).sorted().toList();
            assertThat(median.median()).isEqualTo(middle);
            assertThat(median.spread()).isCloseTo(distances.get((distances.size() - 1) / 2), within(1e-12));
        }
    }

    private static Film film(double rate, double seconds) {
        return new Film(rate, seconds);
    }

    /** 0 until a, 0.9 from b to c, 0 from d on. */
    private static double ramp(double t, double a, double b, double c, double d) {
        return 0.9 * Math.max(0, Math.min(1, Math.min((t - a) / (b - a), (d - t) / (d - c))));
    }

    private static final class Film {
        private final double rate;
        private final double seconds;
        private double noise;
        private DoubleUnaryOperator happy = NEVER;
        private DoubleUnaryOperator surprised = NEVER;
        private DoubleUnaryOperator eyes = NEVER;
        private DoubleUnaryOperator mouth = NEVER;
        private DoubleUnaryOperator yaw = NEVER;
        private DoubleUnaryOperator pitch = NEVER;
        private double gapFrom = Double.MAX_VALUE;
        private double gapTo = Double.MAX_VALUE;
        private double begin;
        private boolean uneven;
        private boolean movements = true;

        Film(double rate, double seconds) {
            this.rate = rate;
            this.seconds = seconds;
        }

        Film happy(DoubleUnaryOperator curve) {
            happy = curve;
            return this;
        }

        Film surprised(DoubleUnaryOperator curve) {
            surprised = curve;
            return this;
        }

        Film eyes(DoubleUnaryOperator curve) {
            eyes = curve;
            return this;
        }

        Film mouth(DoubleUnaryOperator curve) {
            mouth = curve;
            return this;
        }

        Film yaw(DoubleUnaryOperator curve) {
            yaw = curve;
            return this;
        }

        Film pitch(DoubleUnaryOperator curve) {
            pitch = curve;
            return this;
        }

        Film noise(double deviation) {
            noise = deviation;
            return this;
        }

        Film without(double from, double to) {
            gapFrom = from;
            gapTo = to;
            return this;
        }

        Film from(double second) {
            begin = second;
            return this;
        }

        /** As a busy phone gives them: every third a little late, some not at all. */
        Film uneven() {
            uneven = true;
            return this;
        }

        Film withoutMovements() {
            movements = false;
            return this;
        }

        List<FacialEvent> events() {
            return events(new FacialEventDetector());
        }

        List<FacialEvent> events(EventDetector detector) {
            List<FacialEvent> events = new ArrayList<>();
            frames((nanos, scores, seen) -> events.addAll(detector.accept(nanos, scores, seen)));
            events.addAll(detector.interrupt());
            return events;
        }

        void frames(Taker taker) {
            Random random = new Random(9);
            for (int i = 0; i < seconds * rate; i++) {
                double t = i / rate + (uneven && i % 3 == 0 ? 0.4 / rate : 0);
                boolean dropped = uneven && i % 7 == 5;
                if (t >= begin && !dropped && (t < gapFrom || t >= gapTo)) {
                    taker.take(
                            Math.round(t * 1e9),
                            scores(t, random),
                            movements ? Optional.of(movements(t)) : Optional.empty());
                }
            }
        }

        private interface Taker {
            void take(long nanos, EmotionScores scores, Optional<FacialMovements> movements);
        }

        private EmotionScores scores(double t, Random random) {
            float[] weights = new float[EmotionScores.SIZE];
            double left = 1;
            for (int i = 0; i < weights.length; i++) {
                double value = i == 3 ? happy.applyAsDouble(t) : i == 5 ? surprised.applyAsDouble(t) : 0.01;
                weights[i] = (float) Math.max(0.001, value + noise * random.nextGaussian());
                left -= weights[i];
            }
            weights[6] += (float) Math.max(0, left);
            return EmotionScores.ofWeights(weights);
        }

        private FacialMovements movements(double t) {
            float[] intensities = new float[FacialMovement.COUNT];
            intensities[FacialMovement.JAW_DROPS.ordinal()] = (float) mouth.applyAsDouble(t);
            double closed = Math.min(1, eyes.applyAsDouble(t));
            return FacialMovements.of(
                    intensities, closed, closed, new HeadPose(yaw.applyAsDouble(t), pitch.applyAsDouble(t), 0));
        }
    }
}
