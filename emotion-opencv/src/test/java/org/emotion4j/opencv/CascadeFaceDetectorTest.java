package org.emotion4j.opencv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.emotion4j.face.BoundingBox;
import org.emotion4j.face.DetectedFace;
import org.emotion4j.face.FaceDetector;
import org.emotion4j.frame.Frame;
import org.emotion4j.frame.FrameBuffer;
import org.emotion4j.frame.FrameBufferPool;
import org.emotion4j.frame.PixelFormat;
import org.emotion4j.stage.StageException;
import org.emotion4j.testkit.FaceDetectorContract;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("native")
class CascadeFaceDetectorTest {
    @TempDir
    Path folder;

    @Nested
    class Haar extends FaceDetectorContract {
        @Override
        protected FaceDetector createDetector() {
            return CascadeFaceDetector.haarAlt2();
        }

        @Override
        protected Frame pictureWithFaces() {
            return twoPortraits();
        }
    }

    @Nested
    class Lbp extends FaceDetectorContract {
        @Override
        protected FaceDetector createDetector() {
            return CascadeFaceDetector.lbp();
        }

        @Override
        protected Frame pictureWithFaces() {
            return twoPortraits();
        }
    }

    @Test
    void haarFindsAllEightPortraitsAndNothingElse() throws IOException {
        List<String> oneFace = new ArrayList<>();
        try (CascadeFaceDetector detector = CascadeFaceDetector.haarAlt2()) {
            for (String name : Portraits.NAMES) {
                try (Frame frame = Portraits.frame(name)) {
                    List<DetectedFace> faces = detector.detect(frame);
                    if (faces.size() == 1 && isPlausible(faces.get(0), frame)) {
                        oneFace.add(name);
                    }
                }
            }
        }
        assertThat(oneFace).containsExactlyElementsOf(Portraits.NAMES);
    }

    @Test
    void lbpFindsTheFrontalPortraits() throws IOException {
        try (CascadeFaceDetector detector = CascadeFaceDetector.lbp()) {
            for (String name : List.of("user1-128x128.jpg", "user4-128x128.jpg", "user8-128x128.jpg")) {
                try (Frame frame = Portraits.frame(name)) {
                    assertThat(detector.detect(frame)).as(name).singleElement().satisfies(face -> assertThat(
                                    isPlausible(face, frame))
                            .isTrue());
                }
            }
        }
    }

    @Test
    void theBoxOfAnEnlargedPictureIsInPixelsOfTheFrame() throws IOException {
        try (CascadeFaceDetector enlarging = CascadeFaceDetector.haarAlt2();
                CascadeFaceDetector plain =
                        CascadeFaceDetector.haarAlt2Builder().enlargement(1).build();
                Frame frame = Portraits.frame("user1-128x128.jpg")) {
            BoundingBox a = enlarging.detect(frame).get(0).box();
            BoundingBox b = plain.detect(frame).get(0).box();
            assertThat(a.iou(b)).isGreaterThan(0.7);
        }
    }

    @Test
    void moreWindowsGiveMoreConfidence() throws IOException {
        try (CascadeFaceDetector coarse =
                        CascadeFaceDetector.haarAlt2Builder().scaleFactor(1.3).build();
                CascadeFaceDetector fine =
                        CascadeFaceDetector.haarAlt2Builder().scaleFactor(1.05).build();
                Frame frame = Portraits.frame("user1-128x128.jpg")) {
            double few = coarse.detect(frame).get(0).confidence();
            double many = fine.detect(frame).get(0).confidence();
            assertThat(few).isBetween(0.1, 1.0).isLessThan(many);
            assertThat(many).isLessThan(1);
        }
    }

    @Test
    void facesBelowTheSmallestAreLeftOut() throws IOException {
        try (CascadeFaceDetector detector =
                        CascadeFaceDetector.haarAlt2Builder().minFaceSize(80).build();
                Frame frame = Portraits.frame("user1-128x128.jpg")) {
            assertThat(detector.detect(frame)).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"128, 128, 12.8", "640, 480, 48", "1280, 720, 48", "1440, 1920, 90"})
    void theSmallestFaceSuitsThePicture(int width, int height, double pixels) {
        assertThat(CascadeFaceDetector.defaultMinFaceSize(width, height)).isEqualTo(pixels);
    }

    @Test
    void loadsACascadeOfTheUsersOwn() throws IOException {
        Path own = folder.resolve("meine Kaskade ä.xml");
        Files.write(own, resource("cascades/haarcascade_frontalface_alt2.xml"));
        try (CascadeFaceDetector detector = CascadeFaceDetector.builder(own).build();
                CascadeFaceDetector bundled = CascadeFaceDetector.haarAlt2();
                Frame frame = Portraits.frame("user1-128x128.jpg")) {
            assertThat(detector.detect(frame)).isEqualTo(bundled.detect(frame));
            assertThat(detector.metadata().sha256())
                    .isEqualTo(bundled.metadata().sha256());
        }
    }

