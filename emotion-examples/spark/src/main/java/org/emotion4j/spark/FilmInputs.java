package org.emotion4j.spark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.emotion4j.frame.FrameSource;
import org.emotion4j.opencv.FrameSources;
import org.jspecify.annotations.Nullable;

/** Reads films, parts of films and pictures, each within its time, with the models of this process. */
final class FilmInputs {
    private static final Duration GRACE = Duration.ofSeconds(10);

    private final JobSettings settings;
    private final String expected;
    private final TaskPlace place;

    /**
     * Prepares.
     *
     * @param expected the fingerprint that models and settings must have
     */
    FilmInputs(JobSettings settings, String expected, TaskPlace place) {
        this.settings = settings;
        this.expected = expected;
        this.place = place;
    }

    /**
     * Reads a film or picture and writes its rows; of a film that is to be read in parts it only says how long it is.
     *
     * @throws InputException if it cannot be read
     */
    Outcome read(WorkItem item, StagedTables tables) throws IOException, InterruptedException, InputException {
        return within(item, (models, input, folder, limit) -> {
            if (item.isKnown(input.sha256(), expected)) {
                return () -> Outcome.notRead(item.path(), Status.UNCHANGED, "", input.sha256());
            }
            try (FrameSource source = FilmAnalysis.open(input.path(), settings.reading(), null)) {
                Optional<Duration> length = source.endTime().filter(end -> isLong(input, end));
                if (length.isPresent()) {
                    return () -> Outcome.longFilm(item.path(), input.sha256(), length.get());
                }
                FilmAnalysis film = FilmAnalysis.of(source, models, settings, item, input, folder, limit);
                input.requireUnchanged();
                return () -> written(item, input, models, film, folder, tables);
            }
        });
    }

    /**
     * Reads a part of a film.
     *
     * @param record where the record of the part goes: a folder that does not exist
     * @throws InputException if it cannot be read, or not all of it
     */
    void readPart(WorkItem item, FilmAnalysis.Stretch stretch, String sha256, Path record)
            throws IOException, InterruptedException, InputException {
        within(item, (models, input, folder, limit) -> {
            if (!input.sha256().equals(sha256)) {
                throw InputException.failed("was changed while it was read");
            }
            try (FrameSource source = FilmAnalysis.open(input.path(), settings.reading(), stretch)) {
                FilmAnalysis part = FilmAnalysis.of(source, models, settings, item, input, record, limit);
                input.requireUnchanged();
                return () -> {
                    if (!part.whatIsMissing().isEmpty()) {
                        throw InputException.failed(part.whatIsMissing());
                    }
                    return part;
                };
            }
        });
    }

    private boolean isLong(LocalInput input, Duration end) {
        return settings.split() != null
                && settings.reading().framesPerSecond() == 0
                && FrameSources.isVideo(input.path())
                && end.compareTo(settings.split().multipliedBy(3).dividedBy(2)) > 0;
    }

    private Outcome written(
            WorkItem item, LocalInput input, ExecutorModels models, FilmAnalysis film, Path folder, StagedTables tables)
            throws IOException {
        String reason = film.whatIsMissing();
        Status status = reason.isEmpty() ? Status.READ : Status.INCOMPLETE;
        SessionTables session = SessionTables.of(item.path(), folder);
        session.write(
                tables,
                events -> new SessionCells.Origin(
                        item.path(),
                        film.kind(),
                        status,
                        input.sha256(),
                        item.bytes(),
                        expected,
                        models.describe(),
                        settings.reading().describe(),
                        1,
                        place.host(),
                        place.clock().instant(),
                        events));
        return new Outcome(
                item.path(),
                status,
                reason,
                input.sha256(),
                session.summary().counters().frames(),
                session.summary().counters().readings(),
                0);
    }

    /** What is done within the time limit; what it returns is done after it, on the task's own thread. */
    @FunctionalInterface
    private interface Work<T> {
        Rest<T> run(ExecutorModels models, LocalInput input, Path folder, TimeLimit limit)
                throws IOException, InputException;
    }

    @FunctionalInterface
    private interface Rest<T> {
        T run() throws IOException, InputException;
    }

    private <T> T within(WorkItem item, Work<T> work) throws IOException, InterruptedException, InputException {
        ExecutorModels models = models();
        TimeLimit limit = new TimeLimit(FilmAnalysis.limitAtFirst(settings), GRACE, System::nanoTime);
        AtomicReference<@Nullable LocalInput> fetched = new AtomicReference<>();
        Path folder = Files.createTempDirectory(place.scratch(), "session");
        try {
            T result = limit.call(() -> {
                        LocalInput input = LocalInput.fetch(item, place);
                        fetched.set(input);
                        return work.run(models, input, folder, limit);
                    })
                    .run();
            clean(fetched.get(), folder);
            return result;
        } catch (TimeLimit.OverdueException e) {
            if (e.hangs()) {
                models.abandon();
            } else {
                clean(fetched.get(), folder);
            }
            throw new InputException(Status.FAILED, Reasons.of(e), "", e);
        } catch (ExecutionException e) {
            InputException failure = failure(Objects.requireNonNull(e.getCause()), item, fetched.get());
            clean(fetched.get(), folder);
            throw failure;
        }
    }

    /** Models that differ from those that the run began with would give figures that cannot be compared. */
    private ExecutorModels models() throws InputException {
        ExecutorModels models = ExecutorModels.of(settings.reading());
        if (!models.fingerprint().equals(expected)) {
            throw InputException.failed("models, version or settings on " + place.host()
                    + " are not those that the run began with, so nothing was read there: "
                    + ExecutorModels.version() + ", " + models.describe());
        }
        return models;
    }

    private static void clean(@Nullable LocalInput input, Path folder) throws IOException {
        if (input != null) {
            input.close();
        }
        LocalInput.delete(folder);
    }

    private static InputException failure(Throwable cause, WorkItem item, @Nullable LocalInput input) {
        if (cause instanceof Error error && !(cause instanceof LinkageError)) {
            throw error;
        }
        return cause instanceof InputException known
                ? known
                : new InputException(
                        Status.FAILED,
                        input == null ? Reasons.of(cause) : input.named(cause, item),
                        input == null ? "" : input.sha256(),
                        cause);
    }
}
