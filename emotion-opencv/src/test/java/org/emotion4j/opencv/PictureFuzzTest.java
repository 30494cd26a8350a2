package org.emotion4j.opencv;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.emotion4j.frame.FrameUnreadableException;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever a picture's header says, it is read or refused by a {@link FrameUnreadableException}, before anything native sees
 * it. Runs the seeds; the profile {@code fuzz} makes more of them.
 */
final class PictureFuzzTest {
    @MethodSource("headers")
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

    static Stream<byte[]> headers() throws IOException {
        Stream.Builder<byte[]> seeds = Stream.builder();
        for (String format : new String[] {"jpg", "png", "gif", "bmp", "tiff"}) {
            ByteArrayOutputStream written = new ByteArrayOutputStream();
            assertThat(ImageIO.write(new BufferedImage(9, 7, BufferedImage.TYPE_INT_RGB), format, written))
                    .isTrue();
            byte[] whole = written.toByteArray();
            byte[] damaged = whole.clone();
            Arrays.fill(damaged, 10, Math.min(damaged.length, 40), (byte) 0xff);
            seeds.add(whole).add(damaged).add(Arrays.copyOf(whole, whole.length / 2));
        }
        return seeds.add(new byte[0]).build();
    }
}
