package org.emotion4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.emotion4j.cli.io.ExitCode;
import org.emotion4j.opencv.fakecamera.FakeCamera;
import org.emotion4j.opencv.fakecamera.FakeCameraLibrary;
import org.emotion4j.opencv.fakecamera.FakeFilm;
import org.emotion4j.recording.RecordedFrame;
import org.emotion4j.recording.SessionInfo;
import org.emotion4j.recording.SessionReader;
import org.emotion4j.session.SessionEnd;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The program before a camera whose driver alone is not real. */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@Tag("native")
final class CameraTest {
    @TempDir
    Path folder;

    private FakeCameraLibrary library;
    private String setup = "modes YUYV:640x480@30 MJPG:1280x720@30;pace";

    @BeforeEach
    void plugInACamera() throws Exception {
        library = FakeCameraLibrary.in(folder);
        FakeFilm.write(library.root(), "MJPG-1280x720", 16);
        FakeFilm.write(library.root(), "YUYV-640x480", 16);
    }

    @Test
    void theDoctorNamesTheCamera() throws Exception {
        Process doctor = start("doctor");
        assertThat(doctor.waitFor()).isEqualTo(ExitCode.OK);
        assertThat(read("out")).contains("cameras                camera:9  Fake camera  (/dev/video9)");
    }

    @Test
    void aCameraIsReadForAsLongAsWasSaid() throws Exception {
        Path out = folder.resolve("session");
        Process analyze = start("analyze", "camera:9", "--for", "2s", "--out", out.toString());
        assertThat(analyze.waitFor()).as(() -> read("err")).isEqualTo(ExitCode.OK);
        assertThat(SessionReader.readInfo(out).end()).contains(SessionEnd.FINISHED);
        assertThat(read("err")).doesNotContain("Exception");
    }

    @Test
    void aCameraThatIsUnpluggedEndsTheProgramWithAMessageAndWhatWasReadIsKept() throws Exception {
        Path out = folder.resolve("session");
        Process analyze = start("analyze", "camera:9", "--out", out.toString());
        try (FakeCamera camera = FakeCamera.of(library.root(), analyze)) {
            camera.awaitGiven(60);
            camera.unplug();
            assertThat(analyze.waitFor()).isEqualTo(ExitCode.FAILURE);
        }
        assertThat(read("err")).contains("camera:9: gives no more pictures; it was unplugged");
        SessionInfo info = SessionReader.readInfo(out);
        assertThat(info.end()).contains(SessionEnd.SOURCE_FAILED);
        List<RecordedFrame> frames = new ArrayList<>();
        try (SessionReader reader = SessionReader.open(out)) {
            reader.forEachRemaining(frames::add);
            assertThat(reader.problemCount()).isZero();
        }
        assertThat(frames).isNotEmpty().allMatch(frame -> !frame.readings().isEmpty());
    }

    @Test
    void theModelsAreLoadedBeforeTheCameraIsOpenedWhoseFirstPicturesWouldBeOldOtherwise() throws Exception {
        setup = "hang on";
        Process analyze =
                start("analyze", "camera:9", "--out", folder.resolve("session").toString());
        try (FakeCamera camera = FakeCamera.of(library.root(), analyze)) {
            camera.awaitSomebodyWaiting();
            assertThat(Files.readString(Path.of("/proc/" + analyze.pid() + "/maps")))
                    .contains("libonnxruntime");
        } finally {
            analyze.destroyForcibly().waitFor();
        }
    }

    private Process start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.io.tmpdir=" + Files.createDirectories(folder.resolve("tmp")),
                "-cp",
                System.getProperty("java.class.path"),
                EmotionCli.class.getName()));
        command.addAll(List.of(arguments));
        ProcessBuilder program = new ProcessBuilder(command)
                .redirectOutput(folder.resolve("out").toFile())
                .redirectError(folder.resolve("err").toFile());
        program.environment().putAll(library.environment());
        program.environment().put("FAKE_CAMERA_SETUP", setup);
        return program.start();
    }

    private String read(String file) {
        try {
            return Files.readString(folder.resolve(file), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return e.toString();
        }
    }
}
