package org.emotion4j.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.emotion4j.frame.PushFrameSource.Overflow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
class PushFrameSourceTest {
    @Test
    void givesWhatWasOfferedInItsOwnSizeFormatAndTime() throws IOException {
        PushFrameSource source = PushFrameSource.builder().origin("call 7").build();
        source.offer(Frame.of(2, 1, PixelFormat.RGB24, new byte[] {1, 2, 3, 4, 5, 6}), 5);
        try (Frame frame = next(source)) {
            assertThat(frame.format()).isEqualTo(PixelFormat.RGB24);
            assertThat(frame.width()).isEqualTo(2);
            assertThat(frame.pixels().get(5)).isEqualTo((byte) 6);
            assertThat(frame.mediaNanos()).isEqualTo(5);
            assertThat(frame.origin()).isEqualTo("call 7");
            assertThat(frame.discontinuity()).isFalse();
        }
    }

    @Test
    void copiesSoThatTheCallerMayGoOn() throws IOException {
        PushFrameSource source = PushFrameSource.ofDefaults();
        try (FrameBuffer own = FrameBuffer.standalone()) {
            own.reshape(1, 1, PixelFormat.GRAY8).put(0, (byte) 9);
            source.offer(own, 0);
            own.pixels().put(0, (byte) 1);
        }
        assertThat(value(source)).isEqualTo(9);
    }

    @Test
    void dropsTheOldestOrTheNewest() throws IOException {
        PushFrameSource fresh = filled(Overflow.DROP_OLDEST);
        assertThat(values(fresh)).containsExactly(2, 3);
        assertThat(fresh.accepted()).isEqualTo(4);
        assertThat(fresh.dropped()).isEqualTo(2);

        PushFrameSource old = filled(Overflow.DROP_NEWEST);
        assertThat(values(old)).containsExactly(0, 1);
        assertThat(old.accepted()).isEqualTo(2);
        assertThat(old.dropped()).isEqualTo(2);
    }

    @Test
    void losesNothingWhereTheOneWhoOffersWaits() throws Exception {
        PushFrameSource source =
                PushFrameSource.builder().overflow(Overflow.BLOCK).capacity(1).build();
        CompletableFuture<Void> offering = CompletableFuture.runAsync(() -> {
            for (int i = 0; i < 50; i++) {
                assertThat(source.offer(gray(i), i)).isTrue();
            }
            source.end();
        });
        assertThat(values(source)).hasSize(50).isSorted();
        offering.get(2, TimeUnit.MINUTES);
        assertThat(source.dropped()).isZero();
    }

    @Test
    void aSceneThatWasDroppedBeginsWithTheNextPicture() throws IOException {
        PushFrameSource oldest = PushFrameSource.builder().capacity(1).build();
        oldest.offerNewScene(gray(1), 100);
        oldest.offer(gray(2), 140);
        try (Frame frame = next(oldest)) {
            assertThat(frame.discontinuity()).isTrue();
        }
        PushFrameSource newest = PushFrameSource.builder()
                .capacity(1)
                .overflow(Overflow.DROP_NEWEST)
                .build();
        newest.offer(gray(1), 100);
        assertThat(newest.offerNewScene(gray(2), 0)).isFalse();
        next(newest).close();
        newest.offer(gray(3), 40);
        try (Frame frame = next(newest)) {
            assertThat(frame.discontinuity()).isTrue();
        }
    }

