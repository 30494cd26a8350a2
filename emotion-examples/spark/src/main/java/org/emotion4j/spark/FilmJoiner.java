package org.emotion4j.spark;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;
import org.emotion4j.recording.CsvSessionRecorder;

/** A task: joins the records of a film's parts and writes its rows, or says that the film has to be read as a whole. */
final class FilmJoiner implements Function<FilmJoiner.Film, GroupResult> {
    private static final long serialVersionUID = 1L;

    private final JobSettings settings;
    private final String fingerprint;
    private final Broadcast<SerializableConfiguration> hadoop;

    FilmJoiner(JobSettings settings, String fingerprint, Broadcast<SerializableConfiguration> hadoop) {
        this.settings = settings;
        this.fingerprint = fingerprint;
        this.hadoop = hadoop;
    }

    /**
     * A film whose parts were read.
     *
     * @param group the name of the group that it is by itself
     * @param parts all, in order
     * @param problem why one was not; empty where all were
     */
    record Film(String group, List<FilmPart> parts, String problem) implements Serializable {
        /** Copies the list. */
        Film {
            parts = new ArrayList<>(parts);
        }
    }

    @Override
    public GroupResult call(Film film) throws IOException {
        Configuration configuration = hadoop.value().value();
        ArchiveFolder folder = new ArchiveFolder(settings.out(), settings.format(), configuration);
        Optional<GroupResult> done = folder.done(film.group());
        if (done.isPresent()) {
            return done.get();
        }
        String attempt = film.group() + "-" + TaskContext.get().taskAttemptId();
        try (TaskPlace place = TaskPlace.open(configuration);
                StagedTables tables = new StagedTables(folder, attempt)) {
            Outcome outcome = film.problem().isEmpty()
                    ? joined(film, folder, place, tables)
                    : Outcome.notRead(
                            film.parts().get(0).item().path(),
                            Status.FAILED,
                            film.problem(),
                            film.parts().get(0).sha256());
            if (outcome.status() != Status.LONG) {
                InputReader.tell(outcome, tables, place);
            }
            GroupResult result = new GroupResult(film.group(), tables.finish(), List.of(outcome));
            folder.note(result);
            return result;
        }
    }

    private Outcome joined(Film film, ArchiveFolder folder, TaskPlace place, StagedTables tables) throws IOException {
        List<Path> rows = new ArrayList<>();
        Path first = Files.createDirectory(place.scratch().resolve("first"));
        for (FilmPart part : film.parts()) {
            String name = part.name(fingerprint);
            Path copy = place.scratch().resolve(part.index() + ".csv");
            HadoopFiles.download(folder.part(name, CsvSessionRecorder.FILE_NAME), copy, place.hadoop());
            rows.add(copy);
            if (part.index() == 0) {
                HadoopFiles.download(
                        folder.part(name, CsvSessionRecorder.INFO_FILE_NAME),
                        first.resolve(CsvSessionRecorder.INFO_FILE_NAME),
                        place.hadoop());
            }
        }
        Path whole = place.scratch().resolve("whole.csv");
        List<Long> borders =
                film.parts().stream().skip(1).map(FilmPart::fromNanos).toList();
        Optional<String> problem = PartJoin.of(rows, borders, FilmPart.AGREEMENT.toNanos(), whole);
        FilmPart one = film.parts().get(0);
        if (problem.isPresent()) {
            return new Outcome(one.item().path(), Status.LONG, problem.get(), one.sha256(), 0, 0, 0);
        }
        ExecutorModels models = ExecutorModels.of(settings.reading());
        SessionTables session = SessionTables.ofRows(one.item().path(), whole, first);
        session.write(
                tables,
                events -> new SessionCells.Origin(
                        one.item().path(),
                        "film",
                        Status.READ,
                        one.sha256(),
                        one.item().bytes(),
                        fingerprint,
                        models.describe(),
                        settings.reading().describe(),
                        film.parts().size(),
                        place.host(),
                        place.clock().instant(),
                        events));
        return new Outcome(
                one.item().path(),
                Status.READ,
                "",
                one.sha256(),
                session.summary().counters().frames(),
                session.summary().counters().readings(),
                0);
    }
}
