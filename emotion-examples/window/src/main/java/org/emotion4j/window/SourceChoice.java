package org.emotion4j.window;

import java.nio.file.Files;
import java.nio.file.Path;
import org.emotion4j.opencv.Camera;
import org.emotion4j.opencv.FrameSources;

/**
 * Where the pictures come from.
 *
 * @param text as {@link FrameSources} reads it
 * @param name for people
 */
record SourceChoice(String text, String name) {
    static SourceChoice of(Camera camera) {
        return new SourceChoice("camera:" + camera.index(), camera.name());
    }

    static SourceChoice of(Path file) {
        Path name = file.getFileName();
        return new SourceChoice(file.toString(), name == null ? file.toString() : name.toString());
    }

    /** From the command line. */
    static SourceChoice parse(String text) {
        return FrameSources.isCamera(text) ? new SourceChoice(text, text) : of(Path.of(text));
    }

    boolean isCamera() {
        return FrameSources.isCamera(text);
    }

    /** Whether there is a file or folder of that name. */
    boolean isThere() {
        return !isCamera() && Files.exists(Path.of(text));
    }

    /** Whether its pictures follow from one another, as a film's do. */
    boolean isFilm() {
        return isCamera() || (isThere() && FrameSources.isVideo(Path.of(text)));
    }

    @Override
    public String toString() {
        return name;
    }
}
