package org.emotion4j.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.LongStream;
import javax.imageio.ImageIO;
import org.bytedeco.ffmpeg.global.avutil;
import org.emotion4j.frame.Frame;
import org.emotion4j.frame.FrameBuffer;
import org.emotion4j.frame.FrameSource;
import org.emotion4j.frame.FrameUnreadableException;
import org.emotion4j.frame.PixelFormat;
import org.emotion4j.testkit.FrameSourceContract;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("native")
class VideoFrameSourceTest {
    @TempDir
    static Path folder;

    private static Path mpeg4;

    @BeforeAll
    static void writeClip() throws IOException {
        mpeg4 = Clip.of(50).write(folder.resolve("mpeg4.mp4"));
    }

    @Nested
    class Mpeg4InMp4 extends FrameSourceContract {
        @Override
        protected FrameSource createSource() throws IOException {
            return VideoFrameSource.open(mpeg4);
        }
    }

    @Nested
    class Vp8InWebm extends FrameSourceContract {
        private final Path file = clip(Clip.of(20).encoder("libvpx"), "contract.webm");

        @Override
        protected FrameSource createSource() throws IOException {
            return VideoFrameSource.open(file);
        }
    }

    @Nested
    class MjpegInAvi extends FrameSourceContract {
        private final Path file = clip(Clip.of(20).encoder("mjpeg"), "contract.avi");

        @Override
        protected FrameSource createSource() throws IOException {
            return VideoFrameSource.open(file);
        }
    }

    @Nested
    class H264ThinnedAndTurned extends FrameSourceContract {
        private final Path file =
                clip(Clip.of(30).encoder("libopenh264").size(66, 48).rotation(90), "contract-h264.mp4");

        @Override
        protected FrameSource createSource() throws IOException {
            return VideoFrameSource.builder(file)
                    .from(Duration.ofMillis(200))
                    .to(Duration.ofSeconds(1))
                    .framesPerSecond(10)
                    .open();
        }
    }

    private static Path clip(Clip clip, String name) {
        try {
            return clip.write(folder.resolve(name));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "mpeg4, mp4",
        "mpeg4, avi",
        "mjpeg, avi",
        "mjpeg, mov",
        "libvpx, webm",
        "libvpx-vp9, webm",
        "ffv1, mkv",
        "libopenh264, mp4",
        "mpeg4, mkv",
        "mpeg4, ts"
    })
    void readsEveryFrameAtItsTime(String encoder, String ending) throws IOException {
        Path file = Clip.of(30).encoder(encoder).write(folder.resolve(encoder + "-all." + ending));
        try (VideoFrameSource source = VideoFrameSource.open(file)) {
            List<Shot> shots = readAll(source);
            assertThat(shots).hasSize(30);
            assertThat(shots)
                    .extracting(Shot::mediaNanos)
                    .isEqualTo(LongStream.range(0, 30)
                            .mapToObj(i -> i * 40_000_000)
                            .toList());
            for (int i = 0; i < 30; i++) {
                assertThat(shots.get(i).bottomRight()).as("frame %d", i).isBetween(104 + 3 * i, 120 + 3 * i);
                assertThat(shots.get(i).topLeft()).isLessThan(45);
            }
            assertThat(source.wasCutOff()).isFalse();
        }
    }

    @Test
    void keepsTimesAtVaryingDistances() throws IOException {
        Path file = Clip.of(1).times(0, 40, 41, 300, 1_234, 1_300).write(folder.resolve("varying.mp4"));
        assertThat(times(VideoFrameSource.builder(file)))
                .containsExactly(0L, 40_000_000L, 41_000_000L, 300_000_000L, 1_234_000_000L, 1_300_000_000L);
    }

    @Test
    void onlyTheFirstFrameIsADiscontinuityAndAllNameTheFile() throws IOException {
        try (VideoFrameSource source = VideoFrameSource.open(mpeg4)) {
            List<Shot> shots = readAll(source);
            assertThat(shots.stream().filter(Shot::discontinuity)).containsExactly(shots.get(0));
            assertThat(shots).extracting(Shot::origin).containsOnly(mpeg4.toString());
        }
    }

