package org.emotion4j.cli.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class JsonTest {
    private record Numbers(double a, Double b, float c, Float d, long e) {}

    @Test
    void numbersHaveSixDecimalsAtMostAndNoExponent() {
        assertThat(Json.write(new Numbers(1 / 3.0, 1e-9, 0.1f, 1e9f, 7)))
                .isEqualTo("{\"a\":0.333333,\"b\":0,\"c\":0.1,\"d\":1000000000,\"e\":7}");
    }

    @Test
    void whatIsNoNumberIsNull() {
        assertThat(Json.write(new Numbers(Double.NaN, Double.POSITIVE_INFINITY, Float.NaN, -0.0f, 0)))
                .isEqualTo("{\"a\":null,\"b\":null,\"c\":null,\"d\":0,\"e\":0}");
    }

    @Test
    void isAsciiWhateverTheTerminalSpeaks() {
        assertThat(Json.write(List.of("größe\n"))).isEqualTo("[\"gr\\u00F6\\u00DFe\\n\"]");
    }
}
