package org.emotion4j.spark;

import com.google.gson.Gson;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The folder of the tables, and beside them, in {@code _emotion4j}, what a run needs to continue after a crash: the files of tasks that
 * are not committed yet, a note for each task that is done, and the journal of a commit under way. Thread-safe as far as the file system
 * is; there is one writer of tables at a time.
 */
final class ArchiveFolder {
    static final String WORK = "_emotion4j";
    private static final String PART = "part-";
    private static final Gson GSON = new Gson();

    private final Path out;
    private final TableFormat format;
    private final Configuration hadoop;

    ArchiveFolder(String out, TableFormat format, Configuration hadoop) {
        this.out = new Path(out);
        this.format = format;
        this.hadoop = hadoop;
    }

    TableFormat format() {
        return format;
    }

    /** Makes what is missing. */
    void open() throws IOException {
        try {
            for (Path each : List.of(work("staged"), work("done"))) {
                HadoopFiles.createFolder(each, hadoop);
            }
        } catch (IOException | RuntimeException e) {
            throw new BadInputException(
                    InputListing.shown(out) + ": cannot be the folder of tables: " + Reasons.ofFileSystem(e), e);
        }
        for (Table table : Table.values()) {
            requireFormat(table);
        }
    }

    /**
     * Ends a commit that was cut off.
     *
     * @throws BadInputException if what it has left is damaged: nothing is changed then
     */
    void recover() throws IOException {
        Path file = work("journal.json");
        Optional<String> journal = HadoopFiles.read(file, hadoop);
        if (journal.isPresent()) {
            apply(CommitJournal.parse(journal.get())
                    .orElseThrow(() -> new BadInputException(InputListing.shown(file)
                            + ": does not tell how the commit that was cut off goes on; choose another folder, or put back what"
                            + " is in this one")));
        }
    }

