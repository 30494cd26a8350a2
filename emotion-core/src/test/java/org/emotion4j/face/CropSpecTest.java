package org.emotion4j.face;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.emotion4j.frame.PixelFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CropSpecTest {
    /** Networks are trained for these numbers: whoever changes them trains every network anew. */
    @Test
    void theDefaultCropIsFrozen() {
        assertThat(CropSpec.fer2013())
                .isEqualTo(new CropSpec(48, 48, PixelFormat.GRAY8, EyePositions.level(0.314, 0.376), 0));
    }

    @Test
    void eyesOfATightCropLieAtTheirFractions() {
        EyePositions eyes = CropSpec.of(100, 200, PixelFormat.RGB24)
                .withEyes(EyePositions.level(0.30, 0.40))
                .eyesInPixels();
        assertThat(eyes.leftX()).isEqualTo(30, within(1e-9));
        assertThat(eyes.rightX()).isEqualTo(70, within(1e-9));
        assertThat(eyes.leftY()).isEqualTo(80, within(1e-9));
        assertThat(eyes.rightY()).isEqualTo(80, within(1e-9));
    }

    @Test
    void aMarginDrawsTheEyesTowardsTheMiddle() {
        EyePositions eyes = CropSpec.of(100, 100, PixelFormat.RGB24)
                .withEyes(EyePositions.level(0.30, 0.40))
                .withMargin(0.5)
                .eyesInPixels();
        assertThat(eyes.leftX()).isEqualTo(50 - 20 / 2.0, within(1e-9));
        assertThat(eyes.rightX()).isEqualTo(50 + 20 / 2.0, within(1e-9));
        assertThat(eyes.leftY()).isEqualTo(50 - 10 / 2.0, within(1e-9));
    }

    @Test
    void copiesDifferInWhatWasAskedForOnly() {
        CropSpec spec = CropSpec.of(112, 112, PixelFormat.RGB24);
        EyePositions eyes = EyePositions.level(0.34, 0.46);
        assertThat(spec.withEyes(eyes).withMargin(0.2)).isEqualTo(new CropSpec(112, 112, PixelFormat.RGB24, eyes, 0.2));
    }

    @ParameterizedTest
    @ValueSource(ints = {7, 0, -48, 1_025})
    void refusesASideOutOfRange(int side) {
        assertThatThrownBy(() -> CropSpec.of(side, 48, PixelFormat.GRAY8))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("width is %d, expected 8 to 1024", side);
        assertThatThrownBy(() -> CropSpec.of(48, side, PixelFormat.GRAY8))
                .hasMessage("height is %d, expected 8 to 1024", side);
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, 2.1, Double.NaN})
    void refusesAMarginOutOfRange(double margin) {
        assertThatThrownBy(() -> CropSpec.fer2013().withMargin(margin))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("margin is " + margin + ", expected 0 to 2");
    }

    @Test
    void refusesEyesInOnePlace() {
        assertThatThrownBy(() -> new EyePositions(0.5, 0.4, 0.5, 0.4))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected two different points");
        assertThatThrownBy(() -> EyePositions.level(0.5, 0.4))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("leftX is 0.5, expected below 0.5");
    }
}
