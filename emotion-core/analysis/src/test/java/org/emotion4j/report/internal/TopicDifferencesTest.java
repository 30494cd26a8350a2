package org.emotion4j.report.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.emotion4j.analysis.ExpressionDurations;
import org.emotion4j.analysis.SessionSummary.MarkedSegment;
import org.emotion4j.emotion.Emotion;
import org.emotion4j.recording.SessionMarker;
import org.emotion4j.words.Words;
import org.junit.jupiter.api.Test;

class TopicDifferencesTest {
    private final List<MarkedSegment> topics = new ArrayList<>();

    @Test
    void withoutTopicsThereIsNothingToCompare() {
        assertThat(sentence()).isEqualTo("No topics were marked, so there is nothing to compare.");
    }

    @Test
    void topicsOfAFewSecondsAreNotCompared() {
        topic("rest", 60, Emotion.NEUTRAL, 30);
        topic("work", 9, Emotion.HAPPY, 9);
        assertThat(sentence())
                .isEqualTo("There is nothing to compare: fewer than two topics have 10 seconds with a face.");
    }

    @Test
    void whatDifferedMostIsNamedWithItsSharesAndTopics() {
        topic("rest", 100, Emotion.NEUTRAL, 80, Emotion.HAPPY, 5, Emotion.SAD, 15);
        topic("work", 100, Emotion.NEUTRAL, 50, Emotion.HAPPY, 15, Emotion.SAD, 35);
        topic("home", 100, Emotion.NEUTRAL, 20, Emotion.HAPPY, 45, Emotion.SAD, 35);
        assertThat(sentence())
                .isEqualTo("What differed most between the topics, by 60.0 points: neutral (80.0 % of the time with a"
                        + " face in “rest”, 20.0 % in “home”).");
    }

    @Test
    void thatATopicIsNotComparedIsTold() {
        topic("rest", 100, Emotion.NEUTRAL, 100);
        topic("joke", 5, Emotion.HAPPY, 5);
        topic("work", 100, Emotion.NEUTRAL, 70, Emotion.SAD, 20, Emotion.FEAR, 10);
        assertThat(sentence())
                .isEqualTo("What differed most between the topics, by 30.0 points: neutral (100.0 % of the time with a"
                        + " face in “rest”, 70.0 % in “work”). Topics with less than 10 seconds of a face are left"
                        + " out.");
    }

    /** Of two topics with two expressions each gains what the other loses. */
    @Test
    void whatDiffersAlikeIsNamedTogether() {
        topic("rest", 100, Emotion.NEUTRAL, 90, Emotion.HAPPY, 10);
        topic("work", 100, Emotion.NEUTRAL, 40, Emotion.HAPPY, 60);
        assertThat(sentence())
                .isEqualTo("What differed most between the topics, by 50.0 points: happy (60.0 % of the time with a"
                        + " face in “work”, 10.0 % in “rest”) and neutral (90.0 % of the time with a face in “rest”,"
                        + " 40.0 % in “work”).");
    }

    @Test
    void topicsWithTheSameShareAreNamedTogetherAndThoseOfOneNameByTheirNumbers() {
        topic("rest", 100, Emotion.NEUTRAL, 100);
        topic("work", 100, Emotion.NEUTRAL, 50, Emotion.SAD, 25, Emotion.FEAR, 25);
        topic("rest", 100, Emotion.NEUTRAL, 100);
        assertThat(sentence())
                .isEqualTo("What differed most between the topics, by 50.0 points: neutral (100.0 % of the time with a"
                        + " face in “1 rest” and “3 rest”, 50.0 % in “work”).");
    }

    @Test
    void manyTopicsAreCounted() {
        for (int i = 0; i < 5; i++) {
            topic("t" + i, 100, Emotion.NEUTRAL, 100);
        }
        topic("work", 100, Emotion.NEUTRAL, 50, Emotion.SAD, 25, Emotion.FEAR, 25);
        assertThat(sentence()).contains("100.0 % of the time with a face in “t0”, “t1”, “t2” and 2 more, 50.0 % in");
    }

    @Test
    void littleDifferencesAreToldAsLittle() {
        topic("rest", 100, Emotion.NEUTRAL, 90, Emotion.HAPPY, 5, Emotion.SAD, 5);
        topic("work", 100, Emotion.NEUTRAL, 86, Emotion.HAPPY, 7, Emotion.SAD, 7);
        assertThat(sentence())
                .isEqualTo("No share differed by more than 4.0 points between the topics; the most: neutral (90.0 % of"
                        + " the time with a face in “rest”, 86.0 % in “work”).");
    }

    @Test
    void equalTopicsAreEqual() {
        topic("rest", 100, Emotion.NEUTRAL, 100);
        topic("work", 50, Emotion.NEUTRAL, 50);
        assertThat(sentence()).isEqualTo("No share differed between the topics.");
    }

    /** Seconds of each; what is missing to the whole had no clear expression. */
    private void topic(String text, int seconds, Object... expressions) {
        Map<Emotion, Duration> times = new EnumMap<>(Emotion.class);
        Emotion.all().forEach(emotion -> times.put(emotion, Duration.ZERO));
        int rest = seconds;
        for (int i = 0; i < expressions.length; i += 2) {
            times.put((Emotion) expressions[i], Duration.ofSeconds((int) expressions[i + 1]));
            rest -= (int) expressions[i + 1];
        }
        topics.add(new MarkedSegment(
                new SessionMarker(0, Instant.EPOCH, text),
                0,
                new ExpressionDurations(
                        times,
                        Duration.ofSeconds(rest),
                        Duration.ZERO,
                        Optional.empty(),
                        Optional.empty(),
                        Duration.ZERO,
                        0)));
    }

    private String sentence() {
        return new TopicDifferences(topics, Words.english()).sentence();
    }
}
