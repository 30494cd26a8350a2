package org.emotion4j.opencv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import javax.imageio.ImageIO;
import org.emotion4j.frame.Frame;
import org.emotion4j.frame.FrameUnreadableException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.MatOfByte;
import org.opencv.core.MatOfInt;
import org.opencv.imgcodecs.Imgcodecs;

/**
 * What a decoder would only have complained of, or would not have noticed: a picture is whole, or it is refused. The
 * portrait has 128 pixels a side, so that a file has enough data to damage at many places.
 */
@Tag("native")
class DamagedPicturesTest {
    private static final int PLACES = 24;

    @TempDir
    Path folder;

    /** The kinds of data in which all damage of some length shows; what does not show is in docs/sources.md. */
    static List<Arguments> kinds() throws IOException {
        return List.of(
                Arguments.of("baseline JPEG", encoded(".jpg")),
                Arguments.of("progressive JPEG", encoded(".jpg", Imgcodecs.IMWRITE_JPEG_PROGRESSIVE, 1)),
                Arguments.of("JPEG with tables of its own", encoded(".jpg", Imgcodecs.IMWRITE_JPEG_OPTIMIZE, 1)),
                Arguments.of("JPEG with restarts", encoded(".jpg", Imgcodecs.IMWRITE_JPEG_RST_INTERVAL, 4)),
                Arguments.of("PNG", encoded(".png")),
                Arguments.of("TIFF, LZW", encoded(".tif", Imgcodecs.IMWRITE_TIFF_COMPRESSION, 5)),
                Arguments.of("TIFF, Deflate", encoded(".tif", Imgcodecs.IMWRITE_TIFF_COMPRESSION, 8)),
                Arguments.of("GIF", gif()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("kinds")
    void aStretchThatWasOverwrittenWithOneValueIsFound(String kind, byte[] whole) throws IOException {
        for (int filling : new int[] {0, 0x55, 0xFE, 0xFF}) {
            List<String> missed = missed(kind, whole, damaged -> {
                Arrays.fill(damaged.bytes(), damaged.from(), damaged.to(), (byte) filling);
                return damaged.bytes();
            });
            assertThat(missed).as("read as another picture, with " + filling).isEmpty();
        }
    }

    /** By chance a JPEG's data may lead to as many blocks as before; nothing else in the file would tell. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("kinds")
    void aStretchOfNoiseOrOneThatIsMissingIsFound(String kind, byte[] whole) throws IOException {
        Random random = new Random(4);
        List<String> missed = missed(kind, whole, damaged -> {
            for (int i = damaged.from(); i < damaged.to(); i++) {
                damaged.bytes()[i] = (byte) random.nextInt(255);
            }
            return damaged.bytes();
        });
        missed.addAll(missed(kind, whole, damaged -> {
            byte[] bytes = damaged.bytes();
            int left = bytes.length - damaged.to();
            System.arraycopy(bytes, damaged.to(), bytes, damaged.from(), left);
            return Arrays.copyOf(bytes, damaged.from() + left);
        }));
        assertThat(missed)
                .as("read as another picture")
                .hasSizeLessThanOrEqualTo(kind.contains("JPEG") ? PLACES / 4 : 0);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("kinds")
    void anEndMarkPutBehindAHalfDoesNotMakeItWhole(String kind, byte[] whole) {
        byte[] end = kind.contains("JPEG") ? bytes(0xFF, 0xD9) : kind.equals("GIF") ? bytes(0, 0x3B) : new byte[0];
        for (int place = 1; place < PLACES; place++) {
            int length = dataStart(kind) + (whole.length - dataStart(kind) - 40) * place / PLACES;
            byte[] cut = Arrays.copyOf(whole, length + end.length);
            System.arraycopy(end, 0, cut, length, end.length);
            assertThatThrownBy(() -> Pictures.decode(cut))
                    .as(kind + " cut to " + length)
                    .isInstanceOf(FrameUnreadableException.class);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("checked")
    void aChangedBitIsFoundWhereTheFormatHasAChecksum(String kind, byte[] whole) throws IOException {
        List<String> missed = missed(kind, whole, damaged -> {
            damaged.bytes()[damaged.from()] ^= (byte) (1 << damaged.from() % 8);
            return damaged.bytes();
        });
        assertThat(missed).as("read as another picture").isEmpty();
    }

    static List<Arguments> checked() throws IOException {
        return kinds().stream()
                .filter(kind -> List.of("PNG", "TIFF, Deflate").contains(kind.get()[0]))
                .toList();
    }

    @Test
    void theFileIsNamed() throws IOException {
        byte[] whole = encoded(".jpg");
        Arrays.fill(whole, whole.length / 2, whole.length / 2 + 200, (byte) 0);
        Path file = Files.write(folder.resolve("holiday.jpg"), whole);
        assertThatThrownBy(() -> Pictures.read(file))
                .isInstanceOf(FrameUnreadableException.class)
                .hasMessageContaining("holiday.jpg: the JPEG is damaged: ")
                .hasMessageContaining("copy it again");
    }

    @Test
    void aScanThatIsMissingIsFound() throws IOException {
        byte[] progressive = encoded(".jpg", Imgcodecs.IMWRITE_JPEG_PROGRESSIVE, 1);
        List<Integer> scans = new ArrayList<>();
        for (int i = 0; i + 1 < progressive.length; i++) {
            if (progressive[i] == (byte) 0xFF && progressive[i + 1] == (byte) 0xDA) {
                scans.add(i);
            }
        }
        assertThat(scans).hasSizeGreaterThan(5);
        for (int scan : scans.subList(1, scans.size())) {
            byte[] cut = Arrays.copyOf(progressive, scan + 2);
            cut[scan + 1] = (byte) 0xD9;
            assertThatThrownBy(() -> Pictures.decode(cut))
                    .isInstanceOf(FrameUnreadableException.class)
                    .hasMessageContaining("scans are missing");
        }
    }

    /** Some cameras end their data on whole words; libjpeg calls these bytes extraneous. */
    @ParameterizedTest
    @MethodSource("paddings")
    void zerosBehindTheLastBlockAreNoDamage(int zeros) throws IOException {
        byte[] whole = encoded(".jpg");
        byte[] padded = Arrays.copyOf(whole, whole.length + zeros);
        Arrays.fill(padded, whole.length - 2, padded.length - 2, (byte) 0);
        padded[padded.length - 2] = (byte) 0xFF;
        padded[padded.length - 1] = (byte) 0xD9;
        assertThat(pixels(padded)).isEqualTo(pixels(whole));
    }

    static List<Integer> paddings() {
        return List.of(1, 2, 15, 512);
    }

    @Test
    void whatFollowsAWholePictureIsNotLookedAt() throws IOException {
        for (String ending : List.of(".jpg", ".png")) {
            byte[] whole = encoded(ending);
            byte[] followed = Arrays.copyOf(whole, whole.length + 3_000);
            Arrays.fill(followed, whole.length + 1_000, followed.length, (byte) 0xA5);
            assertThat(pixels(followed)).isEqualTo(pixels(whole));
        }
    }

    @Test
    void decodersWriteNothingToStandardError() throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.awt.headless=true",
                "--enable-native-access=ALL-UNNAMED", // or Java 24 and later say so
                "-cp",
                System.getProperty("java.class.path"),
                Reader.class.getName()));
        int number = 0;
        for (Arguments kind : kinds()) {
            byte[] whole = (byte[]) kind.get()[1];
            for (int place = 1; place < 8; place++) {
                byte[] damaged = whole.clone();
                int at = whole.length * place / 8;
                Arrays.fill(damaged, at, Math.min(at + 100, damaged.length), (byte) place);
                command.add(Files.write(folder.resolve("damaged" + ++number), damaged)
                        .toString());
            }
        }
        byte[] padded =
                Oddities.withChunk(encoded(".png"), "iCCP", "not a profile".getBytes(StandardCharsets.US_ASCII));
        command.add(Files.write(folder.resolve("profile.png"), padded).toString());
        File messages = folder.resolve("stderr").toFile();
        File output = folder.resolve("stdout").toFile();
        Process reader = new ProcessBuilder(command)
                .redirectError(messages)
                .redirectOutput(output)
                .start();
        assertThat(reader.waitFor()).isZero();
        assertThat(Files.readString(output.toPath())).contains((number + 1) + " files");
        // The virtual machine itself says which options it found in the environment (JAVA_TOOL_OPTIONS, for example).
        assertThat(Files.readAllLines(messages.toPath()))
                .filteredOn(line -> !line.contains("Picked up "))
                .isEmpty();
    }

