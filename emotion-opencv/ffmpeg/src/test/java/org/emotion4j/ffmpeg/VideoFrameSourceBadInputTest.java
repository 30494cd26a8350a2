package org.emotion4j.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One clear error each and nothing left open; the limit is for an input that would be read for ever. */
@Timeout(300)
@Tag("native")
class VideoFrameSourceBadInputTest {
    @TempDir
    Path folder;

    @AfterEach
    void nothingStaysOpen() throws IOException {
        assertThat(OpenFiles.below(folder)).isEmpty();
    }

    @Test
    void noSuchFile() {
        assertThatThrownBy(() -> VideoFrameSource.open(folder.resolve("gone.mp4")))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessageContaining("gone.mp4: there is no such file");
    }

    @Test
    void aFolder() {
        refuses(folder, "is a folder, expected a video file");
    }

    @TestFactory
    Stream<DynamicTest> filesThatAreNoVideo() throws IOException {
        byte[] noise = new byte[100_000];
        new Random(1).nextBytes(noise);
        byte[] text = "This is a text.\n".repeat(5_000).getBytes(StandardCharsets.UTF_8);
        Path other = Clip.of(3).write(folder.resolve("other.mp4"));
        String playList = "#EXTM3U\n#EXT-X-TARGETDURATION:3\n#EXTINF:3,\n" + other + "\n#EXT-X-ENDLIST\n";
        String concat = "ffconcat version 1.0\nfile " + other.getFileName() + "\n";
        return Stream.of(
                refused("empty.mp4", new byte[0], "the file is empty"),
                refused("text.mp4", text, "is no video that FFmpeg reads"),
                refused("noise.mp4", noise, "is no video that FFmpeg reads"),
                refused("playlist.mp4", playList.getBytes(StandardCharsets.UTF_8), "is no video that FFmpeg reads"),
                refused("concat.mp4", concat.getBytes(StandardCharsets.UTF_8), "is no video that FFmpeg reads"));
    }

    private DynamicTest refused(String name, byte[] content, String because) {
        return DynamicTest.dynamicTest(name, () -> refuses(Files.write(folder.resolve(name), content), because));
    }

    @Test
    void picturesAreNoVideosWhateverTheirNames() throws IOException {
        Path avif = Clip.of(1).encoder("libaom-av1").write(folder.resolve("picture.avif"));
        refuses(Files.copy(avif, folder.resolve("avif.mp4")), "is an AVIF picture, no video");
        byte[] jpeg = Files.readAllBytes(Clip.of(1).encoder("mjpeg").write(folder.resolve("one.mjpeg")));
        refuses(Files.write(folder.resolve("jpeg.mp4"), jpeg), "is a JPEG, no video");
    }

    @Test
    void aCodecThatIsNotOnTheListIsNotDecoded() throws IOException {
        Path file = Clip.of(2).encoder("snow").write(folder.resolve("snow.avi"));
        refuses(file, "coded as snow, which is not among the codecs that are read");
    }

    @Test
    void soundOnly() throws IOException {
        refuses(
                Clip.of(1).soundOnly().write(folder.resolve("sound.mov")),
                "holds no video, only sound (pcm_s16le); choose the file that holds the pictures");
        refuses(Clip.of(1).soundOnly().write(folder.resolve("sound.wav")), "holds no video, only sound");
    }

    @Test
    void noFrames() throws IOException {
        refuses(Clip.of(0).write(folder.resolve("none.avi")), "holds mpeg4 video but no picture that can be decoded");
        refuses(Clip.of(0).write(folder.resolve("none.mp4")), "holds no video, only an empty container");
    }

    @Test
    void anMp4WithoutItsIndex() throws IOException {
        Path whole = Clip.of(20).write(folder.resolve("whole.mp4"));
        byte[] bytes = Files.readAllBytes(whole);
        Path cut = folder.resolve("cut.mp4");
        refuses(
                Files.write(cut, Arrays.copyOf(bytes, bytes.length / 2)),
                "the file was cut off: its index (moov) is missing");
        Path indexFirst = Clip.of(20).indexFirst().write(folder.resolve("first.mp4"));
        refuses(Files.write(cut, Arrays.copyOf(Files.readAllBytes(indexFirst), 200)), "the file was cut off");
    }

    @Test
    void picturesThatAreTooLarge() throws IOException {
        byte[] clip = Files.readAllBytes(Clip.of(1).encoder("mjpeg").write(folder.resolve("small.avi")));
        // Width and height in the stream's BITMAPINFOHEADER and in the JPEG's own frame header.
        int format = indexOf(clip, "strf".getBytes(StandardCharsets.US_ASCII)) + 8;
        for (int i = 0; i < 2; i++) {
            clip[format + 4 + 4 * i] = (byte) 0x80;
            clip[format + 5 + 4 * i] = (byte) 0x3E;
        }
        int header = indexOf(clip, new byte[] {(byte) 0xFF, (byte) 0xC0}) + 5;
        for (int i = 0; i < 2; i++) {
            clip[header + 2 * i] = (byte) 0x3E;
            clip[header + 2 * i + 1] = (byte) 0x80;
        }
        refuses(Files.write(folder.resolve("large.avi"), clip), "16000x16000");
    }

    @Test
    void aStartAfterTheEnd() throws IOException {
        Path file = Clip.of(25).write(folder.resolve("short.mp4"));
        assertThatThrownBy(() -> VideoFrameSource.builder(file)
                        .from(Duration.ofSeconds(5))
                        .open())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("from is 5.00 s, but the video ends at 1.00 s");
    }

    private static void refuses(Path file, String because) {
        assertThatThrownBy(() -> VideoFrameSource.open(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining(because);
    }

    private static int indexOf(byte[] bytes, byte[] what) {
        for (int i = 0; i + what.length <= bytes.length; i++) {
            if (Arrays.equals(bytes, i, i + what.length, what, 0, what.length)) {
                return i;
            }
        }
        throw new AssertionError("not in the clip");
    }
}
