package org.emotion4j.opencv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.emotion4j.ffmpeg.Clip;
import org.emotion4j.frame.Frame;
import org.emotion4j.frame.FrameBuffer;
import org.emotion4j.frame.FrameSource;
import org.emotion4j.frame.FrameUnreadableException;
import org.emotion4j.testkit.FrameSourceContract;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("native")
class PictureFrameSourceTest {
    @TempDir
    Path folder;

    @BeforeEach
    void threePictures() throws IOException {
        for (String name : List.of("img10.PNG", "img2.jpg", "img1.jpeg")) {
            write(folder.resolve(name));
        }
    }

    @Nested
    class UnrelatedPictures extends FrameSourceContract {
        @Override
        protected FrameSource createSource() throws IOException {
            return PictureFrameSource.open(folder);
        }
    }

    @Nested
    class ARecording extends FrameSourceContract {
        @Override
        protected FrameSource createSource() throws IOException {
            return PictureFrameSource.builder(folder).frameRate(25).open();
        }
    }

    @Nested
    class OnePicture extends FrameSourceContract {
        @Override
        protected FrameSource createSource() throws IOException {
            return PictureFrameSource.open(folder.resolve("img2.jpg"));
        }
    }

    @Test
    void readsAFolderInNaturalOrder() throws IOException {
        Files.writeString(folder.resolve("labels.csv"), "image,label");
        Files.write(folder.resolve(".hidden.png"), new byte[3]);
        write(Files.createDirectory(folder.resolve("below")).resolve("img3.png"));
        try (PictureFrameSource source = PictureFrameSource.open(folder)) {
            assertThat(source.frameCount()).hasValue(3);
            assertThat(source.files())
                    .containsExactly(
                            folder.resolve("img1.jpeg"), folder.resolve("img2.jpg"), folder.resolve("img10.PNG"));
        }
        try (PictureFrameSource source =
                PictureFrameSource.builder(folder).recursive().open()) {
            assertThat(source.files()).hasSize(4).last().isEqualTo(folder.resolve("below/img3.png"));
        }
    }

    @Test
    void readsThePicturesOfAFolderWhateverTheyAreCalled() throws IOException {
        for (String name : List.of("img11", "img12.jfif", "img13.JPG_large", "img14.mp4")) {
            write(folder.resolve(name));
        }
        try (PictureFrameSource source = PictureFrameSource.open(folder)) {
            assertThat(readAll(source))
                    .extracting(frame -> frame.substring(0, frame.indexOf(' ')))
                    .containsExactly(
                            "img1.jpeg",
                            "img2.jpg",
                            "img10.PNG",
                            "img11",
                            "img12.jfif",
                            "img13.JPG_large",
                            "img14.mp4");
            assertThat(source.passedOver()).isEmpty();
        }
    }

    @Test
    void saysWhatOfAFolderIsPassedOverAndWhy() throws IOException {
        Files.writeString(folder.resolve("labels.csv"), "image,label");
        Files.write(folder.resolve(".hidden.png"), new byte[3]);
        Files.createDirectory(folder.resolve("below"));
        Files.createSymbolicLink(folder.resolve("gone"), folder.resolve("nowhere"));
        Files.move(Clip.of(1).write(folder.resolve("clip.mp4")), folder.resolve("clip"));
        write(folder.resolve("img3.DNG"));
        write(folder.resolve("raw.mjpeg"));
        write(folder.resolve("chart.jpg"));
        try (PictureFrameSource source = PictureFrameSource.builder(folder)
                .passOver(file -> file.endsWith("chart.jpg"), "our own")
                .open()) {
            assertThat(source.frameCount()).hasValue(3);
            assertThat(source.passedOver())
                    .extracting(one -> folder.relativize(Path.of(one.origin())) + ": " + one.reason())
                    .containsExactly(
                            ".hidden.png: hidden",
                            "below: a folder",
                            "chart.jpg: our own",
                            "clip: an MP4 or MOV video",
                            "gone: a link to nothing",
                            "img3.DNG: a camera's raw picture",
                            "labels.csv: a text file",
                            "raw.mjpeg: a video");
        }
    }

    @Test
    void aPictureThatIsNamedIsReadThoughItsFolderWouldLeaveItOut() throws IOException {
        try (PictureFrameSource source = PictureFrameSource.builder(folder.resolve("img2.jpg"))
                .passOver(file -> true, "our own")
                .open()) {
            assertThat(source.frameCount()).hasValue(1);
            assertThat(source.passedOver()).isEmpty();
        }
    }