    @ParameterizedTest
    @CsvSource({"90, 48, 64, 0, 1", "180, 64, 48, 1, 1", "270, 48, 64, 1, 0", "0, 64, 48, 0, 0"})
    void turnsThePictureAsTheFileSays(int counterclockwise, int width, int height, int darkX, int darkY)
            throws IOException {
        Path file = Clip.of(2).rotation(counterclockwise).write(folder.resolve("turned" + counterclockwise + ".mp4"));
        try (VideoFrameSource source = VideoFrameSource.open(file)) {
            Shot shot = readAll(source).get(0);
            assertThat(shot.width()).isEqualTo(width);
            assertThat(shot.height()).isEqualTo(height);
            assertThat(shot.corner(darkX, darkY)).isLessThan(45);
            assertThat(shot.corner(1 - darkX, 1 - darkY)).isGreaterThan(50);
        }
    }

    @Test
    void stretchesPixelsThatAreNotSquareUnlessToldNotTo() throws IOException {
        Path wide = Clip.of(2).pixelAspect(4, 3).write(folder.resolve("wide.mp4"));
        Path tall = Clip.of(2).pixelAspect(3, 4).write(folder.resolve("tall.mp4"));
        assertThat(size(VideoFrameSource.builder(wide))).isEqualTo("85x48");
        assertThat(size(VideoFrameSource.builder(tall))).isEqualTo("64x64");
        assertThat(size(VideoFrameSource.builder(wide).storedPixels())).isEqualTo("64x48");
    }

    @Test
    void readsFromATimeUpToAnother() throws IOException {
        assertThat(times(VideoFrameSource.builder(mpeg4)
                        .from(Duration.ofMillis(1_000))
                        .to(Duration.ofMillis(1_120))))
                .containsExactly(1_000_000_000L, 1_040_000_000L, 1_080_000_000L);
        assertThat(times(VideoFrameSource.builder(mpeg4).from(Duration.ofMillis(1_930))))
                .containsExactly(1_960_000_000L);
        assertThat(times(VideoFrameSource.builder(mpeg4).to(Duration.ofMillis(41))))
                .containsExactly(0L, 40_000_000L);
    }

    @ParameterizedTest
    @CsvSource({"mpeg2video, ts", "mpeg2video, mpg", "libopenh264, ts", "libopenh264, mkv", "mpeg4, avi", "mjpeg, mjpeg"
    })
    void aStartTimeFindsItsPictureInEveryContainer(String encoder, String ending) throws IOException {
        for (int keyFrameEvery : new int[] {10, 100}) {
            Path file = Clip.of(30)
                    .encoder(encoder)
                    .keyFrameEvery(keyFrameEvery)
                    .write(folder.resolve(encoder + keyFrameEvery + "-start." + ending));
            List<Shot> all;
            try (VideoFrameSource source = VideoFrameSource.open(file)) {
                all = readAll(source);
            }
            assertThat(all).hasSize(30);
            for (int start : new int[] {1, 9, 10, 15, 29}) {
                try (VideoFrameSource source = VideoFrameSource.builder(file)
                        .from(Duration.ofNanos(all.get(start).mediaNanos()))
                        .open()) {
                    List<Shot> shots = readAll(source);
                    assertThat(shots).as("from picture %d", start).hasSize(30 - start);
                    assertThat(shots.get(0).hash()).isEqualTo(all.get(start).hash());
                }
            }
        }
    }

