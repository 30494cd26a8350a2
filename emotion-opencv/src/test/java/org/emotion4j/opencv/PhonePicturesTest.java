package org.emotion4j.opencv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.emotion4j.ffmpeg.VideoFrameSource;
import org.emotion4j.frame.Frame;
import org.emotion4j.frame.FrameSource;
import org.emotion4j.frame.FrameUnreadableException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** HEIC and AVIF, which share their container; the coded pictures are AV1, since this build of FFmpeg writes no HEVC. */
@Tag("native")
@Tag("slow")
class PhonePicturesTest {
    @TempDir
    Path folder;

    @Test
    void tilesMakeOnePictureCutToItsSize() throws IOException {
        byte[] file = quarters().grid(2, 120, 100).write();
        try (Frame frame = Pictures.decode(file)) {
            assertThat(frame.width()).isEqualTo(120);
            assertThat(frame.height()).isEqualTo(100);
            assertThat(Oddities.lettersOf(frame)).isEqualTo("RG/BW");
        }
    }

    @Test
    void tilesInOneRowMakeOnePicture() throws IOException {
        byte[] file = quarters().grid(4, 255, 63).write();
        try (Frame frame = Pictures.decode(file)) {
            assertThat(frame.width()).isEqualTo(255);
            assertThat(frame.height()).isEqualTo(63);
            assertThat(Oddities.lettersOf(frame)).startsWith("R").contains("/R");
            assertThat(Oddities.rgb(frame, 96, 31) & 0xFFFF).isGreaterThan(0xC000);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'', RG/BW",
        "r0, RG/BW",
        "r1, GW/RB",
        "r2, WB/GR",
        "r3, BR/WG",
        "m1, GR/WB",
        "m0, BW/RG",
        "r1 m1, WG/BR",
        "r1 m0, RB/GW",
        "r3 m1, RB/GW",
        "r3 m0, WG/BR",
        "m1 r1, RB/GW",
        "m0 r1, WG/BR",
        "m1 r3, WG/BR",
        "r2 m1, BW/RG",
        "r2 m0, GR/WB",
        "m0 m1 r2, RG/BW"
    })
    void isTurnedAndMirroredInTheOrderInWhichTheFileSaysIt(String steps, String letters) throws IOException {
        HeifFile file = quarters().grid(2, 120, 100);
        for (String step : steps.isEmpty() ? new String[0] : steps.split(" ")) {
            int how = step.charAt(1) - '0';
            file = step.charAt(0) == 'r' ? file.turned(how) : file.mirrored(how);
        }
        boolean onItsSide = steps.contains("r1") || steps.contains("r3");
        try (Frame frame = Pictures.decode(file.write())) {
            assertThat(Oddities.lettersOf(frame)).isEqualTo(letters);
            assertThat(frame.width()).isEqualTo(onItsSide ? 100 : 120);
            assertThat(frame.height()).isEqualTo(onItsSide ? 120 : 100);
        }
    }

    @Test
    void aPictureWithoutTilesIsTurnedToo() throws IOException {
        byte[] file = HeifFile.ofTiles(folder, 66, 50, List.of(HeifFile.QUARTERS.get(0)))
                .turned(1)
                .write();
        try (Frame frame = Pictures.decode(file)) {
            assertThat(frame.width()).isEqualTo(50);
            assertThat(frame.height()).isEqualTo(66);
            assertThat(Oddities.lettersOf(frame)).isEqualTo("RR/RR");
        }
    }

    @Test
    void aTileThatIsMissingOrDamagedMakesThePictureUnreadable() throws IOException {
        byte[] file = quarters().grid(2, 120, 100).write();
        for (int length = 0; length < file.length - 8; length += 5) {
            byte[] cut = Arrays.copyOf(file, length);
            assertThatThrownBy(() -> Pictures.decode(cut))
                    .as("cut to " + length)
                    .isInstanceOf(FrameUnreadableException.class);
        }
        byte[] zeroed = file.clone();
        Arrays.fill(zeroed, file.length - 60, file.length - 30, (byte) 0);
        assertThatThrownBy(() -> Pictures.decode(zeroed)).isInstanceOf(FrameUnreadableException.class);
    }

    @Test
    void whereNothingReadsThemTheMessageSaysWhatToAdd() throws IOException {
        byte[] file = quarters().grid(2, 120, 100).write();
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        Thread.currentThread().setContextClassLoader(ClassLoader.getPlatformClassLoader());
        try {
            assertThatThrownBy(() -> Pictures.decode(file))
                    .isInstanceOf(FrameUnreadableException.class)
                    .hasMessageContaining("an AVIF picture")
                    .hasMessageContaining("add org.emotion4j:emotion-ffmpeg");
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    @Test
    void isAPictureWhateverItIsCalledAndNeverAVideo() throws IOException {
        byte[] file = quarters().grid(2, 120, 100).write();
        for (String name : List.of("a.heic", "b.jpg", "c.mp4", "d")) {
            Path picture = Files.write(folder.resolve(name), file);
            assertThat(FrameSources.isVideo(picture)).as(name).isFalse();
            try (FrameSource source = FrameSources.parse(picture.toString())) {
                assertThat(source).as(name).isInstanceOf(PictureFrameSource.class);
            }
            assertThatThrownBy(() -> VideoFrameSource.open(picture))
                    .as(name)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(name + ": is an AVIF picture, no video");
            try (Frame frame = Pictures.read(picture)) {
                assertThat(Oddities.lettersOf(frame)).as(name).isEqualTo("RG/BW");
            }
        }
        try (PictureFrameSource source = PictureFrameSource.open(folder)) {
            assertThat(source.files())
                    .extracting(path -> path.getFileName().toString())
                    .contains("a.heic", "b.jpg", "c.mp4", "d");
        }
    }

    private HeifFile quarters() throws IOException {
        return HeifFile.ofTiles(folder, 64, 64, HeifFile.QUARTERS);
    }
}