    /**
     * Keeps other runs away from this folder until it is closed; on local disks also from other processes. Elsewhere nobody can tell a
     * run that was killed from one that is at work.
     *
     * @throws BadInputException if another run is at work
     */
    Closeable lock() throws IOException {
        if (!"file".equals(HadoopFiles.of(out, hadoop).getUri().getScheme())) {
            return () -> {};
        }
        java.nio.file.Path file = java.nio.file.Path.of(work("lock").toUri().getPath());
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() != null) {
                return channel;
            }
        } catch (OverlappingFileLockException e) {
            // of this process: told as another's is
        }
        channel.close();
        throw new BadInputException(InputListing.shown(out) + ": another run is writing there; wait for its end");
    }

    private void requireFormat(Table table) throws IOException {
        for (FileStatus file : HadoopFiles.list(folder(table), hadoop)) {
            String name = file.getPath().getName();
            if (!name.endsWith(format.suffix()) && !name.startsWith("_")) {
                throw new BadInputException(
                        file.getPath() + ": is no " + format.suffix().substring(1)
                                + " file of an earlier run, and its table cannot be added to; choose another folder, or the format of"
                                + " what is there");
            }
        }
    }

    RowWriter stage(Table table, String name) throws IOException {
        return format.create(table, new Path(work("staged"), name), hadoop);
    }

    RowReader open(Table table, String part) throws IOException {
        return format.open(table, file(table, part), hadoop);
    }

    /** What is said of a file that lies in a table's folder and is none of ours. */
    BadInputException noTable(Table table, String part) {
        return new BadInputException(InputListing.shown(file(table, part)) + ": is not of the table " + table.folder()
                + " that an earlier run has written; choose another folder");
    }

    boolean has(Table table, String part) throws IOException {
        return HadoopFiles.of(out, hadoop).exists(file(table, part));
    }

    DeathMarks marks() {
        return new DeathMarks(work("running"), hadoop);
    }

    /** Where a file of the record of a film's part is kept until the parts are joined. */
    Path part(String name, String file) {
        return new Path(new Path(work("parts"), name), file);
    }

    /** Notes that a group is done. */
    void note(GroupResult result) throws IOException {
        HadoopFiles.replace(doneFile(result.group()), GSON.toJson(result), hadoop);
    }

    Optional<GroupResult> done(String group) throws IOException {
        return note(doneFile(group));
    }

    /** All groups that are done and not committed, of this run or of one that was cut off. */
    List<GroupResult> done() throws IOException {
        List<GroupResult> results = new ArrayList<>();
        for (FileStatus file : HadoopFiles.list(work("done"), hadoop)) {
            note(file.getPath()).ifPresent(results::add);
        }
        return results;
    }

    /** What was noted; what nobody can read, or is another group's, counts as not done, and is done again. */
    private Optional<GroupResult> note(Path file) throws IOException {
        return HadoopFiles.read(file, hadoop)
                .flatMap(CommitJournal::parseGroup)
                .filter(result -> doneFile(result.group()).getName().equals(file.getName()));
    }

    /** The names of the files of a table, without their ending. */
    List<String> parts(Table table) throws IOException {
        return HadoopFiles.list(folder(table), hadoop).stream()
                .map(file -> file.getPath().getName())
                .filter(name -> name.endsWith(format.suffix()))
                .map(name -> name.substring(0, name.length() - format.suffix().length()))
                .toList();
    }

    /**
     * Puts what is done in its place, all at once as far as a crash is concerned.
     *
     * @param results groups that are done
     * @param rewritten what replaces files that hold rows of inputs read anew
     */
    void commit(List<GroupResult> results, List<PartRewrite.Result> rewritten) throws IOException {
        CommitJournal journal = CommitJournal.of(results, rewritten);
        HadoopFiles.replace(work("journal.json"), journal.toJson(), hadoop);
        apply(journal);
    }

    private void apply(CommitJournal journal) throws IOException {
        FileSystem files = HadoopFiles.of(out, hadoop);
        for (Table table : Table.values()) {
            files.mkdirs(folder(table));
        }
        for (CommitJournal.Move move : journal.moves()) {
            Path staged = new Path(work("staged"), move.staged());
            Path place = file(move.to().table(), move.to().part());
            if (files.exists(staged) && !files.rename(staged, place) && !files.exists(place)) {
                throw new IOException(staged + ": cannot be moved to " + place);
            }
        }
        for (CommitJournal.TableFile old : journal.removed()) {
            files.delete(file(old.table(), old.part()), false);
        }
        for (Table table : Table.values()) {
            leaveOneFile(table);
        }
        for (String group : journal.groups()) {
            files.delete(doneFile(group), false);
        }
        files.delete(work("journal.json"), false);
    }

    /** A table without a row has its columns all the same: in a file of none. */
    private void leaveOneFile(Table table) throws IOException {
        List<String> parts = parts(table);
        String none = PART + "none";
        if (parts.isEmpty()) {
            Path begun = new Path(work("staged"), none + "-" + table.folder() + format.suffix());
            format.create(table, begun, hadoop).close();
            HadoopFiles.of(out, hadoop).rename(begun, file(table, none));
        } else if (parts.size() > 1 && parts.contains(none)) {
            HadoopFiles.of(out, hadoop).delete(file(table, none), false);
        }
    }

    /** Removes what tasks have left that did not come to their end, and notes that are none; only while none is at work. */
    void tidy() throws IOException {
        Set<String> wanted = new HashSet<>();
        FileSystem files = HadoopFiles.of(out, hadoop);
        for (FileStatus file : HadoopFiles.list(work("done"), hadoop)) {
            Optional<GroupResult> result = note(file.getPath());
            if (result.isEmpty()) {
                files.delete(file.getPath(), false);
            }
            result.ifPresent(done -> done.files().forEach(staged -> wanted.add(staged.name())));
        }
        if (files.exists(work("staged"))) {
            for (FileStatus file : files.listStatus(work("staged"))) {
                if (!wanted.contains(file.getPath().getName())) {
                    files.delete(file.getPath(), false);
                }
            }
        }
    }

    /** Removes the records of films' parts, which are of no use once the run is committed. */
    void forgetParts() throws IOException {
        HadoopFiles.of(out, hadoop).delete(work("parts"), true);
    }

    private Path work(String name) {
        return new Path(new Path(out, WORK), name);
    }

    private Path folder(Table table) {
        return new Path(out, table.folder());
    }

    private Path file(Table table, String part) {
        return new Path(folder(table), part + format.suffix());
    }

    private Path doneFile(String group) {
        return new Path(work("done"), group + ".json");
    }
}
