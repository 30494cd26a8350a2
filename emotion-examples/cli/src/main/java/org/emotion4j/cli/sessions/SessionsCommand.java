package org.emotion4j.cli.sessions;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.emotion4j.cli.io.BadInputException;
import org.emotion4j.cli.io.Console;
import org.emotion4j.cli.io.ErrorMessages;
import org.emotion4j.cli.io.ExitCode;
import org.emotion4j.cli.io.Json;
import org.emotion4j.recording.SessionArchive;
import org.emotion4j.recording.SessionState;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists sessions and until when they may be kept. */
@Command(
        name = "sessions",
        description = {
            "Lists the sessions in a folder and in its folders: state, until when each may be kept, where it is.",
            "No key is needed. 'erase --past' erases those whose day is over."
        })
public final class SessionsCommand implements Callable<Integer> {
    @Mixin
    private final Console console = new Console();

    @Parameters(paramLabel = "DIR", description = "A folder of sessions.")
    private Path folder = Path.of("");

    @Option(names = "--past", description = "Only those that should have been erased.")
    private boolean past;

    @Option(names = "--json", description = "Print one JSON object a session, and nothing else.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        Instant now = Instant.now();
        List<SessionArchive.Entry> entries = archive(folder, past, now);
        for (SessionArchive.Entry entry : entries) {
            boolean cutOff = isCutOff(entry);
            console.out().println(json ? Json.write(Line.of(entry, cutOff, now)) : line(entry, cutOff, now));
        }
        if (entries.isEmpty() && !json) {
            console.err().println(folder + ": no sessions" + (past ? " past their date" : ""));
        }
        return ExitCode.OK;
    }

    static List<SessionArchive.Entry> archive(Path folder, boolean onlyPast, Instant now) {
        SessionArchive archive = SessionArchive.of(folder);
        try {
            return onlyPast ? archive.past(now) : archive.sessions();
        } catch (IOException e) {
            throw new BadInputException(ErrorMessages.withFile(e), e);
        }
    }

    /** Where a session is: its folder, or the description of one that was set aside in it. */
    static Path place(SessionArchive.Entry entry) {
        return entry.name().equals("session") ? entry.folder() : entry.folder().resolve(entry.name() + ".json");
    }

    /** Begun and not ended, and nobody records it. */
    private static boolean isCutOff(SessionArchive.Entry entry) throws IOException {
        return entry.state() == SessionState.RECORDING && !SessionArchive.isBeingRecorded(entry.folder());
    }

    /** The word for programs. */
    static String state(SessionState state, boolean cutOff) {
        return cutOff ? "cut_off" : state.name().toLowerCase(Locale.ROOT);
    }

    private static String line(SessionArchive.Entry entry, boolean cutOff, Instant now) {
        String date = entry.keepUntil().map(LocalDate::toString).orElse("no date");
        return String.format(
                Locale.ROOT,
                "%-12s%-10s  %-10s  %s%s%s%s",
                state(entry.state(), cutOff).replace('_', ' '),
                entry.encrypted() ? " encrypted" : "",
                date,
                entry.isPast(now) ? "PAST  " : "",
                place(entry),
                cutOff ? "  (ended without an end: killed, or a power cut; 'recover' tidies it up)" : "",
                entry.problem().map(problem -> "  (" + problem + ")").orElse(""));
    }

    /** The same for programs. */
    private record Line(
            String session,
            @Nullable String id,
            String state,
            boolean encrypted,
            @Nullable String keepUntil,
            boolean past,
            @Nullable String problem) {
        static Line of(SessionArchive.Entry entry, boolean cutOff, Instant now) {
            return new Line(
                    place(entry).toString(),
                    entry.sessionId().orElse(null),
                    SessionsCommand.state(entry.state(), cutOff),
                    entry.encrypted(),
                    entry.keepUntil().map(LocalDate::toString).orElse(null),
                    entry.isPast(now),
                    entry.problem().orElse(null));
        }
    }
}
