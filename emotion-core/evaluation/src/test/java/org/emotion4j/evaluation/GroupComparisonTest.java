package org.emotion4j.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.Set;
import org.emotion4j.emotion.Emotion;
import org.emotion4j.emotion.EmotionScores;
import org.emotion4j.face.BoundingBox;
import org.emotion4j.face.DetectedFace;
import org.emotion4j.face.FaceQuality;
import org.emotion4j.reading.EmotionReading;
import org.junit.jupiter.api.Test;

class GroupComparisonTest {
    private static final Optional<Emotion> NO_TRUTH = Optional.empty();

    @Test
    void countsEachGroupForItself() {
        GroupComparison.Builder builder = GroupComparison.builder();
        builder.add("women", Optional.of(Emotion.SAD), reading(Emotion.SAD, Optional.of(Emotion.SAD), 0.5, true));
        builder.add("women", Optional.of(Emotion.SAD), reading(Emotion.ANGRY, Optional.empty(), 0.25, false));
        builder.addNoFace("women");
        builder.add("men", NO_TRUTH, reading(Emotion.ANGRY, Optional.of(Emotion.ANGRY), 1, true));
        GroupComparison comparison = builder.build();

        assertThat(comparison.groups()).extracting(GroupComparison.Group::name).containsExactly("men", "women");
        GroupComparison.Group women = comparison.groups().get(1);
        assertThat(women.pictures()).isEqualTo(3);
        assertThat(women.found()).isEqualTo(new Proportion(2, 3));
        assertThat(women.issues()).isEqualTo(new Proportion(1, 2));
        assertThat(women.noClear()).isEqualTo(new Proportion(1, 2));
        assertThat(women.right()).isEqualTo(new Proportion(1, 2));
        assertThat(women.expression(Emotion.SAD)).isEqualTo(new Proportion(1, 2));
        assertThat(women.expression(Emotion.ANGRY))
                .as("what the scores lean to is no answer")
                .isEqualTo(new Proportion(0, 2));
        assertThat(women.meanQuality()).isEqualTo(0.375);
        assertThat(comparison.groups().get(0).right())
                .as("nobody knows what they showed")
                .isEqualTo(new Proportion(0, 0));
    }

    @Test
    void groupsOfNumbersComeBySize() {
        GroupComparison.Builder builder = GroupComparison.builder();
        for (String name : new String[] {"100", "under 5", "5 to 39", "40 to 99", "unknown"}) {
            builder.addNoFace(name);
        }
        assertThat(builder.build().groups())
                .extracting(GroupComparison.Group::name)
                .containsExactly("under 5", "5 to 39", "40 to 99", "100", "unknown");
    }

    @Test
    void theTableMarksWhatDiffersByMoreThanChance() {
        GroupComparison.Builder builder = GroupComparison.builder();
        for (int i = 0; i < 100; i++) {
            Emotion first = i < 40 ? Emotion.ANGRY : Emotion.NEUTRAL;
            Emotion second = i < 10 ? Emotion.ANGRY : Emotion.NEUTRAL;
            builder.add("one", NO_TRUTH, reading(first, Optional.of(first), 1, true));
            builder.add("other", NO_TRUTH, reading(second, Optional.of(second), 1, true));
        }
        String[] lines = builder.build().toText().split("\n");
        assertThat(lines).hasSize(3);
        assertThat(lines[1]).startsWith("one").contains(" 0.400*", " 1.000 ", "  - ");
        assertThat(lines[2]).startsWith("other").contains(" 0.100*");
    }

    @Test
    void nothingComparedIsAnEmptyTable() {
        GroupComparison nothing = GroupComparison.builder().build();
        assertThat(nothing.groups()).isEmpty();
        assertThat(nothing.toText().lines()).hasSize(1);
    }

    private static EmotionReading reading(Emotion top, Optional<Emotion> label, double quality, boolean good) {
        float[] shares = new float[EmotionScores.SIZE];
        shares[top.ordinal()] = 1;
        EmotionScores scores = EmotionScores.of(shares);
        Set<FaceQuality.Issue> issues = good ? Set.of() : Set.of(FaceQuality.Issue.BLURRED);
        DetectedFace face = new DetectedFace(new BoundingBox(0, 0, 50, 50), 0.9, Optional.empty());
        FaceQuality judged = new FaceQuality(quality, 50, 1, 0.5, 0.2, Optional.empty(), issues);
        return new EmotionReading(1, 0, face, scores, scores, label, Optional.of(judged));
    }
}
