package org.emotion4j.cli.options;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.emotion4j.cli.io.BadInputException;
import org.emotion4j.cli.io.ErrorMessages;
import org.emotion4j.cli.io.ExitCode;
import org.emotion4j.cli.io.Harmless;
import org.emotion4j.file.FileKind;
import org.emotion4j.frame.FrameSource;
import org.emotion4j.frame.PassedOver;
import org.emotion4j.opencv.FrameSources;
import org.emotion4j.opencv.PictureFrameSource;
import picocli.CommandLine.Parameters;

/** What a command works on: pictures and, for {@code analyze}, videos and cameras. */
public final class Inputs {
    private static final String FORMATS = "JPEG, PNG, BMP, GIF, TIFF, WebP, HEIC and AVIF";

    /** One source with a record of its own. */
    public interface Recording {
        /** A name for its folder, where there are several. */
        Path name();

        /** Whether its frames follow from one another. */
        boolean isSequence();

        /** Whether it goes on while nobody reads it. */
        default boolean isCamera() {
            return false;
        }

        /** Opens it. */
        FrameSource open() throws IOException;
    }

    @Parameters(
            arity = "1..*",
            paramLabel = "INPUT",
            description =
                    "Picture files and folders of pictures (JPEG, PNG, BMP, GIF, TIFF, WebP, HEIC, AVIF); analyze also takes"
                            + " videos (MP4, MOV, WebM, AVI …) and cameras (camera:0, camera:/dev/video0).")
    private List<String> texts = List.of();

    private boolean complete = true;

    /**
     * Sorts the inputs: all pictures together are one recording, each video and each camera is one, in the order in
     * which they are given.
     *
     * @param framesPerSecond with it pictures are a recording
     */
    public List<Recording> recordings(FrameSources sources, Optional<Double> framesPerSecond, PrintWriter messages) {
        List<Recording> recordings = new ArrayList<>();
        List<String> pictures = new ArrayList<>();
        for (String text : texts) {
            if (isFilm(text) || sources.opensAddress(text)) {
                recordings.add(new Film(text, sources));
            } else {
                if (pictures.isEmpty()) {
                    recordings.add(new Pictures(pictures, framesPerSecond, messages));
                }
                pictures.add(text);
            }
        }
        return recordings;
    }

    /** Lists the picture files, folders opened up; what is missing is reported and left out. */
    public List<Path> files(PrintWriter messages) {
        try (PictureFrameSource source = open(texts, Optional.empty(), messages)) {
            return source.files();
        }
    }

    /** Returns the exit code of a command that did everything it could: 2 where an input was left out. */
    public int exitCode() {
        return complete ? ExitCode.OK : ExitCode.BAD_INPUT;
    }

    private static boolean isFilm(String text) {
        try {
            return FrameSources.isCamera(text) || FrameSources.isVideo(Path.of(text));
        } catch (InvalidPathException e) {
            return false; // told where the inputs are opened
        }
    }

    /**
     * Opens them as unrelated pictures or, with a frame rate, as a recording. An input that is missing or no picture
     * folder is reported and left out.
     *
     * @throws BadInputException if nothing is left
     */
    private PictureFrameSource open(List<String> inputs, Optional<Double> framesPerSecond, PrintWriter messages) {
        List<Path> usable = new ArrayList<>();
        for (String text : inputs) {
            try {
                if (isFilm(text)) {
                    throw new BadInputException(text + ": only analyze reads videos and cameras");
                }
                FrameSources.parse(text).close();
                usable.add(Path.of(text));
            } catch (InvalidPathException e) {
                complete = false;
                messages.println(Harmless.name(text) + ": " + ErrorMessages.of(e));
            } catch (IOException | BadInputException e) {
                complete = false;
                messages.println(ErrorMessages.withFile(e));
            }
        }
        if (usable.stream().allMatch(Inputs::isNoPicture)) {
            // One of several is a picture that could not be read, and told so in the record; here there would be none.
            usable.forEach(file -> messages.println(Harmless.name(file) + ": " + whatItIs(file) + " and no picture; "
                    + FORMATS + " are read, whatever the file is called"));
            throw new BadInputException("no picture to work on");
        }
        PictureFrameSource.Builder builder = PictureFrameSource.builder(usable);
        framesPerSecond.ifPresent(builder::frameRate);
        try {
            PictureFrameSource source = builder.open();
            if (!source.passedOver().isEmpty()) {
                messages.println(Harmless.name(PassedOver.describe(source.passedOver())));
            }
            return source;
        } catch (IOException e) {
            throw new BadInputException(ErrorMessages.withFile(e), e);
        }
    }

    private static boolean isNoPicture(Path file) {
        return !whatItIs(file).isEmpty();
    }

    /** What a file is that is certainly no picture, in words; empty of one that may be, and of a folder. */
    private static String whatItIs(Path file) {
        try {
            FileKind kind = Files.isRegularFile(file) ? FileKind.of(file) : FileKind.UNKNOWN;
            boolean maybe = kind == FileKind.UNKNOWN || kind.isPicture();
            return maybe ? "" : kind.words();
        } catch (IOException e) {
            return "";
        }
    }

    /** All pictures of the command. */
    private final class Pictures implements Recording {
        private final List<String> inputs;
        private final Optional<Double> framesPerSecond;
        private final PrintWriter messages;

        Pictures(List<String> inputs, Optional<Double> framesPerSecond, PrintWriter messages) {
            this.inputs = inputs;
            this.framesPerSecond = framesPerSecond;
            this.messages = messages;
        }

        @Override
        public Path name() {
            return Path.of("pictures");
        }

        @Override
        public boolean isSequence() {
            return framesPerSecond.isPresent();
        }

        @Override
        public FrameSource open() {
            return Inputs.this.open(inputs, framesPerSecond, messages);
        }
    }

    /** A video or a camera. */
    private record Film(String text, FrameSources sources) implements Recording {
        @Override
        public Path name() {
            if (FrameSources.isAddress(text)) {
                return Path.of("network"); // what else is in an address may be a password
            }
            return FrameSources.isCamera(text)
                    ? Path.of("camera" + text.substring("camera".length()).replaceAll("[^0-9A-Za-z]+", "-"))
                    : Path.of(text);
        }

        @Override
        public boolean isCamera() {
            return FrameSources.isCamera(text);
        }

        @Override
        public boolean isSequence() {
            return true;
        }

        @Override
        public FrameSource open() throws IOException {
            return sources.open(text);
        }
    }
}
