package org.emotion4j.opencv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.emotion4j.frame.FrameBuffer;
import org.emotion4j.frame.FrameUnreadableException;
import org.emotion4j.opencv.fakecamera.FakeCamera;
import org.emotion4j.opencv.fakecamera.FakeFilm;
import org.emotion4j.opencv.fakecamera.WithFakeCamera;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A camera through OpenCV's own V4L2 backend; the driver alone is not real. */
@Tag("native")
@ExtendWith(WithFakeCamera.class)
class FakeCameraTest {
    private static final Path ROOT = Path.of(String.valueOf(System.getenv("FAKE_CAMERA_ROOT")));

    private static final int FILM = 32;

    /** Of 30 a second, as the driver counts: in whole microseconds. */
    private static final long FRAME_NANOS = 33_333_000L;

    @Test
    void isListedByTheNameThatItsDriverGives() {
        assertThat(Camera.list()).containsExactly(new Camera(9, "/dev/video9", "Fake camera"));
    }

    @Test
    void openedAsItComesItGivesOnePictureAfterAnother(FakeCamera camera) throws Exception {
        setUp(camera, "YUYV:640x480@30,15", "YUYV:320x240@30");
        try (CameraFrameSource source = CameraFrameSource.open(9);
                FrameBuffer target = FrameBuffer.standalone()) {
            assertThat(camera.mode()).isEqualTo("YUYV-640x480@30");
            assertThat(source.width()).isEqualTo(640);
            assertThat(source.height()).isEqualTo(480);
            assertThat(source.frameRate()).hasValue(30);
            int first = next(source, target);
            for (int i = 1; i < 40; i++) {
                assertThat(next(source, target)).isEqualTo((first + i) % FILM);
                assertThat(target.width()).isEqualTo(640);
            }
        }
    }

    @Test
    void aSizeThatItDoesNotHaveIsAnsweredByTheNearestAndBothAreTold(FakeCamera camera) throws Exception {
        setUp(camera, "YUYV:640x480@30,15");
        try (CameraFrameSource source = CameraFrameSource.builder(9)
                        .size(1280, 720)
                        .framesPerSecond(30)
                        .open();
                FrameBuffer target = FrameBuffer.standalone()) {
            assertThat(source.width()).isEqualTo(640);
            assertThat(source.height()).isEqualTo(480);
            assertThat(source.toString())
                    .contains("asked for 1280x720 at 30.0 frames a second, granted 640x480 at 30.00 frames a second");
            next(source, target);
            assertThat(target.width()).isEqualTo(640);
        }
    }

    @Test
    void largePicturesAreAskedForCompressedAndSmallOnesAreNot(FakeCamera camera) throws Exception {
        setUp(camera, "YUYV:640x480@30", "YUYV:1280x720@10", "MJPG:640x480@30", "MJPG:1280x720@30");
        try (CameraFrameSource source =
                        CameraFrameSource.builder(9).size(1280, 720).open();
                FrameBuffer target = FrameBuffer.standalone()) {
            assertThat(camera.mode()).isEqualTo("MJPG-1280x720@30");
            assertThat(next(source, target) + 1).isEqualTo(next(source, target));
            assertThat(target.width()).isEqualTo(1280);
        }
        CameraFrameSource.builder(9).size(640, 480).open().close();
        assertThat(camera.mode()).isEqualTo("YUYV-640x480@30");
    }

    @Test
    void theRateThatIsAskedForIsGrantedWhereItHasIt(FakeCamera camera) throws Exception {
        setUp(camera, "YUYV:640x480@30,15,5");
        try (CameraFrameSource source =
                CameraFrameSource.builder(9).framesPerSecond(15).open()) {
            assertThat(source.frameRate()).hasValue(15);
            assertThat(camera.mode()).isEqualTo("YUYV-640x480@15");
        }
    }

    @Test
    void aPictureHasTheTimeThatItsDriverSays(FakeCamera camera) throws Exception {
        setUp(camera, "YUYV:640x480@30");
        try (CameraFrameSource source = CameraFrameSource.open(9);
                FrameBuffer target = FrameBuffer.standalone()) {
            camera.give(1);
            next(source, target);
            assertThat(target.mediaNanos()).isZero();
            assertThat(target.discontinuity()).isTrue();
            camera.command("elapse 1000000");
            camera.give(1);
            next(source, target);
            assertThat(target.mediaNanos()).isEqualTo(1_000_000_000L + FRAME_NANOS);
            for (int i = 2; i < 60; i++) {
                camera.give(1);
                next(source, target);
                assertThat(target.mediaNanos()).isEqualTo(1_000_000_000L + i * FRAME_NANOS);
            }
        }
    }

