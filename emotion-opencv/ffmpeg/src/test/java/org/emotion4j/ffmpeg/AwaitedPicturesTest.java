package org.emotion4j.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AwaitedPicturesTest {
    private static final long NONE = DamageTracker.NO_TIME;

    private final DamageTracker damage = new DamageTracker();
    private final AwaitedPictures awaited = new AwaitedPictures();

    /** Packet 1 is sound; 2 to 5 are made from a damaged one, the last of them shown before the others. */
    @BeforeEach
    void send() {
        awaited.add(damage.packet(true, 0), 0);
        for (long time : new long[] {80, 120, 160, 40}) {
            awaited.add(damage.packet(false, time), time);
        }
        damage.damaged(2);
    }

    @Test
    void findsEachThatDoesNotComeOnce() {
        awaited.came(1);
        awaited.came(4);
        assertThat(awaited.missingBefore(4, 160, damage)).isEqualTo(80);
        assertThat(awaited.missingBefore(4, 160, damage)).isEqualTo(120);
        assertThat(awaited.missingBefore(4, 160, damage)).isEqualTo(NONE);
        assertThat(awaited.missingBefore(Long.MAX_VALUE, NONE, damage)).isEqualTo(40);
        assertThat(awaited.missingBefore(Long.MAX_VALUE, NONE, damage)).isEqualTo(NONE);
    }

    @Test
    void passesOverThoseThatAreSound() {
        assertThat(awaited.missingBefore(2, 80, damage)).isEqualTo(NONE);
    }

    @Test
    void thoseThatFailAreNotMissing() {
        awaited.failed(2);
        awaited.failed(2);
        assertThat(awaited.missingBefore(5, 200, damage)).isEqualTo(160);
    }

    @Test
    void thoseWithoutATimeAreNotAwaited() {
        awaited.clear();
        awaited.add(damage.packet(false, NONE), NONE);
        assertThat(awaited.missingBefore(Long.MAX_VALUE, NONE, damage)).isEqualTo(NONE);
    }
}
