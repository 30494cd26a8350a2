package org.emotion4j.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.bytedeco.javacpp.Pointer;
import org.emotion4j.frame.Frame;
import org.emotion4j.frame.FrameBuffer;
import org.emotion4j.frame.FrameBufferPool;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("native")
@Tag("slow")
class VideoMemoryTest {
    /** How often a clip is opened and closed; {@code -Demotion4j.test.opens=10000} for the long run. */
    private static final int OPENS = Integer.getInteger("emotion4j.test.opens", 500);

    /** Until the code is compiled and the allocator's pools have their size. */
    private static final int WARM_UP = Math.max(1_000, OPENS);

    private static final long MEGABYTE = 1 << 20;

    @TempDir
    Path folder;

    /** In a virtual machine of its own, whose heap is touched from the start and cannot grow, and whose
     * compiler needs little: what grows is native. */
    @Test
    void openingAndClosingLeavesMemoryFlat() throws Exception {
        Path file = Clip.of(5).encoder("libopenh264").size(160, 120).write(folder.resolve("short.mp4"));
        Process opens = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xms48m",
                        "-Xmx48m",
                        "-XX:+AlwaysPreTouch",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Opens.class.getName(),
                        file.toString(),
                        Integer.toString(OPENS)))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        List<String> lines = opens.inputReader().lines().toList();
        assertThat(opens.waitFor()).isZero();
        assertThat(lines).hasSize(2);
        long before = Long.parseLong(lines.get(0));
        long after = Long.parseLong(lines.get(1));
        System.out.printf(
                Locale.ROOT,
                "%d opens and closes: resident memory %.1f MB before, %.1f MB after%n",
                OPENS,
                before / (double) MEGABYTE,
                after / (double) MEGABYTE);
        assertThat(after - before).isLessThan(12 * MEGABYTE);
    }

    /** Opens and closes a clip, and says what is resident before and after, in bytes. */
    static final class Opens {
        private Opens() {}

        public static void main(String[] args) throws Exception {
            Path file = Path.of(args[0]);
            openAndClose(file, WARM_UP);
            System.out.println(OpenFiles.residentBytes());
            openAndClose(file, Integer.parseInt(args[1]));
            System.out.println(OpenFiles.residentBytes());
            assertThat(OpenFiles.below(file.getParent())).isEmpty();
        }
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
