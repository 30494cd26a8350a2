package org.emotion4j.opencv.video;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Locale;
import org.bytedeco.javacpp.Pointer;
import org.emotion4j.frame.Frame;
import org.emotion4j.frame.FrameBuffer;
import org.emotion4j.frame.FrameBufferPool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VideoMemoryTest {
    /** How often a clip is opened and closed; {@code -Demotion4j.test.opens=10000} for the long run. */
    private static final int OPENS = Integer.getInteger("emotion4j.test.opens", 500);

    /** Until the heap and the allocator's pools have their size. */
    private static final int WARM_UP = Math.max(200, OPENS / 4);

    private static final long MEGABYTE = 1 << 20;

    @TempDir
    Path folder;

    @Test
    void openingAndClosingLeavesMemoryFlat() throws Exception {
        Path file = Clip.of(5).encoder("libopenh264").size(160, 120).write(folder.resolve("short.mp4"));
        openAndClose(file, WARM_UP);
        long before = OpenFiles.residentBytes();
        openAndClose(file, OPENS);
        long after = OpenFiles.residentBytes();
        System.out.printf(
                Locale.ROOT,
                "%d opens and closes: resident memory %.1f MB before, %.1f MB after%n",
                OPENS,
                before / (double) MEGABYTE,
                after / (double) MEGABYTE);
        assertThat(OpenFiles.below(folder)).isEmpty();
        assertThat(after - before).isLessThan(32 * MEGABYTE);
    }

    private static void openAndClose(Path file, int times) throws Exception {
        FrameBufferPool pool = FrameBufferPool.ofSize(1);
        for (int i = 0; i < times; i++) {
            try (VideoFrameSource source = VideoFrameSource.open(file);
                    FrameBuffer buffer = pool.acquire()) {
                assertThat(source.read(buffer)).isTrue();
            }
        }
    }

    @Test
    void nothingNativeIsAllocatedForEachFrame() throws Exception {
        Path file = Clip.of(200).encoder("libopenh264").size(640, 480).write(folder.resolve("long.mp4"));
        Path odd = Clip.of(200).encoder("mjpeg").size(322, 241).write(folder.resolve("odd.avi"));
        staysFlat(file);
        staysFlat(odd);
    }

    private static void staysFlat(Path file) throws IOException, InterruptedException {
        FrameBufferPool pool = FrameBufferPool.ofSize(2);
        try (VideoFrameSource source = VideoFrameSource.open(file)) {
            for (int i = 0; i < 10; i++) {
                next(source, pool);
            }
            long pointers = Pointer.totalCount();
            long buffers = directBuffers();
            for (int i = 10; i < 200; i++) {
                next(source, pool);
            }
            assertThat(Pointer.totalCount()).as("JavaCPP's allocations").isLessThanOrEqualTo(pointers);
            assertThat(directBuffers()).as("direct buffers").isLessThanOrEqualTo(buffers);
        }
    }

    private static void next(VideoFrameSource source, FrameBufferPool pool) throws IOException, InterruptedException {
        try (FrameBuffer buffer = pool.acquire()) {
            assertThat(source.read(buffer)).isTrue();
            try (Frame frame = buffer.toFrame()) {
                assertThat(frame.width()).isPositive();
            }
        }
    }

    private static long directBuffers() {
        return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .filter(pool -> pool.getName().equals("direct"))
                .mapToLong(BufferPoolMXBean::getCount)
                .sum();
    }
}
