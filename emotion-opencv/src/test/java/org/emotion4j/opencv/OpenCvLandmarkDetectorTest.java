package org.emotion4j.opencv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.emotion4j.face.BoundingBox;
import org.emotion4j.face.DetectedFace;
import org.emotion4j.face.FaceDetector;
import org.emotion4j.face.HeadPose;
import org.emotion4j.face.LandmarkDetector;
import org.emotion4j.face.Landmarks;
import org.emotion4j.ffmpeg.VideoFrameSource;
import org.emotion4j.frame.Frame;
import org.emotion4j.frame.FrameBuffer;
import org.emotion4j.spi.LandmarkDetectorProvider;
import org.emotion4j.spi.Stages;
import org.emotion4j.stage.StageException;
import org.emotion4j.testkit.LandmarkDetectorContract;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("native")
class OpenCvLandmarkDetectorTest {
    @TempDir
    Path folder;

    @Nested
    class Contract extends LandmarkDetectorContract {
        @Override
        protected LandmarkDetector createDetector() {
            return OpenCvLandmarkDetector.bundled();
        }

        @Override
        protected Frame pictureWithFace() {
            return portrait("user1-128x128.jpg");
        }

        @Override
        protected BoundingBox box() {
            return golden().get(0).box();
        }
    }

    /** What landmarks_export.py found in the portraits with the training's own crop. */
    @Test
    void findsThePointsThatTheTrainingCodeFinds() {
        try (OpenCvLandmarkDetector detector = OpenCvLandmarkDetector.bundled()) {
            for (Golden golden : golden()) {
                try (Frame frame = portrait(golden.picture())) {
                    Landmarks found = detector.locate(frame, new DetectedFace(golden.box(), 1))
                            .orElseThrow();
                    assertThat(meanDistance(found, golden.points())
                                    / golden.points().eyeDistance())
                            .as(golden.picture())
                            .isLessThan(0.02);
                }
            }
        }
    }

    @Test
    void agreesWithItselfOnTheBoxesOfACascade() {
        try (OpenCvLandmarkDetector detector = OpenCvLandmarkDetector.bundled();
                FaceDetector haar = CascadeFaceDetector.haarAlt2()) {
            int compared = 0;
            for (Golden golden : golden()) {
                try (Frame frame = portrait(golden.picture())) {
                    for (DetectedFace face : haar.detect(frame)) {
                        if (face.box().iou(golden.box()) > 0.4) {
                            Landmarks found = detector.locate(frame, face).orElseThrow();
                            assertThat(meanDistance(found, golden.points())
                                            / golden.points().eyeDistance())
                                    .as(golden.picture())
                                    .isLessThan(0.12);
                            compared++;
                        }
                    }
                }
            }
            assertThat(compared).as("faces that both found").isGreaterThanOrEqualTo(3);
        }
    }

    /** A man before his webcam who turns his head to one side at 38 s and to the other at 22 s, and looks up and straight. */
    @Test
    void aTurningHeadHasTheYawOfItsTurn() throws IOException {
        Path clip = Portraits.shared("data/video/webcam-acting.mp4");
        List<HeadPose> right = new ArrayList<>();
        List<HeadPose> left = new ArrayList<>();
        try (OpenCvLandmarkDetector detector = OpenCvLandmarkDetector.bundled();
                FaceDetector haar = CascadeFaceDetector.haarAlt2();
                VideoFrameSource source = VideoFrameSource.open(clip)) {
            for (int i = 1; i <= 964; i++) {
                try (FrameBuffer buffer = FrameBuffer.standalone()) {
                    assertThat(source.read(buffer)).isTrue();
                    if (i >= 536 && i <= 544) {
                        addPoses(detector, haar, buffer, right);
                    } else if (i >= 956) {
                        addPoses(detector, haar, buffer, left);
                    }
                }
            }
        }
        assertThat(left)
                .isNotEmpty()
                .allSatisfy(pose -> assertThat(pose.yaw()).isBetween(-40.0, -8.0))
                .allSatisfy(pose -> assertThat(Math.abs(pose.roll())).isLessThan(10));
        assertThat(right).isNotEmpty().allSatisfy(pose -> assertThat(pose.yaw()).isBetween(4.0, 35.0));
    }

    private static void addPoses(
            OpenCvLandmarkDetector detector, FaceDetector faces, FrameBuffer buffer, List<HeadPose> poses) {
        try (Frame frame = buffer.toFrame()) {
            for (DetectedFace face : faces.detect(frame)) {
                if (face.box().width() > 80) {
                    detector.locate(frame, face).flatMap(HeadPose::of).ifPresent(poses::add);
                }
            }
        }
    }

    @Test
    void isFoundByItsNameAndTheDefault() {
        assertThat(Stages.landmarkDetectors())
                .extracting(LandmarkDetectorProvider::name)
                .containsExactly("landmarks");
        try (LandmarkDetector detector = Stages.defaultLandmarkDetector()) {
            assertThat(detector.metadata().name()).isEqualTo("landmarks");
            assertThat(detector.metadata().license()).isPresent();
            assertThat(detector.metadata().sha256()).isPresent();
            assertThat(detector.metadata().runtime()).hasValue("OpenCV 4.9.0 DNN cpu");
        }
    }

    @Test
    void aModelFileThatIsNoneIsNamed() throws IOException {
        Path text = Files.writeString(folder.resolve("points.onnx"), "no network");
        assertThatThrownBy(() -> Stages.landmarkDetector("landmarks=" + text))
                .isInstanceOf(StageException.class)
                .hasMessageContaining("points.onnx")
                .hasMessageContaining("[1, 1, 64, 64]");
        assertThatThrownBy(() -> OpenCvLandmarkDetector.load(folder.resolve("gone.onnx")))
                .isInstanceOf(StageException.class)
                .hasMessageContaining("gone.onnx: no such weights file");
        Path empty = Files.createFile(folder.resolve("empty.onnx"));
        assertThatThrownBy(() -> OpenCvLandmarkDetector.load(empty)).hasMessageContaining("empty (0 bytes)");
    }

    private static double meanDistance(Landmarks one, Landmarks other) {
        double sum = 0;
        for (int i = 0; i < one.size(); i++) {
            sum += Math.hypot(one.x(i) - other.x(i), one.y(i) - other.y(i));
        }
        return sum / one.size();
    }

    private static Frame portrait(String name) {
        try {
            return Portraits.frame(name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Golden> golden() {
        try (InputStream in =
                Objects.requireNonNull(OpenCvLandmarkDetectorTest.class.getResourceAsStream("landmarks-golden.csv"))) {
            List<Golden> rows = new ArrayList<>();
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
                String[] cells = line.split(",");
                double[] numbers = new double[cells.length - 1];
                for (int i = 1; i < cells.length; i++) {
                    numbers[i - 1] = Double.parseDouble(cells[i]);
                }
                double[] points = new double[136];
                System.arraycopy(numbers, 4, points, 0, 136);
                rows.add(new Golden(
                        cells[0],
                        new BoundingBox(numbers[0], numbers[1], numbers[2], numbers[3]),
                        Landmarks.of(Landmarks.Scheme.IBUG_68, points)));
            }
            return rows;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private record Golden(String picture, BoundingBox box, Landmarks points) {}
}
