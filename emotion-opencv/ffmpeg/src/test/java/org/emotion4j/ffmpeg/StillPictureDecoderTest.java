package org.emotion4j.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import org.emotion4j.frame.Frame;
import org.emotion4j.frame.FrameBuffer;
import org.emotion4j.frame.FrameUnreadableException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("native")
class StillPictureDecoderTest {
    @TempDir
    Path folder;

    @Test
    void readsTheWholePictureOfAnAvif() throws IOException {
        byte[] avif = avif();
        try (FrameBuffer buffer = FrameBuffer.standalone()) {
            StillPictureDecoder.read(ByteBuffer.wrap(avif), "a.avif", buffer);
            try (Frame frame = buffer.toFrame()) {
                assertThat(frame.width()).isEqualTo(66);
                assertThat(frame.height()).isEqualTo(48);
                assertThat(frame.pixels().get(3 * 66 * 2 + 3 * 2) & 0xff).isLessThan(45);
                assertThat(frame.pixels().get(3 * 66 * 46 + 3 * 60) & 0xff).isBetween(100, 130);
            }
        }
    }

    @Test
    void refusesAPictureThatWasCutOffAtAnyPlace() throws IOException {
        byte[] avif = avif();
        for (int length = 0; length < avif.length; length += 7) {
            refuses(Arrays.copyOf(avif, length));
        }
    }

    /** HEVC's decoder takes zeros for a picture; no encoder writes three of them in a row. A picture of clouds of color. */
    @Test
    void refusesAHeicWithAHoleInItsData() throws IOException {
        byte[] heic = resource("plasma.heic");
        try (FrameBuffer buffer = FrameBuffer.standalone()) {
            StillPictureDecoder.read(ByteBuffer.wrap(heic), "a.heic", buffer);
        }
        for (int at = heic.length / 4; at < heic.length - 64; at += heic.length / 20) {
            byte[] damaged = heic.clone();
            Arrays.fill(damaged, at, at + 16, (byte) 0);
            refuses(damaged);
        }
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream stream = StillPictureDecoderTest.class.getResourceAsStream(name)) {
            return Objects.requireNonNull(stream, name).readAllBytes();
        }
    }

    @Test
    void refusesWhatIsNoSuchPicture() throws IOException {
        refuses(new byte[5_000]);
        refuses("ftyp".repeat(1_000).getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        refuses(Files.readAllBytes(Clip.of(2).soundOnly().write(folder.resolve("sound.mov"))));
    }

    private static void refuses(byte[] file) {
        try (FrameBuffer buffer = FrameBuffer.standalone()) {
            assertThatThrownBy(() -> StillPictureDecoder.read(ByteBuffer.wrap(file), "a.avif", buffer))
                    .isInstanceOf(FrameUnreadableException.class)
                    .hasMessageStartingWith("a.avif: ");
        }
    }

    private byte[] avif() throws IOException {
        return Files.readAllBytes(Clip.of(1).encoder("libaom-av1").size(66, 48).write(folder.resolve("picture.avif")));
    }
}