    @Test
    void picturesThatWaitedInTheDriverHaveTheTimeThatTheyWereTakenAndNotThatTheyWereRead(FakeCamera camera)
            throws Exception {
        setUp(camera, "YUYV:640x480@30");
        try (CameraFrameSource source = CameraFrameSource.open(9);
                FrameBuffer target = FrameBuffer.standalone()) {
            int room = camera.count("queued");
            camera.give(room + 50);
            assertThat(camera.count("lost")).isEqualTo(50);
            for (int i = 0; i < room; i++) {
                next(source, target);
                assertThat(target.mediaNanos()).isEqualTo(i * FRAME_NANOS);
            }
            camera.give(1);
            next(source, target);
            assertThat(target.mediaNanos()).isEqualTo((room + 50) * FRAME_NANOS);
        }
    }

    @Test
    void aDriverThatSaysNoTimesIsNoReasonToStandStill(FakeCamera camera) throws Exception {
        setUp(camera, "YUYV:640x480@30");
        camera.command("stamps off");
        try (CameraFrameSource source = CameraFrameSource.open(9);
                FrameBuffer target = FrameBuffer.standalone()) {
            next(source, target);
            next(source, target);
            assertThat(target.mediaNanos()).isPositive();
        }
    }

    @Test
    void aClockOfTheCallersComesBeforeTheDrivers(FakeCamera camera) throws Exception {
        setUp(camera, "YUYV:640x480@30");
        long[] time = {5};
        try (CameraFrameSource source =
                        CameraFrameSource.builder(9).ticker(() -> time[0] += 7).open();
                FrameBuffer target = FrameBuffer.standalone()) {
            next(source, target);
            next(source, target);
            assertThat(target.mediaNanos()).isEqualTo(7);
        }
    }

    @Test
    void swapsLeftAndRightOfBothFormats(FakeCamera camera) throws Exception {
        for (String mode : List.of("YUYV:640x480@30", "MJPG:640x480@30")) {
            setUp(camera, mode);
            try (CameraFrameSource source =
                            CameraFrameSource.builder(9).mirrored().open();
                    FrameBuffer target = FrameBuffer.standalone()) {
                source.read(target);
                int first = FakeFilm.numberIn(target, true);
                source.read(target);
                assertThat(FakeFilm.numberIn(target, true)).isEqualTo(first + 1);
            }
        }
    }

    @Test
    void aBrokenPictureIsRefusedAndTheNextOneIsRight(FakeCamera camera) throws Exception {
        setUp(camera, "MJPG:640x480@30");
        try (CameraFrameSource source = CameraFrameSource.open(9);
                FrameBuffer target = FrameBuffer.standalone()) {
            for (String kind : List.of("truncated", "garbage", "empty")) {
                int before = next(source, target);
                camera.command("damage 2 " + kind);
                for (int i = 0; i < 2; i++) {
                    assertThatThrownBy(() -> source.read(target))
                            .as(kind)
                            .isInstanceOf(FrameUnreadableException.class)
                            .hasMessageStartingWith("camera:9: a picture came broken");
                }
                assertThat(next(source, target)).as("after %s", kind).isEqualTo(before + 3);
            }
        }
    }

    @Test
    void picturesAreWholeWithoutTablesAndEndMarksThatManyCamerasLeaveOut(FakeCamera camera) throws Exception {
        camera.modes("MJPG:640x480@30");
        FakeFilm.write(ROOT, "MJPG-640x480", FILM, FakeFilm::withoutTablesAndEnd);
        try (CameraFrameSource source = CameraFrameSource.open(9);
                FrameBuffer target = FrameBuffer.standalone()) {
            int first = next(source, target);
            assertThat(next(source, target)).isEqualTo(first + 1);
        }
    }

    @Test
    void unpluggedWhileAReadWaitsItFailsAndStaysSoAndPluggedInItOpensAgain(FakeCamera camera) throws Exception {
        setUp(camera, "YUYV:640x480@30");
        CameraFrameSource source = CameraFrameSource.open(9);
        FrameBuffer target = FrameBuffer.standalone();
        camera.give(1);
        next(source, target);
        CompletableFuture<Boolean> read = inBackground(source, target);
        camera.awaitSomebodyWaiting();
        camera.unplug();
        assertThatThrownBy(read::get)
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOf(IOException.class)
                .isNotInstanceOf(FrameUnreadableException.class)
                .hasMessageContaining("camera:9: gives no more pictures; it was unplugged");
        assertThatThrownBy(() -> source.read(target)).hasMessageContaining("gives no more pictures");
        assertThat(Camera.list()).isEmpty();
        assertThatThrownBy(() -> CameraFrameSource.open(9))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessageContaining("/dev/video9: there is no such camera; this machine shows no camera");
        source.close();
        requireNothingLeft(camera);
        camera.plugIn();
        camera.command("free");
        try (CameraFrameSource again = CameraFrameSource.open(9)) {
            assertThat(again.read(target)).isTrue();
        }
        target.close();
    }

    @Test
    void onceTheWaitForAPictureIsOverItFails(FakeCamera camera) throws Exception {
        setUp(camera, "YUYV:640x480@30");
        try (CameraFrameSource source = CameraFrameSource.open(9);
                FrameBuffer target = FrameBuffer.standalone()) {
            next(source, target);
            camera.command("silent on");
            assertThatThrownBy(() -> source.read(target))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("gives no more pictures");
        }
        requireNothingLeft(camera);
    }

