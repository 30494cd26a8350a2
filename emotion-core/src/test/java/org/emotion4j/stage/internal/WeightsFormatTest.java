package org.emotion4j.stage.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class WeightsFormatTest {
    @Test
    void tellsFormatsByTheirFirstBytes() {
        assertThat(of("E4JNET\r\n...")).isEqualTo(WeightsFormat.EMOTION4J);
        assertThat(of("\b\u0001\0\0\0\0\0\0{\"a\":")).isEqualTo(WeightsFormat.SAFETENSORS);
        assertThat(of("PK\u0003\u0004...")).isEqualTo(WeightsFormat.TORCHSCRIPT);
        assertThat(of("\b\u0007...")).isEqualTo(WeightsFormat.ONNX);
        assertThat(of("no network")).isEqualTo(WeightsFormat.UNKNOWN);
    }

    @Test
    void whatIsTooShortIsUnknown() {
        assertThat(of("")).isEqualTo(WeightsFormat.UNKNOWN);
        assertThat(of("E4JNE")).isEqualTo(WeightsFormat.UNKNOWN);
        assertThat(of("P")).isEqualTo(WeightsFormat.UNKNOWN);
    }

    private static WeightsFormat of(String start) {
        return WeightsFormat.of(start.getBytes(StandardCharsets.ISO_8859_1));
    }
}
