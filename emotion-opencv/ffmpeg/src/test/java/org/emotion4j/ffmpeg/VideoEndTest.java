package org.emotion4j.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.ffmpeg.global.avutil;
import org.emotion4j.frame.Frame;
import org.emotion4j.frame.FrameBuffer;
import org.emotion4j.frame.FrameUnreadableException;
import org.emotion4j.frame.InputCutOffException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A file that ends in the middle says so also where its container names no length, and a whole one does not. */
@Tag("native")
@Tag("slow")
class VideoEndTest {
    private static final int FRAMES = 30;

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "mpeg4, nut, '', ''",
        "libopenh264, nut, '', ''",
        "wmv2, asf, '', ''",
        "mpeg2video, mpg, '', ''",
        "mpeg2video, ts, '', ''",
        "libopenh264, ts, '', ''",
        "libopenh264, h264, '', ''",
        "mpeg2video, m2v, '', ''",
        "mjpeg, mjpeg, '', ''",
        "libvpx, webm, live, 1",
        "mpeg4, mkv, live, 1",
        "flv, flv, flvflags, no_duration_filesize"
    })
    void whatIsCutSaysSo(String encoder, String ending, String option, String value) throws IOException {
        Clip clip = Clip.of(FRAMES).encoder(encoder).size(320, 240).painted(VideoDamageTest::moving);
        Path whole = (option.isEmpty() ? clip : clip.option(option, value)).write(file("whole." + ending));
        requireToldWhereCut(whole, 0.45, 0.613, 0.87);
    }

    @Test
    void anOggWithoutItsLastPageIsCut() throws IOException {
        byte[] bytes = requireToldWhereCut(resource("theora-held.ogv"), 0.8, 0.9, 0.95);
        int lastPage = new String(bytes, StandardCharsets.ISO_8859_1).lastIndexOf("OggS");
        assertThat(read(Files.write(file("page.ogv"), Arrays.copyOf(bytes, lastPage)))
                        .cut())
                .as("between two pages")
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({"gif, gif, bgr8, 1", "apng, apng, rgb24, 12"})
    void anAnimationWithoutItsLastBytesIsCut(String encoder, String ending, String pixels, int last)
            throws IOException {
        Path whole = Clip.of(FRAMES)
                .encoder(encoder)
                .pixelFormat(avutil.av_get_pix_fmt(pixels))
                .write(file("whole." + ending));
        byte[] bytes = requireToldWhereCut(whole, 0.45, 0.613, 0.87);
        Reading reading = read(Files.write(file("end." + ending), Arrays.copyOf(bytes, bytes.length - last)));
        assertThat(reading).isEqualTo(new Reading(FRAMES, 0, true));
    }

    @Test
    void aPictureOfDvThatIsNotWholeIsNotFilledWithTheOneBefore() throws IOException {
        Path whole = Clip.of(4).encoder("dvvideo").size(720, 576).write(file("whole.dv"));
        byte[] bytes = Files.readAllBytes(whole);
        assertThat(read(whole)).isEqualTo(new Reading(4, 0, false));
        Reading reading = read(Files.write(file("cut.dv"), Arrays.copyOf(bytes, bytes.length * 5 / 8)));
        assertThat(reading).isEqualTo(new Reading(2, 0, true));
    }

    @Test
    void whatACameraSentIsCutWithinAPictureOrItsHeader() throws IOException {
        byte[] picture =
                Files.readAllBytes(Clip.of(1).encoder("mjpeg").size(160, 120).write(file("one.mjpeg")));
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        for (int i = 0; i < 4; i++) {
            answer.writeBytes(("--frame\r\nContent-Type: image/jpeg\r\nContent-Length: " + picture.length + "\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            answer.writeBytes(picture);
            answer.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
        }
        byte[] bytes = answer.toByteArray();
        assertThat(read(Files.write(file("whole.mjpg"), bytes))).isEqualTo(new Reading(4, 0, false));
        int part = bytes.length / 4;
        assertThat(read(Files.write(file("picture.mjpg"), Arrays.copyOf(bytes, bytes.length - 200))))
                .isEqualTo(new Reading(3, 0, true));
        assertThat(read(Files.write(file("header.mjpg"), Arrays.copyOf(bytes, 3 * part + 20))))
                .isEqualTo(new Reading(3, 0, true));
        assertThat(read(Files.write(file("line.mjpg"), Arrays.copyOf(bytes, 3 * part + 9))))
                .as("the line is sent right after the picture")
                .isEqualTo(new Reading(3, 0, false));
    }

    @Test
    void theEndThatIsNamedIsThatOfTheLastPicture() throws IOException {
        Path whole = Clip.of(FRAMES).encoder("mjpeg").size(160, 120).write(file("whole.mjpeg"));
        byte[] bytes = Files.readAllBytes(whole);
        Path cut = Files.write(file("cut.mjpeg"), Arrays.copyOf(bytes, bytes.length / 2));
        try (VideoFrameSource source = VideoFrameSource.open(cut)) {
            long last = 0;
            while (true) {
                try (FrameBuffer buffer = FrameBuffer.standalone()) {
                    assertThat(source.read(buffer)).isTrue();
                    try (Frame frame = buffer.toFrame()) {
                        last = frame.mediaNanos();
                    }
                } catch (InputCutOffException e) {
                    assertThat(e.end().toNanos()).isBetween(last + 40_000_000L, last + 80_000_000L);
                    assertThat(e.missing()).as("what nobody knows").isEmpty();
                    return;
                } catch (FrameUnreadableException e) {
                    assertThat(e).hasMessageContaining("near");
                }
            }
        }
    }

    private byte[] requireToldWhereCut(Path whole, double... parts) throws IOException {
        Reading all = read(whole);
        assertThat(all.cut()).as("the whole file").isFalse();
        assertThat(all.refused()).isZero();
        byte[] bytes = Files.readAllBytes(whole);
        for (double part : parts) {
            // No multiple of a transport packet.
            int length = (int) (bytes.length * part) / 188 * 188 + 101;
            Reading reading = read(Files.write(file("cut-" + whole.getFileName()), Arrays.copyOf(bytes, length)));
            assertThat(reading.cut()).as("cut at %s", part).isTrue();
            assertThat(reading.given()).as("cut at %s", part).isBetween(1, all.given() - 1);
            assertThat(reading.refused()).as("cut at %s: %s", part, reading).isLessThanOrEqualTo(2);
        }
        return bytes;
    }

    private Path file(String name) {
        return folder.resolve(name);
    }

    private Path resource(String name) throws IOException {
        try (InputStream in = VideoEndTest.class.getResourceAsStream(name)) {
            return Files.write(file(name), in.readAllBytes());
        }
    }

    private static Reading read(Path file) throws IOException {
        int given = 0;
        List<String> refused = new ArrayList<>();
        boolean cut = false;
        try (VideoFrameSource source = VideoFrameSource.open(file)) {
            while (true) {
                try (FrameBuffer buffer = FrameBuffer.standalone()) {
                    if (!source.read(buffer)) {
                        assertThat(source.wasCutOff()).isEqualTo(cut);
                        return new Reading(given, refused.size(), cut);
                    }
                    given++;
                } catch (InputCutOffException e) {
                    cut = true;
                } catch (FrameUnreadableException e) {
                    refused.add(e.getMessage());
                }
            }
        }
    }

    private record Reading(int given, int refused, boolean cut) {}
}
