package org.emotion4j.cli.sessions;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
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
