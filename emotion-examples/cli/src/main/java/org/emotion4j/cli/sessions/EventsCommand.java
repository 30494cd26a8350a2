package org.emotion4j.cli.sessions;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.emotion4j.analysis.SessionEvents;
import org.emotion4j.cli.io.Console;
import org.emotion4j.cli.io.Json;
import org.emotion4j.event.FacialEvent;
import org.emotion4j.recording.SessionReader;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Prints what the face did, and when. */
@Command(
        name = "events",
        description = {
            "Prints what the face did that recorded sessions are about: expressions and movements with onset, apex (where they"
                    + " were strongest) and offset in seconds, blinks, nods, head shakes, talking.",
            "An expression that speech explains is marked. Below half a second an event is brief; nothing is promised about"
                    + " micro-expressions. Movements, blinks and nods need a record whose classifier told them."
        })
public final class EventsCommand implements Callable<Integer> {
    private static final double LEAST_FOR_BLINKS = 10;
    private static final long LEAST_FOR_RATE = 10_000_000_000L;

    @Mixin
    private final Console console = new Console();

    @Mixin
    private final Sessions sessions = new Sessions();

    @Option(names = "--json", description = "Print one JSON object an event, and nothing else.")
    private boolean json;

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
            boolean whileTalking,
            String session) {
        static EventJson of(FacialEvent event, String session) {
            return new EventJson(
                    event.kind().code(),
                    event.name(),
                    event.onsetNanos() / 1e9,
                    event.apexNanos() / 1e9,
                    event.offsetNanos() / 1e9,
                    event.peak(),
                    event.rest(),
                    event.isBrief(),
                    event.isWhileTalking(),
                    session);
        }
    }

    @Override
    public Integer call() throws IOException {
        if (json) {
            sessions.withoutBar();
        }
        return sessions.eachRead("events", console, (path, reader) -> {
            SessionEvents found = SessionEvents.of(reader);
            List<FacialEvent> events = found.events();
            if (json) {
                for (FacialEvent event : events) {
                    console.out()
                            .println(
                                    Json.write(EventJson.of(event, reader.info().sessionId())));
                }
            } else {
                print(path, reader, found, events);
            }
        });
    }

    private void print(Path path, SessionReader reader, SessionEvents found, List<FacialEvent> events) {
        console.out().println(path + " (" + reader.info().sessionId() + ")");
        console.out().println("  onset    apex  offset  peak  what");
        for (FacialEvent event : events) {
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
        if (events.isEmpty()) {
            console.out().println("no event: nothing that differs from what is usual for this face");
        }
        console.out().println(followed(found));
    }

    /** What could be looked for, and how often blinks came where that can be said. */
    private static String followed(SessionEvents found) {
        if (found.followedNanos() == 0) {
            return "No two frames with the face are within half a second: pictures, and films of fewer frames, have no events.";
        }
        String seconds = String.format(
                Locale.ROOT,
                "The face could be followed for %.1f seconds, at %.0f frames a second",
                found.followedNanos() / 1e9,
                found.framesPerSecond());
        if (!found.knowsMovements()) {
            return seconds + ". No frame has all movements: expressions alone could be looked for.";
        }
        if (found.framesPerSecond() < LEAST_FOR_BLINKS) {
            return seconds + ": blinks are missed at that.";
        }
        return found.followedNanos() < LEAST_FOR_RATE
                ? seconds + ": too short for blinks a minute."
                : String.format(
                        Locale.ROOT, "%s: %.1f blinks a minute.", seconds, found.perMinute(FacialEvent.Kind.BLINK));
    }
}
