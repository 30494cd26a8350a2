package org.emotion4j.stage.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BuilderOptionsTest {
    @Test
    void anOptionIsSetOnce() {
        assertThat(BuilderOptions.once("threads", null, 2)).isEqualTo(2);
        assertThatIllegalStateException()
                .isThrownBy(() -> BuilderOptions.once("threads", 2, 2))
                .withMessage("threads was set already to 2");
        assertThatNullPointerException()
                .isThrownBy(() -> BuilderOptions.once("threads", null, null))
                .withMessage("threads");
        Set<String> names = new HashSet<>();
        BuilderOptions.once(names, "maxFaces");
        assertThatIllegalStateException()
                .isThrownBy(() -> BuilderOptions.once(names, "maxFaces"))
                .withMessage("maxFaces was set already");
    }

    @Test
    void aNumberHasARange() {
        assertThat(BuilderOptions.range("threads", 1, 1, 8)).isEqualTo(1);
        assertThat(BuilderOptions.range("threads", 8, 1, 8)).isEqualTo(8);
        for (int value : new int[] {0, 9}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> BuilderOptions.range("threads", value, 1, 8))
                    .withMessage("threads is " + value + ", expected 1 to 8");
        }
    }
}
