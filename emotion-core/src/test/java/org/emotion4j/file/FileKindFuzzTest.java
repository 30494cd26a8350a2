package org.emotion4j.file;

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
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.emotion4j.file.internal.ProductMark;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever a file is, it is of some kind, and ours or not. Runs the seeds; the profile {@code fuzz} makes more of them.
 */
final class FileKindFuzzTest {
    @TempDir
    static Path folder;

    @MethodSource("files")
    @FuzzTest(maxDuration = "10m")
    void kind(byte[] content) throws IOException {
        Path file = Files.write(folder.resolve("file"), content);
        FileKind kind = FileKind.of(file);
        assertThat(kind).isEqualTo(FileKind.of(ByteBuffer.wrap(content)));
        if (ProductMark.isOnPicture(file)) {
            assertThat(kind).isEqualTo(FileKind.PNG);
        }
        ProductMark.isOnPage(file);
    }

    static Stream<byte[]> files() throws IOException {
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        assertThat(ImageIO.write(new BufferedImage(9, 7, BufferedImage.TYPE_INT_RGB), "png", png))
                .isTrue();
        byte[] marked = ProductMark.onPicture(png.toByteArray());
        return Stream.concat(
                Stream.of(marked, Arrays.copyOf(marked, 60), png.toByteArray()),
                Stream.of(
                                ProductMark.onPage("<html></html>"),
                                "\0\0\0\30ftypheic\0\0\0\0mif1heic",
                                "\0\0\0\1ftyp",
                                "RIFF\0\0\0\0WEBP",
                                "II*\0",
                                "P6\n",
                                "BM",
                                "")
                        .map(text -> text.getBytes(StandardCharsets.ISO_8859_1)));
    }
}
