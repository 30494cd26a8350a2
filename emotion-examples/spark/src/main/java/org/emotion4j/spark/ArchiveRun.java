package org.emotion4j.spark;

import java.io.Closeable;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSError;
import org.apache.hadoop.fs.Path;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.Tuple2;

/** One run of the job, as the driver sees it: list, compare with what is there, read, commit. */
final class ArchiveRun {
    private static final Logger LOG = LoggerFactory.getLogger(ArchiveRun.class);

    private final JavaSparkContext spark;
    private final JobSettings settings;
    private final String name;
    private final Configuration hadoop;
    private final Broadcast<SerializableConfiguration> shared;
    private final ArchiveFolder folder;
    private final Consumer<String> told;

    /**
     * Prepares.
     *
     * @param name of this run; no other run into this folder has it
     * @param told is given what there is to say where somebody stops it
     */
    ArchiveRun(JavaSparkContext spark, JobSettings settings, String name, Consumer<String> told) {
        this.told = told;
        this.spark = spark;
        this.settings = settings;
        this.name = name;
        this.hadoop = spark.hadoopConfiguration();
        this.shared = spark.broadcast(new SerializableConfiguration(hadoop));
        this.folder = new ArchiveFolder(settings.out(), settings.format(), hadoop);
    }

    /**
     * Reads what is new, changed or failed before.
     *
     * @throws BadInputException if an input names nothing or the folder cannot be added to
     * @throws IOException if the folder cannot be read or written
     */
    Report run(List<String> inputs) throws IOException {
        InputListing listing = InputListing.of(inputs, new Path(settings.out()), hadoop);
        folder.open();
        try (Closeable lock = folder.lock()) {
            LOG.debug("alone with {}: {}", settings.out(), lock);
            return run(listing);
        } catch (FSError e) {
            throw HadoopFiles.unwrapped(e, settings.out());
        }
    }

    private Report run(InputListing listing) throws IOException {
        folder.recover();
        commit("left", Set.of()); // what a run that was cut off had done
        folder.tidy();
        Map<String, WorkItem.Known> known = known();
        List<WorkItem> items = listing.items().stream()
                .map(item -> item.withKnown(known.get(item.path())))
                .toList();
        Set<String> missing = missing(known, items, listing);
        Map<String, Outcome> outcomes = new TreeMap<>();
        List<String> remarks = new ArrayList<>(listing.remarks());
        try (StoppedRun stopped = StoppedRun.watch(folder.marks(), told)) {
            LOG.debug("watched by {}", stopped);
            if (!items.isEmpty()) {
                new Reading(fingerprint(items), outcomes, remarks).read(items);
            }
        } catch (RuntimeException e) {
            keepWhatIsDone(e);
            throw e;
        }
        commit("new", missing);
        folder.tidy();
        folder.forgetParts();
        if (!missing.isEmpty()) {
            remarks.add(missing.size() + (missing.size() == 1 ? " input that is" : " inputs that are")
                    + " not there any more went out of the tables");
        }
        return new Report(List.copyOf(outcomes.values()), remarks, listing.hidden());
    }

    /** After a failure, which is what is told: where this fails too, the next run does it. */
    private void keepWhatIsDone(Exception failure) {
        if (spark.sc().isStopped()) {
            return;
        }
        try {
            commit("new", Set.of());
        } catch (IOException | RuntimeException e) {
            failure.addSuppressed(e);
        }
    }

    /** What the cluster does: all inputs, then the parts of long films, then what parts could not be joined. */
    private final class Reading {
        private final String fingerprint;
        private final Map<String, Outcome> outcomes;
        private final List<String> remarks;

        Reading(String fingerprint, Map<String, Outcome> outcomes, List<String> remarks) {
            this.fingerprint = fingerprint;
            this.outcomes = outcomes;
            this.remarks = remarks;
        }

