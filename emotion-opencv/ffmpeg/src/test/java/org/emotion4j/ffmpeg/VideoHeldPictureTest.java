package org.emotion4j.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.bytedeco.ffmpeg.global.avutil;
import org.emotion4j.frame.Frame;
import org.emotion4j.frame.FrameBuffer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A packet without bytes is a picture that stays as the one before it: none is given for it, and nothing is damaged. */
@Tag("native")
class VideoHeldPictureTest {
    private static final long FRAME_NANOS = 40_000_000L;

    @TempDir
    Path folder;

    /** Ten pictures, each of which is held for two more, the last of them to the end. */
    @Test
    void ofTheora() throws IOException {
        Path file = folder.resolve("theora-held.ogv");
        try (InputStream in = VideoHeldPictureTest.class.getResourceAsStream("theora-held.ogv")) {
            Files.write(file, in.readAllBytes());
        }
        List<Long> times =
                IntStream.range(0, 10).mapToObj(i -> i * 200_000_000L).toList();
        assertThat(times(VideoFrameSource.builder(file))).isEqualTo(times);
        assertThat(times(VideoFrameSource.builder(file).from(Duration.ofMillis(700))))
                .isEqualTo(times.subList(4, 10));
    }

    /** Of those that do not number their pictures: there, one that is taken out is a loss. */
    @ParameterizedTest
    @CsvSource({
        "mpeg4, nut",
        "mpeg4, mkv",
        "mjpeg, nut",
        "mjpeg, mkv",
        "libvpx, ivf",
        "libvpx, webm",
        "libvpx-vp9, ivf",
        "ffv1, mkv",
        "huffyuv, nut"
    })
    void ofOtherCodecs(String encoder, String ending) throws IOException {
        Set<Integer> held = Set.of(3, 4, 5, 13, 19);
        Path file = Clip.of(20)
                .encoder(encoder)
                .pixelFormat(encoder.equals("huffyuv") ? avutil.AV_PIX_FMT_YUV422P : -1)
                .keyFrameEvery(10)
                .held(held.toArray(Integer[]::new))
                .write(folder.resolve("held." + ending));
        List<Long> times = IntStream.range(0, 20)
                .filter(i -> !held.contains(i))
                .mapToObj(i -> i * FRAME_NANOS)
                .toList();
        assertThat(times(VideoFrameSource.builder(file))).isEqualTo(times);
        for (int from : new int[] {4, 13, 18}) {
            assertThat(times(VideoFrameSource.builder(file).from(Duration.ofNanos(from * FRAME_NANOS))))
                    .as("from picture %d", from)
                    .isEqualTo(times.stream()
                            .filter(time -> time >= from * FRAME_NANOS)
                            .toList());
        }
    }

    /** Nothing may be refused on the way. */
    private static List<Long> times(VideoFrameSource.Builder builder) throws IOException {
        List<Long> times = new ArrayList<>();
        try (VideoFrameSource source = builder.open()) {
            while (true) {
                try (FrameBuffer buffer = FrameBuffer.standalone()) {
                    if (!source.read(buffer)) {
                        assertThat(source.wasCutOff()).isFalse();
                        return times;
                    }
                    try (Frame frame = buffer.toFrame()) {
                        times.add(frame.mediaNanos());
                    }
                }
            }
        }
    }
}
