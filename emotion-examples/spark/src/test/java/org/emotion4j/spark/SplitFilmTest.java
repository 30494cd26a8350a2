package org.emotion4j.spark;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.emotion4j.NeedsLoopback;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NeedsLoopback
class SplitFilmTest {
    private static final Set<String> OF_THE_RUN = Set.of("wall_time", "read_at", "recorded_at", "parts");

    @TempDir
    private Path folder;

    private static List<List<String>> rows(Path out, Table table) throws IOException {
        List<List<String>> rows = new ArrayList<>();
        for (NamedCsvRecord row : Job.rows(out, table)) {
            rows.add(table.names().stream()
                    .filter(name -> !OF_THE_RUN.contains(name))
                    .map(name -> name + "=" + row.getField(name))
                    .toList());
        }
        return rows;
    }

    @Test
    void aFilmInPartsIsTheFilmAsAWhole() throws IOException {
        Path film = Films.film(folder.resolve("film.avi"), 4, 330, 10);
        Path whole = folder.resolve("whole");
        Path parts = folder.resolve("parts");

        Job.run("--format", "csv", "--window", "200ms", film, whole);
        Job job = Job.run("--format", "csv", "--window", "200ms", "--split", "16s", film, parts);

        assertThat(job.err()).isEmpty();
        assertThat(job.out()).contains("1 input: 1 read; 330 frames with 330 readings");
        assertThat(Job.column(parts, Table.SESSIONS, "parts")).containsExactly("2");
        for (Table table : List.of(Table.READINGS, Table.EVENTS, Table.SESSIONS)) {
            assertThat(rows(parts, table)).isEqualTo(rows(whole, table));
        }
        assertThat(Job.column(parts, Table.EVENTS, "name")).contains("happy");
        assertThat(parts.resolve("_emotion4j/parts")).doesNotExist();
        assertThat(Job.run("--format", "csv", "--window", "200ms", film, parts).out())
                .contains("1 unchanged");
    }
}
