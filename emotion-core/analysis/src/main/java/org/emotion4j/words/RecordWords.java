package org.emotion4j.words;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.emotion4j.face.FaceQuality;
import org.emotion4j.reading.EmotionReading;
import org.emotion4j.reading.SubjectRule;
import org.emotion4j.recording.SessionInfo;
import org.emotion4j.session.SessionEnd;
import org.emotion4j.session.UnreadInput;

/** What a record says of itself, in words of a language. In English it is what the record's own classes say. */
public final class RecordWords {
    private final Words words;

    /**
     * Says it in a language.
     *
     * @param words of that language
     */
    public RecordWords(Words words) {
        this.words = words;
    }

    /**
     * Says how a session ended.
     *
     * @param info what is known of it
     * @return a word or a sentence without its full stop; why it ended is told as the program wrote it down
     */
    public String end(SessionInfo info) {
        StringBuilder text = new StringBuilder(words.say("state." + code(info.state())));
        info.end().filter(how -> how != SessionEnd.FINISHED).ifPresent(how -> text.append(": ")
                .append(words.say("end." + code(how))));
        info.reason().ifPresent(why -> text.append(": ").append(why));
        return text.toString();
    }

    /**
     * Says what of the input is not in the record.
     *
     * @param unread what there was of it
     * @return a sentence for each kind; empty where nothing is missing
     */
    public List<String> unread(UnreadInput unread) {
        List<String> found = new ArrayList<>();
        if (!unread.cutOff().isZero()) {
            found.add(words.say("unread.cutOff", words.number(unread.cutOff().toNanos() / 1e9, 2)));
        }
        add(found, "unread.unreadable", unread.unreadable());
        add(found, "unread.failed", unread.failed());
        add(found, "unread.dropped", unread.dropped());
        add(found, "unread.notRecorded", unread.notRecorded());
        if (!unread.passedOver().isEmpty()) {
            found.add(words.say(
                    "unread.passedOver",
                    unread.filesPassedOver(),
                    unread.passedOver().entrySet().stream()
                            .map(kind -> kind.getValue() + " " + kind.getKey())
                            .collect(Collectors.joining(", "))));
        }
        return found;
    }

    private void add(List<String> found, String key, long count) {
        if (count > 0) {
            found.add(words.say(key, count));
        }
    }

    /**
     * Says whose face a record is about.
     *
     * @param rule how it was chosen
     * @return in a few words
     */
    public String rule(SubjectRule rule) {
        if (rule.isLargestFace()) {
            return words.say("rule.largest");
        }
        return rule.faceId().isPresent()
                ? words.say("rule.face", Integer.toString(rule.faceId().getAsInt()))
                : words.say("rule.place", rule.toString());
    }

    /**
     * Says what is wrong with a picture of a face.
     *
     * @param issue what
     * @return for example {@code "too dark"}
     */
    public String issue(FaceQuality.Issue issue) {
        return words.say("issue." + code(issue));
    }

    /**
     * Says what is wrong with the picture of a face.
     *
     * @param reading what was read in it
     * @return for example {@code "blurred, too dark"}, that there is nothing, or nothing where it was not judged
     */
    public String quality(EmotionReading reading) {
        return reading.quality()
                .map(quality -> quality.issues().isEmpty()
                        ? words.say("issue.no")
                        : quality.issues().stream().sorted().map(this::issue).collect(Collectors.joining(", ")))
                .orElse("");
    }

    /**
     * Says why a face could not be read.
     *
     * @param issue what is wrong with its picture; empty where there was no face
     * @return for example {@code "too dark"} or {@code "no face"}
     */
    public String spell(Optional<FaceQuality.Issue> issue) {
        return issue.map(this::issue).orElseGet(() -> words.say("emotion.noFace"));
    }

    /**
     * Says what is wrong with pictures, the most frequent first.
     *
     * @param issues how many have what
     * @param readings of how many
     * @return for example {@code "blurred (25 %), too dark (3 %)"}
     */
    public String issues(Map<FaceQuality.Issue, Long> issues, long readings) {
        return issues.entrySet().stream()
                .sorted(Comparator.comparingLong((Map.Entry<FaceQuality.Issue, Long> each) -> -each.getValue()))
                .map(each -> issue(each.getKey()) + " (" + words.percent((double) each.getValue() / readings, 0) + ")")
                .collect(Collectors.joining(", "));
    }

    private static String code(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
