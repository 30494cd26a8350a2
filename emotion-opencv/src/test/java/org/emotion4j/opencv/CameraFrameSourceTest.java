package org.emotion4j.opencv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.emotion4j.ffmpeg.Clip;
import org.emotion4j.frame.Frame;
import org.emotion4j.frame.FrameBuffer;
import org.emotion4j.frame.FrameBufferPool;
import org.emotion4j.frame.FrameSource;
import org.emotion4j.stage.StageMetadata;
import org.emotion4j.testkit.FrameSourceContract;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.opencv.videoio.VideoCapture;
import org.opencv.videoio.Videoio;

/** Without a camera: OpenCV's reader of MJPEG files stands in for the driver, behind the same interface. */
@Timeout(300)
@Tag("native")
class CameraFrameSourceTest {
    private static final long FRAME_NANOS = 40_000_000L;

    @TempDir
    static Path folder;

    private static Path pictures;

    @BeforeAll
    static void writePictures() throws IOException {
        OpenCv.load();
        pictures = Clip.of(8).encoder("mjpeg").size(322, 240).write(folder.resolve("driver.avi"));
    }

    @Nested
    class Contract extends FrameSourceContract {
        @Override
        protected FrameSource createSource() {
            return new FirstFrames(standIn(), 6);
        }
    }

    @Nested
    class MirroredContract extends FrameSourceContract {
        @Override
        protected FrameSource createSource() {
            return new FirstFrames(standIn(CameraFrameSource.Builder.forTests().mirrored()), 6);
        }
    }

    @Test
    void readsStraightIntoThePoolsMemoryWithAHeaderForEachBuffer() throws Exception {
        FrameBufferPool pool = FrameBufferPool.ofSize(1);
        try (CameraFrameSource camera = standIn()) {
            ByteBuffer memory = null;
            for (int i = 0; i < 5; i++) {
                try (FrameBuffer buffer = pool.acquire()) {
                    assertThat(camera.read(buffer)).isTrue();
                    try (Frame frame = buffer.toFrame()) {
                        assertThat(frame.width()).isEqualTo(322);
                        assertThat(frame.mediaNanos()).isEqualTo(i * FRAME_NANOS);
                        assertThat(frame.discontinuity()).isEqualTo(i == 0);
                        assertThat(frame.pixels().get(3 * 300) & 0xff).isBetween(100, 160);
                        assertThat(memory == null || memory == frame.pixels()).isTrue();
                        memory = frame.pixels();
                    }
                }
            }
        }
    }

    @Test
    void swapsLeftAndRightWhereAskedTo() throws IOException {
        try (CameraFrameSource plain = standIn();
                CameraFrameSource mirrored =
                        standIn(CameraFrameSource.Builder.forTests().mirrored());
                FrameBuffer one = FrameBuffer.standalone();
                FrameBuffer other = FrameBuffer.standalone()) {
            plain.read(one);
            mirrored.read(other);
            int last = one.stride() - 3;
            for (int x = 0; x < 322; x++) {
                assertThat(other.pixels().get(last - 3 * x))
                        .isEqualTo(one.pixels().get(3 * x));
            }
        }
    }

    @Test
    void saysWhatWasAskedForAndWhatWasGranted() {
        try (CameraFrameSource camera =
                standIn(CameraFrameSource.Builder.forTests().size(640, 480).framesPerSecond(30))) {
            assertThat(camera.width()).isEqualTo(322);
            assertThat(camera.height()).isEqualTo(240);
            assertThat(camera.frameRate()).hasValue(25);
            assertThat(camera.isLive()).isTrue();
            assertThat(camera.toString())
                    .contains("asked for 640x480 at 30.0 frames a second, granted 322x240 at 25.00 frames a second");
            assertThat(camera.metadata().notes()).contains(camera.toString());
        }
    }

    @Test
    void aCameraThatFallsSilentIsAnErrorAndStaysOne() throws IOException {
        try (CameraFrameSource camera = standIn();
                FrameBuffer buffer = FrameBuffer.standalone()) {
            for (int i = 0; i < 8; i++) {
                camera.read(buffer);
            }
            for (int i = 0; i < 2; i++) {
                assertThatThrownBy(() -> camera.read(buffer))
                        .isInstanceOf(IOException.class)
                        .hasMessageContaining("gives no more pictures");
            }
        }
    }

    @Test
    void refusesToReadOnceClosed() {
        CameraFrameSource camera = standIn();
        camera.close();
        camera.close();
        assertThatIllegalStateException()
                .isThrownBy(() -> camera.read(FrameBuffer.standalone()))
                .withMessageContaining("was closed");
    }

    @Test
    void closedDuringAReadItGivesTheCameraBackWhenTheReadReturns() throws Exception {
        VideoCapture capture = open();
        AtomicBoolean stillOpen = new AtomicBoolean();
        CameraFrameSource[] camera = new CameraFrameSource[1];
        // The ticker is asked in the middle of a read: exactly there somebody closes.
        camera[0] = new CameraFrameSource(
                capture, "camera:0", CameraFrameSource.Builder.forTests().ticker(() -> {
                    camera[0].close();
                    stillOpen.set(capture.isOpened());
                    return 0;
                }));
        assertThat(camera[0].read(FrameBuffer.standalone())).isTrue();
        assertThat(stillOpen).isTrue();
        assertThat(capture.isOpened()).isFalse();
    }

