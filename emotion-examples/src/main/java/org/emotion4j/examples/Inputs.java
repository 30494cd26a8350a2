package org.emotion4j.examples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.emotion4j.opencv.PictureFrameSource;
import picocli.CommandLine.Parameters;

/** The pictures that a command works on. */
final class Inputs {
    private static final Set<String> VIDEO_ENDINGS =
            Set.of("avi", "m4v", "mjpeg", "mjpg", "mkv", "mov", "mp4", "mpeg", "mpg", "webm", "wmv");

    @Parameters(
            arity = "1..*",
            paramLabel = "INPUT",
            description = "Picture files and folders of pictures (JPEG, PNG, BMP, GIF, TIFF, WebP).")
    private List<Path> paths = List.of();

    /** Opens them as unrelated pictures or, with a frame rate, as a recording. */
    PictureFrameSource open(Optional<Double> framesPerSecond) {
        for (Path path : paths) {
            refuseVideo(path);
        }
        PictureFrameSource.Builder builder = PictureFrameSource.builder(paths);
        framesPerSecond.ifPresent(builder::frameRate);
        try {
            return builder.open();
        } catch (IOException e) {
            throw new BadInputException(Reason.message(e), e);
        }
    }

    /** Lists the picture files, folders opened up. */
    List<Path> files() {
        try (PictureFrameSource source = open(Optional.empty())) {
            return source.files();
        }
    }

    private static void refuseVideo(Path path) {
        String text = path.toString().toLowerCase(Locale.ROOT);
        String hint = "; this version reads pictures only: give a folder with the frames as pictures and --fps";
        if (text.startsWith("camera") && !Files.exists(path)) {
            throw new BadInputException(path + ": cameras are not read yet" + hint);
        }
        if (VIDEO_ENDINGS.contains(text.substring(text.lastIndexOf('.') + 1)) && Files.isRegularFile(path)) {
            throw new BadInputException(path + ": videos are not read yet" + hint);
        }
    }
}