    @Test
    void readsWhatANetworkCameraSentOverHttp() throws IOException {
        Path raw = Clip.of(5).encoder("mjpeg").write(folder.resolve("camera.mjpeg"));
        byte[] pictures = Files.readAllBytes(raw);
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        answer.write("HTTP/1.1 200 OK\r\nContent-Type: multipart/x-mixed-replace;boundary=frame\r\n\r\n"
                .getBytes(StandardCharsets.US_ASCII));
        int at = 0;
        while (at < pictures.length) {
            int end = at + 2;
            while (pictures[end - 2] != (byte) 0xFF || pictures[end - 1] != (byte) 0xD9) {
                end++;
            }
            answer.write(("--frame\r\nContent-Type: image/jpeg\r\nContent-Length: " + (end - at) + "\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            answer.write(pictures, at, end - at);
            answer.write("\r\n".getBytes(StandardCharsets.US_ASCII));
            at = end;
        }
        Path dump = Files.write(folder.resolve("dump.mjpg"), answer.toByteArray());
        assertThat(times(VideoFrameSource.builder(dump))).hasSize(5);
        assertThat(times(VideoFrameSource.builder(Files.copy(raw, folder.resolve("renamed.bin")))))
                .hasSize(5);
    }

    @Test
    void theSameFrameComesWhereverReadingStarts() throws IOException {
        List<Shot> all;
        try (VideoFrameSource source = VideoFrameSource.open(mpeg4)) {
            all = readAll(source);
        }
        for (int start : new int[] {1, 11, 12, 13, 37}) {
            try (VideoFrameSource source = VideoFrameSource.builder(mpeg4)
                    .from(Duration.ofMillis(40L * start))
                    .open()) {
                assertThat(readAll(source).get(0).hash())
                        .isEqualTo(all.get(start).hash());
            }
        }
    }

    @Test
    void readsAsManyFramesASecondAsAskedFor() throws IOException {
        assertThat(times(VideoFrameSource.builder(mpeg4).framesPerSecond(5))).hasSize(10 + 1);
        assertThat(times(VideoFrameSource.builder(mpeg4).framesPerSecond(25))).hasSize(50);
        assertThat(times(VideoFrameSource.builder(mpeg4).framesPerSecond(24.97)))
                .hasSizeBetween(49, 50);
        assertThat(times(VideoFrameSource.builder(mpeg4).framesPerSecond(100)))
                .as("frames that there are")
                .hasSize(50);
    }

    @Test
    void givesAtMostTheRateThatIsAskedFor() throws IOException {
        try (VideoFrameSource fewer =
                        VideoFrameSource.builder(mpeg4).framesPerSecond(5).open();
                VideoFrameSource more =
                        VideoFrameSource.builder(mpeg4).framesPerSecond(100).open()) {
            assertThat(fewer.frameRate()).hasValue(5);
            assertThat(more.frameRate()).hasValue(25);
        }
    }

    @Test
    void saysHowManyFramesThereAreAndWhenTheyEnd() throws IOException {
        try (VideoFrameSource all = VideoFrameSource.open(mpeg4);
                VideoFrameSource part = VideoFrameSource.builder(mpeg4)
                        .to(Duration.ofSeconds(1))
                        .open()) {
            assertThat(all.frameCount()).hasValue(50);
            assertThat(all.endTime()).contains(Duration.ofSeconds(2));
            assertThat(all.frameRate()).hasValue(25);
            assertThat(all.files()).containsExactly(mpeg4);
            assertThat(all.isLive()).isFalse();
            assertThat(part.frameCount()).isEmpty();
            assertThat(part.endTime()).contains(Duration.ofSeconds(1));
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "3, 480", "2, 2", "321, 241", "318, 242", "64, 1", "17, 16"})
    void readsOddSizes(int width, int height) throws IOException {
        Path file = Clip.of(3)
                .encoder("ffv1")
                .pixelFormat(avutil.AV_PIX_FMT_YUV420P)
                .size(width, height)
                .write(folder.resolve(width + "x" + height + ".mkv"));
        assertThat(size(VideoFrameSource.builder(file))).isEqualTo(width + "x" + height);
        assertThat(times(VideoFrameSource.builder(file))).hasSize(3);
    }

    @Test
    void readsGrayAndTenBitVideo() throws IOException {
        int[] formats = {
            avutil.AV_PIX_FMT_GRAY8,
            avutil.AV_PIX_FMT_GRAY10LE,
            avutil.AV_PIX_FMT_YUV420P10LE,
            avutil.AV_PIX_FMT_YUV444P
        };
        for (int format : formats) {
            Path file =
                    Clip.of(2).encoder("ffv1").pixelFormat(format).write(folder.resolve("format" + format + ".mkv"));
            try (VideoFrameSource source = VideoFrameSource.open(file)) {
                Shot shot = readAll(source).get(0);
                assertThat(shot.bottomRight()).as("format %d", format).isBetween(100, 165);
                assertThat(shot.topLeft()).isLessThan(32);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 8, 15, 16, 17, 31, 32, 33, 48, 80, 112})
    void writesNothingBeyondItsPicture(int width) throws IOException {
        int[] formats = {
            avutil.AV_PIX_FMT_YUV420P,
            avutil.AV_PIX_FMT_YUV422P,
            avutil.AV_PIX_FMT_YUV444P,
            avutil.AV_PIX_FMT_YUV420P10LE,
            avutil.AV_PIX_FMT_GRAY8,
            avutil.AV_PIX_FMT_GRAY10LE,
            avutil.AV_PIX_FMT_BGR0
        };
        for (int format : formats) {
            for (int height : new int[] {6, 7}) {
                Path file = Clip.of(1)
                        .encoder("ffv1")
                        .pixelFormat(format)
                        .size(width, height)
                        .write(folder.resolve("guard.mkv"));
                try (VideoFrameSource source = VideoFrameSource.open(file);
                        FrameBuffer buffer = FrameBuffer.standalone()) {
                    ByteBuffer whole = buffer.reshape(width, height + 8, PixelFormat.BGR24);
                    for (int i = 0; i < whole.capacity(); i++) {
                        whole.put(i, (byte) 0xA5);
                    }
                    assertThat(source.read(buffer)).isTrue();
                    for (int i = 3 * width * height; i < whole.capacity(); i++) {
                        assertThat(whole.get(i))
                                .as("format %d, byte %d", format, i)
                                .isEqualTo((byte) 0xA5);
                    }
                }
            }
        }
    }

    @Test
    void readsPicturesOf8K() throws IOException {
        Path file = Clip.of(1).encoder("mjpeg").size(7_680, 4_320).write(folder.resolve("8k.avi"));
        assertThat(size(VideoFrameSource.builder(file))).isEqualTo("7680x4320");
    }

    /** 128x128, in blue, green, red. */
    private static Frame portrait() throws IOException {
        BufferedImage image = ImageIO.read(Objects.requireNonNull(VideoFrameSourceTest.class.getResource(
                "/META-INF/resources/webjars/AdminLTE/3.2.0/dist/img/user1-128x128.jpg")));
        byte[] pixels = new byte[3 * image.getWidth() * image.getHeight()];
        for (int i = 0; i < pixels.length / 3; i++) {
            int rgb = image.getRGB(i % image.getWidth(), i / image.getWidth());
            pixels[3 * i] = (byte) rgb;
            pixels[3 * i + 1] = (byte) (rgb >> 8);
            pixels[3 * i + 2] = (byte) (rgb >> 16);
        }
        return Frame.of(image.getWidth(), image.getHeight(), PixelFormat.BGR24, pixels);
    }

    @Test
    void showsFaces() throws IOException {
        try (Frame portrait = portrait()) {
            Path file = Clip.of(3)
                    .encoder("libvpx")
                    .size(portrait.width(), portrait.height())
                    .painted((index, canvas) -> canvas.pixels().put(0, portrait.pixels(), 0, canvas.stride() * 128))
                    .write(folder.resolve("portrait.webm"));
            try (VideoFrameSource source = VideoFrameSource.open(file);
                    FrameBuffer buffer = FrameBuffer.standalone()) {
                source.read(buffer);
                try (Frame frame = buffer.toFrame()) {
                    double sum = 0;
                    for (int i = 0; i < frame.stride() * frame.height(); i++) {
                        sum += Math.abs((frame.pixels().get(i) & 0xff)
                                - (portrait.pixels().get(i) & 0xff));
                    }
                    assertThat(sum / (frame.stride() * frame.height())).isLessThan(6);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"mp4", "avi", "mkv", "mov"})
    void aFileThatWasCutOffGivesItsWholePicturesAndSaysSo(String ending) throws IOException {
        Path whole = Clip.of(50).keyFrameEvery(5).indexFirst().write(folder.resolve("whole." + ending));
        List<Shot> all;
        try (VideoFrameSource source = VideoFrameSource.open(whole)) {
            all = readAll(source);
        }
        byte[] bytes = Files.readAllBytes(whole);
        Path cut = folder.resolve("cut." + ending);
        Files.write(cut, Arrays.copyOf(bytes, bytes.length * 6 / 10));
        try (VideoFrameSource source = VideoFrameSource.open(cut)) {
            List<String> failures = new ArrayList<>();
            List<Shot> shots = readAll(source, failures);
            assertThat(shots).hasSizeBetween(4, 48);
            assertThat(shots)
                    .extracting(Shot::hash)
                    .isEqualTo(all.subList(0, shots.size()).stream()
                            .map(Shot::hash)
                            .toList());
            assertThat(failures).singleElement().asString().contains(cut.toString(), "was cut off", "of 2.00 s");
            assertThat(source.wasCutOff()).isTrue();
        }
    }

    @Test
    void goesOnAfterADamagedPicture() throws IOException {
        Path whole = Clip.of(50).encoder("mjpeg").size(320, 240).write(folder.resolve("damaged.mov"));
        byte[] bytes = Files.readAllBytes(whole);
        for (int i = bytes.length / 2; i < bytes.length / 2 + 6_000; i++) {
            // The index at the end still leads to every picture.
            bytes[i] = (byte) 0xFF;
        }
        Files.write(whole, bytes);
        try (VideoFrameSource source = VideoFrameSource.open(whole)) {
            List<String> failures = new ArrayList<>();
            List<Shot> shots = readAll(source, failures);
            assertThat(failures).isNotEmpty();
            assertThat(failures.get(0)).contains("near", "damaged.mov");
            assertThat(shots.get(shots.size() - 1).mediaNanos()).isEqualTo(49 * 40_000_000L);
        }
    }

    @Test
    void refusesSettingsThatMakeNoSense() {
        VideoFrameSource.Builder builder = VideoFrameSource.builder(mpeg4).from(Duration.ofSeconds(1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.to(Duration.ofSeconds(1)))
                .withMessageContaining("to is PT1S, expected a time after from");
        assertThatIllegalStateException()
                .isThrownBy(() -> builder.from(Duration.ofSeconds(1)))
                .withMessage("from was set already to PT1S");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.framesPerSecond(Double.NaN))
                .withMessageContaining("framesPerSecond is NaN, expected above 0 to 1000");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.threads(0))
                .withMessageContaining("1 to 64");
    }

    @Test
    void refusesToReadOnceClosed() throws IOException {
        VideoFrameSource source = VideoFrameSource.open(mpeg4);
        source.close();
        assertThatIllegalStateException()
                .isThrownBy(() -> source.read(FrameBuffer.standalone()))
                .withMessageContaining("was closed");
        assertThat(source.toString()).contains("mpeg4.mp4", "upright");
    }

    private static List<Long> times(VideoFrameSource.Builder builder) throws IOException {
        try (VideoFrameSource source = builder.open()) {
            return readAll(source).stream().map(Shot::mediaNanos).toList();
        }
    }

    private static String size(VideoFrameSource.Builder builder) throws IOException {
        try (VideoFrameSource source = builder.open()) {
            Shot shot = readAll(source).get(0);
            return shot.width() + "x" + shot.height();
        }
    }

    private static List<Shot> readAll(VideoFrameSource source) throws IOException {
        List<String> failures = new ArrayList<>();
        List<Shot> shots = readAll(source, failures);
        assertThat(failures).isEmpty();
        return shots;
    }

    private static List<Shot> readAll(VideoFrameSource source, List<String> failures) throws IOException {
        List<Shot> shots = new ArrayList<>();
        while (true) {
            try (FrameBuffer buffer = FrameBuffer.standalone()) {
                if (!source.read(buffer)) {
                    return shots;
                }
                try (Frame frame = buffer.toFrame()) {
                    shots.add(Shot.of(frame));
                }
            } catch (FrameUnreadableException e) {
                failures.add(e.getMessage());
            }
        }
    }

    /** What is looked at of a frame; corners hold the first channel's value just inside of them. */
    private record Shot(
            int width, int height, long mediaNanos, boolean discontinuity, String origin, int[] corners, int hash) {
        static Shot of(Frame frame) {
            int[] corners = new int[4];
            for (int i = 0; i < 4; i++) {
                int x = (i % 2 == 0 ? 1 : 7) * frame.width() / 8;
                int y = (i / 2 == 0 ? 1 : 7) * frame.height() / 8;
                corners[i] = frame.pixels().get(y * frame.stride() + 3 * x) & 0xff;
            }
            byte[] bytes = new byte[frame.stride() * frame.height()];
            frame.pixels().get(0, bytes);
            return new Shot(
                    frame.width(),
                    frame.height(),
                    frame.mediaNanos(),
                    frame.discontinuity(),
                    frame.origin(),
                    corners,
                    Arrays.hashCode(bytes));
        }

        int corner(int x, int y) {
            return corners[2 * y + x];
        }

        int topLeft() {
            return corner(0, 0);
        }

        int bottomRight() {
            return corner(1, 1);
        }
    }
}
