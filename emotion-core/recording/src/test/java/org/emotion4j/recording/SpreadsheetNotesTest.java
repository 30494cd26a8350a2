package org.emotion4j.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.emotion4j.emotion.Emotion;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What spreadsheets do to a {@code notes.csv}: it says the same, or that it does not. */
final class SpreadsheetNotesTest {
    private static final long SECOND = 1_000_000_000L;

    @TempDir
    private Path root;

    private Path folder = Path.of("");
    private Path file = Path.of("");
    private SessionNotes notes = SessionNotes.of(Path.of(""));
    private List<SessionNote> written = List.of();

    @BeforeEach
    void write() throws IOException {
        folder = root.resolve("session");
        try (CsvSessionRecorder recorder = CsvSessionRecorder.create(folder)) {
            recorder.record(SampleFrames.frame(0));
        }
        file = folder.resolve("notes.csv");
        notes = SessionNotes.of(folder);
        written = List.of(
                notes.mark("M", SECOND, "taken back"),
                notes.correct("M", 4 * SECOND, 6 * SECOND, Optional.of(Emotion.SAD)),
                notes.correct("N", 4 * SECOND, 6 * SECOND, Optional.empty()),
                notes.withdraw("M", 1));
    }

    @Test
    void emptyCellsThatWereLeftOutTakeNothingBack() throws IOException {
        change(line -> line.replaceFirst(",+$", ""));
        assertSame();
    }

    @Test
    void aByteOrderMarkQuotesAndCarriageReturnsChangeNothing() throws IOException {
        change(line -> Stream.of(line.split(",", -1)).collect(Collectors.joining("\",\"", "\"", "\"\r")));
        Files.writeString(file, "\uFEFF" + Files.readString(file));
        assertSame();
        notes.note("M", "one more");
        assertThat(notes.read().all()).hasSize(written.size() + 1);
        assertThat(notes.read().problems()).isEmpty();
    }

    @Test
    void timesAsSpreadsheetsShowThemAreRead() throws IOException {
        change(line -> line.replaceFirst("(\\d{4}-\\d\\d-\\d\\d)T([\\d:.]+)Z", "$1 $2"));
        assertSame();
    }

    @Test
    void theLaterOfTwoHoldsHoweverTheRowsWereSorted() throws IOException {
        List<String> lines = new ArrayList<>(Files.readAllLines(file));
        Collections.reverse(lines.subList(1, lines.size()));
        Files.write(file, lines);
        assertSame();
        assertThat(notes.read().correctedLabels()).singleElement().satisfies(label -> assertThat(label.by())
                .isEqualTo("N"));
    }

    @Test
    void aRowThatIsThereTwiceCountsOnceAndIsNamed() throws IOException {
        List<String> lines = new ArrayList<>(Files.readAllLines(file));
        lines.add(lines.get(2));
        Files.write(file, lines);
        assertThat(notes.read().all()).isEqualTo(written);
        assertThat(notes.read().problems()).singleElement().asString().contains("number 2 is there already");
    }

    @Test
    void aLabelThatWasEmptiedIsNoLabelOfNothingClear() throws IOException {
        change(line -> line.replace(",sad,", ",,"));
        assertThat(notes.read().all()).hasSize(written.size() - 1);
        assertThat(notes.read().problems()).singleElement().asString().contains("nothing in label");
    }

    @Test
    void otherSeparatorsAndEncodingsAreNamedAndNothingIsAdded() throws IOException {
        String recorded = Files.readString(file);
        assertRefused(recorded.replace(',', ';').getBytes(StandardCharsets.UTF_8), "separated by semicolons");
        assertRefused(recorded.replace(',', '\t').getBytes(StandardCharsets.UTF_8), "separated by tabs");
        assertRefused(recorded.getBytes(StandardCharsets.UTF_16), "UTF-16");
    }

    @Test
    void anErasureTakesThemToo() throws IOException {
        String recorded = Files.readString(file);
        for (byte[] saved : List.of(
                ("\uFEFF" + recorded).getBytes(StandardCharsets.UTF_8),
                recorded.replace(',', ';').getBytes(StandardCharsets.UTF_8),
                recorded.replace("format_version", "\"format_version\"").getBytes(StandardCharsets.UTF_8),
                recorded.getBytes(StandardCharsets.UTF_16),
                recorded.getBytes(StandardCharsets.UTF_16LE))) {
            Files.write(file, saved);
            assertThat(SessionArchive.isOwn(file)).isTrue();
        }
        SessionArchive.erase(folder);
        assertThat(folder).doesNotExist();
    }

    private void assertSame() throws IOException {
        assertThat(notes.read().problems()).isEmpty();
        assertThat(notes.read().all()).isEqualTo(written);
    }

    private void assertRefused(byte[] saved, String why) throws IOException {
        Files.write(file, saved);
        assertThatThrownBy(notes::read)
                .isInstanceOf(SessionFormatException.class)
                .hasMessageContaining("notes.csv")
                .hasMessageContaining(why);
        assertThatThrownBy(() -> notes.note("M", "one more")).hasMessageContaining(why);
        assertThat(file).hasBinaryContent(saved);
    }

    private void change(UnaryOperator<String> change) throws IOException {
        Files.writeString(
                file, Files.readAllLines(file).stream().map(change).collect(Collectors.joining("\n", "", "\n")));
    }
}
