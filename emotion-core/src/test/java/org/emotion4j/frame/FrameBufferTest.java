package org.emotion4j.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FrameBufferTest {
    private final FrameBuffer buffer = FrameBuffer.standalone();

    @Test
    void handsOutDirectMemoryForEachBytesOfThePicture() {
        ByteBuffer memory = buffer.reshape(5, 3, PixelFormat.BGR24);
        assertThat(memory.isDirect()).isTrue();
        assertThat(memory.capacity()).isEqualTo(45);
        assertThat(memory.position()).isZero();
        assertThat(buffer.stride()).isEqualTo(15);
    }

    @Test
    void whatIsWrittenIsWhatTheFrameShows() {
        buffer.reshape(2, 2, PixelFormat.GRAY8).put(0, new byte[] {1, 2, 3, 4});
        buffer.stamp(77);
        buffer.origin("a.png");
        buffer.markDiscontinuity();
        try (Frame frame = buffer.toFrame()) {
            assertThat(frame.pixels().get(3)).isEqualTo((byte) 4);
            assertThat(frame.mediaNanos()).isEqualTo(77);
            assertThat(frame.origin()).isEqualTo("a.png");
            assertThat(frame.discontinuity()).isTrue();
        }
    }

    @Test
    void keepsItsMemoryWhereThatIsLargeEnough() {
        ByteBuffer large = buffer.reshape(10, 10, PixelFormat.GRAY8);
        large.put(0, (byte) 42);
        ByteBuffer small = buffer.reshape(4, 4, PixelFormat.GRAY8);
        assertThat(small.capacity()).isEqualTo(16);
        assertThat(small.get(0)).as("the same memory").isEqualTo((byte) 42);
    }

    @Test
    void growsWhereItHasTo() {
        buffer.reshape(2, 2, PixelFormat.GRAY8);
        assertThat(buffer.reshape(20, 10, PixelFormat.RGB24).capacity()).isEqualTo(600);
    }

    @Test
    void theMemoryOfOneSizeIsAlwaysTheSameObject() {
        ByteBuffer memory = buffer.reshape(4, 4, PixelFormat.GRAY8);
        assertThat(buffer.pixels()).isSameAs(memory);
        assertThat(buffer.reshape(4, 4, PixelFormat.GRAY8)).isSameAs(memory);
        try (Frame frame = buffer.toFrame()) {
            assertThat(frame.pixels()).isSameAs(memory).isSameAs(frame.pixels());
        }
    }

    @ParameterizedTest
    @CsvSource({"0,1", "1,0", "-3,4", "20000,20000", "2147483647,2147483647"})
    void refusesASizeOutOfRange(int width, int height) {
        assertThatThrownBy(() -> buffer.reshape(width, height, PixelFormat.GRAY8))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "picture size is %dx%d, expected sides of 1 or more and at most 100000000 pixels",
                        width, height);
    }

    @Test
    void aRefusedSizeLeavesTheOldOne() {
        buffer.reshape(2, 2, PixelFormat.GRAY8);
        assertThatThrownBy(() -> buffer.reshape(0, 5, PixelFormat.RGB24));
        assertThat(buffer.width()).isEqualTo(2);
        assertThat(buffer.format()).isEqualTo(PixelFormat.GRAY8);
    }

    @Test
    void isNoFrameBeforeItHasASize() {
        assertThatThrownBy(buffer::toFrame)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("call reshape first");
    }

    @Test
    void refusesEveryCallOnceItIsAFrame() {
        buffer.reshape(2, 2, PixelFormat.GRAY8);
        buffer.toFrame();
        assertRefusesEveryCall();
    }

    @Test
    void refusesEveryCallOnceItIsClosed() {
        buffer.reshape(2, 2, PixelFormat.GRAY8);
        buffer.close();
        assertRefusesEveryCall();
    }

    @Test
    void closingItLateLeavesItsFrameAlone() {
        buffer.reshape(1, 1, PixelFormat.GRAY8).put(0, (byte) 9);
        Frame frame = buffer.toFrame();
        buffer.close();
        assertThat(frame.pixels().get(0)).isEqualTo((byte) 9);
    }

    private void assertRefusesEveryCall() {
        List<ThrowingCallable> calls = List.of(
                () -> buffer.reshape(1, 1, PixelFormat.GRAY8),
                () -> buffer.stamp(0),
                buffer::markDiscontinuity,
                () -> buffer.origin(""),
                buffer::toFrame,
                buffer::width,
                buffer::height,
                buffer::stride,
                buffer::format,
                buffer::pixels);
        assertThat(calls).allSatisfy(call -> assertThatThrownBy(call)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("handed on or closed"));
    }
}
