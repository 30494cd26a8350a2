package org.emotion4j.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SubjectRuleTest {
    @Property
    void aPlaceReadsAsItWasWritten(
            @ForAll @DoubleRange(min = 0, max = 1) double x, @ForAll @DoubleRange(min = 0, max = 1) double y) {
        SubjectRule rule = SubjectRule.at(x, y);

        assertThat(SubjectRule.parse(rule.toString())).isEqualTo(rule);
        assertThat(rule.toString()).doesNotContain("E");
    }

    @Property
    void aFaceReadsAsItWasWritten(@ForAll @IntRange(min = 1) int id) {
        assertThat(SubjectRule.parse(SubjectRule.face(id).toString())).isEqualTo(SubjectRule.face(id));
    }

    @Test
    void aPlaceAtTheVeryEdgeIsWrittenWithoutAnExponentAndReadWithOne() {
        assertThat(SubjectRule.at(0.0005, 0.5)).hasToString("0.0005,0.5");
        assertThat(SubjectRule.parse("5.0E-4,0.5")).isEqualTo(SubjectRule.at(0.0005, 0.5));
    }

    @Test
    void whatIsNoRuleIsRefused() {
        for (String text : new String[] {"", "0.5", "0.5,", "E-4,0.5", "5.0E4,0.5", "1.5,0.5", "-1", "biggest"}) {
            assertThatThrownBy(() -> SubjectRule.parse(text)).as(text).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
