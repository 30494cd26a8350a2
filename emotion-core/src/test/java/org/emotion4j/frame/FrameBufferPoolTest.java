package org.emotion4j.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameBufferPoolTest {
    @Test
    void countsWhatIsNotInUse() throws InterruptedException {
        FrameBufferPool pool = FrameBufferPool.ofSize(2);
        FrameBuffer first = pool.acquire();
        assertThat(pool.available()).isEqualTo(1);
        pool.acquire();
        assertThat(pool.available()).isZero();
        first.close();
        assertThat(pool.available()).isEqualTo(1);
        assertThat(pool.size()).isEqualTo(2);
    }

    @Test
    void aFrameReturnsItsMemoryWhenItIsClosed() throws InterruptedException {
        FrameBufferPool pool = FrameBufferPool.ofSize(1);
        Frame frame = filled(pool);
        assertThat(pool.available()).isZero();
        frame.close();
        assertThat(pool.available()).isEqualTo(1);
    }

    @Test
    void memoryReturnsOnceHoweverOftenItIsClosed() throws InterruptedException {
        FrameBufferPool pool = FrameBufferPool.ofSize(2);
        FrameBuffer buffer = pool.acquire();
        buffer.reshape(1, 1, PixelFormat.GRAY8);
        Frame frame = buffer.toFrame();
        frame.close();
        frame.close();
        buffer.close();
        assertThat(pool.available()).isEqualTo(2);
    }

    @Test
    void theSameMemoryGoesRound() throws InterruptedException {
        FrameBufferPool pool = FrameBufferPool.ofSize(1);
        ByteBuffer first;
        try (Frame frame = filled(pool)) {
            first = frame.pixels();
        }
        try (Frame frame = filled(pool)) {
            assertThat(frame.pixels()).isSameAs(first);
        }
    }

    @Test
    void aBufferKnowsNothingOfThePictureBefore() throws InterruptedException {
        FrameBufferPool pool = FrameBufferPool.ofSize(1);
        FrameBuffer before = pool.acquire();
        before.reshape(1, 1, PixelFormat.GRAY8);
        before.markDiscontinuity();
        before.stamp(5);
        before.origin("before");
        before.toFrame().close();
        try (Frame frame = filled(pool)) {
            assertThat(frame.discontinuity()).isFalse();
            assertThat(frame.mediaNanos()).isZero();
            assertThat(frame.origin()).isEmpty();
        }
    }

    @Test
    void aPoisonedPoolShowsWhoStillReadsAClosedFrame() throws InterruptedException {
        FrameBufferPool pool = FrameBufferPool.poisoned(1);
        Frame frame = filled(pool);
        ByteBuffer keptTooLong = frame.pixels();
        frame.close();
        for (int i = 0; i < keptTooLong.capacity(); i++) {
            assertThat(keptTooLong.get(i)).isEqualTo((byte) 0xA5);
        }
    }

    @Test
    void waitsUntilABufferComesBack() throws Exception {
        FrameBufferPool pool = FrameBufferPool.ofSize(1);
        Frame inUse = filled(pool);
        CompletableFuture<FrameBuffer> waiting = CompletableFuture.supplyAsync(() -> {
            try {
                return pool.acquire();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        assertThat(waiting).isNotDone();
        inUse.close();
        assertThat(waiting.get(2, TimeUnit.MINUTES)).isNotNull();
    }

    @Test
    void waitingEndsWithAnInterrupt() throws InterruptedException {
        FrameBufferPool pool = FrameBufferPool.ofSize(1);
        pool.acquire();
        Thread.currentThread().interrupt();
        assertThatThrownBy(pool::acquire).isInstanceOf(InterruptedException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 1_001})
    void refusesASizeOutOfRange(int size) {
        assertThatThrownBy(() -> FrameBufferPool.ofSize(size))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("pool size is %d, expected 1 to 1000", size);
    }

    private static Frame filled(FrameBufferPool pool) throws InterruptedException {
        FrameBuffer buffer = pool.acquire();
        buffer.reshape(4, 3, PixelFormat.GRAY8).put(0, new byte[12]);
        return buffer.toFrame();
    }
}
