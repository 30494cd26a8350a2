package org.emotion4j.onnxruntime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.emotion4j.face.BoundingBox;
import org.emotion4j.face.DetectedFace;
import org.emotion4j.face.FaceDetector;
import org.emotion4j.face.LandmarkDetector;
import org.emotion4j.face.Landmarks;
import org.emotion4j.frame.Frame;
import org.emotion4j.opencv.OpenCvLandmarkDetector;
import org.emotion4j.spi.Stages;
import org.emotion4j.spi.Weights;
import org.emotion4j.stage.StageException;
import org.emotion4j.testkit.LandmarkDetectorContract;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("native")
final class OnnxRuntimeLandmarkDetectorTest {
    private static final DetectedFace WHOLE = new DetectedFace(new BoundingBox(14, 10, 100, 110), 0.9);

    @TempDir
    Path folder;

    @Nested
    final class Contract extends LandmarkDetectorContract {
        @Override
        protected LandmarkDetector createDetector() {
            return OnnxRuntimeLandmarkDetector.bundled();
        }

        @Override
        protected Frame pictureWithFace() {
            return Portraits.frame("user1-128x128.jpg");
        }

        @Override
        protected BoundingBox box() {
            return WHOLE.box();
        }
    }

    @Test
    void findsThePointsThatOpenCvFinds() {
        int compared = 0;
        try (LandmarkDetector ours = OnnxRuntimeLandmarkDetector.bundled();
                LandmarkDetector theirs = OpenCvLandmarkDetector.bundled();
                FaceDetector detector = OnnxRuntimeFaceDetector.bundled()) {
            for (String name : Portraits.NAMES) {
                try (Frame frame = Portraits.frame(name)) {
                    for (DetectedFace face : detector.detect(frame)) {
                        Landmarks one = ours.locate(frame, face).orElseThrow();
                        Landmarks other = theirs.locate(frame, face).orElseThrow();
                        for (int i = 0; i < one.size(); i++) {
                            assertThat(Math.hypot(one.x(i) - other.x(i), one.y(i) - other.y(i)))
                                    .as("%s, point %d", name, i)
                                    .isLessThan(0.02);
                        }
                        compared++;
                    }
                }
            }
        }
        assertThat(compared).isGreaterThanOrEqualTo(Portraits.NAMES.size());
    }

    @Test
    void isTheDefaultAndOpenCvsComesAfterIt() {
        assertThat(Stages.landmarkDetectors())
                .extracting(provider -> provider.name())
                .containsExactly("landmarks-onnxruntime", "landmarks");
        try (LandmarkDetector detector = Stages.defaultLandmarkDetector()) {
            assertThat(detector.metadata().name()).isEqualTo("landmarks");
            assertThat(detector.metadata().sha256()).isPresent();
            assertThat(detector.metadata().runtime())
                    .hasValueSatisfying(runtime -> assertThat(runtime).startsWith("ONNX Runtime"));
        }
    }

    @Test
    void threadsAtTheSameTimeGetThePointsOfOne() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try (LandmarkDetector detector = OnnxRuntimeLandmarkDetector.bundled();
                Frame frame = Portraits.frame("user3-128x128.jpg")) {
            Landmarks alone = detector.locate(frame, WHOLE).orElseThrow();
            List<Future<Landmarks>> found = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                found.add(threads.submit(() -> detector.locate(frame, WHOLE).orElseThrow()));
            }
            for (Future<Landmarks> one : found) {
                assertThat(one.get()).isEqualTo(alone);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void aFileOfTheUsersOwnIsRead() throws IOException {
        Path file = Files.write(
                folder.resolve("mine.onnx"), Weights.get("landmarks").bytes());
        try (LandmarkDetector detector = Stages.landmarkDetector("landmarks-onnxruntime=" + file);
                Frame frame = Portraits.frame("user1-128x128.jpg")) {
            assertThat(detector.locate(frame, WHOLE)).isPresent();
        }
    }

    @Test
    void aModelFileThatIsNoneIsNamed() throws IOException {
        Path text = Files.writeString(folder.resolve("points.onnx"), "no network");
        assertThatThrownBy(() -> Stages.landmarkDetector("landmarks-onnxruntime=" + text))
                .isInstanceOf(StageException.class)
                .hasMessageContaining("points.onnx");
        Path faces = Files.write(
                folder.resolve("faces.onnx"), Weights.get("single-shot").bytes());
        assertThatThrownBy(() -> OnnxRuntimeLandmarkDetector.load(faces))
                .isInstanceOf(StageException.class)
                .hasMessageContaining("faces.onnx is no network of [1, 1, 64, 64] to [1, 136]");
        assertThatThrownBy(() -> OnnxRuntimeLandmarkDetector.load(folder.resolve("gone.onnx")))
                .hasMessageContaining("gone.onnx: no such weights file");
    }

    @Test
    void aClosedOneSaysSo() {
        LandmarkDetector detector = OnnxRuntimeLandmarkDetector.bundled();
        detector.close();
        detector.close();
        try (Frame frame = Portraits.frame("user1-128x128.jpg")) {
            assertThatThrownBy(() -> detector.locate(frame, WHOLE))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("closed");
        }
    }
}