    @Test
    void aCameraThatOpensButGivesNothingIsRefused(FakeCamera camera) throws Exception {
        setUp(camera, "YUYV:640x480@30");
        camera.command("silent on");
        assertThatThrownBy(() -> CameraFrameSource.open(9))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("camera:9: gives no pictures");
        requireNothingLeft(camera);
    }

    @Test
    void aDriverThatHangsIsWaitedForAsLongAsWasSetAndGivenBackWhenItComesBack(FakeCamera camera) throws Exception {
        setUp(camera, "YUYV:640x480@30");
        camera.command("hang on");
        assertThatThrownBy(() -> CameraFrameSource.builder(9)
                        .openTimeout(Duration.ofMillis(50))
                        .open())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("camera:9: did not open within 50 ms; its driver hangs");
        camera.awaitSomebodyWaiting();
        camera.command("hang off");
        camera.awaitClosed();
        requireNothingLeft(camera);
    }

    @Test
    void closedWhileAReadHangsTheCameraIsGivenBackWhenTheReadReturns(FakeCamera camera) throws Exception {
        setUp(camera, "YUYV:640x480@30");
        CameraFrameSource source = CameraFrameSource.open(9);
        FrameBuffer target = FrameBuffer.standalone();
        camera.give(0);
        CompletableFuture<Boolean> read = inBackground(source, target);
        camera.awaitSomebodyWaiting();
        source.close();
        assertThat(camera.count("handles")).isOne();
        camera.give(1);
        assertThat(read.get()).isTrue();
        camera.awaitClosed();
        requireNothingLeft(camera);
        target.close();
    }

    @Test
    void aCameraThatAnotherProgramHasIsRefused(FakeCamera camera) throws Exception {
        setUp(camera, "YUYV:640x480@30");
        camera.command("busy on");
        assertThatThrownBy(() -> CameraFrameSource.open(9))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("camera:9: gives no pictures. Either another program uses the camera");
        requireNothingLeft(camera);
        camera.command("busy off");
        CameraFrameSource.open(9).close();
    }

    @Test
    void aSecondOpeningIsRefusedAndTheFirstGoesOnUndisturbed(FakeCamera camera) throws Exception {
        setUp(camera, "YUYV:640x480@30", "MJPG:640x480@30");
        try (CameraFrameSource first = CameraFrameSource.open(9);
                FrameBuffer target = FrameBuffer.standalone()) {
            int before = next(first, target);
            assertThatThrownBy(() -> CameraFrameSource.open(9))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("another program uses the camera");
            assertThat(camera.count("handles")).isOne();
            assertThat(next(first, target)).isEqualTo(before + 1);
            assertThat(target.mediaNanos()).isEqualTo(FRAME_NANOS);
        }
        CameraFrameSource.open(9).close();
    }

    @Test
    void isOpenedByItsDeviceFileToo(FakeCamera camera) throws Exception {
        setUp(camera, "YUYV:640x480@30");
        try (CameraFrameSource source =
                        CameraFrameSource.builder(Path.of("/dev/video9")).open();
                FrameBuffer target = FrameBuffer.standalone()) {
            assertThat(source.read(target)).isTrue();
            assertThat(source.toString()).contains("camera:/dev/video9");
        }
    }

    @Test
    void manyOpeningsLeaveNothingOpenOrMapped(FakeCamera camera) throws Exception {
        setUp(camera, "MJPG:640x480@30");
        for (int i = 0; i < 50; i++) {
            try (CameraFrameSource source = CameraFrameSource.open(9);
                    FrameBuffer target = FrameBuffer.standalone()) {
                source.read(target);
            }
        }
        assertThat(camera.count("opens")).isEqualTo(50);
        requireNothingLeft(camera);
    }

    private static void setUp(FakeCamera camera, String... modes) throws Exception {
        camera.reset();
        camera.modes(modes);
        for (String mode : modes) {
            FakeFilm.write(ROOT, mode.replace(':', '-').replaceAll("@.*", ""), FILM);
        }
    }

    private static int next(CameraFrameSource source, FrameBuffer target) throws IOException {
        assertThat(source.read(target)).isTrue();
        return FakeFilm.numberIn(target, false);
    }

    private static CompletableFuture<Boolean> inBackground(CameraFrameSource source, FrameBuffer target) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return source.read(target);
            } catch (IOException e) {
                throw new CompletionException(e);
            }
        });
    }

    /** Neither a file descriptor of the device nor memory of its buffers. */
    private static void requireNothingLeft(FakeCamera camera) throws IOException {
        assertThat(camera.count("handles")).isZero();
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            assertThat(open.map(FakeCameraTest::target).filter(name -> name.contains("memfd:fake-camera")))
                    .isEmpty();
        }
        assertThat(Files.readAllLines(Path.of("/proc/self/maps")))
                .filteredOn(line -> line.contains("memfd:fake-camera"))
                .isEmpty();
    }

    private static String target(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException e) {
            return "closed meanwhile";
        }
    }
}