        void read(List<WorkItem> items) {
            read(WorkGroup.of(name, items, spark.defaultParallelism()), settings);
            Map<String, List<FilmPart>> parts = new TreeMap<>();
            for (WorkItem item : longOnes(items)) {
                Outcome outcome = of(item);
                parts.put(item.path(), FilmPart.of(item, outcome.sha256(), outcome.lengthNanos(), settings));
            }
            if (parts.isEmpty()) {
                return;
            }
            join(parts, readParts(parts));
            List<WorkItem> whole = longOnes(items);
            whole.forEach(item -> remarks.add(
                    item.path() + ": was read as a whole, because its parts cannot be joined: " + of(item).reason()));
            if (!whole.isEmpty()) {
                read(WorkGroup.of(name + "-whole", whole, whole.size()), settings.unsplit());
            }
        }

        private Outcome of(WorkItem item) {
            return Objects.requireNonNull(outcomes.get(item.path()), item.path());
        }

        private List<WorkItem> longOnes(List<WorkItem> items) {
            return items.stream()
                    .filter(item -> of(item).status() == Status.LONG)
                    .toList();
        }

        private void read(List<WorkGroup> groups, JobSettings how) {
            keep(spark.parallelize(groups, groups.size())
                    .map(new GroupReader(how, fingerprint, shared))
                    .collect());
        }

        /** Returns by film why a part was not read. */
        private Map<String, String> readParts(Map<String, List<FilmPart>> parts) {
            List<FilmPart> all = parts.values().stream().flatMap(List::stream).toList();
            Map<String, String> problems = new HashMap<>();
            spark.parallelize(all, all.size()).map(new PartReader(settings, fingerprint, shared)).collect().stream()
                    .filter(result -> !result.reason().isEmpty())
                    .forEach(result -> problems.putIfAbsent(result.path(), result.reason()));
            return problems;
        }

        private void join(Map<String, List<FilmPart>> parts, Map<String, String> problems) {
            List<FilmJoiner.Film> films = new ArrayList<>();
            parts.forEach((path, each) -> films.add(
                    new FilmJoiner.Film(name + "-film" + films.size(), each, problems.getOrDefault(path, ""))));
            keep(spark.parallelize(films, films.size())
                    .map(new FilmJoiner(settings, fingerprint, shared))
                    .collect());
        }

        private void keep(List<GroupResult> results) {
            results.forEach(result -> result.outcomes().forEach(outcome -> outcomes.put(outcome.path(), outcome)));
        }
    }

    /** Asks one executor which models it has; all others have to have the same. */
    private String fingerprint(List<WorkItem> items) {
        if (items.stream().noneMatch(item -> item.kind() == WorkItem.Kind.FILE && item.problem() == null)) {
            return SessionInputs.RECORDED;
        }
        ReadingSettings reading = settings.reading();
        Probe probe =
                spark.parallelize(List.of(1), 1).map(one -> Probe.of(reading)).first();
        if (!probe.problem().isEmpty()) {
            throw new BadInputException("the models cannot be loaded: " + probe.problem());
        }
        return probe.fingerprint();
    }

    /**
     * What an executor says of its models.
     *
     * @param fingerprint theirs
     * @param problem why there are none; empty where they are loaded
     */
    private record Probe(String fingerprint, String problem) implements Serializable {
        static Probe of(ReadingSettings reading) {
            try {
                return new Probe(ExecutorModels.of(reading).fingerprint(), "");
            } catch (RuntimeException | LinkageError e) {
                return new Probe("", Reasons.of(e));
            }
        }
    }

    private Map<String, WorkItem.Known> known() throws IOException {
        Map<String, WorkItem.Known> known = new HashMap<>(read(Table.FAILURES));
        known.putAll(read(Table.SESSIONS));
        return known;
    }

