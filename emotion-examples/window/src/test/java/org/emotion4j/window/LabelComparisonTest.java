package org.emotion4j.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import javax.imageio.ImageIO;
import org.emotion4j.chart.ConfusionChart;
import org.emotion4j.emotion.Emotion;
import org.emotion4j.evaluation.ConfusionMatrix;
import org.emotion4j.file.internal.ProductMark;
import org.emotion4j.recording.SessionNotes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What people say that a face showed, against what was read. */
@Timeout(120)
final class LabelComparisonTest {
    private static final long SECOND = 1_000_000_000L;

    @TempDir
    Path folder;

    private final ExecutorService ui = Executors.newSingleThreadExecutor(work -> new Thread(work, "test-ui"));
    private ComparisonPresenter presenter;

    @BeforeEach
    void open() {
        presenter = new ComparisonPresenter(folder, ui);
    }

    @AfterEach
    void close() {
        ui.execute(presenter::close);
        Threads.awaitNone("emotion4j-comparison");
        ui.shutdown();
    }

    @Test
    void eachPictureOfALabeledStretchCountsOnceWithWhatWasRead() throws IOException {
        Path session = SampleRecord.write(folder.resolve("one"), film(), 20);
        SessionNotes notes = SessionNotes.of(session);
        // The face smiles for the middle of 4.25 to 5.75 s, is out of sight from 7 to 8 s, and neutral otherwise.
        notes.correct("A", 0, 2 * SECOND, Optional.of(Emotion.NEUTRAL));
        notes.correct("A", 4 * SECOND, 6 * SECOND, Optional.of(Emotion.HAPPY));
        notes.correct("A", 6 * SECOND, 8 * SECOND, Optional.of(Emotion.SAD));
        notes.correct("A", 9 * SECOND, 10 * SECOND, Optional.empty());
        LabelComparison found = compare(session);
        ConfusionMatrix matrix = found.matrix();
        int rate = SampleFilm.RATE;
        assertThat(matrix.count(Emotion.NEUTRAL, Emotion.NEUTRAL)).isEqualTo(2L * rate);
        assertThat(matrix.rowSum(Emotion.HAPPY)).isEqualTo(2L * rate);
        assertThat(matrix.count(Emotion.HAPPY, Emotion.HAPPY))
                .as("the middle of the smile")
                .isBetween(1L, (long) rate);
        assertThat(matrix.count(Emotion.SAD, Emotion.NEUTRAL)).isEqualTo(rate);
        assertThat(matrix.noFace(Emotion.SAD)).isEqualTo(rate);
        assertThat(found.unclear()).isEqualTo(rate);
        assertThat(found.unclearRead()).isZero();
        assertThat(List.of(found.stretches(), found.sessions(), found.closed())).containsExactly(4, 1, 0);
    }

    @Test
    void wherePeopleDisagreeTheLaterWordCountsAndWhatWasTakenBackDoesNot() throws IOException {
        Path session = SampleRecord.write(folder.resolve("one"), film(), 10);
        SessionNotes notes = SessionNotes.of(session);
        notes.correct("A", 0, 2 * SECOND, Optional.of(Emotion.SAD));
        notes.correct("B", SECOND, 2 * SECOND, Optional.of(Emotion.NEUTRAL));
        notes.withdraw(
                "A",
                notes.correct("A", 3 * SECOND, 4 * SECOND, Optional.of(Emotion.FEAR))
                        .number());
        ConfusionMatrix matrix = compare(session).matrix();
        assertThat(matrix.rowSum(Emotion.SAD)).isEqualTo(SampleFilm.RATE);
        assertThat(matrix.rowSum(Emotion.NEUTRAL)).isEqualTo(SampleFilm.RATE);
        assertThat(matrix.total()).isEqualTo(2L * SampleFilm.RATE);
    }

    @Test
    void aSessionAPersonOrAllOfThemCount() throws IOException {
        Path first = label(SampleRecord.write(folder.resolve("first"), film(), 5), Emotion.NEUTRAL);
        label(
                SampleRecord.write(
                        folder.resolve("second"), film(), 5, "P-1", SampleRecord.START.plus(Duration.ofDays(1))),
                Emotion.SAD);
        label(SampleRecord.write(folder.resolve("other"), film(), 5, "P-2", SampleRecord.START), Emotion.FEAR);
        ui.execute(() -> presenter.open(first, Optional.of("P-1")));
        assertThat(await(state -> state.found().isPresent()).matrix().total()).isEqualTo(SampleFilm.RATE);
        assertThat(presenter.state().scopes()).containsExactly(Comparison.Scope.values());
        ui.execute(() -> presenter.choose(Comparison.Scope.PERSON));
        assertThat(await(state -> state.scope() == Comparison.Scope.PERSON
                                && state.found().isPresent())
                        .sessions())
                .isEqualTo(2);
        ui.execute(() -> presenter.choose(Comparison.Scope.ALL));
        LabelComparison all = await(
                state -> state.scope() == Comparison.Scope.ALL && state.found().isPresent());
        assertThat(all.sessions()).isEqualTo(3);
        assertThat(all.matrix().rowSum(Emotion.FEAR)).isEqualTo(SampleFilm.RATE);
    }

