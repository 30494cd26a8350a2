package org.emotion4j.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DamageTrackerTest {
    private final DamageTracker tracker = new DamageTracker();

    @Test
    void trustsNothingAfterDamageUntilAKeyFrame() {
        tracker.packet(true, 0);
        long damaged = tracker.packet(false, 1);
        tracker.damaged(damaged);
        long dependent = tracker.packet(false, 2);
        long key = tracker.packet(true, 3);
        assertThat(tracker.isSound(1, 0)).isTrue();
        assertThat(tracker.isSound(damaged, 1)).isFalse();
        assertThat(tracker.isSound(dependent, 2)).isFalse();
        assertThat(tracker.isSound(key, 3)).isTrue();
    }

    @Test
    void picturesShownBeforeTheKeyFrameThatFollowItAreMadeFromTheDamagedOnes() {
        tracker.packet(true, 0);
        tracker.damaged(tracker.packet(false, 1));
        long key = tracker.packet(true, 4);
        long leading = tracker.packet(false, 3);
        long trailing = tracker.packet(false, 5);
        assertThat(tracker.isSound(key, 4)).isTrue();
        assertThat(tracker.isSound(leading, 3)).isFalse();
        assertThat(tracker.isSound(trailing, 5)).isTrue();
    }

    @Test
    void aDamagedKeyFrameIsNoEnd() {
        tracker.packet(true, 0);
        tracker.damaged(tracker.packet(false, 1));
        tracker.damaged(tracker.packet(true, 2));
        assertThat(tracker.isSound(tracker.packet(false, 3), 3)).isFalse();
        assertThat(tracker.isSound(tracker.packet(true, 4), 4)).isTrue();
        assertThat(tracker.isSound(3, 2)).isFalse();
    }

    @Test
    void damageThatIsNoticedAfterTheNextKeyFrameEndsThere() {
        long first = tracker.packet(true, 0);
        long key = tracker.packet(true, 1);
        tracker.damaged(first);
        assertThat(tracker.isSound(first, 0)).isFalse();
        assertThat(tracker.isSound(key, 1)).isTrue();
        assertThat(tracker.isSound(tracker.packet(false, 2), 2)).isTrue();
    }

    @Test
    void aPictureThatNoOtherIsMadeFromIsDamagedAlone() {
        tracker.packet(true, 0);
        long alone = tracker.packet(false, 1);
        tracker.damagedAlone(alone);
        assertThat(tracker.isSound(alone, 1)).isFalse();
        assertThat(tracker.isSound(tracker.packet(false, 2), 2)).isTrue();
    }

    @Test
    void tellsDamageBetweenTwoPictures() {
        long before = tracker.packet(true, 0);
        tracker.damaged(tracker.packet(false, 1));
        long key = tracker.packet(true, 2);
        long after = tracker.packet(false, 3);
        assertThat(tracker.isBetween(before, key)).isTrue();
        assertThat(tracker.isBetween(key, after)).isFalse();
        assertThat(tracker.isBetween(key, before)).isFalse();
    }
}