    private Map<String, WorkItem.Known> read(Table table) throws IOException {
        List<String> parts = folder.parts(table);
        if (parts.isEmpty()) {
            return Map.of();
        }
        JobSettings set = settings;
        Broadcast<SerializableConfiguration> configuration = shared;
        Map<String, WorkItem.Known> read = new HashMap<>();
        spark.parallelize(parts, Math.min(parts.size(), 1_000))
                .flatMap(part -> KnownInputs.of(
                                new ArchiveFolder(
                                        set.out(),
                                        set.format(),
                                        configuration.value().value()),
                                table,
                                part)
                        .iterator())
                .collect()
                .forEach(each -> {
                    if (each._2().equals(KnownInputs.FOREIGN)) {
                        throw folder.noTable(table, each._1());
                    }
                    read.put(each._1(), each._2());
                });
        return read;
    }

    /** What earlier runs have read and this one is not given, where it is to be forgotten. */
    private Set<String> missing(Map<String, WorkItem.Known> known, List<WorkItem> items, InputListing listing) {
        Set<String> missing = new TreeSet<>();
        if (settings.forget()) {
            missing.addAll(known.keySet());
            items.forEach(item -> missing.remove(item.path()));
            missing.removeIf(listing::mayBeThere);
        }
        return missing;
    }

    private void commit(String step, Set<String> missing) throws IOException {
        List<GroupResult> done = folder.done();
        Map<String, WorkItem.Known> known = done.isEmpty() && missing.isEmpty() ? Map.of() : known();
        Map<String, List<String>> replaced = new TreeMap<>();
        for (String path : missing) {
            WorkItem.Known old = Objects.requireNonNull(known.get(path), path);
            replaced.computeIfAbsent(old.part(), part -> new ArrayList<>()).add(path);
        }
        for (GroupResult result : done) {
            for (Outcome outcome : result.outcomes()) {
                Optional.ofNullable(known.get(outcome.path()))
                        .filter(old -> outcome.status().isNews())
                        .ifPresent(old -> replaced.computeIfAbsent(old.part(), part -> new ArrayList<>())
                                .add(outcome.path()));
            }
        }
        List<PartRewrite> rewrites = new ArrayList<>();
        replaced.forEach((part, paths) ->
                rewrites.add(new PartRewrite(part, "part-" + name + "-" + step + rewrites.size(), paths)));
        folder.commit(done, rewritten(rewrites));
    }

    private List<PartRewrite.Result> rewritten(List<PartRewrite> rewrites) {
        if (rewrites.isEmpty()) {
            return List.of();
        }
        JobSettings set = settings;
        Broadcast<SerializableConfiguration> configuration = shared;
        return spark.parallelize(rewrites, rewrites.size())
                .map(rewrite -> rewrite.write(
                        new ArchiveFolder(
                                set.out(), set.format(), configuration.value().value()),
                        Long.toString(TaskContext.get().taskAttemptId())))
                .collect();
    }

    /** What the tables say of inputs that were read, or failed. */
    private static final class KnownInputs {
        /** Stands beside the name of a part that is of no table of ours. */
        static final WorkItem.Known FOREIGN = new WorkItem.Known(Status.FAILED, "", "", "");

        private KnownInputs() {}

        static List<Tuple2<String, WorkItem.Known>> of(ArchiveFolder folder, Table table, String part)
                throws IOException {
            int status = table.names().indexOf(table == Table.SESSIONS ? "status" : "kind");
            int sha256 = table.names().indexOf("file_sha256");
            int fingerprint = table.names().indexOf("fingerprint");
            List<Tuple2<String, WorkItem.Known>> known = new ArrayList<>();
            try (RowReader rows = folder.open(table, part)) {
                for (Optional<List<String>> row = rows.next(); row.isPresent(); row = rows.next()) {
                    List<String> cells = row.get();
                    if (!Status.isWord(cells.get(status))) {
                        return List.of(new Tuple2<>(part, FOREIGN));
                    }
                    known.add(new Tuple2<>(
                            cells.get(0),
                            new WorkItem.Known(
                                    Status.of(cells.get(status)),
                                    sha256 < 0 ? "" : cells.get(sha256),
                                    fingerprint < 0 ? "" : cells.get(fingerprint),
                                    part)));
                }
            }
            return known;
        }
    }
}
