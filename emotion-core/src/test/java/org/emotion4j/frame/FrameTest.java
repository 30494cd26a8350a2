package org.emotion4j.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class FrameTest {
    @Test
    void copiesTheBytesItIsMadeOf() {
        byte[] pixels = {1, 2, 3, 4, 5, 6};
        try (Frame frame = Frame.of(2, 1, PixelFormat.RGB24, pixels)) {
            pixels[0] = 99;
            assertThat(frame.pixels().get(0)).isEqualTo((byte) 1);
            assertThat(frame.width()).isEqualTo(2);
            assertThat(frame.height()).isEqualTo(1);
            assertThat(frame.stride()).isEqualTo(6);
            assertThat(frame.mediaNanos()).isZero();
            assertThat(frame.discontinuity()).isFalse();
        }
    }

    @Test
    void refusesAnotherNumberOfBytes() {
        assertThatThrownBy(() -> Frame.of(2, 2, PixelFormat.RGB24, new byte[4]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("got 4 bytes, expected 12 for 2x2 RGB24");
    }

    @Test
    void refusesToBeReadOnceItIsClosed() {
        Frame frame = Frame.of(1, 1, PixelFormat.GRAY8, new byte[1]);
        frame.close();
        List<ThrowingCallable> reads =
                List.of(frame::pixels, frame::width, frame::height, frame::stride, frame::format);
        assertThat(reads).allSatisfy(read -> assertThatThrownBy(read)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed"));
    }

    @Test
    void stillSaysWhatItWasOnceItIsClosed() {
        Frame frame = Frame.of(3, 2, PixelFormat.GRAY8, new byte[6]);
        assertThat(frame).hasToString("Frame[3x2 GRAY8, mediaNanos=0]");
        frame.close();
        assertThat(frame).hasToString("Frame[3x2 GRAY8, mediaNanos=0, closed]");
    }
}
