package org.emotion4j.examples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.emotion4j.session.CsvSessionRecorder;
import org.emotion4j.session.SessionFormatException;
import org.emotion4j.session.SessionReader;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** The sessions that a command works on. One that cannot be used is told, and the others are worked on. */
@Command
final class Sessions {
    @Parameters(paramLabel = "SESSION", arity = "1..*", description = "Folder of a session, or a CSV with its columns.")
    private List<Path> paths = List.of();

    /** What is done with a session. */
    interface Work {
        void on(Path session) throws IOException;
    }

    /** What is done with an open session. */
    interface Reading {
        void on(Path session, SessionReader reader) throws IOException;
    }

    List<Path> paths() {
        return paths;
    }

    /** Works on each session; returns the exit code. */
    int each(String task, Console console, Work work) throws IOException {
        int exitCode = EmotionCli.OK;
        try (Progress progress = Progress.of(task, paths.size())) {
            for (Path path : paths) {
                try {
                    if (!Files.exists(path)) {
                        throw new NoSuchFileException(path.toString());
                    }
                    work.on(path);
                } catch (SessionFormatException | NoSuchFileException | IllegalArgumentException e) {
                    console.err().println(Reason.withFile(e));
                    exitCode = EmotionCli.BAD_INPUT;
                }
                progress.step();
            }
        }
        return exitCode;
    }

    /** Opens each session, and says how it is where it is not as it should be. */
    int eachRead(String task, Console console, Reading reading) throws IOException {
        return each(task, console, path -> {
            try (SessionReader reader = open(path, console)) {
                if (reader.isUnfinished()) {
                    console.err().println(path + ": the recording was cut off; 'recover' tidies it up");
                }
                reading.on(path, reader);
                if (reader.problemCount() > 0) {
                    console.err()
                            .println(path + ": " + reader.problemCount() + " problems; the first: "
                                    + reader.problems().get(0));
                }
            }
        });
    }

    /** The rows of a session that has a description are read with it; alone only where it cannot be used. */
    private static SessionReader open(Path path, Console console) throws IOException {
        Path description = path.resolveSibling(CsvSessionRecorder.INFO_FILE_NAME);
        if (path.endsWith(CsvSessionRecorder.FILE_NAME) && Files.isRegularFile(path) && Files.exists(description)) {
            try {
                return SessionReader.open(
                        Optional.ofNullable(path.toAbsolutePath().getParent()).orElse(path));
            } catch (SessionFormatException e) {
                console.err().println(Reason.message(e) + ": read without its description");
            }
        }
        return SessionReader.open(path);
    }
}