    @Test
    void refusesWhatIsNoCascadeAndNamesTheFile() throws IOException {
        byte[] whole = resource("cascades/haarcascade_frontalface_alt2.xml");
        Path damaged = Files.write(folder.resolve("half.xml"), Arrays.copyOf(whole, whole.length / 2));
        Path other = Files.writeString(folder.resolve("other.xml"), "<?xml version=\"1.0\"?><opencv_storage/>");
        Path text = Files.writeString(folder.resolve("text.xml"), "no cascade");
        for (Path file : List.of(damaged, other, text, folder.resolve("gone.xml"))) {
            assertThatThrownBy(() -> CascadeFaceDetector.builder(file).build())
                    .isInstanceOf(StageException.class)
                    .hasMessageContaining(file.getFileName().toString());
        }
    }

    @Test
    void refusesSettingsOutOfRangeOrTwice() {
        CascadeFaceDetector.Builder builder = CascadeFaceDetector.haarAlt2Builder();
        assertThatThrownBy(() -> builder.scaleFactor(1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("scaleFactor is 1.0");
        assertThatThrownBy(() -> builder.scaleFactor(1.2)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> builder.minNeighbors(0)).hasMessageContaining("minNeighbors is 0, expected 1 to 100");
        assertThatThrownBy(() -> builder.minFaceSize(0)).hasMessageContaining("minFaceSize is 0");
        assertThatThrownBy(() -> builder.enlargement(9)).hasMessageContaining("enlargement is 9.0");
    }

    @Test
    void refusesToDetectOnceClosed() {
        CascadeFaceDetector detector = CascadeFaceDetector.haarAlt2();
        detector.close();
        try (Frame frame = Frame.of(32, 32, PixelFormat.GRAY8, new byte[32 * 32])) {
            assertThatThrownBy(() -> detector.detect(frame))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("closed");
        }
    }

    @Test
    void makesOneHeaderForEachBufferOfThePool() throws Exception {
        FrameBufferPool pool = FrameBufferPool.ofSize(3);
        try (CascadeFaceDetector detector = CascadeFaceDetector.haarAlt2()) {
            for (int i = 0; i < 60; i++) {
                try (FrameBuffer buffer = pool.acquire()) {
                    buffer.reshape(160, 120, PixelFormat.BGR24);
                    try (Frame frame = buffer.toFrame()) {
                        detector.detect(frame);
                    }
                }
            }
            assertThat(detector.headersCreated()).isLessThanOrEqualTo(3);
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void nativeMemoryDoesNotGrowWithTheNumberOfFrames() throws IOException {
        try (CascadeFaceDetector detector =
                        CascadeFaceDetector.haarAlt2Builder().minFaceSize(60).build();
                Frame frame = Portraits.frame("user3-128x128.jpg")) {
            for (int i = 0; i < 200; i++) {
                detector.detect(frame);
            }
            long before = residentKilobytes();
            for (int i = 0; i < 2_000; i++) {
                detector.detect(frame);
            }
            // A kept copy of the picture a frame would be 100 MB and more.
            assertThat(residentKilobytes() - before).isLessThan(60_000);
        }
    }

    @Test
    void findsTheFacesOfGroupsAndNoneWhereThereIsNone() throws IOException {
        Path photos = Portraits.shared("data/photos");
        try (CascadeFaceDetector haar = CascadeFaceDetector.haarAlt2();
                CascadeFaceDetector lbp = CascadeFaceDetector.lbp();
                Frame background = Pictures.read(photos.resolve("background.jpg"));
                Frame group = Pictures.read(photos.resolve("group-1.jpg"))) {
            assertThat(haar.detect(background)).isEmpty();
            assertThat(lbp.detect(background)).isEmpty();
            assertThat(haar.detect(group)).hasSizeGreaterThan(1);
        }
    }

    private static byte[] resource(String name) throws IOException {
        try (var in = CascadeFaceDetector.class.getResourceAsStream(name)) {
            return in.readAllBytes();
        }
    }

    private static long residentKilobytes() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElseThrow();
    }

    /** In all eight portraits the face is in the upper two thirds and a fifth to four fifths as wide as the picture. */
    private static boolean isPlausible(DetectedFace face, Frame frame) {
        BoundingBox box = face.box();
        double side = box.width() / frame.width();
        return side > 0.2
                && side < 0.8
                && box.centerX() > 0.2 * frame.width()
                && box.centerX() < 0.8 * frame.width()
                && box.centerY() < 0.67 * frame.height();
    }

    /** Two portraits side by side, the right one half as large. */
    static Frame twoPortraits() {
        try (Frame portrait = Portraits.frame("user1-128x128.jpg")) {
            int side = portrait.width() * 2;
            BufferedImage image = new BufferedImage(2 * side, side, BufferedImage.TYPE_3BYTE_BGR);
            Graphics2D g = image.createGraphics();
            g.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
            g.setColor(Color.LIGHT_GRAY);
            g.fillRect(0, 0, 2 * side, side);
            BufferedImage from = Pictures.toBufferedImage(portrait);
            g.drawImage(from, 0, 0, side, side, null);
            g.drawImage(from, side + side / 4, side / 8, 3 * side / 4, 3 * side / 4, null);
            g.dispose();
            return Pictures.toFrame(image);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
