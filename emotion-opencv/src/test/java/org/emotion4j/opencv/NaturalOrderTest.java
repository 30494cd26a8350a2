package org.emotion4j.opencv;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class NaturalOrderTest {
    @Test
    void countsAsPeopleDo() {
        List<String> expected = List.of(
                "1.jpg",
                "01.jpg",
                "2.jpg",
                "10.jpg",
                "a.jpg",
                "B.jpg",
                "c.jpg",
                "img2.jpg",
                "img10.jpg",
                "img10b.jpg",
                "img99999999999999999998.jpg",
                "img99999999999999999999.jpg");
        List<String> shuffled = new ArrayList<>(expected);
        Collections.shuffle(shuffled, new Random(7));
        shuffled.sort(NaturalOrder.INSTANCE);
        assertThat(shuffled).hasSameElementsAs(expected);
        assertThat(shuffled.subList(2, shuffled.size())).isEqualTo(expected.subList(2, expected.size()));
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void isAnOrder(
            @ForAll
                    @StringLength(max = 6)
                    @CharRange(from = '0', to = '3')
                    @CharRange(from = 'A', to = 'B')
                    @CharRange(from = 'a', to = 'b')
                    String a,
            @ForAll
                    @StringLength(max = 6)
                    @CharRange(from = '0', to = '3')
                    @CharRange(from = 'A', to = 'B')
                    @CharRange(from = 'a', to = 'b')
                    String b,
            @ForAll
                    @StringLength(max = 6)
                    @CharRange(from = '0', to = '3')
                    @CharRange(from = 'A', to = 'B')
                    @CharRange(from = 'a', to = 'b')
                    String c) {
        NaturalOrder order = NaturalOrder.INSTANCE;
        assertThat(Integer.signum(order.compare(a, b))).isEqualTo(-Integer.signum(order.compare(b, a)));
        assertThat(order.compare(a, b) == 0).isEqualTo(a.equals(b));
        if (order.compare(a, b) <= 0 && order.compare(b, c) <= 0) {
            assertThat(order.compare(a, c)).isLessThanOrEqualTo(0);
        }
    }
}
