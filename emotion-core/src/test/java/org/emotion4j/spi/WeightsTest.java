package org.emotion4j.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.emotion4j.stage.StageException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WeightsTest {
    @ParameterizedTest
    @CsvSource({
        "expression, emotion-models",
        "landmarks, emotion-models",
        "expression-fer, emotion-models-fer",
        "expression-pytorch, emotion-models-pytorch",
        "table2-pytorch, emotion-models-pytorch",
        "expression-fer-pytorch, emotion-models-pytorch-fer"
    })
    void saysWhichJarIsMissing(String name, String artifact) {
        assertThat(Weights.find(name)).isEmpty();
        assertThatThrownBy(() -> Weights.get(name))
                .isInstanceOf(StageException.class)
                .hasMessageContaining("the weights of " + name)
                .hasMessageContaining("add org.emotion4j:" + artifact + ",");
    }

    @Test
    void tellsTheNetworkOfWeightsForPyTorch() {
        assertThat(Weights.forPyTorch("expression-pytorch")).contains("expression");
        assertThat(Weights.forPyTorch("expression")).isEmpty();
    }
}
