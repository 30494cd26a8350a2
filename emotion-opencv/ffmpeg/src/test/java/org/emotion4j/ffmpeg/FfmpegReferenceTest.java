package org.emotion4j.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import org.bytedeco.ffmpeg.global.avutil;
import org.emotion4j.SharedFiles;
import org.emotion4j.frame.Frame;
import org.emotion4j.frame.FrameBuffer;
import org.emotion4j.frame.FrameBufferPool;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Our frames against those of the {@code ffmpeg} program; skipped where it is not installed. */
@Tag("native")
@Tag("slow")
class FfmpegReferenceTest {
    /** Versions of FFmpeg round a little differently. */
    private static final int ROUNDING = 2;

    @TempDir
    Path folder;

    @BeforeAll
    static void requireProgram() {
        boolean found;
        try {
            Process process = new ProcessBuilder("ffmpeg", "-version")
                    .redirectErrorStream(true)
                    .start();
            process.getInputStream().readAllBytes();
            found = process.waitFor() == 0;
        } catch (IOException | InterruptedException e) {
            found = false;
        }
        assumeTrue(found, "skipped: the program ffmpeg is not installed");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "webcam-acting.mp4",
                "face-then-none.mov",
                "expressions/happy.mp4",
                "expressions/neutral.mp4",
            })
    void allFramesOfTheSharedClips(String name) throws Exception {
        assertThat(compare(SharedFiles.at("data/video/" + name))).isPositive();
    }

    @ParameterizedTest
    @ValueSource(strings = {"libopenh264:a.mp4", "mpeg4:b.avi", "mjpeg:c.avi", "libvpx:d.webm", "libvpx-vp9:e.webm"})
    void allFramesOfEachCodec(String codecAndName) throws Exception {
        String[] parts = codecAndName.split(":");
        Path file = Clip.of(20).encoder(parts[0]).size(322, 240).write(folder.resolve(parts[1]));
        assertThat(compare(file)).isEqualTo(20);
    }

    @Test
    void turnedPictures() throws Exception {
        for (int degrees : List.of(90, 180, 270)) {
            Path file = Clip.of(4).rotation(degrees).size(72, 40).write(folder.resolve(degrees + ".mp4"));
            assertThat(compare(file)).isEqualTo(4);
        }
    }

    @Test
    void oddSizesAndFormats() throws Exception {
        for (int format : List.of(
                avutil.AV_PIX_FMT_YUV420P,
                avutil.AV_PIX_FMT_YUV422P10LE,
                avutil.AV_PIX_FMT_YUV444P,
                avutil.AV_PIX_FMT_GRAY8,
                avutil.AV_PIX_FMT_BGR0)) {
            Path file = Clip.of(3)
                    .encoder("ffv1")
                    .pixelFormat(format)
                    .size(43, 27)
                    .write(folder.resolve("format" + format + ".mkv"));
            assertThat(compare(file)).isEqualTo(3);
        }
    }

    /** Returns how many frames were compared. */
    private static int compare(Path file) throws Exception {
        Process ffmpeg = new ProcessBuilder(
                        "ffmpeg",
                        "-v",
                        "quiet",
                        "-i",
                        file.toString(),
                        "-fps_mode",
                        "passthrough",
                        "-f",
                        "rawvideo",
                        "-pix_fmt",
                        "bgr24",
                        "-")
                .start();
        FrameBufferPool pool = FrameBufferPool.ofSize(1);
        int frames = 0;
        try (InputStream expected = ffmpeg.getInputStream();
                VideoFrameSource source = VideoFrameSource.open(file)) {
            while (true) {
                try (FrameBuffer buffer = pool.acquire()) {
                    if (!source.read(buffer)) {
                        break;
                    }
                    try (Frame frame = buffer.toFrame()) {
                        byte[] theirs = expected.readNBytes(frame.stride() * frame.height());
                        assertThat(theirs).as("frame %d of ffmpeg", frames).hasSize(frame.stride() * frame.height());
                        assertThat(largestDifference(frame, theirs))
                                .as("frame %d", frames)
                                .isLessThanOrEqualTo(ROUNDING);
                    }
                    frames++;
                }
            }
            assertThat(expected.read()).as("ffmpeg has no more").isNegative();
        } finally {
            ffmpeg.destroy();
        }
        return frames;
    }

    private static int largestDifference(Frame frame, byte[] theirs) {
        int largest = 0;
        for (int i = 0; i < theirs.length; i++) {
            largest = Math.max(largest, Math.abs((frame.pixels().get(i) & 0xff) - (theirs[i] & 0xff)));
        }
        return largest;
    }
}
