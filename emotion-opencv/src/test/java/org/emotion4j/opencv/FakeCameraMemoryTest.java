package org.emotion4j.opencv;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.emotion4j.frame.Frame;
import org.emotion4j.frame.FrameBuffer;
import org.emotion4j.frame.FrameBufferPool;
import org.emotion4j.opencv.fakecamera.FakeCamera;
import org.emotion4j.opencv.fakecamera.FakeFilm;
import org.emotion4j.opencv.fakecamera.WithFakeCamera;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Ten minutes of a camera at 30 pictures a second, as fast as they are read, and the memory of the process. */
@Tag("native")
@Tag("slow")
@ExtendWith(WithFakeCamera.class)
class FakeCameraMemoryTest {
    private static final Path ROOT = Path.of(String.valueOf(System.getenv("FAKE_CAMERA_ROOT")));
    private static final int TEN_MINUTES = 18_000;

    /** Until the code is compiled and the allocator's pools have their size. */
    private static final int SETTLE = 4_000;

    private static final int EVERY = 100;

    @Test
    void tenMinutesOfCompressedPicturesLeakNothing(FakeCamera camera) throws Exception {
        staysFlat(camera, "MJPG-320x240");
    }

    @Test
    void tenMinutesOfPicturesThatAreNotCompressedLeakNothing(FakeCamera camera) throws Exception {
        staysFlat(camera, "YUYV-320x240");
    }

    private static void staysFlat(FakeCamera camera, String mode) throws Exception {
        camera.modes(mode.replace('-', ':') + "@30");
        FakeFilm.write(ROOT, mode, 32);
        FrameBufferPool pool = FrameBufferPool.ofSize(3);
        long[] resident = new long[TEN_MINUTES / EVERY];
        int open;
        try (CameraFrameSource source = CameraFrameSource.open(9)) {
            for (int i = 0; i < SETTLE; i++) {
                read(source, pool);
            }
            open = openFiles();
            for (int i = 0; i < TEN_MINUTES; i++) {
                read(source, pool);
                if (i % EVERY == 0) {
                    resident[i / EVERY] = residentKilobytes();
                }
            }
            assertThat(openFiles()).as("file descriptors").isEqualTo(open);
        }
        assertThat(camera.count("handles")).isZero();
        assertThat(camera.count("given")).isGreaterThanOrEqualTo(SETTLE + TEN_MINUTES);
        double first = median(resident, 0);
        double growth = 3 * steps(resident) / first;
        WithFakeCamera.note(String.format(
                Locale.ROOT,
                "%s, %,d pictures: resident %.1f MB in the first quarter, %.1f MB in the last; steady growth %.2f %%",
                mode,
                TEN_MINUTES,
                first / 1_024,
                median(resident, 3) / 1_024,
                100 * growth));
        assertThat(growth).as("steady growth").isLessThan(0.03);
        assertThat(median(resident, 3)).as("in the last quarter").isLessThan(1.09 * first);
    }

    private static void read(CameraFrameSource source, FrameBufferPool pool) throws IOException, InterruptedException {
        try (FrameBuffer buffer = pool.acquire()) {
            assertThat(source.read(buffer)).isTrue();
            try (Frame frame = buffer.toFrame()) {
                assertThat(frame.width()).isEqualTo(320);
            }
        }
    }

    /** The least growth from one quarter to the next: a leak grows in all of them, what is needed once in one. */
    private static double steps(long[] samples) {
        double least = Double.MAX_VALUE;
        for (int quarter = 1; quarter < 4; quarter++) {
            least = Math.min(least, median(samples, quarter) - median(samples, quarter - 1));
        }
        return least;
    }

    private static double median(long[] samples, int quarter) {
        int size = samples.length / 4;
        long[] sorted = Arrays.copyOfRange(samples, quarter * size, (quarter + 1) * size);
        Arrays.sort(sorted);
        return sorted[size / 2];
    }

    private static long residentKilobytes() throws IOException {
        List<String> status = Files.readAllLines(Path.of("/proc/self/status"));
        return status.stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElseThrow();
    }

    private static int openFiles() {
        return Path.of("/proc/self/fd").toFile().list().length;
    }
}
