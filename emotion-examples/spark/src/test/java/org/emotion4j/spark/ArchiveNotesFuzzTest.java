package org.emotion4j.spark;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.google.gson.Gson;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever a run finds where an earlier one has left its notes, they name nothing outside their folders. Runs the seeds; the
 * profile {@code fuzz} makes more of them.
 */
final class ArchiveNotesFuzzTest {
    private static final Path FOLDER = new Path("/archive/failures");

    @MethodSource("journals")
    @FuzzTest(maxDuration = "10m")
    void journal(byte[] json) {
        Optional<CommitJournal> read = CommitJournal.parse(new String(json, StandardCharsets.UTF_8));
        read.ifPresent(journal -> {
            journal.moves()
                    .forEach(move -> requireWithin(move.staged(), move.to().part()));
            journal.removed().forEach(file -> requireWithin(file.part()));
            journal.groups().forEach(ArchiveNotesFuzzTest::requireWithin);
            assertThat(CommitJournal.parse(journal.toJson())).contains(journal);
        });
    }

    @MethodSource("notes")
    @FuzzTest(maxDuration = "10m")
    void note(byte[] json) {
        CommitJournal.parseGroup(new String(json, StandardCharsets.UTF_8)).ifPresent(result -> {
            result.files().forEach(file -> requireWithin(file.name()));
            CommitJournal journal = CommitJournal.of(List.of(result), List.of());
            assertThat(CommitJournal.parse(journal.toJson())).contains(journal);
        });
    }

    private static void requireWithin(String... names) {
        for (String name : names) {
            assertThat(new Path(FOLDER, name).getParent()).isEqualTo(FOLDER);
            assertThat(new Path(FOLDER, name + ".json").getParent()).isEqualTo(FOLDER);
        }
    }

    static Stream<byte[]> journals() {
        GroupResult.StagedFile file = new GroupResult.StagedFile(Table.FAILURES, "g1-0-failures.csv");
        CommitJournal journal = CommitJournal.of(
                List.of(new GroupResult("g1", List.of(file), List.of())),
                List.of(new PartRewrite.Result("part-g0", "part-g2", List.of(file))));
        return seeds(journal.toJson(), "part-g0", "g1-0-failures.csv");
    }

    static Stream<byte[]> notes() {
        GroupResult result = new GroupResult(
                "g1",
                List.of(new GroupResult.StagedFile(Table.SESSIONS, "g1-0-sessions.csv")),
                List.of(Outcome.notRead("/a", Status.FAILED, "a \"reason\"", "")));
        return seeds(new Gson().toJson(result), "g1-0-sessions.csv", "\"g1\"");
    }

    private static Stream<byte[]> seeds(String whole, String name, String other) {
        assertThat(whole).contains(name, other);
        return Stream.of(
                        whole,
                        whole.substring(0, whole.length() / 2),
                        whole.replace(name, "../" + name),
                        whole.replace(name, "file:/etc/passwd"),
                        whole.replace(name, ".."),
                        whole.replace(name, ""),
                        whole.replace(other, "null"),
                        "[".repeat(10_000),
                        "null",
                        "")
                .map(text -> text.getBytes(StandardCharsets.UTF_8));
    }
}
