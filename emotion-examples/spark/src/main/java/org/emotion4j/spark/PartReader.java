package org.emotion4j.spark;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;
import org.emotion4j.recording.CsvSessionRecorder;

/** A task: reads a part of a film and leaves its record for the task that joins them. A record that is there already is kept. */
final class PartReader implements Function<FilmPart, PartReader.Result> {
    private static final long serialVersionUID = 1L;

    private final JobSettings settings;
    private final String fingerprint;
    private final Broadcast<SerializableConfiguration> hadoop;

    PartReader(JobSettings settings, String fingerprint, Broadcast<SerializableConfiguration> hadoop) {
        this.settings = settings;
        this.fingerprint = fingerprint;
        this.hadoop = hadoop;
    }

    /**
     * What became of a part.
     *
     * @param path the film's name in the tables
     * @param reason why it was not read; empty where it was
     */
    record Result(String path, String reason) implements Serializable {}

    @Override
    public Result call(FilmPart part) throws IOException, InterruptedException {
        Configuration configuration = hadoop.value().value();
        ArchiveFolder folder = new ArchiveFolder(settings.out(), settings.format(), configuration);
        String name = part.name(fingerprint);
        if (HadoopFiles.exists(folder.part(name, CsvSessionRecorder.FILE_NAME), configuration)) {
            return new Result(part.item().path(), "");
        }
        try (TaskPlace place = TaskPlace.open(configuration)) {
            Path record = place.scratch().resolve("part");
            new FilmInputs(settings, fingerprint, place).readPart(part.item(), part.stretch(), part.sha256(), record);
            // the rows last: where they are, all is
            for (String file : new String[] {CsvSessionRecorder.INFO_FILE_NAME, CsvSessionRecorder.FILE_NAME}) {
                HadoopFiles.upload(record.resolve(file), folder.part(name, file), configuration);
            }
            return new Result(part.item().path(), "");
        } catch (InputException e) {
            return new Result(part.item().path(), Reasons.of(e));
        }
    }
}
