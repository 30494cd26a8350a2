package org.emotion4j.cli.sessions;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.emotion4j.cli.io.BadInputException;
import org.emotion4j.cli.io.Console;
import org.emotion4j.cli.io.ErrorMessages;
import org.emotion4j.cli.io.ExitCode;
import org.emotion4j.recording.SessionArchive;
import org.emotion4j.recording.SessionFormatException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Erases sessions. Says what it would erase unless it is told to do it. */
@Command(
        name = "erase",
        description = {
            "Erases sessions for good, with the later ones in their folders (session-2 …), their timelines, pictures and"
                    + " reports; copies in backups and on flash disks are out of its reach.",
            "Without --yes it only says what would be erased."
        })
public final class EraseCommand implements Callable<Integer> {
    @Mixin
    private final Console console = new Console();

    @Parameters(paramLabel = "SESSION", arity = "0..*", description = "Folders of sessions.")
    private List<Path> paths = List.of();

    @Option(
            names = "--past",
            paramLabel = "DIR",
            description = "Those sessions in a folder and in its folders whose consent has run out, instead of named"
                    + " ones; others in and beside them stay.")
    private Optional<Path> past = Optional.empty();

    @Option(names = "--yes", description = "Do it.")
    private boolean yes;

    @Override
    public Integer call() throws IOException {
        if (past.isPresent() != paths.isEmpty()) {
            throw console.usage("name sessions, or give --past DIR");
        }
        List<Doomed> filesToErase = past.isEmpty()
                ? paths.stream().map(Doomed::folder).toList()
                : SessionsCommand.archive(past.get(), true, Instant.now()).stream()
                        .map(Doomed::listed)
                        .toList();
        past.filter(folder -> filesToErase.isEmpty())
                .ifPresent(folder -> console.err().println(folder + ": no sessions past their date; nothing to erase"));
        int exitCode = ExitCode.OK;
        boolean any = false;
        for (Doomed session : filesToErase) {
            try {
                console.out().println(yes ? session.erased() : session.announced());
                any = true;
            } catch (SessionFormatException | NoSuchFileException | BadInputException e) {
                console.err().println(ErrorMessages.withFile(e));
                exitCode = ExitCode.BAD_INPUT;
            }
        }
        if (!yes && any) {
            console.err().println("nothing was erased; say --yes to do it");
        }
        return exitCode;
    }

    /** Erases; returns what is left. */
    private interface Erasure {
        List<Path> run() throws IOException;
    }

    private record Doomed(Path place, boolean named, Erasure erasure) {
        /** A folder that was named goes with all sessions in it. */
        static Doomed folder(Path folder) {
            return new Doomed(folder, true, () -> SessionArchive.erase(folder));
        }

        /** Of those past their date, others in the same folder stay. */
        static Doomed listed(SessionArchive.Entry entry) {
            return new Doomed(SessionsCommand.place(entry), false, () -> {
                SessionArchive.erase(entry);
                return List.of();
            });
        }

        String erased() throws IOException {
            List<Path> left = erasure.run();
            return place + ": erased"
                    + (left.isEmpty() ? "" : "; still there, not made by Emotion4J or changed since: " + left);
        }

        /** What is no session is told before somebody says --yes. */
        String announced() throws IOException {
            if (!Files.exists(place)) {
                throw new NoSuchFileException(place.toString());
            }
            if (named && !SessionArchive.isSession(place)) {
                boolean some = Files.isDirectory(place)
                        && !SessionArchive.of(place).sessions().isEmpty();
                throw new BadInputException(place + " holds no session of Emotion4J's; nothing would be erased"
                        + (some ? ". Its folders do: name these, or give --past " + place : ""));
            }
            List<Path> later = named ? SessionArchive.laterSessions(place) : List.of();
            return place + ": would be erased" + (later.isEmpty() ? "" : ", and in it " + later);
        }
    }
}
