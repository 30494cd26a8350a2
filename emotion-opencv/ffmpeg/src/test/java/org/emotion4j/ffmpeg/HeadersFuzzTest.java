package org.emotion4j.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever a film holds, what is read of it beside FFmpeg tells something or nothing of it and ends. Runs the seeds; the profile
 * {@code fuzz} makes more of them.
 */
@Timeout(20)
final class HeadersFuzzTest {
    private static final List<String> FORMATS =
            List.of("ogg", "matroska,webm", "mpegts", "flv", "asf", "apng", "yuv4mpegpipe", "mpjpeg");

    @TempDir
    static Path folder;

    /** A byte that says how many belong to the codec's parameters, these, and the same packet twice. */
    @MethodSource("streams")
    @FuzzTest(maxDuration = "10m")
    void pictures(byte[] stream) {
        if (stream.length == 0) {
            return;
        }
        int parameters = Math.min(stream[0] & 0xff, stream.length - 1);
        for (PictureHeaders headers : List.of(
                new H264Headers(ByteBuffer.wrap(stream, 1, parameters)),
                new HevcHeaders(ByteBuffer.wrap(stream, 1, parameters)),
                new Mpeg2Headers(),
                new JpegHeaders(),
                new Ffv1Headers(),
                new GifHeaders())) {
            for (int time = 0; time < 2; time++) {
                ByteBuffer packet = ByteBuffer.wrap(stream, 1 + parameters, stream.length - 1 - parameters);
                headers.read(packet);
                assertThat(packet.position()).isEqualTo(1 + parameters);
                assertThat(packet.limit()).isEqualTo(stream.length);
                headers.isAfterLoss();
                headers.isEntry(headers.isReference());
                if (headers.isBroken() || headers.wasLossBefore()) {
                    headers.afterDamage();
                }
            }
            headers.reset();
            headers.lacksEnd();
        }
    }

    @MethodSource("files")
    @FuzzTest(maxDuration = "10m")
    void end(byte[] content) throws IOException {
        Path file = Files.write(folder.resolve("film"), content);
        for (String format : FORMATS) {
            FileEnd.isMissing(file, format, -1, 0);
            FileEnd.isMissing(file, format, content.length / 2, content.length / 4);
            FileEnd.isMissing(file, format, 0, content.length);
        }
        assertThat(MotionJpeg.of(file).headBytes()).isBetween(0, content.length);
    }

    @MethodSource("boxes")
    @FuzzTest(maxDuration = "10m")
    void turned(byte[] heif) {
        try {
            assertThat(HeifTransformations.of(ByteBuffer.wrap(heif))).isNotNull();
        } catch (IndexOutOfBoundsException e) {
            assertThat(heif).isNotEmpty(); // which its caller calls cut off
        }
    }

    static Stream<byte[]> streams() throws IOException {
        byte[] avcC = bytes(1, 66, 0, 30, 0xff, 0xe1, 0, 4, 0x67, 66, 0, 30, 1, 0, 2, 0x68, 0xce);
        byte[] slices = bytes(0, 0, 0, 5, 0x65, 0x88, 0x84, 0, 0x10, 0, 0, 0, 4, 0x41, 0x9a, 0x24, 0x6c);
        byte[] startCodes =
                bytes(0, 0, 0, 1, 0x67, 66, 0, 30, 0xda, 2, 0, 0, 1, 0x68, 0xce, 0, 0, 1, 0x41, 0x9a, 0, 0, 3, 1, 0x80);
        byte[] mpeg2 = bytes(0, 0, 1, 0xb8, 0, 8, 0, 0, 0, 0, 1, 0, 0, 0x0f, 0xff, 0xf8);
        byte[] ffv1 = new byte[20];
        ffv1[14] = 12;
        Stream.Builder<byte[]> seeds = Stream.builder();
        seeds.add(stream(avcC, slices)).add(stream(new byte[0], startCodes)).add(stream(startCodes, startCodes));
        seeds.add(stream(new byte[0], mpeg2)).add(stream(new byte[0], ffv1)).add(new byte[0]);
        seeds.add(stream(new byte[0], picture("jpg"))).add(stream(new byte[0], picture("gif")));
        return seeds.build();
    }

    static Stream<byte[]> files() throws IOException {
        byte[] jpeg = picture("jpg");
        byte[] matroska = bytes(
                0x1A, 0x45, 0xDF, 0xA3, 0x81, 0, 0x18, 0x53, 0x80, 0x67, 0xFF, 0x1F, 0x43, 0xB6, 0x75, 0xFF, 0xA3);
        byte[] transport = new byte[7 * 188];
        for (int i = 0; i < transport.length; i += 188) {
            transport[i] = 0x47;
        }
        byte[] asf = new byte[300];
        asf[16] = 100;
        asf[116] = (byte) 150;
        return Stream.of(
                matroska,
                transport,
                asf,
                text("FLV\1\1\0\0\0\t\0\0\0\0\t\0\0\1\0\0\0\0\0\0\0x\0\0\0\f"),
                text("OggS\0\4" + "\0".repeat(20) + "\1\5hello"),
                picture("png"),
                join(jpeg, jpeg, jpeg, jpeg),
                join(text("\r\n--frame\r\nX: y\r\nContent-Type: image/jpeg\r\n\r\n"), jpeg),
                text("--a\n" + "b:\n".repeat(1_300) + "c"),
                text("\n--a".repeat(1_000)),
                new byte[0]);
    }

    static Stream<byte[]> boxes() {
        byte[] pitm = box("pitm", bytes(0, 0, 0, 0, 0, 1));
        byte[] ipco = box("ipco", box("irot", bytes(1)), box("imir", bytes(0)));
        byte[] iprp = box("iprp", ipco, box("ipma", bytes(0, 0, 0, 0, 0, 0, 0, 1, 0, 1, 2, 0x81, 2)));
        byte[] whole = join(box("ftyp", text("heic")), box("meta", new byte[4], pitm, iprp));
        byte[] many = box("ipma", bytes(0, 0, 0, 0, 0xff, 0xff, 0xff, 0xff), new byte[300_000]);
        byte[][] numbers = new byte[20_000][];
        Arrays.fill(numbers, pitm);
        return Stream.of(
                whole,
                Arrays.copyOf(whole, whole.length - 3),
                join(whole, box("free"), bytes(0, 0, 0, 1, 'm', 'd', 'a', 't', 0x7f, 0xff, 0xff, 0xff, 0, 0, 0, 0)),
                box("meta", new byte[4], join(numbers), box("iprp", ipco, many), box("iprp", ipco, many)),
                new byte[0]);
    }

    private static byte[] stream(byte[] parameters, byte[] packet) {
        return join(bytes(parameters.length), parameters, packet);
    }

    private static byte[] picture(String format) throws IOException {
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        assertThat(ImageIO.write(new BufferedImage(9, 7, BufferedImage.TYPE_INT_RGB), format, written))
                .isTrue();
        return written.toByteArray();
    }

    private static byte[] box(String type, byte[]... content) {
        byte[] all = join(content);
        return join(ByteBuffer.allocate(Integer.BYTES).putInt(8 + all.length).array(), text(type), all);
    }

    private static byte[] text(String latin1) {
        return latin1.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
