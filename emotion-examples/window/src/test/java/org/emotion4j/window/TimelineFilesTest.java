package org.emotion4j.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;
import org.emotion4j.recording.SessionArchive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TimelineFilesTest {
    @TempDir
    Path folder;

    private Path session = Path.of("");

    @BeforeEach
    void record() throws Exception {
        session = SampleRecord.write(folder.resolve("session"), folder.resolve("film.avi"), 20);
    }

    @Test
    void theTableHasARowAnIntervalWithItsPredominantExpression() throws Exception {
        List<String> rows = Files.readAllLines(TimelineFiles.writeTable(session, Duration.ofSeconds(5)));
        assertThat(rows).hasSize(5);
        assertThat(rows.get(0)).startsWith("session,face,start,end,readings,expression,share,angry");
        assertThat(rows.get(1)).contains(",1,0.000000,5.000000,125,neutral,");
        assertThat(rows.get(3)).contains(",1,10.000000,15.000000,75,neutral,");
    }

    @Test
    void anotherIntervalTakesThePlaceOfTheFirstAndBothGoWithTheSession() throws Exception {
        TimelineFiles.writeTable(session, Duration.ofSeconds(1));
        Path table = TimelineFiles.writeTable(session, Duration.ofSeconds(10));
        assertThat(Files.readAllLines(table)).hasSize(3);
        BufferedImage picture = ImageIO.read(
                TimelineFiles.writePicture(session, Texts.of(Locale.ENGLISH)).toFile());
        assertThat(picture.getWidth()).isEqualTo(1600);
        assertThat(SessionArchive.erase(session)).isEmpty();
        assertThat(session).doesNotExist();
    }

    @Test
    void whatSomebodyElseWroteStaysAsItIs() throws Exception {
        Path mine = Files.writeString(session.resolve("timeline.csv"), "my own table\n");
        assertThatThrownBy(() -> TimelineFiles.writeTable(session, Duration.ofSeconds(1)))
                .isInstanceOf(FileAlreadyExistsException.class);
        assertThat(mine).hasContent("my own table");
    }
}
