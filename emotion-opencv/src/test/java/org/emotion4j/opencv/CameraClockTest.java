package org.emotion4j.opencv;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class CameraClockTest {
    private static final long SECOND = 1_000_000_000L;
    private static final long FRAME = 33_333_000L;

    @Test
    void aPictureThatWaitedInTheDriverHasTheTimeThatItWasTaken() {
        CameraClock clock = new CameraClock(null);
        assertThat(clock.mediaNanos(0, 7 * SECOND)).isZero();
        assertThat(clock.mediaNanos(30 * SECOND, 7 * SECOND + FRAME)).isEqualTo(FRAME);
        assertThat(clock.mediaNanos(30 * SECOND + 1, 37 * SECOND)).isEqualTo(30 * SECOND);
    }

    @Test
    void whereTheFirstPictureWaitedTheNextOnesAreAheadOfTheReaderAndBelieved() {
        CameraClock clock = new CameraClock(null);
        clock.mediaNanos(0, SECOND);
        assertThat(clock.mediaNanos(FRAME, 9 * SECOND)).isEqualTo(8 * SECOND);
    }

    @Test
    void whereTheDriverDoesNotSayItIsTheTimeOfHandingOver() {
        CameraClock clock = new CameraClock(null);
        assertThat(clock.mediaNanos(500, 0)).isZero();
        assertThat(clock.mediaNanos(500 + FRAME, 0)).isEqualTo(FRAME);
    }

    @Test
    void aDriverWhoseClockJumpsIsNotBelievedAnyMoreAndTimeGoesOn() {
        for (long jump : new long[] {-5 * SECOND, 3_600 * SECOND, 0}) {
            CameraClock clock = new CameraClock(null);
            clock.mediaNanos(0, 7 * SECOND);
            assertThat(clock.mediaNanos(FRAME + 9, 7 * SECOND + FRAME)).isEqualTo(FRAME);
            assertThat(clock.mediaNanos(2 * FRAME, 7 * SECOND + FRAME + jump)).isEqualTo(2 * FRAME);
            assertThat(clock.mediaNanos(3 * FRAME, 7 * SECOND + 4 * FRAME)).isEqualTo(3 * FRAME);
        }
    }

    @Test
    void timeNeverGoesBackWhereTheReadersClockIsBehindTheDriversThatWasBelieved() {
        CameraClock clock = new CameraClock(null);
        clock.mediaNanos(0, 7 * SECOND);
        assertThat(clock.mediaNanos(FRAME, 9 * SECOND)).isEqualTo(2 * SECOND);
        assertThat(clock.mediaNanos(2 * FRAME, 0)).isEqualTo(2 * SECOND);
        assertThat(clock.mediaNanos(3 * SECOND, 0)).isEqualTo(3 * SECOND);
    }

    @Test
    void aClockOfTheCallersAloneCounts() {
        AtomicLong time = new AtomicLong(40);
        CameraClock clock = new CameraClock(time::get);
        assertThat(clock.tick()).isEqualTo(40);
        assertThat(clock.mediaNanos(40, 7 * SECOND)).isZero();
        assertThat(clock.mediaNanos(50, 8 * SECOND)).isEqualTo(10);
    }
}