    @Test
    void aVideoCalledAPictureIsToldAndNotLeftOut() throws IOException {
        Files.move(Clip.of(1).write(folder.resolve("a.mp4")), folder.resolve("a.jpg"));
        try (PictureFrameSource source = PictureFrameSource.open(folder);
                FrameBuffer target = FrameBuffer.standalone()) {
            assertThatThrownBy(() -> source.read(target))
                    .isInstanceOf(FrameUnreadableException.class)
                    .hasMessageContaining("a.jpg: not a picture but an MP4 or MOV video");
        }
    }

    @Test
    void readsFilesAndFoldersInTheOrderGiven() throws IOException {
        Path odd = folder.resolveSibling(folder.getFileName() + "-portrait.dat");
        write(odd);
        try (PictureFrameSource source = PictureFrameSource.open(odd, folder, odd)) {
            assertThat(source.files()).hasSize(5).startsWith(odd).endsWith(odd);
        } finally {
            Files.delete(odd);
        }
    }

    @Test
    void unrelatedPicturesAreASecondApartAndEachADiscontinuity() throws IOException {
        try (PictureFrameSource source = PictureFrameSource.open(folder)) {
            List<String> frames = readAll(source);
            assertThat(frames).containsExactly("img1.jpeg 0 cut", "img2.jpg 1000 cut", "img10.PNG 2000 cut");
        }
        try (PictureFrameSource source =
                PictureFrameSource.builder(folder).step(Duration.ofMillis(40)).open()) {
            assertThat(readAll(source)).containsExactly("img1.jpeg 0 cut", "img2.jpg 40 cut", "img10.PNG 80 cut");
        }
    }

    @Test
    void aRecordingHasItsFrameRateAndOneDiscontinuity() throws IOException {
        try (PictureFrameSource source =
                PictureFrameSource.builder(folder).frameRate(10).open()) {
            assertThat(readAll(source)).containsExactly("img1.jpeg 0 cut", "img2.jpg 100", "img10.PNG 200");
        }
    }

    @Test
    void goesOnBehindAPictureThatCannotBeRead() throws IOException {
        Files.writeString(folder.resolve("img1.jpeg"), "no picture");
        try (PictureFrameSource source =
                        PictureFrameSource.builder(folder).frameRate(10).open();
                FrameBuffer target = FrameBuffer.standalone()) {
            assertThatThrownBy(() -> source.read(target))
                    .isInstanceOfSatisfying(FrameUnreadableException.class, e -> assertThat(e.origin())
                            .isEqualTo(folder.resolve("img1.jpeg").toString()))
                    .hasMessageContaining("img1.jpeg: not a picture");
            assertThat(readAll(source)).containsExactly("img2.jpg 100 cut", "img10.PNG 200");
        }
    }

    @Test
    void saysWhichInputDoesNotExist() {
        assertThatThrownBy(() -> PictureFrameSource.open(folder, folder.resolve("gone.png")))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessageContaining("gone.png")
                .hasMessageContaining("no such file or folder");
    }

    @Test
    void saysWhichFolderHoldsNoPicture() throws IOException {
        Path empty = Files.createDirectory(folder.resolve("empty"));
        Files.writeString(empty.resolve("notes.txt"), "nothing to see");
        assertThatThrownBy(() -> PictureFrameSource.open(empty))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessageContaining("empty")
                .hasMessageContaining("no picture");
    }

    @Test
    void refusesSettingsOutOfRangeOrTwice() {
        assertThatThrownBy(() -> PictureFrameSource.open()).isInstanceOf(IllegalArgumentException.class);
        PictureFrameSource.Builder builder = PictureFrameSource.builder(folder);
        assertThatThrownBy(() -> builder.frameRate(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("frameRate is 0.0");
        assertThatThrownBy(() -> builder.step(Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("step is PT0S");
        builder.frameRate(25);
        assertThatThrownBy(() -> builder.step(Duration.ofSeconds(1)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("frameRate is 25.0 already");
    }

    @Test
    void refusesToReadOnceClosed() throws IOException {
        PictureFrameSource source = PictureFrameSource.open(folder);
        source.close();
        try (FrameBuffer target = FrameBuffer.standalone()) {
            assertThatThrownBy(() -> source.read(target)).isInstanceOf(IllegalStateException.class);
        }
    }

    private static List<String> readAll(FrameSource source) throws IOException {
        List<String> frames = new ArrayList<>();
        while (true) {
            try (FrameBuffer target = FrameBuffer.standalone()) {
                if (!source.read(target)) {
                    return frames;
                }
                try (Frame frame = target.toFrame()) {
                    frames.add(Path.of(frame.origin()).getFileName() + " " + frame.mediaNanos() / 1_000_000
                            + (frame.discontinuity() ? " cut" : ""));
                }
            }
        }
    }

    private static void write(Path file) throws IOException {
        String format = file.toString().endsWith("PNG") ? "png" : "jpg";
        Files.write(file, Oddities.encode(Oddities.quarters(32, 24, BufferedImage.TYPE_INT_RGB), format));
    }
}