    /** Reads pictures in a process of its own, whose standard error can be looked at. */
    static final class Reader {
        private Reader() {}

        public static void main(String[] files) {
            for (String file : files) {
                try (Frame frame = Pictures.read(Path.of(file))) {
                    frame.width();
                } catch (FrameUnreadableException expected) {
                    // refused: what matters is that nobody else said so
                }
            }
            System.out.println(files.length + " files");
        }
    }

    /** A copy of a file, and a stretch of a twentieth of it. */
    private record Damaged(byte[] bytes, int from, int to) {}

    /** Damages a file at many places; returns where that led to another picture. */
    private static List<String> missed(String kind, byte[] whole, Function<Damaged, byte[]> damage)
            throws FrameUnreadableException {
        byte[] pixels = pixels(whole);
        List<String> missed = new ArrayList<>();
        int length = whole.length / 20;
        for (int place = 0; place < PLACES; place++) {
            int at = dataStart(kind) + (whole.length - dataStart(kind) - length - 30) * place / PLACES;
            byte[] damaged = damage.apply(new Damaged(whole.clone(), at, at + length));
            try {
                if (!Arrays.equals(pixels(damaged), pixels)) {
                    missed.add(kind + " at " + at);
                }
            } catch (FrameUnreadableException refused) {
                assertThat(refused).hasMessageContaining("bytes: the ");
            }
        }
        return missed;
    }

    private static byte[] pixels(byte[] file) throws FrameUnreadableException {
        try (Frame frame = Pictures.decode(file)) {
            byte[] pixels = new byte[frame.pixels().capacity()];
            frame.pixels().get(0, pixels);
            return pixels;
        }
    }

    /** Where headers end, about: they have checks and tests of their own. */
    private static int dataStart(String kind) {
        return kind.contains("JPEG") ? 700 : kind.equals("GIF") ? 850 : 60;
    }

    private static byte[] encoded(String ending, int... parameters) throws IOException {
        OpenCv.load();
        Mat mat = portrait();
        MatOfByte out = new MatOfByte();
        Imgcodecs.imencode(ending, mat, out, new MatOfInt(parameters));
        return out.toArray();
    }

    private static Mat portrait() throws IOException {
        try (Frame frame = Pictures.decode(Portraits.bytes(Portraits.NAMES.get(0)))) {
            ByteBuffer copy = ByteBuffer.allocateDirect(frame.pixels().capacity());
            copy.put(0, frame.pixels(), 0, copy.capacity());
            return new Mat(frame.height(), frame.width(), CvType.CV_8UC3, copy);
        }
    }

    private static byte[] gif() throws IOException {
        try (Frame frame = Pictures.decode(Portraits.bytes(Portraits.NAMES.get(0)))) {
            BufferedImage image = Pictures.toBufferedImage(frame);
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            ImageIO.write(image, "gif", out);
            return out.toByteArray();
        }
    }

    private static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }
}
