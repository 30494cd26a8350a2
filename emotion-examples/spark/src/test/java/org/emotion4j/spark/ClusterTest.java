package org.emotion4j.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.emotion4j.NeedsLoopback;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The job on a real cluster: {@code mvn verify -DskipTests -Pcluster -pl emotion-examples/spark -am}. */
@Tag("cluster")
@NeedsLoopback
class ClusterTest {
    private static final int FILMS = 40;
    private static final long NEEDED = 4L << 30;
    private static final Set<String> OF_THE_RUN = Set.of("wall_time", "read_at", "recorded_at", "host");

    @TempDir
    private Path folder;

    @BeforeEach
    void requireAMachineForIt() throws IOException {
        assumeTrue(Cluster.isBuilt(), "target/lib is not there: run it in a build that packages, with -Pcluster");
        assumeTrue(
                Cluster.freeMemory() > NEEDED,
                "a master, two workers, their executors and the job need 4 GB, and this machine has less left");
    }

    private Path films() throws IOException {
        Path in = folder.resolve("in");
        for (int i = 0; i < FILMS; i++) {
            Films.film(in.resolve("film" + i + ".avi"), 1 + i % 8, 20 + i);
        }
        Files.writeString(in.resolve("broken.mp4"), "no film");
        return in;
    }

    /** All rows of all tables by table and path, without what differs from run to run. */
    private static Map<String, List<List<String>>> rows(Path out) throws IOException {
        Map<String, List<List<String>>> rows = new TreeMap<>();
        for (Table table : List.of(Table.READINGS, Table.EVENTS, Table.SESSIONS)) {
            for (NamedCsvRecord row : Job.rows(out, table)) {
                List<String> cells = new ArrayList<>();
                for (String name : table.names()) {
                    if (!OF_THE_RUN.contains(name)) {
                        cells.add(name + "=" + row.getField(name));
                    }
                }
                rows.computeIfAbsent(table + " " + row.getField("path"), key -> new ArrayList<>())
                        .add(cells);
            }
        }
        return rows;
    }

    private static long done(Path out) throws IOException {
        Path notes = out.resolve("_emotion4j/done");
        if (!Files.isDirectory(notes)) {
            return 0;
        }
        try (Stream<Path> files = Files.list(notes)) {
            return files.filter(file -> file.toString().endsWith(".json")).count();
        }
    }

    private void await(Process job, Path messages) throws IOException, InterruptedException {
        assertThat(job.waitFor(10, TimeUnit.MINUTES))
                .as("the job ends: %s", Files.readString(messages))
                .isTrue();
    }

    @Test
    void twoWorkersGiveWhatOneProcessGivesAlsoWhereOneOfThemDies() throws IOException, InterruptedException {
        Path in = films();
        Path alone = folder.resolve("alone");
        try (Cluster cluster = Cluster.start(folder.resolve("spark"), 2)) {
            Path two = folder.resolve("two");
            Path messages = folder.resolve("two.txt");
            Process job = cluster.submit(messages, List.of("--format", "csv", in.toString(), two.toString()));
            await(job, messages);
            assertThat(Files.readString(messages)).contains("41 inputs: 40 read, 1 failed");
            assertThat(job.exitValue()).isEqualTo(2);

            Path one = folder.resolve("one");
            Path left = folder.resolve("one.txt");
            Process cut = cluster.submit(left, List.of("--format", "csv", in.toString(), one.toString()));
            Cluster.await("some of the films are read", () -> done(one) >= 2 || !cut.isAlive());
            assertThat(cut.isAlive()).as(Files.readString(left)).isTrue();
            cluster.kill(1);
            await(cut, left);
            assertThat(Files.readString(left)).contains("41 inputs: 40 read, 1 failed");

            Path single = folder.resolve("alone.txt");
            Process process =
                    Cluster.archive(single, "local[1]", List.of("--format", "csv", in.toString(), alone.toString()));
            await(process, single);
            assertThat(Files.readString(single)).contains("41 inputs: 40 read, 1 failed");
            assertThat(rows(two)).isEqualTo(rows(alone));
            assertThat(rows(one)).isEqualTo(rows(alone));
            assertThat(Job.column(one, Table.FAILURES, "path"))
                    .containsExactly(in.resolve("broken.mp4").toString());
        }
    }
}
