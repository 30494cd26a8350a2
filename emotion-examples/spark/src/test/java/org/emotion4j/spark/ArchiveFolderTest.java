package org.emotion4j.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ArchiveFolderTest {
    @TempDir
    private Path out;

    private ArchiveFolder folder;

    @BeforeEach
    void open() throws IOException {
        folder = folder(TableFormat.CSV);
    }

    private ArchiveFolder folder(TableFormat format) throws IOException {
        ArchiveFolder opened = new ArchiveFolder(out.toUri().toString(), format, new Configuration());
        opened.open();
        opened.recover();
        return opened;
    }

    private static List<String> failure(String path) {
        return List.of(path, "failed", "a \"reason\", of ünusual\nkind", "host", "");
    }

    private static GroupResult group(ArchiveFolder folder, String id, String... paths) throws IOException {
        try (StagedTables tables = new StagedTables(folder, id + "-0")) {
            List<Outcome> outcomes = new ArrayList<>();
            for (String path : paths) {
                tables.write(Table.FAILURES, failure(path));
                outcomes.add(Outcome.notRead(path, Status.FAILED, "a reason", ""));
            }
            GroupResult result = new GroupResult(id, tables.finish(), outcomes);
            folder.note(result);
            return result;
        }
    }

    private static List<String> paths(ArchiveFolder folder) throws IOException {
        List<String> paths = new ArrayList<>();
        for (String part : folder.parts(Table.FAILURES)) {
            try (RowReader rows = folder.open(Table.FAILURES, part)) {
                for (Optional<List<String>> row = rows.next(); row.isPresent(); row = rows.next()) {
                    assertThat(row.get()).isEqualTo(failure(row.get().get(0)));
                    paths.add(row.get().get(0));
                }
            }
        }
        return paths;
    }

    @ParameterizedTest
    @EnumSource
    void rowsComeBackAsTheyWereWritten(TableFormat format) throws IOException {
        ArchiveFolder formatted = folder(format);
        formatted.commit(List.of(group(formatted, "g1", "/a", "/b,c")), List.of());
        assertThat(paths(formatted)).containsExactly("/a", "/b,c");
        assertThat(formatted.parts(Table.READINGS)).containsExactly("part-none");
    }

    @Test
    void whatATaskHasDoneIsThereAfterACrash() throws IOException {
        group(folder, "g1", "/a");
        ArchiveFolder later = folder(TableFormat.CSV);
        later.tidy();
        assertThat(paths(later)).isEmpty();
        later.commit(later.done(), List.of());
        assertThat(paths(later)).containsExactly("/a");
        assertThat(later.done()).isEmpty();
    }

    @Test
    void whatATaskHasNotDoneGoes() throws IOException {
        try (StagedTables tables = new StagedTables(folder, "g1-0")) {
            tables.write(Table.FAILURES, failure("/a"));
        }
        folder.tidy();
        assertThat(out.resolve("_emotion4j/staged")).isEmptyDirectory();
    }

    @Test
    void aCommitThatWasCutOffEndsTheSame() throws IOException {
        folder.commit(List.of(group(folder, "g1", "/a", "/b")), List.of());
        GroupResult anew = group(folder, "g2", "/b", "/c");
        PartRewrite.Result rewritten = new PartRewrite("part-g1", "part-g3", List.of("/b")).write(folder, "0");
        Path work = out.resolve("_emotion4j");
        Path before = Files.createTempDirectory("before");
        copy(out, before);

        folder.commit(List.of(anew), List.of(rewritten));
        assertThat(paths(folder)).containsExactlyInAnyOrder("/a", "/b", "/c");

        // The same again, ended after the journal and the first move: the journal is what an earlier commit has left.
        Path journal = before.resolve("_emotion4j/journal.json");
        Files.writeString(
                journal,
                "{\"moves\":[{\"staged\":\"g2-0-failures.csv\",\"to\":{\"table\":\"FAILURES\",\"part\":\"part-g2\"}},"
                        + "{\"staged\":\"part-g3-0-failures.csv\",\"to\":{\"table\":\"FAILURES\",\"part\":\"part-g3\"}}],"
                        + "\"removed\":[{\"table\":\"FAILURES\",\"part\":\"part-g1\"}],\"groups\":[\"g2\"]}");
        Files.move(before.resolve("_emotion4j/staged/g2-0-failures.csv"), before.resolve("failures/part-g2.csv"));
        ArchiveFolder crashed = new ArchiveFolder(before.toUri().toString(), TableFormat.CSV, new Configuration());
        crashed.open();
        crashed.recover();
        assertThat(paths(crashed)).containsExactlyInAnyOrder("/a", "/b", "/c");
        assertThat(journal).doesNotExist();
        assertThat(crashed.done()).isEmpty();
        assertThat(work).exists();
        LocalInput.delete(before);
    }

    @Test
    void aJournalMovesAndDeletesNothingOutsideTheTables() throws IOException {
        folder.commit(List.of(group(folder, "g1", "/a")), List.of());
        Path mine = Files.writeString(out.resolve("mine.csv"), "of mine");
        Path work = out.resolve("_emotion4j");
        for (String line : List.of(
                "{\"moves\":[],\"removed\":[{\"table\":\"FAILURES\",\"part\":\"../mine\"}],\"groups\":[]}",
                "{\"moves\":[],\"removed\":[\"" + mine.toUri() + "\"],\"groups\":[]}",
                "{\"moves\":[],\"removed\":[],\"groups\":[\"../../mine\"]}",
                "{\"moves\":[{\"staged\":\"../../mine.csv\",\"to\":{\"table\":\"FAILURES\",\"part\":\"part-x\"}}],"
                        + "\"removed\":[{\"table\":\"FAILURES\",\"part\":\"part-g1\"}],\"groups\":[]}",
                "{\"moves\":[]}",
                "{",
                "")) {
            Files.writeString(work.resolve("journal.json"), line);
            assertThatThrownBy(() -> folder.recover())
                    .as(line)
                    .isInstanceOf(BadInputException.class)
                    .hasMessageContaining("journal.json: does not tell how the commit that was cut off goes on");
            assertThat(mine).hasContent("of mine");
            assertThat(paths(folder)).as(line).containsExactly("/a");
        }
    }

    @Test
    void aNoteThatNobodyCanReadCountsAsNotDone() throws IOException {
        group(folder, "g1", "/a");
        Path done = out.resolve("_emotion4j/done");
        for (String text : List.of(
                "",
                "null",
                "{",
                "{\"group\":\"g2\"}",
                "{\"group\":\"g2\",\"files\":[{\"table\":\"NONE\",\"name\":\"x\"}],\"outcomes\":[]}",
                "{\"group\":\"g2\",\"files\":[{\"table\":\"FAILURES\",\"name\":\"../x\"}],\"outcomes\":[]}",
                "{\"group\":\"g2\",\"files\":[],\"outcomes\":[{\"path\":\"/b\"}]}",
                "{\"group\":\"g3\",\"files\":[],\"outcomes\":[]}")) {
            Files.writeString(done.resolve("g2.json"), text);
            assertThat(folder.done("g2")).as(text).isEmpty();
            assertThat(folder.done()).extracting(GroupResult::group).containsExactly("g1");
            folder.tidy();
            assertThat(done).isDirectoryNotContaining("glob:**g2.json");
        }
        folder.commit(folder.done(), List.of());
        assertThat(paths(folder)).containsExactly("/a");
    }

    private static void copy(Path from, Path to) throws IOException {
        try (var all = Files.walk(from)) {
            for (Path each : all.toList()) {
                Path target = to.resolve(from.relativize(each).toString());
                if (Files.isDirectory(each)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(each, target);
                }
            }
        }
    }

    @Test
    void oneRunAtATimeWrites() throws IOException {
        try (Closeable lock = folder.lock()) {
            assertThat(lock).isNotNull();
            assertThatThrownBy(() -> folder.lock())
                    .isInstanceOf(BadInputException.class)
                    .hasMessageContaining("another run is writing there");
        }
        folder.lock().close();
    }

    @Test
    void aTableOfAnotherFormatIsLeftAlone() throws IOException {
        folder.commit(List.of(group(folder, "g1", "/a")), List.of());
        assertThatThrownBy(() -> folder(TableFormat.PARQUET))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("is no parquet file");
    }
}
