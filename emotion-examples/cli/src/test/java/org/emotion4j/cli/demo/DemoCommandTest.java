package org.emotion4j.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import javax.imageio.ImageIO;
import org.emotion4j.cli.Cli;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("native")
public final class DemoCommandTest {
    @TempDir
    Path folder;

    @Test
    void readsAtLeastSevenOfTheEightPortraitsAndPrintsNothingElse() throws IOException {
        Path out = folder.resolve("deep/inside");
        Cli.Result result = Cli.run("demo", "--json", "--out", out);
        assertThat(result.exitCode()).isZero();
        JsonNode readings = result.json();
        assertThat(readings).hasSize(8);
        assertThat(readings).extracting(each -> each.get("portrait").asText()).isEqualTo(SamplePortrait.NAMES);
        assertThat(StreamSupport.stream(readings.spliterator(), false)
                        .filter(each -> each.get("found").asBoolean()))
                .hasSizeGreaterThanOrEqualTo(7)
                .allSatisfy(each -> {
                    assertThat(each.get("label").asText()).isNotBlank();
                    assertThat(each.get("confidence").asDouble()).isBetween(0.0, 1.0);
                });

        List<String> rows = Files.readAllLines(out.resolve("session.csv"));
        assertThat(rows.get(0)).startsWith("format_version,session_id,frame_index,media_time_ms,");
        assertThat(rows.stream().filter(row -> row.contains(SamplePortrait.NAMES.get(3))))
                .hasSize(20);
        BufferedImage picture = ImageIO.read(out.resolve("timeline.png").toFile());
        assertThat(picture.getWidth()).isEqualTo(1_600);
    }

    @Test
    void recordsTheSameTwiceAndLeavesEarlierSessionsAsTheyAre() throws IOException {
        String earlier = "format_version,session_id\n1,of somebody else\n";
        Files.writeString(folder.resolve("session.csv"), earlier);
        Cli.Result first = Cli.run("demo", "--out", folder);
        assertThat(first.exitCode()).isZero();
        assertThat(first.err()).contains("goes to " + folder.resolve("session-2"));
        assertThat(first.out())
                .contains(SamplePortrait.NAMES)
                .contains(folder.resolve("session-2").resolve("session.csv").toString(), "timeline.png");
        assertThat(folder.resolve("session.csv")).hasContent(earlier);

        Cli.Result second = Cli.run("demo", "--out", folder);
        assertThat(second.exitCode()).isZero();
        assertThat(withoutWallTime(folder.resolve("session-3/session.csv")))
                .isEqualTo(withoutWallTime(folder.resolve("session-2/session.csv")));
        assertThat(Cli.names(folder)).containsExactly("session-2", "session-3", "session.csv");
        assertThat(Cli.names(folder.resolve("session-3")))
                .containsExactly("session.csv", "session.json", "timeline.png");
    }

    /** The rows of a record, but for what differs between two runs: the session's id and the time of day. */
    public static List<String> withoutWallTime(Path record) throws IOException {
        return Files.readAllLines(record).stream()
                .map(row -> row.replaceFirst("\\d{4}-\\d\\d-\\d\\dT[^,]*", "")
                        .replaceFirst("[0-9a-f]{8}-[0-9a-f-]{27}", ""))
                .toList();
    }
}
