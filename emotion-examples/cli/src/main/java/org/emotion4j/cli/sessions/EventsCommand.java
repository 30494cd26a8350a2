package org.emotion4j.cli.sessions;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.emotion4j.analysis.SessionEvents;
import org.emotion4j.cli.io.Console;
import org.emotion4j.cli.io.ErrorMessages;
import org.emotion4j.cli.io.Json;
import org.emotion4j.cli.io.OutsideOfSessions;
import org.emotion4j.cli.options.BaselineOption;
import org.emotion4j.event.FacialEvent;
import org.emotion4j.event.FacialRest;
import org.emotion4j.event.SessionEvent;
import org.emotion4j.file.internal.OutputFile;
import org.emotion4j.recording.EventCsv;
import org.emotion4j.recording.SessionExport;
import org.emotion4j.recording.SessionReader;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Prints what the face did, and when. */
@Command(
        name = "events",
        description = {
            "Prints what the face did that recorded sessions are about: expressions and movements with onset, apex (where they"
                    + " were strongest) and offset in seconds, blinks, nods, head shakes, talking.",
            "They are those that were found while it was recorded (events.csv), or are found in the readings. An expression that"
                    + " speech explains is marked. Below half a second an event is brief; nothing is promised about"
                    + " micro-expressions. Movements, blinks and nods need a record whose classifier told them."
        })
public final class EventsCommand implements Callable<Integer> {
    @Mixin
    private final Console console = new Console();

    @Mixin
    private final Sessions sessions = new Sessions();

    @Mixin
    private final BaselineOption baseline = new BaselineOption();

    @Option(
            names = "--json",
            description = "Print one JSON object a session and then one for each of its events, and nothing else.")
    private boolean json;

    @Option(
            names = "--out",
            paramLabel = "FILE.csv",
            description =
                    "Write the events into a new CSV, a row an event, with the columns of events.csv; also those of other"
                            + " faces where the record has them.")
    private Optional<Path> out = Optional.empty();

    private final StringBuilder rows = new StringBuilder(EventCsv.header());

    /** A session as JSON, before its events. */
    record SessionJson(
            String kind,
            String session,
            String id,
            @Nullable String baseline,
            long events,
            EventFigures figures) {}

    /** One event as JSON; times in seconds of media time, peak a score or intensity of 0 to 1, or degrees. */
    record EventJson(
            String kind,
            String name,
            double onset,
            double apex,
            double offset,
            double peak,
            double rest,
            boolean brief,
            @Nullable Boolean whileTalking,
            String session,
            String id) {
        static EventJson of(FacialEvent event, Path path, String id) {
            return new EventJson(
                    event.kind().code(),
                    event.name(),
                    event.onsetNanos() / 1e9,
                    event.apexNanos() / 1e9,
                    event.offsetNanos() / 1e9,
                    event.peak(),
                    event.rest(),
                    event.isBrief(),
                    event.isTalkingKnown() ? event.isWhileTalking() : null,
                    path.toString(),
                    id);
        }
    }

    @Override
    public Integer call() throws IOException {
        if (json) {
            sessions.withoutBar();
        }
        if (out.isPresent()) {
            OutsideOfSessions.require(out.get());
            OutputFile.requireFree(out.get());
        }
        int exitCode = sessions.eachRead("events", console, (path, reader) -> {
            Optional<FacialRest> rest = baseline.rest(path, reader);
            if (baseline.isStretch() && rest.isEmpty()) {
                throw new IllegalArgumentException(path + ": the face is in fewer than " + FacialRest.LEAST_READINGS
                        + " frames of the baseline; give a longer stretch");
            }
            SessionEvents found =
                    rest.isPresent() ? SessionEvents.relativeTo(reader, rest.get()) : SessionEvents.of(reader);
            keep(reader.info().sessionId(), found);
            if (json) {
                printJson(path, reader, found);
            } else {
                print(path, reader, found);
            }
        });
        out.ifPresent(this::write);
        return exitCode;
    }

    private void write(Path table) {
        try {
            OutputFile.write(table, rows.toString().getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw ErrorMessages.notWritten(table, e);
        }
        if (!json) {
            console.out().println(table);
        }
    }

    private void keep(String id, SessionEvents found) {
        if (out.isPresent()) {
            for (SessionEvent event : found.ofAllFaces()) {
                rows.append(EventCsv.row(id, event, SessionExport::harmless));
            }
        }
    }

    private void printJson(Path path, SessionReader reader, SessionEvents found) {
        String id = reader.info().sessionId();
        List<FacialEvent> events = found.events();
        console.out()
                .println(Json.write(new SessionJson(
                        "session",
                        path.toString(),
                        id,
                        baseline.describe().orElse(null),
                        events.size(),
                        EventFigures.of(found))));
        for (FacialEvent event : events) {
            console.out().println(Json.write(EventJson.of(event, path, id)));
        }
    }

    private void print(Path path, SessionReader reader, SessionEvents found) {
        console.out().println(path + " (" + reader.info().sessionId() + ")");
        console.out().println("  onset    apex  offset  peak  what");
        for (FacialEvent event : found.events()) {
            console.out()
                    .println(String.format(
                            Locale.ROOT,
                            "%7.2f %7.2f %7.2f %5.2f  %s%s%s",
                            event.onsetNanos() / 1e9,
                            event.apexNanos() / 1e9,
                            event.offsetNanos() / 1e9,
                            event.peak(),
                            event.name(),
                            event.isBrief() && event.kind() != FacialEvent.Kind.BLINK ? ", brief" : "",
                            event.isWhileTalking() ? ", while talking" : ""));
        }
        if (found.events().isEmpty()) {
            console.out().println("no event: nothing that differs from what is usual for this face");
        }
        baseline.describe().ifPresent(rest -> console.out().println("Measured against " + rest + "."));
        console.out().println(EventFigures.of(found).describeFollowed());
    }
}
