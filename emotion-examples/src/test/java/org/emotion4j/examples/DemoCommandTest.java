package org.emotion4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import javax.imageio.ImageIO;
import org.emotion4j.examples.demo.SamplePortrait;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DemoCommandTest {
    @TempDir
    Path folder;

    @Test
    void readsAtLeastSevenOfTheEightPortraitsAndPrintsNothingElse() {
        Cli.Result result = Cli.run("demo", "--json", "--out", folder);
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
    }

    @Test
    void writesARecordOfTwentyFramesAPortraitAndAPicture() throws IOException {
        Cli.Result result = Cli.run("demo", "--out", folder.resolve("deep/inside"));
        assertThat(result.exitCode()).isZero();
        assertThat(result.out()).contains(SamplePortrait.NAMES).contains("session.csv", "timeline.png");
        List<String> rows = Files.readAllLines(folder.resolve("deep/inside/session.csv"));
        assertThat(rows.get(0))
                .startsWith("format_version,session_id,frame_index,media_time_ms,wall_time,origin,cut,face_id");
        assertThat(rows.stream().filter(row -> row.contains(SamplePortrait.NAMES.get(3))))
                .hasSize(20);
        BufferedImage picture =
                ImageIO.read(folder.resolve("deep/inside/timeline.png").toFile());
        assertThat(picture.getWidth()).isEqualTo(1_600);
    }

    @Test
    void theSameSessionIsRecordedTheSameTwiceWallTimesAside() throws IOException {
        Cli.run("demo", "--out", folder);
        List<String> first = withoutWallTime(folder.resolve("session.csv"));
        Cli.Result second = Cli.run("demo", "--out", folder);
        assertThat(second.exitCode()).isZero();
        assertThat(withoutWallTime(folder.resolve("session.csv"))).isEqualTo(first);
        assertThat(Cli.names(folder)).as("its own record is replaced").containsExactly("session.csv", "timeline.png");
    }

    @Test
    void keepsTheRecordOfSomebodyElse() throws IOException {
        Files.writeString(folder.resolve("session.csv"), "frame,time\n0,0.0\n");
        Cli.Result result = Cli.run("demo", "--out", folder);
        assertThat(result.exitCode()).isZero();
        assertThat(folder.resolve("session-1.csv")).hasContent("frame,time\n0,0.0\n");
        assertThat(result.err()).contains("session-1.csv");
    }

    static List<String> withoutWallTime(Path record) throws IOException {
        return Files.readAllLines(record).stream()
                .map(row -> row.replaceFirst("\\d{4}-\\d\\d-\\d\\dT[^,]*", ""))
                .toList();
    }
}
