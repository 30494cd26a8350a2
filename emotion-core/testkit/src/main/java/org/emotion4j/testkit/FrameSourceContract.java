package org.emotion4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.emotion4j.frame.Frame;
import org.emotion4j.frame.FrameBuffer;
import org.emotion4j.frame.FrameBufferPool;
import org.emotion4j.frame.FrameSource;
import org.emotion4j.frame.FrameUnreadableException;
import org.emotion4j.frame.PixelFormat;
import org.junit.jupiter.api.Test;

/**
 * What every {@link FrameSource} promises. Extend it for your own source; the tests read a source of a few frames to its
 * end.
 */
public abstract class FrameSourceContract {
    /** How many frames are read at most, so that an endless source fails instead of hanging. */
    private static final int TOO_MANY = 2_000;

    /** Made by JUnit, of the class that extends it. */
    protected FrameSourceContract() {}

    /**
     * Makes a new source of at least one readable picture that comes to an end; each call gives the same pictures again.
     * The test closes it.
     *
     * @return a source at its beginning
     * @throws IOException if it cannot be opened
     */
    protected abstract FrameSource createSource() throws IOException;

    @Test
    void givesFramesUntilItsEnd() throws IOException {
        try (FrameSource source = createSource()) {
            assertThat(readAll(source)).isNotEmpty();
        }
    }

    @Test
    void endIsStable() throws IOException {
        try (FrameSource source = createSource()) {
            readAll(source);
            try (FrameBuffer target = FrameBuffer.standalone()) {
                assertThat(source.read(target)).isFalse();
                assertThat(source.read(target)).isFalse();
            }
        }
    }

    @Test
    void atTheEndTheTargetKeepsItsState() throws IOException {
        try (FrameSource source = createSource();
                FrameBuffer target = FrameBuffer.standalone()) {
            readAll(source);
            target.reshape(3, 1, PixelFormat.GRAY8).put(0, new byte[] {7, 8, 9});
            target.stamp(42);
            target.origin("before");
            source.read(target);
            try (Frame frame = target.toFrame()) {
                assertThat(bytes(frame)).containsExactly(7, 8, 9);
                assertThat(frame.width()).isEqualTo(3);
                assertThat(frame.mediaNanos()).isEqualTo(42);
                assertThat(frame.origin()).isEqualTo("before");
                assertThat(frame.discontinuity()).isFalse();
            }
        }
    }

    @Test
    void timesNeverGoBackExceptAtADiscontinuity() throws IOException {
        try (FrameSource source = createSource()) {
            List<Shot> shots = readAll(source);
            for (int i = 1; i < shots.size(); i++) {
                if (!shots.get(i).discontinuity) {
                    assertThat(shots.get(i).mediaNanos)
                            .as("time of frame %d", i)
                            .isGreaterThanOrEqualTo(shots.get(i - 1).mediaNanos);
                }
            }
        }
    }

    @Test
    void givesAsManyFramesAsItSays() throws IOException {
        try (FrameSource source = createSource()) {
            long promised = source.frameCount().orElse(-1);
            assumeTrue(promised >= 0, "this source does not know its number of frames");
            assertThat(readAll(source)).hasSize((int) promised);
        }
    }

    @Test
    void theSamePicturesComeOutTwice() throws IOException {
        try (FrameSource first = createSource();
                FrameSource second = createSource()) {
            assertThat(readAll(second)).isEqualTo(readAll(first));
        }
    }

    @Test
    void writesWholePicturesIntoMemoryThatHeldSomethingElse() throws Exception {
        List<Shot> expected;
        try (FrameSource source = createSource()) {
            expected = readAll(source);
        }
        FrameBufferPool pool = FrameBufferPool.poisoned(1);
        List<Shot> reused = new ArrayList<>();
        try (FrameSource source = createSource()) {
            while (reused.size() < TOO_MANY) {
                try (FrameBuffer target = pool.acquire()) {
                    if (!source.read(target)) {
                        break;
                    }
                    try (Frame frame = target.toFrame()) {
                        reused.add(Shot.of(frame));
                    }
                } catch (FrameUnreadableException e) {
                    continue;
                }
            }
        }
        assertThat(reused).isEqualTo(expected);
    }

    @Test
    void readingOnLeavesEarlierFramesAlone() throws IOException {
        try (FrameSource source = createSource();
                FrameBuffer first = FrameBuffer.standalone();
                FrameBuffer second = FrameBuffer.standalone()) {
            readOne(source, first);
            try (Frame frame = first.toFrame()) {
                Shot before = Shot.of(frame);
                readOne(source, second);
                assertThat(Shot.of(frame)).isEqualTo(before);
            }
        }
    }

    @Test
    void canBeClosedTwiceAndBeforeItsEnd() throws IOException {
        FrameSource source = createSource();
        try (FrameBuffer target = FrameBuffer.standalone()) {
            readOne(source, target);
        }
        source.close();
        assertThatCode(source::close).doesNotThrowAnyException();
    }

    @Test
    void canBeClosedUnread() throws IOException {
        assertThatCode(createSource()::close).doesNotThrowAnyException();
    }

    @Test
    void saysTheSameOfItsPaceAtEveryCall() throws IOException {
        try (FrameSource source = createSource()) {
            boolean before = source.isLive();
            readAll(source);
            assertThat(source.isLive()).isEqualTo(before);
        }
    }

    @Test
    void saysWhatItIs() throws IOException {
        try (FrameSource source = createSource()) {
            assertThat(source.metadata().name()).isNotBlank();
        }
    }

    /** Reads on to the next readable picture, if there is one. */
    private static boolean readOne(FrameSource source, FrameBuffer target) throws IOException {
        for (int i = 0; i < TOO_MANY; i++) {
            try {
                return source.read(target);
            } catch (FrameUnreadableException e) {
                continue;
            }
        }
        throw new AssertionError("no readable picture among " + TOO_MANY);
    }

    private static List<Shot> readAll(FrameSource source) throws IOException {
        List<Shot> shots = new ArrayList<>();
        while (shots.size() < TOO_MANY) {
            try (FrameBuffer target = FrameBuffer.standalone()) {
                if (!readOne(source, target)) {
                    return shots;
                }
                try (Frame frame = target.toFrame()) {
                    shots.add(Shot.of(frame));
                }
            }
        }
        throw new AssertionError("more than " + TOO_MANY + " frames; give the contract a source of a few");
    }

    private static byte[] bytes(Frame frame) {
        byte[] bytes = new byte[frame.stride() * frame.height()];
        frame.pixels().get(0, bytes);
        return bytes;
    }

    /** What is compared of a frame. */
    private record Shot(
            int width,
            int height,
            PixelFormat format,
            long mediaNanos,
            boolean discontinuity,
            String origin,
            int hash) {
        static Shot of(Frame frame) {
            return new Shot(
                    frame.width(),
                    frame.height(),
                    frame.format(),
                    frame.mediaNanos(),
                    frame.discontinuity(),
                    frame.origin(),
                    Arrays.hashCode(bytes(frame)));
        }
    }
}
