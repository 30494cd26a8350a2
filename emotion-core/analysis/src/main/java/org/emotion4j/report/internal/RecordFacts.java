package org.emotion4j.report.internal;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.emotion4j.analysis.SessionSummary;
import org.emotion4j.recording.Consent;
import org.emotion4j.recording.ConsentText;
import org.emotion4j.recording.SessionInfo;
import org.emotion4j.recording.SessionMarker;
import org.emotion4j.session.PipelineSettings;
import org.emotion4j.stage.StageMetadata;
import org.emotion4j.words.RecordWords;
import org.emotion4j.words.Words;

/** Who was recorded and when, how good the data is, and how it was read. */
final class RecordFacts {
    private static final int MOST_TOPICS = 12;
    private static final int HASH_LENGTH = 12;

    /** The stages whose settings decide what a reading is called. */
    private static final List<String> DECIDING = List.of("smoother", "labelPolicy", "tracker", "landmarks", "aligner");

    private final SessionSummary summary;
    private final SessionInfo info;
    private final Words words;
    private final RecordWords ofRecords;

    RecordFacts(SessionSummary summary, Words words) {
        this.summary = summary;
        this.info = summary.info();
        this.words = words;
        this.ofRecords = new RecordWords(words);
    }

    /** Whose session it is and of what day: an id says nothing to people, and stands with the settings. */
    String title() {
        Optional<String> day = info.started().map(words::day);
        return info.metadata()
                .subjectId()
                .map(person -> day.map(on -> words.say("title.personDay", person, on))
                        .orElseGet(() -> words.say("title.person", person)))
                .or(() -> day.map(on -> words.say("title.day", on)))
                .orElseGet(() -> words.say("title.id", info.sessionId()));
    }

    /** Who, when, how long, and about what: what one looks for first. */
    List<Fact> who(List<SessionMarker> topics) {
        List<Fact> facts = new ArrayList<>();
        add(facts, "who.person", info.metadata().subjectId().orElseGet(() -> words.say("who.nobody")));
        add(facts, "who.recorded", info.started().map(words::moment).orElseGet(() -> words.say("who.unknown")));
        info.offset().ifPresent(offset -> add(facts, "who.begins", words.say("who.after", words.clock(offset))));
        if (!summary.isPictures()) {
            add(facts, "who.length", words.clock(summary.length()));
        }
        List<String> names = topics.stream().map(SessionMarker::text).distinct().toList();
        if (!names.isEmpty()) {
            add(
                    facts,
                    "who.topics",
                    String.join(", ", names.subList(0, Math.min(MOST_TOPICS, names.size())))
                            + (names.size() > MOST_TOPICS ? " …" : ""));
        }
        add(facts, "who.state", ofRecords.end(info));
        if (!info.unread().isNone()) {
            add(facts, "who.unread", String.join(" ", ofRecords.unread(info.unread())));
        }
        return facts;
    }

    /** How good the data is. */
    List<Fact> quality() {
        SessionSummary.Quality quality = summary.quality();
        List<Fact> facts = new ArrayList<>();
        String frames = words.count(summary.counters().frames());
        add(
                facts,
                "quality.frames",
                summary.isPictures()
                        ? frames
                        : words.say("quality.perSecond", frames, words.number(quality.framesPerSecond(), 1)));
        add(facts, "quality.noFace", words.count(summary.counters().framesWithoutFace()));
        add(
                facts,
                "quality.several",
                words.say(
                        info.subject().isPresent() ? "quality.oneCounts" : "quality.largestCounts",
                        words.count(quality.framesWithSeveralFaces()),
                        words.count(quality.mostFaces())));
        add(facts, "quality.ids", words.count(quality.faceIds()));
        add(facts, "quality.detection", words.number(quality.meanDetection(), 2));
        quality.pictures().ifPresent(pictures -> add(facts, "quality.doubtful", words.count(pictures.doubtfulFaces())));
        add(facts, "quality.confidence", words.number(quality.meanConfidence(), 2));
        add(facts, "quality.width", words.say("quality.pixels", words.number(quality.meanFaceWidth(), 0)));
        quality.pictures().ifPresent(pictures -> {
            add(facts, "quality.picture", words.say("quality.onAverage", words.number(pictures.meanOverall(), 2)));
            add(
                    facts,
                    "quality.poor",
                    words.percent(pictures.issueShare())
                            + (pictures.issues().isEmpty()
                                    ? ""
                                    : ": " + ofRecords.issues(pictures.issues(), pictures.readings())));
        });
        if (!summary.isPictures()) {
            add(
                    facts,
                    "quality.times",
                    words.count(quality.cuts()) + ", " + words.count(quality.timesBackwards()) + ", "
                            + words.count(quality.timesRepeated()));
        }
        add(facts, "quality.unusable", words.count(quality.unusableRows()));
        return facts;
    }

