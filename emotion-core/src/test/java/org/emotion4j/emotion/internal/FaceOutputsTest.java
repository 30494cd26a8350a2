package org.emotion4j.emotion.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.emotion4j.emotion.EmotionScores;
import org.emotion4j.emotion.FaceAnswers;
import org.emotion4j.emotion.FacialMovement;
import org.emotion4j.emotion.FacialMovements;
import org.emotion4j.face.HeadPose;
import org.emotion4j.face.Occlusion;
import org.emotion4j.stage.StageException;
import org.junit.jupiter.api.Test;

class FaceOutputsTest {
    private static final List<EmotionScores> TWO = List.of(EmotionScores.uniform(), EmotionScores.uniform());

    @Test
    void whatIsHiddenComesWithTheScores() {
        FaceOutputs outputs = new FaceOutputs(List.of("logits", "covered"));
        Map<String, float[]> numbers = Map.of(FaceOutputs.COVERED, new float[] {0.25f, 0, 1, 0.5f});
        assertThat(outputs.names()).containsExactly("covered");
        assertThat(outputs.answers("net", TWO, numbers))
                .extracting(answer -> answer.occlusion().orElseThrow())
                .containsExactly(new Occlusion(0.25, 0), new Occlusion(1, 0.5));
        assertThat(outputs.answers("net", TWO, numbers))
                .allMatch(answer -> answer.movements().isEmpty());
    }

    @Test
    void aNetworkWithoutMoreGivesScoresAlone() {
        FaceOutputs outputs = new FaceOutputs(List.of("logits"));
        assertThat(outputs.names()).isEmpty();
        assertThat(outputs.answers("net", TWO, Map.of()))
                .isEqualTo(List.of(FaceAnswers.of(TWO.get(0)), FaceAnswers.of(TWO.get(1))));
    }

    @Test
    void movementsAreThoseOfTheirFace() {
        FaceOutputs outputs = all();
        float[] units = new float[30];
        units[15 + FacialMovement.LIP_CORNERS_PULLED.ordinal()] = 0.75f;
        Map<String, float[]> numbers =
                Map.of("units", units, "pose", new float[] {0, 0, 0, 20, -10, 5}, "eyes", new float[] {0, 0, 1, 0.5f});
        FacialMovements second =
                outputs.answers("net", TWO, numbers).get(1).movements().orElseThrow();
        assertThat(second.intensity(FacialMovement.LIP_CORNERS_PULLED)).isEqualTo(0.75f);
        assertThat(second.intensity(FacialMovement.JAW_DROPS)).isZero();
        assertThat(second.headPose()).isEqualTo(new HeadPose(20, 10, -5));
        assertThat(second.eyesClosed()).isCloseTo(0.75, within(1e-9));
        assertThat(second).hasToString("FacialMovements[AU12 0.75, eyes closed 0.75]");
    }

    @Test
    void whatIsNoIntensityIsRefusedWithItsFace() {
        for (float wrong : new float[] {Float.NaN, -0.1f, 1.5f}) {
            FaceOutputs outputs = all();
            float[] units = new float[30];
            units[16] = wrong;
            Map<String, float[]> numbers = Map.of("units", units, "pose", new float[6], "eyes", new float[4]);
            assertThatThrownBy(() -> outputs.answers("net", TWO, numbers))
                    .isInstanceOf(StageException.class)
                    .hasMessageStartingWith("net gave for face 2: outer brows up is ")
                    .hasMessageEndingWith(", expected 0 to 1; its weights are damaged");
        }
    }

    @Test
    void everyMovementIsFoundByItsCode() {
        assertThat(FacialMovement.all()).hasSize(FacialMovement.COUNT).allSatisfy(movement -> assertThat(
                        FacialMovement.find(movement.code().toLowerCase(java.util.Locale.ROOT)))
                .contains(movement));
        assertThat(FacialMovement.find("AU3")).isEmpty();
        assertThat(FacialMovement.LIP_CORNERS_PULLED.label()).isEqualTo("lip corners pulled");
    }

    private static FaceOutputs all() {
        return new FaceOutputs(List.of("photo", FaceOutputs.UNITS, FaceOutputs.POSE, FaceOutputs.EYES));
    }
}
