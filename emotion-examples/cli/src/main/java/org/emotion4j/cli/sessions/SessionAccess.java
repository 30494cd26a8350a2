package org.emotion4j.cli.sessions;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.emotion4j.cli.io.Console;
import org.emotion4j.cli.io.Counted;
import org.emotion4j.cli.io.ErrorMessages;
import org.emotion4j.cli.io.ExitCode;
import org.emotion4j.cli.io.Progress;
import org.emotion4j.cli.options.KeyFile;
import org.emotion4j.recording.CsvSessionRecorder;
import org.emotion4j.recording.SessionArchive;
import org.emotion4j.recording.SessionCipher;
import org.emotion4j.recording.SessionDecryptionException;
import org.emotion4j.recording.SessionFormatException;
import org.emotion4j.recording.SessionInfo;
import org.emotion4j.recording.SessionProblem;
import org.emotion4j.recording.SessionReader;
import org.emotion4j.recording.SessionState;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Opens sessions one after the other, encrypted or not. One that cannot be used is told, and the others are worked on. */
@Command
final class SessionAccess {
    @Option(
            names = "--key",
            paramLabel = "FILE",
            description = "The file with the key of encrypted sessions, as 'new-key' makes it; never the key itself.")
    private Optional<Path> key = Optional.empty();

    private Optional<SessionCipher> cipher = Optional.empty();
    private boolean withoutBar;

    /** What is done with a session. */
    interface Work {
        void on(Path session) throws IOException;
    }

    /** What is done with an open session. */
    interface Reading {
        void on(Path session, SessionReader reader) throws IOException;
    }

    /** For results that go to the terminal as they come: a bar would have to hold back whole sessions in memory. */
    void withoutBar() {
        withoutBar = true;
    }

    /** The cipher of {@code --key}. */
    Optional<SessionCipher> cipher() {
        if (cipher.isEmpty()) {
            cipher = key.map(KeyFile::read);
        }
        return cipher;
    }

    /** Works on each session; returns the exit code. */
    int each(List<Path> paths, String task, Console console, Work work) throws IOException {
        cipher();
        int exitCode = ExitCode.OK;
        try (Progress progress = withoutBar ? Progress.silent() : Progress.ofSessions(task, paths.size())) {
            for (Path path : paths) {
                if (progress.isDrawn()) {
                    console.hold();
                }
                try {
                    exitCode = Math.max(exitCode, one(path, console, work));
                } finally {
                    if (progress.isDrawn()) {
                        progress.above(console::release);
                    }
                }
                progress.step();
            }
        }
        return exitCode;
    }

    private int one(Path path, Console console, Work work) throws IOException {
        try {
            if (!Files.exists(path)) {
                throw new NoSuchFileException(path.toString());
            }
            work.on(path);
            return ExitCode.OK;
        } catch (SessionDecryptionException e) {
            console.err().println(ErrorMessages.message(e) + (key.isEmpty() ? ": give it with --key FILE" : ""));
        } catch (SessionFormatException | NoSuchFileException | IllegalArgumentException e) {
            console.err().println(ErrorMessages.withFile(e));
        }
        return ExitCode.BAD_INPUT;
    }

    /** Opens each session, and says how it is where it is not as it should be. */
    int eachRead(List<Path> paths, String task, Console console, Reading reading) throws IOException {
        return each(paths, task, console, path -> {
            try (SessionReader reader = open(path, console)) {
                if (reader.isUnfinished()) {
                    console.err().println(path + ": the recording was cut off; 'recover' tidies it up");
                }
                told(path, reader.info(), console);
                tellLater(path, console);
                requireAnyRow(path, reader, console);
                reading.on(path, reader);
                if (reader.problemCount() > 0) {
                    tellProblems(path, reader, console);
                }
            }
        });
    }

    /**
     * A file of which no row can be used is not read, and nothing is stated of it. A reader that has met bad rows before its
     * first frame may have met nothing else: a second one looks.
     */
    private void requireAnyRow(Path path, SessionReader reader, Console console) throws IOException {
        if (reader.problems().stream().noneMatch(problem -> problem.line() > 0)) {
            return;
        }
        try (SessionReader looking = open(path, new PrintWriter(Writer.nullWriter()))) {
            if (looking.next().isEmpty()) {
                tellProblems(path, looking, console);
                throw new SessionFormatException(path + ": no row of it could be used");
            }
        }
    }

    private static void tellProblems(Path path, SessionReader reader, Console console) {
        console.err().println(path + ": " + problems(reader));
    }

    /** How many rows could not be used and the first of them, then what is wrong with the whole, of a session that has some. */
    static String problems(SessionReader reader) {
        List<String> said = new ArrayList<>();
        long rows = reader.unusableRows();
        List<String> ofTheWhole = new ArrayList<>();
        for (SessionProblem problem : reader.problems()) {
            if (problem.line() == 0) {
                ofTheWhole.add(problem.toString());
            } else if (said.isEmpty()) {
                said.add(Counted.of(rows, "row") + " could not be used" + (rows == 1 ? ": " : "; the first: ")
                        + problem);
            }
        }
        if (said.isEmpty()) {
            said.add(Counted.of(ofTheWhole.size(), "problem") + ": " + String.join("; ", ofTheWhole));
        } else {
            said.addAll(ofTheWhole);
        }
        return String.join("; ", said);
    }

    /** Whoever reads a part shall not take it for the whole. */
    private static void told(Path path, SessionInfo info, Console console) {
        if (info.state() == SessionState.STOPPED) {
            console.err().println(path + ": not complete, " + info.endInWords());
        }
        info.unread().describe().forEach(sentence -> console.err().println(path + ": " + sentence));
    }

    /** Whoever records twice into a folder shall not take the first session for the last. */
    private static void tellLater(Path path, Console console) throws IOException {
        List<Path> later = SessionArchive.laterSessions(path);
        if (!later.isEmpty()) {
            console.err().println(path + ": this is its first session; later ones are " + later);
        }
    }

    /** The rows of a session that has a description are read with it; alone only where it cannot be used. */
    SessionReader open(Path path, Console console) throws IOException {
        return open(path, console.err());
    }

    private SessionReader open(Path path, PrintWriter messages) throws IOException {
        Path description = path.resolveSibling(CsvSessionRecorder.INFO_FILE_NAME);
        if (path.endsWith(CsvSessionRecorder.FILE_NAME) && Files.isRegularFile(path) && Files.exists(description)) {
            try {
                return opened(
                        Optional.ofNullable(path.toAbsolutePath().getParent()).orElse(path));
            } catch (SessionFormatException e) {
                messages.println(ErrorMessages.message(e) + ": read without its description");
            }
        }
        return opened(path);
    }

    private SessionReader opened(Path path) throws IOException {
        Optional<SessionCipher> given = cipher();
        return SessionReader.open(path, given);
    }
}
