package org.emotion4j.opencv.fakecamera;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The preloaded library, compiled where there is a C compiler, and the folder that is the camera's world. The test is
 * skipped, with a message, where there is no Linux or no compiler.
 */
public final class FakeCameraLibrary {
    /** The camera's number. */
    public static final int NUMBER = 9;

    private static final List<String> SOURCES =
            List.of("fake_device.c", "fake_driver.c", "fake_control.c", "fake_paths.c", "fake_camera.h");

    private final Path library;
    private final Path root;

    private FakeCameraLibrary(Path library, Path root) {
        this.library = library;
        this.root = root;
    }

    /**
     * Compiles the library and lays out the folder, with the camera plugged in and no film.
     *
     * @param folder an empty folder with a short path, since the name of a socket lies in it
     */
    public static FakeCameraLibrary in(Path folder) throws IOException, InterruptedException {
        if (!System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("linux")) {
            abort("skipped: the fake camera is one of Linux");
        }
        Path sources = Files.createDirectories(folder.resolve("sources"));
        for (String name : SOURCES) {
            try (InputStream in =
                    FakeCameraLibrary.class.getResourceAsStream("/org/emotion4j/opencv/fakecamera/" + name)) {
                Files.copy(in, sources.resolve(name));
            }
        }
        FakeCameraLibrary made = new FakeCameraLibrary(
                folder.resolve("libfakecamera.so"), Files.createDirectories(folder.resolve("root")));
        made.compile(sources);
        Files.createDirectories(made.root.resolve("dev"));
        FakeCamera.layOut(made.root);
        return made;
    }

    private void compile(Path sources) throws IOException, InterruptedException {
        for (String compiler : List.of("cc", "gcc")) {
            List<String> command = new ArrayList<>(
                    List.of(compiler, "-std=gnu11", "-O1", "-fPIC", "-shared", "-o", library.toString()));
            SOURCES.stream()
                    .filter(name -> name.endsWith(".c"))
                    .forEach(name -> command.add(sources.resolve(name).toString()));
            command.addAll(List.of("-ldl", "-lpthread"));
            Process process;
            try {
                process = new ProcessBuilder(command).redirectErrorStream(true).start();
            } catch (IOException e) {
                continue;
            }
            String output = new String(process.getInputStream().readAllBytes());
            if (process.waitFor() != 0) {
                throw new AssertionError(compiler + " does not compile the fake camera:\n" + output);
            }
            return;
        }
        abort("skipped: neither cc nor gcc is on the path, which compile the fake camera");
    }

    /** The folder that is the camera's world. */
    public Path root() {
        return root;
    }

    /** What the environment of a program has to have, for the camera to be there. */
    public Map<String, String> environment() {
        return Map.of("LD_PRELOAD", library.toString(), "FAKE_CAMERA_ROOT", root.toString());
    }
}