    @Test
    void whatCannotBeReadIsCountedAndTheOthersCountAllTheSame() throws IOException {
        label(SampleRecord.write(folder.resolve("good"), film(), 5), Emotion.NEUTRAL);
        SampleRecord.write(
                folder.resolve("locked"), film(), 5, "P-1", SampleRecord.START, Optional.of(SampleRecord.key()));
        ui.execute(() -> presenter.open(Optional.empty()));
        LabelComparison found = await(state -> state.found().isPresent());
        assertThat(found.closed()).isEqualTo(1);
        assertThat(found.sessions()).isEqualTo(1);
    }

    @Test
    void theTableHasTheFiguresOfTheMatrixInWordsOfNoLanguage() {
        long[][] counts = new long[ConfusionMatrix.ROWS][ConfusionMatrix.COLUMNS];
        counts[Emotion.HAPPY.ordinal()][Emotion.HAPPY.ordinal()] = 3;
        counts[Emotion.HAPPY.ordinal()][ConfusionMatrix.NO_CLEAR] = 1;
        counts[Emotion.SAD.ordinal()][Emotion.HAPPY.ordinal()] = 2;
        String[] lines = ComparisonFile.csv(ConfusionMatrix.of(counts)).split("\r\n");
        assertThat(lines).hasSize(8);
        assertThat(lines[0])
                .isEqualTo("labeled,read_angry,read_disgust,read_fear,read_happy,read_sad,read_surprise,read_neutral,"
                        + "read_no_clear,read_no_face,support,precision,recall,f1");
        assertThat(lines[4]).isEqualTo("happy,0,0,0,3,0,0,0,1,0,4,0.6000,0.7500,0.6667");
        assertThat(lines[5]).isEqualTo("sad,0,0,0,2,0,0,0,0,0,2,,0.0000,0.0000");
        assertThat(lines[1]).isEqualTo("angry,0,0,0,0,0,0,0,0,0,0,,,");
    }

    @Test
    void pictureAndTableAreNewFilesOrNone() throws IOException {
        Path session = label(SampleRecord.write(folder.resolve("one"), film(), 5), Emotion.NEUTRAL);
        ui.execute(() -> presenter.open(session, Optional.empty()));
        LabelComparison found = await(state -> state.found().isPresent());
        ConfusionChart.Words words = ConfusionChart.Words.english(found.matrix());
        Path picture = folder.resolve("m.png");
        Path table = folder.resolve("m.csv");
        for (Path file : List.of(picture, table)) {
            ui.execute(() -> presenter.write(file, words));
            awaitMessage("message.output");
        }
        assertThat(ImageIO.read(new ByteArrayInputStream(Files.readAllBytes(picture)))
                        .getWidth())
                .isEqualTo(ConfusionChart.size().width);
        assertThat(ProductMark.isOnPicture(picture))
                .as("it is not taken for a picture of a face")
                .isTrue();
        assertThat(Files.readString(table)).isEqualTo(ComparisonFile.csv(found.matrix()));
        Files.writeString(table, "mine");
        ui.execute(() -> presenter.write(table, words));
        awaitMessage("message.noOutput");
        assertThat(Files.readString(table)).isEqualTo("mine");
    }

    private static Path film() {
        return Path.of("film.avi");
    }

    private static Path label(Path session, Emotion emotion) throws IOException {
        SessionNotes.of(session).correct("A", 0, SECOND, Optional.of(emotion));
        return session;
    }

    private static LabelComparison compare(Path session) throws IOException {
        LabelComparison.Builder builder = new LabelComparison.Builder();
        builder.add(session, Optional.empty());
        return builder.build();
    }

    private LabelComparison await(Predicate<Comparison> condition) {
        Threads.await(() -> condition.test(presenter.state()), () -> "now " + presenter.state());
        return presenter.state().found().orElseThrow();
    }

    private void awaitMessage(String key) {
        Threads.await(
                () -> presenter
                        .state()
                        .message()
                        .filter(message -> message.key().equals(key))
                        .isPresent(),
                () -> "now " + presenter.state());
    }
}
