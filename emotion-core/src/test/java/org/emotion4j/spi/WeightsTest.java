package org.emotion4j.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.emotion4j.stage.StageException;
import org.junit.jupiter.api.Test;

class WeightsTest {
    @Test
    void whatIsMissingIsNamedWithTheArtifactThatHasIt() {
        assertThat(Weights.find("expression")).isEmpty();
        assertThatThrownBy(() -> Weights.get("expression"))
                .isInstanceOf(StageException.class)
                .hasMessage("the weights of expression are not on the class path; add org.emotion4j:emotion-models, or"
                        + " name a file of your own");
        assertThatThrownBy(() -> Weights.get("expression-fer"))
                .hasMessageContaining("org.emotion4j:emotion-models-fer");
    }
}
