package org.emotion4j.report.internal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.emotion4j.analysis.SessionSummary.MarkedSegment;
import org.emotion4j.emotion.Emotion;
import org.emotion4j.emotion.EmotionScores;
import org.emotion4j.words.Words;

/** What differed most between marked topics, and by how much, in a sentence. */
final class TopicDifferences {
    /** Shares of a shorter time with a face say little. */
    static final Duration LEAST = Duration.ofSeconds(10);

    /** Percentage points; smaller differences are told of as such. */
    private static final double NOTABLE = 5;

    private static final int MOST_NAMED = 3;

    /** Shares are rounded to a tenth of a percent. */
    private static final double SAME = 0.01;

    private final List<MarkedSegment> topics;
    private final Words words;

    TopicDifferences(List<MarkedSegment> topics, Words words) {
        this.topics = topics;
        this.words = words;
    }

    String sentence() {
        if (topics.isEmpty()) {
            return words.say("topics.none");
        }
        List<Integer> compared = IntStream.range(0, topics.size())
                .filter(i -> topics.get(i).times().withFace().compareTo(LEAST) >= 0)
                .boxed()
                .toList();
        if (compared.size() < 2) {
            return words.say("topics.short", LEAST.toSeconds());
        }
        String sentence = compared(compared);
        return compared.size() == topics.size()
                ? sentence
                : sentence + " " + words.say("topics.leftOut", LEAST.toSeconds());
    }

    private String compared(List<Integer> compared) {
        List<double[]> percents =
                compared.stream().map(i -> topics.get(i).times().percents(1)).toList();
        double[] ranges = new double[EmotionScores.SIZE + 1];
        double most = 0;
        for (int label = 0; label < ranges.length; label++) {
            ranges[label] = extreme(percents, label, true) - extreme(percents, label, false);
            most = Math.max(most, ranges[label]);
        }
        List<String> found = new ArrayList<>();
        for (int label = 0; label < ranges.length; label++) {
            if (most - ranges[label] < SAME) {
                found.add(described(compared, percents, label));
            }
        }
        String points = words.number(most, 1);
        if (most < SAME) {
            return words.say("topics.equal");
        }
        return words.say(most < NOTABLE ? "topics.little" : "topics.much", points, words.list(found));
    }

    /** For example {@code happy (45.0 % in "recovery", 3.2 % in "rest")}. */
    private String described(List<Integer> numbers, List<double[]> percents, int label) {
        double high = extreme(percents, label, true);
        double low = extreme(percents, label, false);
        return words.say(
                "topics.between",
                words.of(label < EmotionScores.SIZE ? Optional.of(Emotion.all().get(label)) : Optional.empty()),
                words.percent(high / 100),
                where(numbers, percents, label, high),
                words.percent(low / 100),
                where(numbers, percents, label, low));
    }

    private static double extreme(List<double[]> percents, int label, boolean high) {
        double found = percents.get(0)[label];
        for (double[] each : percents) {
            found = high ? Math.max(found, each[label]) : Math.min(found, each[label]);
        }
        return found;
    }

    /** All topics with this share: where several have it, none of them is "the" one. */
    private String where(List<Integer> numbers, List<double[]> percents, int label, double share) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < numbers.size(); i++) {
            if (Math.abs(percents.get(i)[label] - share) < SAME) {
                names.add(name(numbers.get(i)));
            }
        }
        int more = names.size() - MOST_NAMED;
        return more > 0
                ? words.say("topics.more", String.join(", ", names.subList(0, MOST_NAMED)), more)
                : words.list(names);
    }

    /** A name that is there twice is told by its number on the strip. */
    private String name(int topic) {
        String text = topics.get(topic).marker().text();
        boolean unique = topics.stream()
                        .filter(other -> other.marker().text().equals(text))
                        .count()
                == 1;
        return words.say("quoted", unique ? text : (topic + 1) + " " + text);
    }
}
