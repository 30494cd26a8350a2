package org.emotion4j.recording;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MediaLengthTest {
    private static final long MILLI = 1_000_000;

    private final MediaLength length = new MediaLength();

    @Test
    void theLastFrameLastsAsLongAsFramesDoOnAverage() {
        add(500, 540, 580, 620);

        assertThat(length.length()).contains(Duration.ofMillis(160));
    }

    @Test
    void aGapSaysNothingOfHowLongAFrameLasts() {
        add(0, 40, 80, 10_080, 10_120);

        assertThat(length.length()).contains(Duration.ofMillis(10_160));
    }

    @Test
    void framesThatAreAllFarApartLastSoLong() {
        add(0, 5_000, 10_000);

        assertThat(length.length()).contains(Duration.ofSeconds(15));
    }

    @Test
    void timesThatGoBackDoNotShortenIt() {
        add(0, 1_000, 2_000, 500, 600);

        assertThat(length.length()).contains(Duration.ofMillis(2_000 + (1_000 + 1_000 + 100) / 3));
    }

    @Test
    void picturesThatDoNotFollowFromOneAnotherHaveNone() {
        length.add(0, false);
        length.add(1_000 * MILLI, true);
        length.add(2_000 * MILLI, true);

        assertThat(length.length()).isEmpty();
    }

    @Test
    void nothingHasNone() {
        assertThat(length.length()).isEqualTo(Optional.empty());
    }

    private void add(long... millis) {
        for (long each : millis) {
            length.add(each * MILLI, false);
        }
    }
}
