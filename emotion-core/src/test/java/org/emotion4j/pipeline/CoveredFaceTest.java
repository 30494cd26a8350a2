package org.emotion4j.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.emotion4j.emotion.EmotionClassifier;
import org.emotion4j.emotion.EmotionScores;
import org.emotion4j.emotion.FaceAnswers;
import org.emotion4j.emotion.FaceClassifier;
import org.emotion4j.face.BoundingBox;
import org.emotion4j.face.DetectedFace;
import org.emotion4j.face.FaceQuality;
import org.emotion4j.face.FaceQuality.Issue;
import org.emotion4j.face.Occlusion;
import org.emotion4j.frame.Frame;
import org.emotion4j.frame.PixelFormat;
import org.emotion4j.reading.EmotionReading;
import org.emotion4j.stage.StageException;
import org.junit.jupiter.api.Test;

/** What a classifier says to be hidden of a face is an issue of its picture. */
class CoveredFaceTest {
    private static final FaceAnswers PLAIN = answer(0.1, 0.2);
    private static final FaceAnswers MASK = answer(0.9, 0.2);
    private static final FaceAnswers DARK_GLASSES = answer(0.49, 0.5);
    private static final FaceAnswers SILENT = FaceAnswers.of(EmotionScores.uniform());

    @Test
    void eachFaceHasTheIssueOfWhatHidesIt() {
        FaceClassifier classifier = crops -> List.of(PLAIN, MASK, DARK_GLASSES, SILENT);
        assertThat(coversOf(classifier, 4))
                .containsExactly(
                        Set.of(), Set.of(Issue.LOWER_HALF_COVERED), Set.of(Issue.UPPER_HALF_COVERED), Set.of());
    }

    @Test
    void aSharedClassifierTellsAsMuch() {
        EmotionClassifier shared = EmotionClassifier.shared((FaceClassifier) crops -> List.of(MASK));
        assertThat(coversOf(shared, 1)).containsExactly(Set.of(Issue.LOWER_HALF_COVERED));
    }

    @Test
    void aClassifierOfExpressionsAloneAddsNoIssue() {
        assertThat(coversOf(crop -> EmotionScores.uniform(), 2)).containsExactly(Set.of(), Set.of());
    }

    @Test
    void anAnswerForEachFaceIsAskedFor() {
        FaceClassifier classifier = crops -> List.of(PLAIN);
        assertThatThrownBy(() -> coversOf(classifier, 2))
                .isInstanceOf(StageException.class)
                .hasMessageEndingWith("gave 1 answers for 2 faces");
    }

    @Test
    void scoresAreThoseOfTheAnswers() {
        FaceClassifier classifier = crops -> List.of(MASK);
        assertThat(classifier.classifyAll(List.of())).containsExactly(MASK.scores());
    }

    @Test
    void aProbabilityIsZeroToOne() {
        assertThatThrownBy(() -> new Occlusion(1.1, 0)).hasMessage("lowerHalf is 1.1, expected 0 to 1");
        assertThatThrownBy(() -> new Occlusion(0, Double.NaN)).hasMessage("upperHalf is NaN, expected 0 to 1");
    }

    private static FaceAnswers answer(double lower, double upper) {
        return FaceAnswers.of(EmotionScores.uniform()).with(new Occlusion(lower, upper));
    }

    private static List<Set<Issue>> coversOf(EmotionClassifier classifier, int faces) {
        List<DetectedFace> found = List.of(
                        new BoundingBox(4, 4, 40, 40),
                        new BoundingBox(60, 4, 30, 30),
                        new BoundingBox(4, 60, 25, 25),
                        new BoundingBox(60, 60, 20, 20))
                .subList(0, faces)
                .stream()
                .map(box -> new DetectedFace(box, 0.9))
                .toList();
        try (EmotionPipeline pipeline = EmotionPipeline.builder()
                        .detector(frame -> found)
                        .classifier(classifier)
                        .build();
                Frame frame = Frame.of(96, 96, PixelFormat.GRAY8, new byte[96 * 96])) {
            return pipeline.analyze(frame).readings().stream()
                    .map(EmotionReading::quality)
                    .map(quality -> quality.map(FaceQuality::issues).orElseThrow())
                    .map(CoveredFaceTest::covers)
                    .toList();
        }
    }

    private static Set<Issue> covers(Set<Issue> issues) {
        return issues.stream()
                .filter(issue -> issue == Issue.LOWER_HALF_COVERED || issue == Issue.UPPER_HALF_COVERED)
                .collect(Collectors.toSet());
    }
}