    @Test
    void aCameraThatIsNotThereIsNotWaitedForAndTheErrorSaysWhatToCheck() {
        assumeTrue(Camera.isLinux(), "skipped: device files are Linux's");
        assertThatThrownBy(() -> CameraFrameSource.open(987))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessageContaining("/dev/video987: there is no such camera; ")
                .as("a driver was asked and waited for")
                .message()
                .doesNotContain("did not open within");
    }

    @Test
    void aFileOrAFolderIsNoCamera() {
        assumeTrue(Camera.isLinux(), "skipped: device files are Linux's");
        assertThatThrownBy(() -> CameraFrameSource.builder(pictures).open())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("is no camera but a file or folder");
    }

    @Test
    void aDeviceThatIsNoCameraIsRefused() {
        Path device = Path.of("/dev/null");
        assumeTrue(Camera.isLinux() && Files.isWritable(device), "skipped: device files are Linux's");
        assertThatThrownBy(() -> CameraFrameSource.builder(device).open())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("camera:/dev/null: gives no pictures. Either another program uses the camera");
    }

    @Test
    void aDriverThatHangsIsLeftAloneAndTheCameraGivenBackWhenItComesBack() throws Exception {
        CountDownLatch hanging = new CountDownLatch(1);
        CountDownLatch released = new CountDownLatch(1);
        VideoCapture late = new VideoCapture() {
            @Override
            public void release() {
                super.release();
                released.countDown();
            }
        };
        assertThatThrownBy(() -> new CameraOpening(CameraFrameSource.builder(0))
                        .opened(
                                () -> {
                                    await(hanging);
                                    return late;
                                },
                                Duration.ofMillis(20)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("camera:0: did not open within 20 ms; its driver hangs");
        hanging.countDown();
        await(released);
    }

    @Test
    void listsCamerasByNameWithoutTheirMetadataNodes() throws IOException {
        Path drivers = folder.resolve("video4linux");
        driver(drivers.resolve("video10"), "Desk camera: Desk", "0");
        driver(drivers.resolve("video2"), "Built-in\n", "0");
        driver(drivers.resolve("video3"), "Built-in", "1");
        Files.createDirectories(drivers.resolve("video4"));
        assertThat(Camera.list(drivers, Path.of("/dev")))
                .containsExactly(
                        new Camera(2, "/dev/video2", "Built-in"),
                        new Camera(4, "/dev/video4", "camera 4"),
                        new Camera(10, "/dev/video10", "Desk camera: Desk"));
        assertThat(Camera.list(folder.resolve("none"), Path.of("/dev"))).isEmpty();
        assertThat(new Camera(2, "/dev/video2", "Built-in")).hasToString("camera:2  Built-in  (/dev/video2)");
    }

    @Test
    void listsNoneWhereThereIsNone() {
        assumeTrue(Camera.isLinux() && !Files.exists(Camera.DRIVERS), "skipped: this machine may have a camera");
        assertThat(Camera.list()).isEmpty();
    }

    @Test
    void refusesSettingsThatMakeNoSense() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CameraFrameSource.builder(-1))
                .withMessage("camera index is -1, expected 0 to 9999");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CameraFrameSource.builder(0).size(0, 10))
                .withMessageContaining("size is 0x10");
        assertThatIllegalStateException()
                .isThrownBy(
                        () -> CameraFrameSource.builder(0).framesPerSecond(3).framesPerSecond(4))
                .withMessage("framesPerSecond was set already to 3.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CameraFrameSource.builder(0).openTimeout(Duration.ZERO));
    }

    private static void driver(Path node, String name, String index) throws IOException {
        Files.createDirectories(node);
        Files.writeString(node.resolve("name"), name);
        Files.writeString(node.resolve("index"), index + "\n");
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static CameraFrameSource standIn() {
        return standIn(CameraFrameSource.Builder.forTests());
    }

    private static CameraFrameSource standIn(CameraFrameSource.Builder settings) {
        AtomicLong clock = new AtomicLong(1_000);
        return new CameraFrameSource(open(), "camera:0", settings.ticker(() -> clock.getAndAdd(FRAME_NANOS)));
    }

    private static VideoCapture open() {
        VideoCapture capture = new VideoCapture();
        assertThat(capture.open(pictures.toString(), Videoio.CAP_OPENCV_MJPEG)).isTrue();
        return capture;
    }

    /** A camera never ends; the contract wants an end. */
    private record FirstFrames(CameraFrameSource camera, int[] left) implements FrameSource {
        FirstFrames(CameraFrameSource camera, int count) {
            this(camera, new int[] {count});
        }

        @Override
        public boolean read(FrameBuffer target) throws IOException {
            return left[0]-- > 0 && camera.read(target);
        }

        @Override
        public StageMetadata metadata() {
            return camera.metadata();
        }

        @Override
        public void close() {
            camera.close();
        }
    }
}
