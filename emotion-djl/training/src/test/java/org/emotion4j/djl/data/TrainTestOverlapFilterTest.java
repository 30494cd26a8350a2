package org.emotion4j.djl.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.emotion4j.djl.TestFaces;
import org.emotion4j.emotion.Emotion;
import org.junit.jupiter.api.Test;

class TrainTestOverlapFilterTest {
    private static final LabeledFace BAND = TestFaces.band(1, Emotion.FEAR);

    @Test
    void correlationSeesNeitherBrightnessNorContrast() {
        assertThat(TrainTestOverlapFilter.correlation(BAND, BAND)).isEqualTo(1, within(1e-9));
        assertThat(TrainTestOverlapFilter.correlation(BAND, changed(0.5, 40))).isGreaterThan(0.99);
        assertThat(TrainTestOverlapFilter.correlation(BAND, changed(-1, 255))).isEqualTo(-1, within(1e-9));
        assertThat(TrainTestOverlapFilter.correlation(BAND, changed(0, 40)))
                .as("one color has no correlation")
                .isZero();
    }

    @Test
    void countsEachFaceOnceAndKeepsTheOthersInOrder() {
        LabeledFace other = TestFaces.band(2, Emotion.HAPPY);
        LabeledFace noise = TestFaces.noise(3, Emotion.SAD);

        TrainTestOverlapFilter.Result result = TrainTestOverlapFilter.apply(
                List.of(noise, BAND, BAND.mirrored(), changed(0.7, 9), other), List.of(BAND));

        assertThat(result.kept()).containsExactly(noise, other);
        assertThat(result.identical()).isEqualTo(1);
        assertThat(result.mirrored()).isEqualTo(1);
        assertThat(result.near()).isEqualTo(1);
        assertThat(result.nearMirrored()).isZero();
    }

    @Test
    void keepsAllWhereThereIsNothingToEvaluateOn() {
        assertThat(TrainTestOverlapFilter.apply(List.of(BAND), List.of()).kept())
                .containsExactly(BAND);
    }

    private static LabeledFace changed(double contrast, double brightness) {
        byte[] gray = new byte[LabeledFace.PIXELS];
        for (int i = 0; i < gray.length; i++) {
            gray[i] = (byte) Math.round(BAND.pixel(i) * contrast + brightness);
        }
        return LabeledFace.of(gray, BAND.label(), "changed");
    }
}
