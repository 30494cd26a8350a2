package org.emotion4j.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.entry;

import java.util.List;
import org.junit.jupiter.api.Test;

class PassedOverTest {
    private static final List<PassedOver> FIVE = List.of(
            new PassedOver("trip/a.mov", "a video"),
            new PassedOver("trip/notes.txt", "a text file"),
            new PassedOver("trip/b.mov", "a video"),
            new PassedOver("C:\\trip\\c.mov", "a video"),
            new PassedOver("d.mov", "a video"));

    @Test
    void countsByReasonInTheOrderInWhichReasonsCome() {
        assertThat(PassedOver.countByReason(FIVE)).containsExactly(entry("a video", 4), entry("a text file", 1));
        assertThat(PassedOver.countByReason(List.of())).isEmpty();
    }

    @Test
    void saysHowManyAndTheFirstNames() {
        assertThat(PassedOver.describe(FIVE))
                .isEqualTo("5 passed over: a video (a.mov, b.mov, c.mov and 1 more), a text file (notes.txt)");
    }

    @Test
    void hasNothingToSayOfNothing() {
        assertThatIllegalArgumentException().isThrownBy(() -> PassedOver.describe(List.of()));
    }

    @Test
    void aSourcePassesNothingOverUnlessItSaysSo() {
        assertThat(PushFrameSource.builder().build().passedOver()).isEmpty();
    }
}
