package org.emotion4j.emotion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class SubjectBaselineTest {
    /** A resting face that looks sad to a network. */
    private static final EmotionScores REST = EmotionScores.of(0.05f, 0.04f, 0.05f, 0.03f, 0.45f, 0.03f, 0.35f);

    @Test
    void theRestingFaceBecomesNeutral() {
        EmotionScores corrected = SubjectBaseline.of(REST).correct(REST);
        assertThat(corrected.top()).isEqualTo(Emotion.NEUTRAL);
        assertThat((double) corrected.get(Emotion.NEUTRAL)).isCloseTo(SubjectBaseline.RESTING_NEUTRAL, within(1e-6));
        assertThat((double) corrected.get(Emotion.SAD)).isCloseTo(0.03, within(1e-6));
    }

    @Test
    void whatRisesAboveRestStillCounts() {
        SubjectBaseline baseline = SubjectBaseline.of(List.of(REST, REST));
        assertThat(baseline.correct(EmotionScores.of(0.01f, 0.01f, 0.01f, 0.9f, 0.04f, 0.01f, 0.02f))
                        .top())
                .isEqualTo(Emotion.HAPPY);
        assertThat(baseline.correct(EmotionScores.of(0.005f, 0.005f, 0.005f, 0.005f, 0.97f, 0.005f, 0.005f))
                        .top())
                .isEqualTo(Emotion.SAD);
    }

    @Test
    void itWorksLiveBeforeASmoother() {
        TemporalSmoother smoother = SubjectBaseline.of(REST).before(TemporalSmoother.none());
        assertThat(smoother.smooth(1, 0, REST).top()).isEqualTo(Emotion.NEUTRAL);
    }

    @Test
    void aBaselineOfNothing() {
        assertThatThrownBy(() -> SubjectBaseline.of(List.of())).hasMessageContaining("got none");
    }

    @Test
    void affectIsTheMeanPlaceOfTheExpressions() {
        assertThat(Affect.of(Emotion.HAPPY)).isEqualTo(new Affect(0.81, 0.51));
        assertThat(Affect.of(Emotion.NEUTRAL)).isEqualTo(new Affect(0, 0));
        assertThat(Affect.of(EmotionScores.of(0, 0, 0, 0.5f, 0.5f, 0, 0)))
                .satisfies(middle -> assertThat(middle.valence()).isCloseTo(0.09, within(1e-6)))
                .satisfies(middle -> assertThat(middle.arousal()).isCloseTo(0.12, within(1e-6)));
    }
}
