package org.emotion4j.cli.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class GroupColumnTest {
    private static final GroupColumn AGE = GroupColumn.parse("age:20:40");

    @Test
    void numbersAreDividedAtTheirBounds() {
        assertThat(new String[] {AGE.group("19.5"), AGE.group("20"), AGE.group("39"), AGE.group("40"), AGE.group("")})
                .containsExactly("under 20", "20 to 39", "20 to 39", "40 and more", "unknown");
    }

    @ParameterizedTest
    @ValueSource(strings = {"NaN", "Infinity", "old"})
    void whatIsNoNumberIsRefused(String value) {
        assertThatThrownBy(() -> AGE.group(value)).hasMessage("\"" + value + "\" in column age is no number");
    }
}
