package org.emotion4j.cli.sessions;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.emotion4j.cli.io.BadInputException;
import org.emotion4j.cli.io.Console;
import org.emotion4j.recording.SessionCipher;
import org.emotion4j.recording.SessionReader;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** The sessions that a command works on, at least one. */
@Command
final class Sessions {
    @Mixin
    private final SessionAccess access = new SessionAccess();

    @Parameters(paramLabel = "SESSION", arity = "1..*", description = "Folder of a session, or a CSV with its columns.")
    private List<Path> paths = List.of();

    List<Path> paths() {
        return paths;
    }

    /** Makes sure that none would count twice, as wildcards and links have it. */
    void requireDifferent() {
        Set<Path> found = new HashSet<>();
        for (Path path : paths) {
            if (!found.add(real(path))) {
                throw new BadInputException(path + ": is there twice; give each session once");
            }
        }
    }

    private static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException e) {
            return path; // told when it is opened
        }
    }

    /** The cipher of {@code --key}. */
    Optional<SessionCipher> cipher() {
        return access.cipher();
    }

    /** Opens a session with the key that was given. */
    SessionReader open(Path session, Console console) throws IOException {
        return access.open(session, console);
    }

    /** Draws no progress bar. */
    void withoutBar() {
        access.withoutBar();
    }

    /** Works on each session; returns the exit code. */
    int each(String task, Console console, SessionAccess.Work work) throws IOException {
        return access.each(paths, task, console, work);
    }

    /** Opens each session, and says how it is where it is not as it should be. */
    int eachRead(String task, Console console, SessionAccess.Reading reading) throws IOException {
        return access.eachRead(paths, task, console, reading);
    }
}
