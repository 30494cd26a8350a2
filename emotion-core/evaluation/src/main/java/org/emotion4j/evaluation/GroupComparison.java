package org.emotion4j.evaluation;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.emotion4j.emotion.Emotion;
import org.emotion4j.face.FaceQuality;
import org.emotion4j.reading.EmotionReading;

/**
 * Whether people of different groups are read alike: by group, in how many pictures a face is found, what it is called, how often
 * it has no clear expression or something is wrong with its picture and, where pictures are labeled, how often it is right.
 * Immutable and thread-safe; its {@link Builder} is confined to one thread.
 *
 * <p>A difference in what faces are <em>called</em> is a fault of the classifier only where the groups showed the same; pictures
 * without labels cannot tell that. A difference in whether faces are found, and in whether labeled ones are right, is one. Many
 * groups and expressions are compared: one difference in twenty beyond chance is what chance gives.
 */
public final class GroupComparison {
    private final List<Group> groups;

    private GroupComparison(Builder builder) {
        List<Group> all = new ArrayList<>();
        builder.groups.forEach((name, tally) -> all.add(tally.build(name)));
        groups = List.copyOf(all);
    }

    /**
     * Starts a comparison.
     *
     * @return a builder that takes one picture after another
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Returns the groups in the order of their names, numbers by size.
     *
     * @return all that had a picture
     */
    public List<Group> groups() {
        return groups;
    }

    /**
     * Writes a table for people: a line for each group. A figure with a star differs from that of all other groups together by
     * more than chance would have it ({@link Proportion#differsFrom}).
     *
     * @return lines ended by a line feed
     */
    public String toText() {
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT, "%-16s %8s %9s %9s %9s %9s", "", "pictures", "found", "issues", "no clear", "right"));
        Emotion.all().forEach(emotion -> text.append(String.format(Locale.ROOT, " %9s", emotion.label())));
        text.append('\n');
        for (Group group : groups) {
            text.append(String.format(Locale.ROOT, "%-16s %8d", group.name(), group.pictures()));
            text.append(cell(group, Group::found));
            text.append(cell(group, Group::issues));
            text.append(cell(group, Group::noClear));
            text.append(cell(group, Group::right));
            for (Emotion emotion : Emotion.all()) {
                text.append(cell(group, each -> each.expression(emotion)));
            }
            text.append('\n');
        }
        return text.toString();
    }

    /** A group's share, with a star where it differs from that of all others together. */
    private String cell(Group group, Function<Group, Proportion> figure) {
        Proportion share = figure.apply(group);
        long count = 0;
        long of = 0;
        for (Group each : groups) {
            count += figure.apply(each).count();
            of += figure.apply(each).of();
        }
        Proportion rest = new Proportion(count - share.count(), of - share.of());
        return share.of() == 0
                ? String.format(Locale.ROOT, " %9s", "-")
                : String.format(Locale.ROOT, " %8.3f%s", share.share(), share.differsFrom(rest) ? "*" : " ");
    }

    /**
     * The figures of one group.
     *
     * @param name what the group is called
     * @param pictures how many
     * @param found in how many of the pictures a face was found
     * @param issues in how many of the faces something is wrong with the picture ({@link FaceQuality#issues()})
     * @param noClear how many of the faces have no clear expression
     * @param right how many of the faces with a known expression have it as their most probable one
     * @param expressions how many of the faces are called by each; all seven are there
     * @param meanQuality the mean of {@link FaceQuality#overall()} of the faces; {@code NaN} where nobody judged it
     */
    public record Group(
            String name,
            long pictures,
            Proportion found,
            Proportion issues,
            Proportion noClear,
            Proportion right,
            Map<Emotion, Proportion> expressions,
            double meanQuality) {
        /**
         * Copies the map.
         *
         * @param name as {@link #name()}
         * @param pictures as {@link #pictures()}
         * @param found as {@link #found()}
         * @param issues as {@link #issues()}
         * @param noClear as {@link #noClear()}
         * @param right as {@link #right()}
         * @param expressions as {@link #expressions()}
         * @param meanQuality as {@link #meanQuality()}
         */
        public Group {
            expressions = Map.copyOf(expressions);
        }

        /**
         * Returns how many of the faces are called by an expression.
         *
         * @param emotion the expression
         * @return out of all faces of the group, those without a clear expression among them
         */
        public Proportion expression(Emotion emotion) {
            return expressions.getOrDefault(emotion, new Proportion(0, found.count()));
        }
    }

    /** Takes pictures one after another. Confined to one thread. */
    public static final class Builder {
        private final Map<String, Tally> groups = new TreeMap<>(Builder::order);

        private Builder() {}

        /**
         * Adds a picture in which a face was found.
         *
         * @param group whose
         * @param truth what the face shows, where that is known
         * @param reading what was read
         * @return this
         */
        public Builder add(String group, Optional<Emotion> truth, EmotionReading reading) {
            tally(group).add(truth, reading);
            return this;
        }

        /**
         * Adds a picture in which no face was found.
         *
         * @param group whose
         * @return this
         */
        public Builder addNoFace(String group) {
            tally(group).pictures++;
            return this;
        }

        /**
         * Computes the figures of what was added so far.
         *
         * @return the comparison
         */
        public GroupComparison build() {
            return new GroupComparison(this);
        }

        private Tally tally(String group) {
            return groups.computeIfAbsent(group, name -> new Tally());
        }

        private static int order(String one, String other) {
            int byNumber = Double.compare(number(one), number(other));
            return byNumber != 0 ? byNumber : one.compareTo(other);
        }

        /** The number that a name begins with, so that 5 comes before 40; "under 5" comes first, names without one last. */
        private static double number(String name) {
            if (name.startsWith("under ")) {
                return -1;
            }
            int end = 0;
            while (end < name.length() && Character.isDigit(name.charAt(end)) && end < 15) {
                end++;
            }
            return end == 0 ? Double.MAX_VALUE : Double.parseDouble(name.substring(0, end));
        }
    }

    private static final class Tally {
        private final Map<Emotion, Long> expressions = new EnumMap<>(Emotion.class);
        private long pictures;
        private long found;
        private long issues;
        private long noClear;
        private long known;
        private long right;
        private long judged;
        private double quality;

        void add(Optional<Emotion> truth, EmotionReading reading) {
            pictures++;
            found++;
            reading.label().ifPresentOrElse(label -> expressions.merge(label, 1L, Long::sum), () -> noClear++);
            if (truth.isPresent()) {
                known++;
                right += reading.raw().top() == truth.get() ? 1 : 0;
            }
            reading.quality().ifPresent(judgment -> {
                judged++;
                quality += judgment.overall();
                issues += judgment.issues().isEmpty() ? 0 : 1;
            });
        }

        Group build(String name) {
            Map<Emotion, Proportion> shares = new LinkedHashMap<>();
            for (Emotion emotion : Emotion.all()) {
                shares.put(emotion, new Proportion(expressions.getOrDefault(emotion, 0L), found));
            }
            return new Group(
                    name,
                    pictures,
                    new Proportion(found, pictures),
                    new Proportion(issues, judged),
                    new Proportion(noClear, found),
                    new Proportion(right, known),
                    shares,
                    quality / judged);
        }
    }
}
