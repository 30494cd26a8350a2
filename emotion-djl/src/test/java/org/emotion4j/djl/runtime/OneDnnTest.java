package org.emotion4j.djl.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.emotion4j.stage.StageUnavailableException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("native")
class OneDnnTest {
    @Test
    void theEngineComputesRightOnThisProcessor() {
        assertThatCode(() -> OneDnn.check(DjlRuntime.engine())).doesNotThrowAnyException();
    }

    @Test
    void anAnswerThatIsWrongOrNoNumberIsRefusedWithTheRemedy() {
        for (float wrong : new float[] {1.01f, Float.NaN}) {
            assertThatThrownBy(() -> OneDnn.requireEqual(new float[] {2, 1}, new float[] {2, wrong}))
                    .isInstanceOf(StageUnavailableException.class)
                    .hasMessageContaining("in place of 1.0000")
                    .hasMessageContaining("ONEDNN_MAX_CPU_ISA=AVX2");
        }
    }

    @Test
    void knowsAmdsProcessorsOnLinuxAndWindows() {
        assertThat(OneDnn.isAmd("vendor_id\t: AuthenticAMD\n")).isTrue();
        assertThat(OneDnn.isAmd("AMD64 Family 26 Model 2 Stepping 1, AuthenticAMD"))
                .isTrue();
        assertThat(OneDnn.isAmd("Intel64 Family 6 Model 143 Stepping 8, GenuineIntel"))
                .isFalse();
    }
}
