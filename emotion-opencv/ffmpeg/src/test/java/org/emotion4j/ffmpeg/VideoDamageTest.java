package org.emotion4j.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.emotion4j.frame.Frame;
import org.emotion4j.frame.FrameBuffer;
import org.emotion4j.frame.FrameUnreadableException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is given of a damaged file is as it would be of the whole one; the rest is told, up to the next key frame. */
@Tag("native")
@Tag("slow")
class VideoDamageTest {
    private static final int GROUP = 10;
    private static final int FRAMES = 40;

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"libopenh264, mp4", "libopenh264, mkv", "libopenh264, mov"})
    void aHoleInAPictureSpoilsAllThatIsMadeFromIt(String encoder, String ending) throws IOException {
        Path whole = clip(encoder, ending);
        for (int frame : new int[] {GROUP, GROUP + 4, GROUP + 9}) {
            Path damaged = withHole(whole, frame, ending);
            Reading reading = requireNothingFalse(whole, damaged);
            assertThat(reading.times()).as("frame %d", frame).hasSize(FRAMES - (2 * GROUP - frame));
            assertThat(reading.told()).hasSize(2 * GROUP - frame);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"hevc-b0.mp4", "hevc-b2.mp4"})
    void aHoleInAPictureOfHevcSpoilsAllThatIsMadeFromIt(String name) throws IOException {
        Path whole = resource(name);
        for (int frame : new int[] {10, 12, 15}) {
            Path damaged = withHole(whole, frame, "mp4");
            Reading reading = requireNothingFalse(whole, damaged);
            assertThat(reading.told()).as("frame %d", frame).isNotEmpty();
            assertThat(reading.times()).hasSizeBetween(17, 29);
            assertThat(reading.times().get(reading.times().size() - 1)).isGreaterThanOrEqualTo(1_100_000_000L);
        }
    }

    /**
     * Nothing is left of a key frame, so FFmpeg gives the last picture before it a second later, out of its order, and takes
     * times from elsewhere from then on.
     */
    @Test
    void picturesKeepTheirTimesAfterAKeyFrameThatIsGone() throws IOException {
        Path whole = resource("h264-b2.mp4");
        byte[] bytes = Files.readAllBytes(whole);
        int[] at = packetOf(whole, 15);
        Arrays.fill(bytes, at[0] + 8, at[1], (byte) 0);
        Path damaged = Files.write(folder.resolve("gone.mp4"), bytes);
        List<Long> times = read(whole).times();
        List<Long> sound = new ArrayList<>(times.subList(0, 15));
        sound.addAll(times.subList(30, 45));
        Reading reading = requireNothingFalse(whole, damaged);
        assertThat(reading.times()).isEqualTo(sound);
        assertThat(reading.told()).as("one for each that is missing").hasSize(15);
        try (VideoFrameSource start = VideoFrameSource.builder(damaged)
                .to(Duration.ofNanos(times.get(15)))
                .open()) {
            assertThat(read(start).times()).as("read up to the damage").isEqualTo(times.subList(0, 15));
        }
    }

    /** Its decoder computes the checksums, and paints over without a word what they find wrong. */
    @Test
    void whatIsChangedInAPictureOfFfv1IsSeenByItsChecksums() throws IOException {
        Path whole = Clip.of(FRAMES)
                .encoder("ffv1")
                .checksums()
                .size(160, 120)
                .keyFrameEvery(GROUP)
                .write(folder.resolve("whole.mkv"));
        assertThat(read(whole).told()).isEmpty();
        for (int frame : new int[] {GROUP, GROUP + 4}) {
            int[] picture = Packets.of(whole).get(frame);
            for (double part : new double[] {0.1, 0.5, 0.95}) {
                byte[] bytes = Files.readAllBytes(whole);
                bytes[(int) (picture[0] + part * (picture[1] - picture[0]))] ^= 1;
                Reading reading = requireNothingFalse(whole, Files.write(folder.resolve("changed.mkv"), bytes));
                assertThat(reading.told()).as("frame %d at %s", frame, part).hasSize(2 * GROUP - frame);
            }
        }
    }

    @Test
    void aHoleInAPictureOfMotionJpegSpoilsThatOneAlone() throws IOException {
        Path whole = clip("mjpeg", "avi");
        for (int frame : new int[] {1, 17}) {
            Reading reading = requireNothingFalse(whole, withHole(whole, frame, "avi"));
            assertThat(reading.times()).hasSize(FRAMES - 1).doesNotContain(frame * 40_000_000L);
            assertThat(reading.told())
                    .singleElement()
                    .asString()
                    .containsPattern("the picture (is damaged|cannot be decoded)");
        }
    }

    @Test
    void aPictureOfMotionJpegWhoseDataEndEarlyIsDamaged() throws IOException {
        Path whole = clip("mjpeg", "avi");
        byte[] bytes = Files.readAllBytes(whole);
        int[] at = pictureOf(bytes, 7);
        Arrays.fill(bytes, at[0] + (at[1] - at[0]) / 2, at[1], (byte) 0);
        Reading reading = requireNothingFalse(whole, Files.write(folder.resolve("short.avi"), bytes));
        assertThat(reading.times()).hasSize(FRAMES - 1).doesNotContain(7 * 40_000_000L);
    }

    @ParameterizedTest
    @CsvSource({"libopenh264, 3", "libopenh264, 16", "mpeg2video, 3", "mpeg4, 5"})
    void lostPacketsOfATransportStreamSpoilAllUpToTheNextKeyFrame(String encoder, int lost) throws IOException {
        Path whole = clip(encoder, "ts");
        byte[] bytes = Files.readAllBytes(whole);
        int packets = bytes.length / 188;
        for (int first : new int[] {packets / 3, packets / 2 + 1}) {
            byte[] rest = new byte[bytes.length - 188 * lost];
            System.arraycopy(bytes, 0, rest, 0, 188 * first);
            System.arraycopy(bytes, 188 * (first + lost), rest, 188 * first, rest.length - 188 * first);
            Path damaged = Files.write(folder.resolve("lost.ts"), rest);
            Reading reading = requireNothingFalse(whole, damaged);
            assertThat(reading.told()).isNotEmpty();
            assertThat(reading.times()).hasSizeGreaterThan(FRAMES / 3);
        }
    }

    @Test
    void aPictureOfH264ThatIsMissingIsNoticedByTheNumbersOfTheOthers() throws IOException {
        Path whole = clip("libopenh264", "h264");
        byte[] bytes = Files.readAllBytes(whole);
        List<Integer> slices = slices(bytes);
        assertThat(slices).hasSize(FRAMES);
        int from = slices.get(GROUP + 3);
        int to = slices.get(GROUP + 4);
        byte[] rest = new byte[bytes.length - (to - from)];
        System.arraycopy(bytes, 0, rest, 0, from);
        System.arraycopy(bytes, to, rest, from, rest.length - from);
        Reading reading = read(Files.write(folder.resolve("missing.h264"), rest));
        assertThat(reading.times()).hasSize(FRAMES - GROUP + 3);
        assertThat(reading.told()).hasSize(GROUP - 4).allMatch(told -> told.contains("damaged or lost"));
    }

    @ParameterizedTest
    @CsvSource({
        "libopenh264, mp4",
        "libopenh264, ts",
        "mpeg2video, ts",
        "mpeg2video, mpg",
        "mpeg4, avi",
        "mjpeg, avi",
        "mjpeg, mjpeg"
    })
    void nothingIsWithheldOfAWholeFile(String encoder, String ending) throws IOException {
        Reading reading = read(clip(encoder, ending));
        assertThat(reading.told()).isEmpty();
        assertThat(reading.times()).hasSize(FRAMES);
    }

    @Test
    void nothingIsWithheldOfAWholeFileWithOpenGroups() throws IOException {
        for (String name : List.of("hevc-b0.mp4", "hevc-b2.mp4")) {
            Reading reading = read(resource(name));
            assertThat(reading.told()).isEmpty();
            assertThat(reading.times()).hasSize(30);
        }
    }

    @Test
    void damageOutsideOfWhatIsAskedForIsNotTold() throws IOException {
        Path whole = clip("libopenh264", "mp4");
        Path damaged = withHole(whole, GROUP, "mp4");
        try (VideoFrameSource before = VideoFrameSource.builder(damaged)
                        .to(Duration.ofMillis(400))
                        .open();
                VideoFrameSource after = VideoFrameSource.builder(damaged)
                        .from(Duration.ofMillis(800))
                        .open();
                VideoFrameSource thinned =
                        VideoFrameSource.builder(damaged).framesPerSecond(5).open()) {
            assertThat(read(before).told()).isEmpty();
            assertThat(read(after).told()).isEmpty();
            assertThat(read(thinned).told()).hasSize(2);
        }
    }

    @Test
    void aFileWithoutAnyCleanPictureIsRefused() throws IOException {
        Path whole = Clip.of(10).encoder("libopenh264").keyFrameEvery(100).write(folder.resolve("one.mp4"));
        Path damaged = withHole(whole, 0, "mp4");
        assertThatThrownBy(() -> VideoFrameSource.open(damaged))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no picture that can be decoded");
    }

    private Path clip(String encoder, String ending) throws IOException {
        return Clip.of(FRAMES)
                .encoder(encoder)
                .size(320, 240)
                .keyFrameEvery(GROUP)
                .painted(VideoDamageTest::moving)
                .write(folder.resolve(encoder + "." + ending));
    }

    private Path resource(String name) throws IOException {
        Path file = folder.resolve(name);
        try (InputStream in = VideoDamageTest.class.getResourceAsStream(name)) {
            return Files.write(file, in.readAllBytes());
        }
    }

    /** Everything moves, so that what is made from a wrong picture is wrong. */
    static void moving(int index, FrameBuffer canvas) {
        for (int y = 0; y < canvas.height(); y++) {
            for (int x = 0; x < canvas.width(); x++) {
                int value = (int) (128 + 60 * Math.sin((x + 5 * index) / 9.0) * Math.cos((y - 3 * index) / 7.0));
                for (int c = 0; c < 3; c++) {
                    canvas.pixels().put(y * canvas.stride() + 3 * x + c, (byte) (value + 10 * c));
                }
            }
        }
    }

    /** Zeros in the middle of a picture, as a download that was not finished or a bad sector leaves them. */
    private Path withHole(Path whole, int frame, String ending) throws IOException {
        byte[] bytes = Files.readAllBytes(whole);
        int[] at = packetOf(whole, frame);
        int length = at[1] - at[0];
        Arrays.fill(bytes, at[0] + length / 3, at[0] + length / 3 + Math.max(8, length / 3), (byte) 0);
        return Files.write(folder.resolve("hole-" + frame + "." + ending), bytes);
    }

    private static int[] packetOf(Path file, int number) throws IOException {
        return Packets.of(file).get(number);
    }

    private static int[] pictureOf(byte[] bytes, int number) {
        int found = -1;
        for (int at = 0; at + 3 < bytes.length; at++) {
            if (bytes[at] == (byte) 0xFF && bytes[at + 1] == (byte) 0xD8 && bytes[at + 2] == (byte) 0xFF) {
                found++;
                if (found == number) {
                    int end = at;
                    while (bytes[end] != (byte) 0xFF || bytes[end + 1] != (byte) 0xD9) {
                        end++;
                    }
                    return new int[] {at, end + 2};
                }
            }
        }
        throw new AssertionError("no such picture");
    }

    private static List<Integer> slices(byte[] bytes) {
        List<Integer> starts = new ArrayList<>();
        for (int at = 0; at + 4 < bytes.length; at++) {
            int type = bytes[at + 3] & 0x1f;
            if (bytes[at] == 0 && bytes[at + 1] == 0 && bytes[at + 2] == 1 && (type == 1 || type == 5)) {
                starts.add(bytes[at - 1] == 0 ? at - 1 : at);
            }
        }
        return starts;
    }

    private static Reading requireNothingFalse(Path whole, Path damaged) throws IOException {
        Map<Long, byte[]> right = read(whole).pictures();
        Reading reading = read(damaged);
        reading.pictures().forEach((time, picture) -> assertThat(wrong(right.get(time), picture))
                .as("bytes of %s at %d that are wrong", damaged.getFileName(), time)
                .isLessThan(picture.length / 500));
        return reading;
    }

    /** FFmpeg rounds a little differently after damage; what counts is what can be seen. */
    private static int wrong(byte[] right, byte[] picture) {
        int count = 0;
        for (int i = 0; i < picture.length; i++) {
            count += Math.abs((right[i] & 0xff) - (picture[i] & 0xff)) > 12 ? 1 : 0;
        }
        return count;
    }

    private static Reading read(Path file) throws IOException {
        try (VideoFrameSource source = VideoFrameSource.open(file)) {
            return read(source);
        }
    }

    private static Reading read(VideoFrameSource source) throws IOException {
        Map<Long, byte[]> pictures = new TreeMap<>();
        List<String> told = new ArrayList<>();
        while (true) {
            try (FrameBuffer buffer = FrameBuffer.standalone()) {
                if (!source.read(buffer)) {
                    return new Reading(pictures, told);
                }
                try (Frame frame = buffer.toFrame()) {
                    byte[] picture = new byte[frame.stride() * frame.height()];
                    frame.pixels().get(0, picture);
                    pictures.put(frame.mediaNanos(), picture);
                }
            } catch (FrameUnreadableException e) {
                told.add(e.getMessage());
            }
        }
    }

    private record Reading(Map<Long, byte[]> pictures, List<String> told) {
        List<Long> times() {
            return List.copyOf(pictures.keySet());
        }
    }
}
