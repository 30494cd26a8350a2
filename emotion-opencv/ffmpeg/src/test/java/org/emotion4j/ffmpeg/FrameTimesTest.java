package org.emotion4j.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FrameTimesTest {
    private static final long NONE = FrameTimes.NONE;

    private final FrameTimes times = new FrameTimes();

    @Test
    void picturesKeepTheirTimes() {
        assertThat(given(0, 40, 41, 300, 1_234)).containsExactly(0L, 40L, 41L, 300L, 1_234L);
        assertThat(times.latest()).isEqualTo(1_234);
    }

    @Test
    void picturesWithoutTimesFollowAtTheirLength() {
        assertThat(given(NONE, NONE, NONE)).containsExactly(0L, 40L, 80L);
        assertThat(given(200, NONE)).containsExactly(200L, 240L);
    }

    @Test
    void thoseAfterAPictureThatRepeatsATimeKeepTheirs() {
        assertThat(given(0, 40, 40, 80, 120)).containsExactly(0L, 40L, 60L, 80L, 120L);
    }

    @Test
    void howeverManyRepeatATime() {
        List<Long> all = given(0, 40, 40, 40, 40, 80);
        assertThat(all).isSorted().doesNotHaveDuplicates().endsWith(80L);
    }

    @Test
    void thoseAfterAPictureThatIsOutOfOrderKeepTheirs() {
        assertThat(given(0, 80, 40, 120, 160)).containsExactly(0L, 80L, 100L, 120L, 160L);
    }

    @Test
    void timesThatBeginAgainGoOn() {
        assertThat(given(10_000, 10_040, 0, 40, 80)).containsExactly(10_000L, 10_040L, 10_080L, 10_120L, 10_160L);
    }

    @Test
    void firstPicturesWithoutTimesKeepTheirDistance() {
        assertThat(given(NONE, NONE, NONE, 0, 41, 80)).containsExactly(0L, 40L, 80L, 120L, 160L, 200L);
    }

    @Test
    void timesOfDecodingTakeThePlaceOfThoseThatDoNotGoOn() {
        long[] shown = {0, 120, 40, 80, 240, 160, 200};
        List<Long> all = new ArrayList<>();
        for (int i = 0; i < shown.length; i++) {
            all.add(times.give(shown[i], 40L * i, 40));
        }
        assertThat(all.subList(4, 7)).containsExactly(160L, 200L, 240L);
        assertThat(all).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void picturesThatAreRefusedMoveNoOthers() {
        times.give(0, 0, 40);
        assertThat(times.refuse(900, 900, 40)).isEqualTo(900);
        assertThat(times.give(40, 960, 40)).isEqualTo(40);
        assertThat(times.refuse(960, 1_000, 40)).isEqualTo(960);
        assertThat(times.give(1_000, 1_040, 40)).isEqualTo(1_000);
        assertThat(times.latest()).isEqualTo(1_000);
    }

    @Test
    void oneWithoutATimeThatIsRefusedTakesItsPlace() {
        times.give(NONE, NONE, 40);
        assertThat(times.refuse(NONE, NONE, 40)).isEqualTo(40);
        assertThat(times.give(NONE, NONE, 40)).isEqualTo(80);
    }

    @Test
    void tellsAPictureThatComesTooLate() {
        times.give(0, 0, 40);
        times.give(400, 400, 40);
        assertThat(times.isLate(360, 440)).isTrue();
        assertThat(times.isLate(400, 440)).isFalse();
        assertThat(times.isLate(NONE, NONE)).isFalse();
    }

    @Test
    void beginsAnewElsewhere() {
        times.give(10_000, 10_000, 40);
        times.reset();
        assertThat(times.latest()).isEqualTo(NONE);
        assertThat(times.give(200, 200, 40)).isEqualTo(200);
    }

    private List<Long> given(long... shown) {
        List<Long> all = new ArrayList<>();
        for (long time : shown) {
            all.add(times.give(time, NONE, 40));
        }
        return all;
    }
}
