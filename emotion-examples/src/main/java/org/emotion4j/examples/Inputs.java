package org.emotion4j.examples;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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

    private boolean complete = true;

    /**
     * Opens them as unrelated pictures or, with a frame rate, as a recording. An input that is missing or no picture
     * folder is reported and left out.
     *
     * @throws BadInputException if nothing is left
     */
    PictureFrameSource open(Optional<Double> framesPerSecond, PrintWriter messages) {
        List<Path> usable = new ArrayList<>();
        for (Path path : paths) {
            try {
                refuseVideo(path);
                PictureFrameSource.open(path).close();
                usable.add(path);
            } catch (IOException | BadInputException e) {
                complete = false;
                messages.println(Reason.withFile(e));
            }
        }
        if (usable.isEmpty()) {
            throw new BadInputException("no picture to work on");
        }
        PictureFrameSource.Builder builder = PictureFrameSource.builder(usable);
        framesPerSecond.ifPresent(builder::frameRate);
        try {
            return builder.open();
        } catch (IOException e) {
            throw new BadInputException(Reason.withFile(e), e);
        }
    }

    /** Lists the picture files, folders opened up; what is missing is reported and left out. */
    List<Path> files(PrintWriter messages) {
        try (PictureFrameSource source = open(Optional.empty(), messages)) {
            return source.files();
        }
    }

    /** Returns the exit code of a command that did everything it could: 2 where an input was left out. */
    int exitCode() {
        return complete ? EmotionCli.OK : EmotionCli.BAD_INPUT;
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
