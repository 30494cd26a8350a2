package org.emotion4j.spark;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSError;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;

/**
 * A task: reads a group of inputs into one file of each table, and leaves a note of it. With the note the group is done for good, whatever
 * becomes of executor and driver; without it nothing of it counts.
 */
final class GroupReader implements Function<WorkGroup, GroupResult> {
    private static final long serialVersionUID = 1L;

    private final JobSettings settings;
    private final String fingerprint;
    private final Broadcast<SerializableConfiguration> hadoop;

    GroupReader(JobSettings settings, String fingerprint, Broadcast<SerializableConfiguration> hadoop) {
        this.settings = settings;
        this.fingerprint = fingerprint;
        this.hadoop = hadoop;
    }

    @Override
    public GroupResult call(WorkGroup group) throws IOException, InterruptedException {
        Configuration configuration = hadoop.value().value();
        ArchiveFolder folder = new ArchiveFolder(settings.out(), settings.format(), configuration);
        Optional<GroupResult> done = folder.done(group.id());
        if (done.isPresent()) {
            return done.get();
        }
        try (TaskPlace place = TaskPlace.open(configuration)) {
            return read(group, folder, new InputReader(settings, fingerprint, place));
        } catch (FSError e) {
            throw HadoopFiles.unwrapped(e, settings.out());
        }
    }

    private static GroupResult read(WorkGroup group, ArchiveFolder folder, InputReader reader)
            throws IOException, InterruptedException {
        DeathMarks marks = folder.marks();
        List<Outcome> outcomes = new ArrayList<>();
        String attempt = group.id() + "-" + TaskContext.get().taskAttemptId();
        try (StagedTables tables = new StagedTables(folder, attempt)) {
            for (WorkItem item : group.items()) {
                int deaths = marks.deaths(item);
                if (deaths >= DeathMarks.MOST_DEATHS) {
                    item = item.withProblem("its reading ended the whole process, " + deaths
                            + " times; it was not tried again in this run");
                }
                marks.begin(item, deaths);
                try {
                    outcomes.add(reader.read(item, tables));
                } catch (IOException | InterruptedException | RuntimeException | FSError e) {
                    marks.end(item);
                    throw e;
                } // an Error, such as too little memory, ends the process: its mark stays
                marks.end(item);
            }
            GroupResult result = new GroupResult(group.id(), tables.finish(), outcomes);
            folder.note(result);
            return result;
        }
    }
}
