package org.emotion4j.opencv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import org.emotion4j.ffmpeg.Clip;
import org.emotion4j.ffmpeg.VideoFrameSource;
import org.emotion4j.frame.FrameSource;
import org.emotion4j.stage.StageException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("native")
class FrameSourcesTest {
    @TempDir
    Path folder;

    @Test
    void anEmptyNameIsNotTheWorkingDirectory() {
        assertThatThrownBy(() -> FrameSources.parse(""))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessageContaining("an empty name");
    }

    @Test
    void addressesAreNotOpenedAndSaySo() {
        for (String address :
                new String[] {"rtsp://192.168.1.7:8554/video", "http://host/film.mp4", "file:///film.mp4"}) {
            assertThatThrownBy(() -> FrameSources.parse(address))
                    .isInstanceOf(NoSuchFileException.class)
                    .hasMessageContaining(address)
                    .hasMessageContaining("addresses are not opened unless the network is allowed");
        }
    }

    @Test
    void noMessageHasThePasswordOfAnAddress() {
        for (String address : new String[] {
            "rtsp://admin:hunter2@camera/live",
            "http://camera/video?password=hunter2",
            "rtsp://camera/user=a_password=hunter2"
        }) {
            assertThatThrownBy(() -> FrameSources.parse(address))
                    .isInstanceOf(NoSuchFileException.class)
                    .hasMessageContaining("://camera")
                    .hasMessageNotContaining("hunter2");
        }
        assertThatThrownBy(() -> FrameSources.builder().allowNetwork().build().open("http://camera/a b?hunter2"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void onlyWhereTheNetworkIsAllowedAnAddressIsOne() {
        assertThat(FrameSources.builder().build().opensAddress("rtsp://camera/live"))
                .isFalse();
        FrameSources allowed = FrameSources.builder().allowNetwork().build();
        assertThat(allowed.opensAddress("rtsp://camera/live")).isTrue();
        assertThat(allowed.opensAddress("film.mp4")).isFalse();
    }

    @Test
    void aPictureAndAFolderOfPictures() throws IOException {
        Path picture = Files.write(folder.resolve("a.jpg"), Portraits.bytes(Portraits.NAMES.get(0)));
        Path unnamed = Files.write(folder.resolve("unnamed"), Portraits.bytes(Portraits.NAMES.get(1)));
        for (Path path : new Path[] {picture, unnamed, folder}) {
            try (FrameSource source = FrameSources.parse(path.toString())) {
                assertThat(source).isInstanceOf(PictureFrameSource.class);
                assertThat(source.frameCount()).hasValue(path.equals(folder) ? 2 : 1);
            }
        }
        assertThat(FrameSources.isVideo(picture)).isFalse();
        assertThat(FrameSources.isVideo(unnamed)).isFalse();
        assertThat(FrameSources.isVideo(folder)).isFalse();
    }

    @Test
    void aVideoByItsNameOrByWhatItIsNot() throws IOException {
        Path clip = Clip.of(3).write(folder.resolve("clip.mp4"));
        Path unnamed = Files.copy(clip, folder.resolve("clip"));
        for (Path path : new Path[] {clip, unnamed}) {
            assertThat(FrameSources.isVideo(path)).isTrue();
            try (FrameSource source = FrameSources.parse(path.toString())) {
                assertThat(source).isInstanceOf(VideoFrameSource.class);
            }
        }
    }

    @Test
    void contentDecidesAndNotTheName() throws IOException {
        Path picture = Files.write(folder.resolve("a.mp4"), Portraits.bytes(Portraits.NAMES.get(0)));
        Path clip = Files.move(Clip.of(3).write(folder.resolve("clip.mp4")), folder.resolve("clip.jpg"));
        try (FrameSource pictures = FrameSources.parse(picture.toString());
                FrameSource video = FrameSources.parse(clip.toString())) {
            assertThat(pictures).isInstanceOf(PictureFrameSource.class);
            assertThat(video).isInstanceOf(VideoFrameSource.class);
        }
        Path motionJpeg = Files.copy(picture, folder.resolve("camera.mjpeg"));
        assertThat(FrameSources.isVideo(motionJpeg)).isTrue();
        assertThat(FrameSources.isVideo(Files.writeString(folder.resolve("notes"), "no video")))
                .isFalse();
        assertThat(FrameSources.isVideo(Files.write(folder.resolve("cut.mp4"), new byte[0])))
                .isTrue();
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void aPipeIsNamedAsOne() throws Exception {
        Path pipe = folder.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        assertThatThrownBy(() -> FrameSources.parse(pipe.toString()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(pipe + ": a pipe or a device, which is not read");
        assertThatThrownBy(() -> Pictures.read(pipe))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(pipe + ": a pipe or a device, which is not read");
    }

    @Test
    void handsOptionsOn() throws IOException {
        Path clip = Clip.of(50).write(folder.resolve("clip.mp4"));
        FrameSources sources = FrameSources.builder()
                .from(Duration.ofMillis(200))
                .to(Duration.ofSeconds(1))
                .framesPerSecond(5)
                .build();
        try (FrameSource source = sources.open(clip.toString())) {
            assertThat(source.toString()).contains("from PT0.2S", "to PT1S", "at most 5.0 frames a second");
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> sources.open(folder.toString()))
                .withMessageContaining("is no video: a start and an end time are for video files only");
        assertThatIllegalArgumentException().isThrownBy(() -> sources.open("camera:0"));
    }

    @Test
    void whatIsNotThereIsNamed() {
        assertThatThrownBy(() -> FrameSources.parse("nowhere.mp4"))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessage("nowhere.mp4: there is no such file or folder");
    }

    @Test
    void aFolderWithoutPictures() throws IOException {
        assertThatThrownBy(() -> FrameSources.parse(folder.toString()))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessageContaining("the folder holds no picture");
        Clip.of(1).write(folder.resolve("a.mp4"));
        assertThatThrownBy(() -> FrameSources.parse(folder.toString()))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessageContaining("the folder holds no picture but 1 videos; name the videos themselves");
    }

    @ParameterizedTest
    @ValueSource(strings = {"camera:", "camera:x", "camera:-1", "camera:12345", "camera:0 "})
    void whatIsNoCamerasNumber(String text) {
        assertThat(FrameSources.isCamera(text)).isTrue();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FrameSources.parse(text))
                .withMessageContaining("names no camera, expected camera:0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"camera:9876", "camera:/dev/video9876"})
    void aCameraThatIsNotThere(String text) {
        assertThatThrownBy(() -> FrameSources.parse(text)).isInstanceOf(IOException.class);
    }

    @Test
    void refusesSettingsThatMakeNoSense() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FrameSources.builder().framesPerSecond(0))
                .withMessage("framesPerSecond is 0.0, expected above 0 to 1000");
        assertThatIllegalStateException()
                .isThrownBy(() -> FrameSources.builder().from(Duration.ZERO).from(Duration.ZERO));
        assertThat(FrameSources.isCamera("cameras.mp4")).isFalse();
    }

    @Test
    void whereNothingReadsVideosTheMessageSaysWhatToAdd() throws IOException {
        Path clip = Clip.of(1).write(folder.resolve("clip.mp4"));
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        Thread.currentThread().setContextClassLoader(ClassLoader.getPlatformClassLoader());
        try {
            assertThatThrownBy(() -> FrameSources.parse(clip.toString()))
                    .isInstanceOf(StageException.class)
                    .hasMessageContaining("clip.mp4 is a video")
                    .hasMessageContaining("add org.emotion4j:emotion-ffmpeg");
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }
}
