package org.emotion4j.face;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.emotion4j.frame.PixelFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DetectedFaceTest {
    private static final BoundingBox BOX = new BoundingBox(0, 0, 1, 1);

    @Test
    void mayHaveNoLandmarks() {
        assertThat(new DetectedFace(BOX, 0.5).landmarks()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.01, 1.01, Double.NaN})
    void refusesAConfidenceOutOfRange(double confidence) {
        assertThatThrownBy(() -> new DetectedFace(BOX, confidence))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("confidence is " + confidence + ", expected 0 to 1");
    }

    @Test
    void aCropHasTheMemoryOfItsSpec() {
        FaceCrop crop = FaceCrop.allocate(CropSpec.of(10, 20, PixelFormat.RGB24));
        assertThat(crop.pixels().isDirect()).isTrue();
        assertThat(crop.pixels().capacity()).isEqualTo(600);
        assertThat(crop.stride()).isEqualTo(30);
    }
}