    /** How it was recorded and read, with models and hashes: what names and numbers a program wrote stays as it is. */
    List<Fact> recording(Optional<String> baseline) {
        List<Fact> facts = new ArrayList<>();
        add(facts, "record.session", info.sessionId());
        info.subject()
                .ifPresent(subject -> add(
                        facts,
                        "record.whose",
                        words.say(
                                subject.othersStored() ? "record.others" : "record.noOther",
                                ofRecords.rule(subject.rule()))));
        add(
                facts,
                "record.consent",
                info.metadata().consent().map(this::consent).orElseGet(() -> words.say("record.noConsent")));
        info.metadata()
                .consent()
                .flatMap(Consent::text)
                .ifPresent(text -> add(facts, "record.consentText", consentText(text)));
        baseline.ifPresent(note -> add(facts, "record.baseline", note));
        info.metadata()
                .settings()
                .forEach((name, value) -> facts.add(new Fact(words.say("record.setting", name), setting(value))));
        info.metadata().pipeline().ifPresent(pipeline -> pipeline(facts, pipeline));
        add(
                facts,
                "record.software",
                "Emotion4J " + info.versions().getOrDefault("emotion4j", words.say("who.unknown")));
        for (StageMetadata stage : info.metadata().stages()) {
            stage.sha256()
                    .ifPresent(hash -> add(
                            facts,
                            "record.model",
                            stage.name()
                                    + stage.version()
                                            .map(version -> " " + version)
                                            .orElse("")
                                    + ", SHA-256 " + hash.substring(0, Math.min(HASH_LENGTH, hash.length())) + "…"));
        }
        return facts;
    }

    private String consent(Consent consent) {
        return words.say(
                "record.consentGiven",
                agreedBy(consent.agreedBy()),
                words.moment(consent.agreedAt()),
                consent.purpose(),
                words.day(consent.keepUntil()));
    }

    private String agreedBy(String role) {
        return switch (role) {
            case Consent.PERSON_RECORDED -> words.say("record.person");
            case Consent.LEGAL_GUARDIAN -> words.say("record.guardian");
            default -> role;
        };
    }

    private String consentText(ConsentText text) {
        String signed =
                switch (text.signed()) {
                    case NO -> words.say("record.notSigned");
                    case ON_PAPER -> words.say("record.signedOnPaper");
                    case ON_SCREEN -> words.say("record.signedOnScreen");
                };
        return words.say(
                "record.consentTextIs",
                text.version().orElseGet(() -> words.say("record.noVersion")),
                text.sha256().substring(0, HASH_LENGTH) + "…",
                signed);
    }

    /** Settings are kept as a program writes them; a length of time reads better in words. */
    private String setting(String value) {
        try {
            return value.startsWith("PT") ? words.length(Duration.parse(value)) : value;
        } catch (DateTimeParseException e) {
            return value;
        }
    }

    /** How the readings were made, but for the models and for what reads and keeps. */
    private void pipeline(List<Fact> facts, PipelineSettings pipeline) {
        Map<String, String> stages = pipeline.describe();
        for (String stage : DECIDING) {
            if (stages.containsKey(stage)) {
                add(facts, "stage." + stage, stages.get(stage));
            }
        }
        if (!pipeline.hasLandmarks()) {
            add(facts, "stage.landmarks", words.say("stage.noLandmarks"));
        }
        pipeline.stage("detector")
                .filter(stage -> !stage.settings().isEmpty())
                .ifPresent(stage -> add(facts, "stage.detector", stages.getOrDefault("detector", stage.name())));
        if (pipeline.detectEvery() > 1) {
            add(
                    facts,
                    "stage.detection",
                    pipeline.redetectWhenUncertain() > 0
                            ? words.say(
                                    "stage.everyOrDoubt",
                                    pipeline.detectEvery(),
                                    words.number(pipeline.redetectWhenUncertain(), 2))
                            : words.say("stage.every", pipeline.detectEvery()));
        }
        if (pipeline.skipUnchangedFrames() > 0) {
            add(facts, "stage.unchanged", words.say("stage.below", words.number(pipeline.skipUnchangedFrames(), 2)));
        }
        pipeline.overflow()
                .ifPresent(policy -> add(
                        facts,
                        "stage.overflow",
                        words.say(
                                "stage.mayWait",
                                policy,
                                pipeline.queueCapacity().orElse(0))));
    }

    private void add(List<Fact> facts, String key, String value) {
        facts.add(new Fact(words.say(key), value));
    }
}
