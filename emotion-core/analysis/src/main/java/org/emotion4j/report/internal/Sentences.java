package org.emotion4j.report.internal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.emotion4j.analysis.ExpressionDurations;
import org.emotion4j.analysis.Predominance;
import org.emotion4j.analysis.SessionSummary;
import org.emotion4j.analysis.Shares;
import org.emotion4j.emotion.Emotion;
import org.emotion4j.emotion.EmotionScores;
import org.emotion4j.words.Words;

/** A session in three sentences: what prevailed, what differed between topics, how far to trust it. */
final class Sentences {
    private final SessionSummary summary;
    private final Words words;

    Sentences(SessionSummary summary, Words words) {
        this.summary = summary;
        this.words = words;
    }

    List<String> all() {
        return summary.isPictures()
                ? List.of(ofPictures(), facesInPictures())
                : List.of(prevailed(), new TopicDifferences(summary.stretches(), words).sentence(), trust());
    }

    private String prevailed() {
        ExpressionDurations times = summary.times();
        String whole = words.clock(times.withFace());
        return longest(times.predominance(), times.percents(1), "time", whole);
    }

    private String ofPictures() {
        return longest(
                summary.frames().predominance(),
                summary.frames().percents(1),
                "pictures",
                words.count(summary.frames().withFace()));
    }

    /** "Most" is more than half; what ties is named with the share of each. */
    private String longest(Predominance shown, double[] percents, String kind, String whole) {
        String key = "prevailed." + kind + ".";
        if (shown.leaders().isEmpty()) {
            return words.say(key + "none");
        }
        if (shown.isTie()) {
            List<String> each = shown.leaders().stream()
                    .map(leader -> words.of(leader) + " (" + share(percents, leader) + ")")
                    .toList();
            return words.say(key + "tie", words.list(each), whole);
        }
        Optional<Emotion> leader = shown.leaders().get(0);
        return words.say(key + (shown.isMost() ? "most" : "longest"), words.of(leader), share(percents, leader), whole);
    }

    private String share(double[] percents, Optional<Emotion> label) {
        return words.percent(percents[label.map(Emotion::ordinal).orElse(EmotionScores.SIZE)] / 100);
    }

    /** Of the recorded time: how much could be read, how much of it badly, and how much had no face. */
    private String trust() {
        ExpressionDurations times = summary.times();
        if (times.total().isZero()) {
            return words.say("trust.nothing");
        }
        double[] percents = Shares.percents(
                new long[] {
                    times.readable().toNanos(),
                    times.poor().toNanos(),
                    times.noFace().toNanos()
                },
                1);
        String sentence = summary.quality().pictures().isPresent()
                ? words.say(
                        "trust.judged",
                        words.percent(percents[0] / 100),
                        words.clock(times.total()),
                        words.percent(percents[1] / 100),
                        words.percent(percents[2] / 100))
                : words.say("trust.unjudged", words.percent(percents[0] / 100), words.clock(times.total()));
        Duration gaps = summary.gaps().total();
        return gaps.isZero() ? sentence : sentence + " " + words.say("trust.gaps", words.clock(gaps));
    }

    private String facesInPictures() {
        List<String> said = new ArrayList<>();
        said.add(words.say(
                "trust.pictures",
                summary.counters().frames(),
                words.count(summary.frames().withFace())));
        summary.quality()
                .pictures()
                .ifPresent(pictures -> said.add(words.say("trust.poorPictures", pictures.withIssues())));
        return String.join(" ", said);
    }
}