    @Test
    void refusesATimeThatGoesBack() {
        PushFrameSource source = PushFrameSource.ofDefaults();
        source.offer(gray(1), 100);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> source.offer(gray(2), 99))
                .withMessageContaining("mediaNanos is 99, expected 100");
        assertThat(source.offerNewScene(gray(2), 0)).isTrue();
    }

    @Test
    void endsAfterWhatWaits() throws IOException {
        PushFrameSource source = PushFrameSource.ofDefaults();
        source.offer(gray(1), 0);
        source.end();
        assertThat(values(source)).containsExactly(1);
        assertThatIllegalStateException().isThrownBy(() -> source.offer(gray(2), 1));
    }

    @Test
    void failsAfterWhatWaits() throws IOException {
        PushFrameSource source = PushFrameSource.ofDefaults();
        source.offer(gray(1), 0);
        source.fail(new IOException("the call was lost"));
        assertThat(value(source)).isEqualTo(1);
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> source.read(FrameBuffer.standalone())).hasMessage("the call was lost");
        }
    }

    @Test
    void anInterruptEndsTheWaitAndStaysSet() {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> PushFrameSource.ofDefaults().read(FrameBuffer.standalone()))
                .isInstanceOf(InterruptedIOException.class);
        assertThat(Thread.interrupted()).isTrue();
        PushFrameSource full =
                PushFrameSource.builder().overflow(Overflow.BLOCK).capacity(1).build();
        full.offer(gray(1), 0);
        Thread.currentThread().interrupt();
        assertThat(full.offer(gray(2), 1)).isFalse();
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void closingLetsEverybodyGo() throws Exception {
        PushFrameSource source = PushFrameSource.ofDefaults();
        CompletableFuture<Boolean> reading = CompletableFuture.supplyAsync(() -> {
            try {
                return source.read(FrameBuffer.standalone());
            } catch (IOException | IllegalStateException e) {
                return false;
            }
        });
        source.close();
        assertThat(reading.get(2, TimeUnit.MINUTES)).isFalse();
        assertThat(source.offer(gray(1), 0)).isFalse();
    }

    @Test
    void refusesSettingsThatMakeNoSense() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PushFrameSource.builder().capacity(0))
                .withMessage("capacity is 0, expected 1 to 1000");
        assertThatIllegalStateException()
                .isThrownBy(() -> PushFrameSource.builder().capacity(3).capacity(4))
                .withMessage("capacity was set already to 3");
        assertThat(PushFrameSource.ofDefaults()).hasToString("PushFrameSource[room for 2, DROP_OLDEST]");
        assertThat(PushFrameSource.ofDefaults().isLive()).isTrue();
    }

    private static PushFrameSource filled(Overflow overflow) {
        PushFrameSource source = PushFrameSource.builder().overflow(overflow).build();
        for (int i = 0; i < 4; i++) {
            source.offer(gray(i), i);
        }
        source.end();
        return source;
    }

    private static Frame gray(int value) {
        return Frame.of(1, 1, PixelFormat.GRAY8, new byte[] {(byte) value});
    }

    private static List<Integer> values(PushFrameSource source) throws IOException {
        List<Integer> values = new ArrayList<>();
        FrameBuffer buffer = FrameBuffer.standalone();
        while (source.read(buffer)) {
            values.add((int) buffer.pixels().get(0));
        }
        return values;
    }

    private static int value(PushFrameSource source) throws IOException {
        try (Frame frame = next(source)) {
            return frame.pixels().get(0);
        }
    }

    private static Frame next(PushFrameSource source) throws IOException {
        FrameBuffer buffer = FrameBuffer.standalone();
        assertThat(source.read(buffer)).isTrue();
        return buffer.toFrame();
    }

    @Test
    void aClockThatJumpsBeginsANewScene() throws IOException {
        long clock = 1_790_000_000_000_000_000L;
        try (PushFrameSource source = PushFrameSource.builder().capacity(4).build();
                Frame picture = Frame.of(4, 4, PixelFormat.GRAY8, new byte[16])) {
            for (long time : new long[] {0, 33_000_000, clock, clock + 33_000_000}) {
                source.offer(picture, time);
            }
            List<Boolean> scenes = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                try (FrameBuffer each = FrameBuffer.standalone()) {
                    source.read(each);
                    scenes.add(each.discontinuity());
                }
            }
            assertThat(scenes).containsExactly(false, false, true, false);
        }
    }

    @Test
    void timesOfAClockBeginAtZero() throws IOException {
        long clock = 1_790_000_000_000_000_000L;
        try (PushFrameSource source = PushFrameSource.builder().capacity(4).build();
                Frame picture = Frame.of(2, 2, PixelFormat.GRAY8, new byte[4]);
                FrameBuffer buffer = FrameBuffer.standalone()) {
            source.offer(picture, clock);
            source.offer(picture, clock + 33_000_000);
            source.offerNewScene(picture, clock - 60_000_000_000L);
            for (long expected : new long[] {0, 33_000_000, -60_000_000_000L}) {
                assertThat(source.read(buffer)).isTrue();
                assertThat(buffer.mediaNanos()).isEqualTo(expected);
            }
        }
    }
}
