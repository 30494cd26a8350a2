package org.emotion4j.opencv;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.emotion4j.frame.FrameUnreadableException;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever a picture's header and its compressed data say, it is read or refused by a {@link FrameUnreadableException}, before
 * anything native sees it. Runs the seeds; the profile {@code fuzz} makes more of them.
 */
@Timeout(20)
final class PictureFuzzTest {
    private static final long FEW_PIXELS = 1_000_000;

    @MethodSource("pictures")
    @FuzzTest(maxDuration = "10m")
    void headers(byte[] file) {
        try {
            PictureHeader header = PictureHeader.read("a picture", ByteBuffer.wrap(file));
            assertThat(header.width()).isPositive();
            assertThat(header.height()).isPositive();
            assertThat(header.orientation()).isBetween(1, 8);
            assertThat(header.kind().isPicture()).isTrue();
        } catch (FrameUnreadableException refused) {
            assertThat(refused).hasMessageStartingWith("a picture: ");
        }
    }

    /** In the decoder's order: what has too many pixels is refused before its data is looked at. */
    @MethodSource("pictures")
    @FuzzTest(maxDuration = "10m")
    void data(byte[] file) {
        ByteBuffer bytes = ByteBuffer.wrap(file.clone());
        try {
            PictureHeader header = PictureHeader.read("a picture", bytes);
            if ((long) header.width() * header.height() <= FEW_PIXELS) {
                PictureData.check("a picture", bytes, header);
                assertThat(bytes.position()).isZero();
                assertThat(bytes.limit()).isBetween(1, file.length);
            }
        } catch (FrameUnreadableException refused) {
            assertThat(refused).hasMessageStartingWith("a picture: ");
        }
    }

    static Stream<byte[]> pictures() throws IOException {
        Stream.Builder<byte[]> seeds = Stream.builder();
        for (byte[] whole : written()) {
            byte[] damaged = whole.clone();
            Arrays.fill(damaged, 10, Math.min(damaged.length, 40), (byte) 0xff);
            seeds.add(whole).add(damaged).add(Arrays.copyOf(whole, whole.length / 2));
        }
        return seeds.add(endlessTiff()).add(overlappingTiff()).add(new byte[0]).build();
    }

    private static List<byte[]> written() throws IOException {
        Stream.Builder<byte[]> all = Stream.builder();
        for (String format : new String[] {"jpg", "png", "gif", "bmp", "tiff"}) {
            all.add(written(format, ""));
        }
        all.add(written("jpg", "progressive"));
        for (String compression : new String[] {"LZW", "ZLib", "PackBits", "JPEG"}) {
            all.add(written("tiff", compression));
        }
        all.add(webp("VP8 ", 0, 0, 0, (byte) 0x9d, 1, 0x2a, 9, 0, 7, 0))
                .add(webp("VP8L", 0x2f, 8, (byte) 0x80, 1, 0, 0))
                .add(webp("VP8X", 0x1c, 0, 0, 0, 8, 0, 0, 6, 0, 0));
        return all.build().toList();
    }

    private static byte[] written(String format, String how) throws IOException {
        BufferedImage noise = new BufferedImage(19, 17, BufferedImage.TYPE_INT_RGB);
        Random random = new Random(1);
        for (int i = 0; i < 19 * 17; i++) {
            noise.setRGB(i % 19, i / 19, random.nextInt());
        }
        ImageWriter writer = ImageIO.getImageWritersByFormatName(format).next();
        ImageWriteParam param = writer.getDefaultWriteParam();
        if (how.equals("progressive")) {
            param.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
        } else if (!how.isEmpty()) {
            param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            param.setCompressionType(how);
        }
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        try (ImageOutputStream out = ImageIO.createImageOutputStream(written)) {
            writer.setOutput(out);
            writer.write(null, new IIOImage(noise, null, null), param);
        } finally {
            writer.dispose();
        }
        return written.toByteArray();
    }

    /** A WebP of one chunk. */
    private static byte[] webp(String name, int... content) {
        int padded = content.length + 1 & ~1;
        ByteBuffer file = ByteBuffer.allocate(20 + padded)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put("RIFF".getBytes(StandardCharsets.US_ASCII))
                .putInt(12 + padded)
                .put(("WEBP" + name).getBytes(StandardCharsets.US_ASCII))
                .putInt(content.length);
        for (int each : content) {
            file.put((byte) each);
        }
        return file.array();
    }

    /** One tag as often as a directory can have it, each with as many values as fit into the file. */
    private static byte[] endlessTiff() {
        int entries = 0xffff;
        ByteBuffer tiff = tiff(10 + 12 * entries, entries);
        for (int i = 0; i < entries; i++) {
            entry(tiff, 273, tiff.capacity() / 4, 0);
        }
        return tiff.array();
    }

    /** Each of its rows is the same 64 KB. */
    private static byte[] overlappingTiff() {
        int rows = 40_000;
        int data = 8 + 2 + 12 * 6;
        int tables = data + 64 * 1_024;
        ByteBuffer tiff = tiff(tables + 8 * rows, 6);
        entry(tiff, 256, 1, 1);
        entry(tiff, 257, 1, rows);
        entry(tiff, 259, 1, 1);
        entry(tiff, 273, rows, tables);
        entry(tiff, 278, 1, 1);
        entry(tiff, 279, rows, tables + 4 * rows);
        tiff.position(tables);
        for (int i = 0; i < rows; i++) {
            tiff.putInt(data);
        }
        for (int i = 0; i < rows; i++) {
            tiff.putInt(tables - data);
        }
        return tiff.array();
    }

    private static ByteBuffer tiff(int bytes, int entries) {
        return ByteBuffer.allocate(bytes).putInt(0x4d4d002a).putInt(8).putShort((short) entries);
    }

    private static void entry(ByteBuffer tiff, int tag, int count, int value) {
        tiff.putShort((short) tag).putShort((short) 4).putInt(count).putInt(value);
    }
}
