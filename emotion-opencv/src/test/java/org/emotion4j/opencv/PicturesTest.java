package org.emotion4j.opencv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.emotion4j.frame.Frame;
import org.emotion4j.frame.FrameBuffer;
import org.emotion4j.frame.FrameUnreadableException;
import org.emotion4j.frame.PixelFormat;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("native")
class PicturesTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"jpg", "png", "bmp", "gif", "tif"})
    void readsTheUsualFormatsInTheRightColors(String format) throws IOException {
        byte[] file = Oddities.encode(Oddities.quarters(64, 48, BufferedImage.TYPE_3BYTE_BGR), format);
        try (Frame frame = Pictures.decode(file)) {
            assertThat(frame.width()).isEqualTo(64);
            assertThat(frame.height()).isEqualTo(48);
            assertThat(frame.format()).isEqualTo(PixelFormat.BGR24);
            assertThat(Oddities.lettersOf(frame)).isEqualTo("RG/BW");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"jpg", "png", "bmp", "gif", "tif"})
    void aPictureWithMorePixelsThanTheCallerAllowsIsRefused(String format) throws IOException {
        byte[] file = Oddities.encode(Oddities.quarters(64, 48, BufferedImage.TYPE_3BYTE_BGR), format);
        Pictures.decode(file, 64 * 48).close();
        assertThatThrownBy(() -> Pictures.decode(file, 64 * 48 - 1))
                .isInstanceOf(PictureTooLargeException.class)
                .hasMessageContaining("64x48")
                .hasMessageContaining("at most 3071");
    }

    @Test
    void oneMemoryTakesOnePictureAfterTheOtherEachWithItsOwnLimit() throws IOException {
        byte[] small = Oddities.encode(Oddities.quarters(32, 24, BufferedImage.TYPE_3BYTE_BGR), "png");
        byte[] large = Oddities.encode(Oddities.quarters(64, 48, BufferedImage.TYPE_3BYTE_BGR), "jpg");
        try (FrameBuffer target = FrameBuffer.standalone()) {
            Pictures.decode(large, 64 * 48, target);
            for (byte[] file : List.of(small, large)) {
                Pictures.decode(file, 64 * 48, target);
                assertThat(Oddities.lettersOf(target)).isEqualTo("RG/BW");
            }
            assertThatThrownBy(() -> Pictures.decode(large, 64 * 48 - 1, target))
                    .isInstanceOf(PictureTooLargeException.class);
            Pictures.decode(large, 64 * 48, target);
            assertThat(target.width()).isEqualTo(64);
        }
    }

    @Test
    void readsWebP() throws IOException {
        // 16x16, lossless, the four quarters.
        byte[] webp = webpOf(Oddities.quarters(16, 16, BufferedImage.TYPE_3BYTE_BGR));
        try (Frame frame = Pictures.decode(webp)) {
            assertThat(Oddities.lettersOf(frame)).isEqualTo("RG/BW");
        }
        assertThatThrownBy(() -> Pictures.decode(Arrays.copyOf(webp, webp.length - 10)))
                .isInstanceOf(FrameUnreadableException.class)
                .hasMessageContaining("WebP is cut short");
    }

    private static byte[] webpOf(BufferedImage image) {
        OpenCv.load();
        try (Frame frame = Pictures.toFrame(image)) {
            org.opencv.core.Mat mat = new org.opencv.core.Mat(
                    frame.height(), frame.width(), org.opencv.core.CvType.CV_8UC3, frame.pixels());
            org.opencv.core.MatOfByte out = new org.opencv.core.MatOfByte();
            org.opencv.imgcodecs.Imgcodecs.imencode(
                    ".webp",
                    mat,
                    out,
                    new org.opencv.core.MatOfInt(org.opencv.imgcodecs.Imgcodecs.IMWRITE_WEBP_QUALITY, 101));
            return out.toArray();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "1, 64, 48, RG/BW",
        "2, 64, 48, GR/WB",
        "3, 64, 48, WB/GR",
        "4, 64, 48, BW/RG",
        "5, 48, 64, RB/GW",
        "6, 48, 64, BR/WG",
        "7, 48, 64, WG/BR",
        "8, 48, 64, GW/RB"
    })
    void turnsPicturesUprightByTheirExifOrientation(int orientation, int width, int height, String letters)
            throws IOException {
        byte[] jpeg = Oddities.jpeg(64, 48);
        byte[] png = Oddities.encode(Oddities.quarters(64, 48, BufferedImage.TYPE_INT_ARGB), "png");
        for (byte[] file : new byte[][] {
            Oddities.withOrientation(jpeg, orientation, ByteOrder.LITTLE_ENDIAN),
            Oddities.withOrientation(jpeg, orientation, ByteOrder.BIG_ENDIAN),
            Oddities.withChunk(png, "eXIf", Oddities.exif(orientation, ByteOrder.BIG_ENDIAN))
        }) {
            try (Frame frame = Pictures.decode(file)) {
                assertThat(frame.width()).isEqualTo(width);
                assertThat(frame.height()).isEqualTo(height);
                assertThat(Oddities.lettersOf(frame)).isEqualTo(letters);
            }
        }
    }

    @Test
    void readsAPictureWhoseExifDataIsNonsense() throws IOException {
        byte[] file = Oddities.withOrientation(Oddities.jpeg(64, 48), 4711, ByteOrder.BIG_ENDIAN);
        try (Frame frame = Pictures.decode(file)) {
            assertThat(Oddities.lettersOf(frame)).isEqualTo("RG/BW");
        }
    }

    @Test
    void roundsSixteenBitsAChannelToEight() throws IOException {
        byte[] png = Oddities.encode(Oddities.sixteenBit(8, 8, 65_535, 0x8080, 0), "png");
        try (Frame frame = Pictures.decode(png)) {
            assertThat(Oddities.rgb(frame, 4, 4)).isEqualTo(0xFF8000);
        }
    }

    @Test
    void keepsTheValuesOfAGrayPicture() throws IOException {
        BufferedImage gray = new BufferedImage(8, 8, BufferedImage.TYPE_BYTE_GRAY);
        for (int y = 0; y < 8; y++) {
            for (int x = 0; x < 8; x++) {
                gray.getRaster().setSample(x, y, 0, 100);
            }
        }
        try (Frame fromFile = Pictures.decode(Oddities.encode(gray, "png"));
                Frame fromImage = Pictures.toFrame(gray)) {
            assertThat(Oddities.rgb(fromFile, 4, 4)).isEqualTo(0x646464);
            assertThat(Oddities.rgb(fromImage, 4, 4)).isEqualTo(0x646464);
        }
    }

    @Test
    void blendsTransparencyOverWhite() throws IOException {
        BufferedImage image = new BufferedImage(3, 1, BufferedImage.TYPE_INT_ARGB);
        image.setRGB(0, 0, 0xFF000000);
        image.setRGB(1, 0, 0x80000000);
        image.setRGB(2, 0, 0x00FF0000);
        try (Frame fromFile = Pictures.decode(Oddities.encode(image, "png"));
                Frame fromImage = Pictures.toFrame(image)) {
            for (Frame frame : new Frame[] {fromFile, fromImage}) {
                assertThat(Oddities.rgb(frame, 0, 0)).isEqualTo(0x000000);
                assertThat(Oddities.rgb(frame, 1, 0)).isEqualTo(0x7F7F7F);
                assertThat(Oddities.rgb(frame, 2, 0)).isEqualTo(0xFFFFFF);
            }
        }
    }

    @Test
    void readsAPalette() throws IOException {
        byte[] opaque = Oddities.encode(Oddities.quarters(16, 16, BufferedImage.TYPE_BYTE_INDEXED), "png");
        try (Frame frame = Pictures.decode(opaque)) {
            assertThat(Oddities.lettersOf(frame)).isEqualTo("RG/BW");
        }
        BufferedImage blackAndWhite = new BufferedImage(16, 16, BufferedImage.TYPE_BYTE_BINARY);
        Graphics2D g = blackAndWhite.createGraphics();
        g.setColor(Color.WHITE);
        g.fillRect(0, 0, 8, 16);
        g.dispose();
        try (Frame frame = Pictures.decode(Oddities.encode(blackAndWhite, "png"))) {
            assertThat(Oddities.rgb(frame, 2, 2)).isEqualTo(0xFFFFFF);
            assertThat(Oddities.rgb(frame, 14, 2)).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void readsCmykAsAdobeWritesIt(boolean adobeMarker) throws IOException {
        try (Frame frame = Pictures.decode(Oddities.cmykJpeg(64, 48, adobeMarker))) {
            assertThat(Oddities.lettersOf(frame)).isEqualTo("RG/BW");
        }
    }

    @Test
    void readsAPictureOfOnePixel() throws IOException {
        BufferedImage one = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB);
        one.setRGB(0, 0, 0x123456);
        try (Frame frame = Pictures.decode(Oddities.encode(one, "png"))) {
            assertThat(frame.width()).isEqualTo(1);
            assertThat(frame.height()).isEqualTo(1);
            assertThat(Oddities.rgb(frame, 0, 0)).isEqualTo(0x123456);
        }
    }

    @Test
    void refusesAHugePictureByItsHeader() {
        assertThatThrownBy(() -> Pictures.decode(Oddities.pngThatClaims(20_000, 20_000)))
                .isInstanceOf(FrameUnreadableException.class)
                .hasMessageContaining("20000x20000")
                .hasMessageContaining("at most 100000000")
                .hasMessageContaining("smaller");
        byte[] jpeg = Oddities.jpeg(64, 48);
        ByteBuffer.wrap(jpeg).putShort(startOfFrame(jpeg) + 5, (short) 20_000).putShort(startOfFrame(jpeg) + 7, (short)
                20_000);
        assertThatThrownBy(() -> Pictures.decode(jpeg))
                .isInstanceOf(FrameUnreadableException.class)
                .hasMessageContaining("20000x20000");
    }

    private static int startOfFrame(byte[] jpeg) {
        for (int i = 0; i + 1 < jpeg.length; i++) {
            if ((jpeg[i] & 0xFF) == 0xFF && (jpeg[i + 1] & 0xFF) == 0xC0) {
                return i;
            }
        }
        throw new IllegalArgumentException("no baseline JPEG");
    }

    @ParameterizedTest
    @ValueSource(strings = {"jpg", "png", "bmp", "gif", "tif"})
    void refusesAPictureThatIsCutShort(String format) {
        byte[] whole = Oddities.encode(Oddities.quarters(64, 48, BufferedImage.TYPE_3BYTE_BGR), format);
        for (int length : new int[] {whole.length - 2, whole.length * 3 / 4, whole.length / 2, 30, 12}) {
            assertThatThrownBy(() -> Pictures.decode(Arrays.copyOf(whole, length)))
                    .as(format + " of " + whole.length + " bytes cut to " + length)
                    .isInstanceOf(FrameUnreadableException.class);
        }
    }

    @Test
    void saysThatAPortraitIsCutShort() throws IOException {
        byte[] whole = Portraits.bytes("user2-160x160.jpg");
        assertThatThrownBy(() -> Pictures.decode(Arrays.copyOf(whole, whole.length / 2)))
                .isInstanceOf(FrameUnreadableException.class)
                .hasMessageContaining("cut short");
    }

    @Test
    void readsAJpegWithBytesBehindItsEnd() throws IOException {
        byte[] jpeg = Oddities.jpeg(64, 48);
        try (Frame frame = Pictures.decode(Arrays.copyOf(jpeg, jpeg.length + 1_000))) {
            assertThat(Oddities.lettersOf(frame)).isEqualTo("RG/BW");
        }
    }

    @Test
    void refusesADamagedPng() {
        byte[] png = Oddities.encode(Oddities.quarters(64, 48, BufferedImage.TYPE_3BYTE_BGR), "png");
        png[png.length / 2] ^= 0x55;
        assertThatThrownBy(() -> Pictures.decode(png))
                .isInstanceOf(FrameUnreadableException.class)
                .hasMessageContaining("damaged");
    }

    @Test
    void refusesWhatIsNoPictureAndNamesTheFile() throws IOException {
        Path text = Files.writeString(folder.resolve("portrait.jpg"), "This is not a picture at all.");
        assertThatThrownBy(() -> Pictures.read(text))
                .isInstanceOf(FrameUnreadableException.class)
                .hasMessageContaining("portrait.jpg")
                .hasMessageContaining("not a picture");
        Path empty = Files.write(folder.resolve("empty.png"), new byte[0]);
        assertThatThrownBy(() -> Pictures.read(empty))
                .isInstanceOf(FrameUnreadableException.class)
                .hasMessageContaining("empty.png")
                .hasMessageContaining("0 bytes");
        assertThatThrownBy(() -> Pictures.read(folder.resolve("gone.png")))
                .isInstanceOf(FrameUnreadableException.class)
                .hasMessageContaining("gone.png")
                .hasMessageContaining("no such file");
        assertThatThrownBy(() -> Pictures.read(folder))
                .isInstanceOf(FrameUnreadableException.class)
                .hasMessageContaining("a folder");
    }

    @ParameterizedTest
    @ValueSource(strings = {"jpg", "png", "gif"})
    void survivesDamageOfAnyByte(String format) {
        byte[] whole = Oddities.encode(Oddities.quarters(24, 16, BufferedImage.TYPE_3BYTE_BGR), format);
        for (int at = 0; at < Math.min(whole.length, 700); at += 9) {
            byte[] damaged = whole.clone();
            damaged[at] ^= (byte) 0xFF;
            try (Frame frame = Pictures.decode(damaged)) {
                assertThat(frame.width()).isPositive();
            } catch (FrameUnreadableException expected) {
                assertThat(expected).hasMessageContaining("bytes");
            }
        }
    }

    @Test
    void takesTheNameOfAFileAsItsOrigin() throws IOException {
        Path file = Files.write(folder.resolve("Müller läuft.jpg"), Oddities.jpeg(64, 48));
        try (Frame frame = Pictures.read(file)) {
            assertThat(frame.origin()).isEqualTo(file.toString());
            assertThat(frame.mediaNanos()).isZero();
            assertThat(frame.discontinuity()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                BufferedImage.TYPE_INT_RGB,
                BufferedImage.TYPE_INT_ARGB,
                BufferedImage.TYPE_INT_ARGB_PRE,
                BufferedImage.TYPE_INT_BGR,
                BufferedImage.TYPE_3BYTE_BGR,
                BufferedImage.TYPE_4BYTE_ABGR,
                BufferedImage.TYPE_4BYTE_ABGR_PRE,
                BufferedImage.TYPE_USHORT_565_RGB,
                BufferedImage.TYPE_USHORT_555_RGB,
                BufferedImage.TYPE_BYTE_INDEXED
            })
    void takesImagesOfEveryColorType(int type) {
        BufferedImage image = Oddities.quarters(64, 48, type);
        try (Frame frame = Pictures.toFrame(image);
                Frame part = Pictures.toFrame(image.getSubimage(32, 0, 32, 48))) {
            assertThat(Oddities.lettersOf(frame)).isEqualTo("RG/BW");
            assertThat(Oddities.lettersOf(part)).isEqualTo("GG/WW");
        }
    }

    @ParameterizedTest
    @CsvSource({"10, 255", "11, 65535", "12, 1"})
    void takesGrayImagesOfEveryType(int type, int white) {
        BufferedImage image = new BufferedImage(2, 1, type);
        image.getRaster().setSample(0, 0, 0, white);
        try (Frame frame = Pictures.toFrame(image)) {
            assertThat(Oddities.rgb(frame, 0, 0)).isEqualTo(0xFFFFFF);
            assertThat(Oddities.rgb(frame, 1, 0)).isZero();
        }
    }

    @Test
    void takesAnImageOfSixteenBits() {
        try (Frame frame = Pictures.toFrame(Oddities.sixteenBit(4, 4, 65_535, 0x8080, 0))) {
            assertThat(Oddities.rgb(frame, 1, 1)).isEqualTo(0xFF8000);
        }
    }

    @Test
    void givesImagesBack() {
        BufferedImage image = Oddities.quarters(64, 48, BufferedImage.TYPE_INT_RGB);
        try (Frame frame = Pictures.toFrame(image)) {
            BufferedImage back = Pictures.toBufferedImage(frame);
            assertThat(back.getRGB(0, 0, 64, 48, null, 0, 64)).isEqualTo(image.getRGB(0, 0, 64, 48, null, 0, 64));
        }
        try (Frame rgb = Frame.of(1, 1, PixelFormat.RGB24, new byte[] {1, 2, 3});
                Frame gray = Frame.of(1, 1, PixelFormat.GRAY8, new byte[] {100})) {
            assertThat(Pictures.toBufferedImage(rgb).getRGB(0, 0)).isEqualTo(0xFF010203);
            assertThat(Pictures.toBufferedImage(gray).getRaster().getSample(0, 0, 0))
                    .isEqualTo(100);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.png", "b.jpg", "C.JPEG"})
    void writesWhatItReads(String name) throws IOException {
        Path file = folder.resolve(name);
        try (Frame frame = Pictures.toFrame(Oddities.quarters(64, 48, BufferedImage.TYPE_INT_RGB))) {
            Pictures.write(frame, file);
        }
        try (Frame frame = Pictures.read(file)) {
            assertThat(Oddities.lettersOf(frame)).isEqualTo("RG/BW");
        }
    }

    @Test
    void writesRedGreenBlueInTheRightColors() throws IOException {
        Path file = folder.resolve("rgb.png");
        try (Frame rgb = Frame.of(1, 1, PixelFormat.RGB24, new byte[] {1, 2, 3})) {
            Pictures.write(rgb, file);
        }
        try (Frame frame = Pictures.read(file)) {
            assertThat(Oddities.rgb(frame, 0, 0)).isEqualTo(0x010203);
        }
    }

    @Test
    void writesOnlyPngAndJpeg() {
        try (Frame frame = Frame.of(1, 1, PixelFormat.GRAY8, new byte[1])) {
            assertThatThrownBy(() -> Pictures.write(frame, folder.resolve("a.gif")))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("a.gif")
                    .hasMessageContaining(".png");
        }
    }
}
