package org.emotion4j.cli.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.emotion4j.analysis.TimelineCsv;
import org.emotion4j.emotion.Emotion;
import org.junit.jupiter.api.Test;

/** {@code docs/session-format.md} names the columns of {@code timeline.csv}. */
final class TimelineColumnsTest {
    private static final Pattern COLUMN = Pattern.compile("\\| `([^`]+)` \\|.*");

    @Test
    void standInThePageInTheirOrder() throws IOException {
        List<String> documented = new ArrayList<>();
        List<String> page = Files.readAllLines(Path.of("..", "..", "docs", "session-format.md"));
        for (String line : page.subList(page.indexOf("## `timeline.csv`") + 1, page.indexOf("## The JSON export"))) {
            Matcher column = COLUMN.matcher(line);
            if (column.matches()) {
                documented.addAll(column.group(1).equals("LABEL") ? Emotion.labels() : List.of(column.group(1)));
            }
        }
        StringWriter header = new StringWriter();
        new TimelineCsv(header);
        assertThat(header.toString().strip()).isEqualTo(String.join(",", documented));
    }
}
