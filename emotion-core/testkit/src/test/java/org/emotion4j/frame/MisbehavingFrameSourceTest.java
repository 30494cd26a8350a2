package org.emotion4j.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.emotion4j.testkit.FrameSourceContract;
import org.emotion4j.testkit.MisbehavingFrameSource;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
class MisbehavingFrameSourceTest {
    private final FrameBuffer buffer = FrameBuffer.standalone();

    @Nested
    class WellBehaved extends FrameSourceContract {
        @Override
        protected FrameSource createSource() {
            return around(5).build();
        }
    }

    @Nested
    class FailingFreezingAndCutOff extends FrameSourceContract {
        @Override
        protected FrameSource createSource() {
            return around(20).failAt(1).repeatAt(3, 9).cutAt(17).build();
        }
    }

    @Test
    void isSlowWhereItIsTold() throws IOException {
        int[] pauses = {0};
        MisbehavingFrameSource source = around(3).slowAt(1, () -> pauses[0]++).build();
        source.read(buffer);
        assertThat(pauses[0]).isZero();
        source.read(buffer);
        assertThat(pauses[0]).isEqualTo(1);
    }

    @Test
    void hangsUntilItIsLetGoAndTellsOfACloseMeanwhile() throws Exception {
        MisbehavingFrameSource source = around(3).hangAt(0).build();
        CompletableFuture<Boolean> reading = CompletableFuture.supplyAsync(() -> {
            try {
                return source.read(FrameBuffer.standalone());
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
        assertThat(source.awaitHang(Duration.ofMinutes(2))).isTrue();
        assertThat(reading).isNotDone();
        assertThat(source.wasClosedDuringRead()).isFalse();
        source.letGo();
        assertThat(reading.get(2, TimeUnit.MINUTES)).isTrue();
        source.close();
        assertThat(source.wasClosedDuringRead()).isFalse();
        assertThat(source.isClosed()).isTrue();
    }

    @Test
    void repeatsThePictureBefore() throws IOException {
        MisbehavingFrameSource source = around(3).repeatAt(1, 1).build();
        source.read(buffer);
        byte first = buffer.pixels().get(0);
        source.read(buffer);
        assertThat(buffer.pixels().get(0)).isEqualTo(first);
        source.read(buffer);
        assertThat(buffer.pixels().get(0)).isNotEqualTo(first);
    }

    @Test
    void breaksDownForGood() {
        MisbehavingFrameSource source = around(3).breakAt(0).build();
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> source.read(buffer))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("broke down at frame 0");
        }
    }

    private static MisbehavingFrameSource.Builder around(int frames) {
        return MisbehavingFrameSource.around(ScriptedFrameSource.frames(frames).build());
    }
}
