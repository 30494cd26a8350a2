package org.emotion4j.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import javax.imageio.ImageIO;
import org.emotion4j.emotion.Emotion;
import org.emotion4j.recording.CsvSessionRecorder;
import org.emotion4j.recording.SessionCipher;
import org.emotion4j.recording.SessionNote;
import org.emotion4j.recording.SessionNotes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What happens while a recorded session is looked at, without a window: real films, real records. */
@Timeout(600)
@Tag("native")
final class ReviewPresenterTest {
    private static final long SECOND = 1_000_000_000L;

    @TempDir
    static Path films;

    private static Path film;

    @TempDir
    Path folder;

    private final ExecutorService ui = Executors.newSingleThreadExecutor(work -> new Thread(work, "test-ui"));
    private final TestMachine machine = new TestMachine();
    private ReviewPresenter presenter;

    @BeforeAll
    static void shoot() throws IOException {
        film = SampleFilm.write(films.resolve("film.avi"), Duration.ofSeconds(20));
    }

    @BeforeEach
    void open() {
        presenter = new ReviewPresenter(machine, ui);
    }

    @AfterEach
    void close() {
        act(presenter::close);
        act(presenter::close);
        Threads.awaitNone("emotion4j-review");
        ui.shutdown();
    }

    @Test
    void aSessionOpensAtItsFirstPictureWithMarkersMomentsAndGaps() throws IOException {
        open(SampleRecord.write(folder.resolve("one"), film, 20));
        Review state = await(each -> each.filmState() == Review.FilmState.THERE);
        ReviewedSession session = state.session().orElseThrow();
        awaitPicture(true);
        assertThat(state.frame()).isZero();
        assertThat(session.strip().markers())
                .extracting(LiveView.Marker::text)
                .containsExactly("rest", "about the mother");
        assertThat(session.moments()).hasSize(2);
        assertThat(session.moments().get(0).apexNanos())
                .as("the higher smile first")
                .isGreaterThan(12 * SECOND);
        assertThat(session.curve().at(13 * SECOND).orElseThrow().kind()).isEqualTo(ExpressionTrack.Kind.GAP);
        assertThat(session.curve().at(7_500_000_000L).orElseThrow().kind()).isEqualTo(ExpressionTrack.Kind.NO_FACE);
    }

    @Test
    void thePictureGoesInStepWithTheRecord() throws IOException {
        open(SampleRecord.write(folder.resolve("one"), film, 20));
        await(each -> each.filmState() == Review.FilmState.THERE);
        for (long time : new long[] {3 * SECOND, 3_040_000_000L, 18 * SECOND, SECOND}) {
            act(() -> presenter.go(time + 7_000_000));
            assertThat(state().nanos()).isEqualTo(time);
            awaitPictureOf(time);
        }
        act(() -> presenter.step(1));
        awaitPictureOf(1_040_000_000L);
        act(() -> presenter.step(-1_000));
        awaitPictureOf(0);
        act(() -> presenter.go(13 * SECOND));
        assertThat(state().nanos()).as("the last frame before the gap").isEqualTo(11_960_000_000L);
        act(() -> presenter.goToMoment(1));
        assertThat(state().nanos()).isBetween(4 * SECOND, 6 * SECOND);
        act(() -> presenter.goToMoment(4));
        assertThat(state().nanos()).as("there are two").isBetween(4 * SECOND, 6 * SECOND);
    }

    @Test
    void ofASessionOfPicturesEachIsShown() throws IOException {
        List<Path> pictures = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            BufferedImage picture = new BufferedImage(40 + i, 30, BufferedImage.TYPE_INT_RGB);
            Path file = folder.resolve("picture" + i + ".png");
            ImageIO.write(picture, "png", file.toFile());
            pictures.add(file);
        }
        open(SampleRecord.ofPictures(folder.resolve("one"), pictures));
        await(each -> each.filmState() == Review.FilmState.THERE);
        for (int i = 0; i < 3; i++) {
            int width = 40 + i;
            Threads.await(
                    () -> picture().filter(each -> each.width() == width).isPresent(), () -> "the picture " + width);
            act(() -> presenter.step(1));
        }
        assertThat(state().session().orElseThrow().isFilm()).isFalse();
    }

    @Test
    void aFilmThatIsGoneIsSaidAndCanBeChosen() throws IOException {
        Path gone = folder.resolve("gone.avi");
        open(SampleRecord.write(folder.resolve("one"), gone, 20));
        await(each -> each.filmState() == Review.FilmState.GONE);
        awaitPicture(false);
        act(() -> presenter.go(5 * SECOND));
        assertThat(state().nanos()).isEqualTo(5 * SECOND);
        act(() -> presenter.chooseFilm(film));
        awaitPictureOf(5 * SECOND);
        assertThat(state().filmState()).isEqualTo(Review.FilmState.THERE);
    }

    @Test
    void aShorterFilmAndOneThatIsNoFilmAreSaid() throws IOException {
        Path shorter = SampleFilm.write(folder.resolve("shorter.avi"), Duration.ofSeconds(5));
        open(SampleRecord.write(folder.resolve("one"), shorter, 20));
        await(each -> each.filmState() == Review.FilmState.SHORTER);
        awaitPicture(true);
        act(() -> presenter.go(10 * SECOND));
        awaitPicture(false);
        act(() -> presenter.go(18 * SECOND));
        act(() -> presenter.go(4 * SECOND));
        awaitPictureOf(4 * SECOND);
        assertThat(state().filmState()).isEqualTo(Review.FilmState.SHORTER);
        Path broken = Files.writeString(folder.resolve("broken.mp4"), "this is no film");
        act(() -> presenter.chooseFilm(broken));
        await(each -> each.filmState() == Review.FilmState.BROKEN);
        act(() -> presenter.chooseFilm(film));
        await(each -> each.filmState() == Review.FilmState.THERE);
    }

    @Test
    void aFilmWithOtherTimesIsSaidToBeAnotherOne() throws IOException {
        Path other = SampleFilm.write(folder.resolve("other.avi"), Duration.ofSeconds(20));
        Path session = SampleRecord.write(folder.resolve("one"), other, 20);
        Path rows = session.resolve("session.csv");
        // As if it had been filmed with another number of pictures a second.
        Files.writeString(rows, Files.readString(rows).replaceAll(",(\\d+)40\\.000,", ",$147.000,"));
        open(session);
        await(each -> each.session().isPresent());
        act(() -> presenter.go(1_047_000_000L));
        await(each -> each.filmState() == Review.FilmState.OTHER);
        act(() -> presenter.go(2 * SECOND));
        awaitPictureOf(2 * SECOND);
        assertThat(state().filmState()).as("it stays another one").isEqualTo(Review.FilmState.OTHER);
    }

    @Test
    void notesMarkersAndCorrectionsAreOnTheDiskAndOnTheStrip() throws IOException {
        machine.withClock(Clock.fixed(Instant.parse("2026-03-03T10:00:00Z"), ZoneOffset.UTC));
        Path session = SampleRecord.write(folder.resolve("one"), film, 20);
        open(session);
        await(each -> each.session().isPresent());
        act(() -> presenter.note("too early"));
        await(each -> each.message().isPresent());
        assertThat(state().message().orElseThrow().key()).isEqualTo("message.review.author");
        act(() -> presenter.sign(" Dr. M "));
        act(() -> presenter.go(3 * SECOND));
        act(() -> presenter.note("looks down"));
        await(each -> notes(each).size() == 1);
        assertThat(state().message()).isEmpty();
        act(() -> presenter.mark("about the father"));
        await(each -> notes(each).size() == 2);
        act(() -> presenter.correct(Optional.of(Emotion.SAD)));
        await(each -> each.message().isPresent());
        act(() -> presenter.beginStretch());
        act(() -> presenter.go(4 * SECOND));
        act(() -> presenter.endStretch());
        act(() -> presenter.correct(Optional.of(Emotion.SAD)));
        await(each -> notes(each).size() == 3);

        ReviewedSession shown = state().session().orElseThrow();
        assertThat(shown.strip().markers()).extracting(LiveView.Marker::text).contains("about the father");
        assertThat(shown.strip().corrections())
                .containsExactly(new Strip.Correction(3 * SECOND, 4_040_000_000L, Optional.of(Emotion.SAD)));
        SessionNotes.Content written = SessionNotes.of(session).read();
        assertThat(written.all()).isEqualTo(shown.notes().all());
        assertThat(written.all()).extracting(SessionNote::by).containsOnly("Dr. M");
        assertThat(written.all().get(0).writtenAt()).isEqualTo(Instant.parse("2026-03-03T10:00:00Z"));
        assertThat(written.all().get(0).fromNanos()).hasValue(3 * SECOND);

        act(() -> presenter.withdraw(written.all().get(0)));
        await(each -> notes(each).size() == 2);
        assertThat(SessionNotes.of(session).read().all()).hasSize(4);
    }

    @Test
    void whatCannotBeWrittenIsSaidAndTheSessionStaysOpen() throws IOException {
        Path session = SampleRecord.write(folder.resolve("one"), film, 5);
        open(session);
        await(each -> each.session().isPresent());
        act(() -> presenter.sign("M"));
        Files.writeString(session.resolve("notes.csv"), "my own list\n");
        act(() -> presenter.note("text"));
        await(each -> each.message().isPresent());
        assertThat(state().message().orElseThrow().key()).isEqualTo("message.review.notWritten");
        assertThat(state().session()).isPresent();
        assertThat(Files.readString(session.resolve("notes.csv"))).isEqualTo("my own list\n");
    }

    @Test
    void anEncryptedSessionOpensWithItsKeyAloneAndItsNotesAreEncrypted() throws IOException {
        SessionCipher key = SampleRecord.key();
        Path session = folder.resolve("sealed");
        SampleRecord.write(session, film, 5, "P-1", SampleRecord.START, Optional.of(key));
        open(session);
        await(each -> each.message().isPresent());
        assertThat(state().message().orElseThrow().key()).isEqualTo("message.review.cannotOpen");
        assertThat(state().message().orElseThrow().trouble()).contains(Trouble.KEY);
        act(() -> presenter.use(Optional.of(key)));
        open(session);
        await(each -> each.session().isPresent());
        act(() -> presenter.sign("M"));
        act(() -> presenter.note("text"));
        await(each -> notes(each).size() == 1);
        assertThat(session.resolve("notes.csv.sealed")).exists();
        assertThat(session.resolve("notes.csv")).doesNotExist();
    }

    @Test
    void aRecordOfANewerVersionIsSaidToBeThat() throws IOException {
        Path session = SampleRecord.write(folder.resolve("one"), film, 5);
        Path description = session.resolve("session.json");
        Files.writeString(
                description,
                Files.readString(description).replaceFirst("\"formatVersion\": ?1", "\"formatVersion\": 9"));
        open(session);
        await(each -> each.message().isPresent());
        assertThat(state().message().orElseThrow().detail().orElseThrow()).contains("format version is 9");
        assertThat(state().message().orElseThrow().trouble()).contains(Trouble.NEWER);
    }

    @Test
    void whatIsNoSessionIsSaid() {
        open(folder);
        await(each -> each.message().isPresent());
        assertThat(state().message().orElseThrow().key()).isEqualTo("message.review.cannotOpen");
        act(presenter::dismiss);
        assertThat(state()).isEqualTo(Review.CLOSED);
    }

    @Test
    void anEmptySessionOpensAndSaysSo() throws IOException {
        Path empty = folder.resolve("empty");
        CsvSessionRecorder.create(empty).close();
        open(empty);
        await(each -> each.message().isPresent());
        assertThat(state().message().orElseThrow().key()).isEqualTo("message.review.empty");
        act(() -> presenter.go(SECOND));
        act(() -> presenter.step(1));
        act(() -> presenter.beginStretch());
        act(() -> presenter.endStretch());
        assertThat(state().frame()).isZero();
    }

    @Test
    void anotherSessionTakesThePlaceOfOneThatIsStillBeingRead() throws IOException {
        Path one = SampleRecord.write(folder.resolve("one"), film, 20);
        Path two = SampleRecord.write(folder.resolve("two"), film, 5);
        act(() -> {
            presenter.open(one);
            presenter.open(two);
        });
        Review state = await(each -> each.session().isPresent());
        assertThat(state.session().orElseThrow().folder()).isEqualTo(two);
    }

    private static List<SessionNote> notes(Review state) {
        return state.session().orElseThrow().notes().current();
    }

    private void open(Path session) {
        act(() -> presenter.open(session));
    }

    private void act(Runnable action) {
        CompletableFuture.runAsync(action, ui).join();
    }

    private Review state() {
        return CompletableFuture.supplyAsync(presenter::state, ui).join();
    }

    private Review await(Predicate<Review> condition) {
        Threads.await(
                () -> condition.test(state()),
                () -> "did not come; now " + state().filmState() + " " + state().message());
        return state();
    }

    private void awaitPicture(boolean any) {
        Threads.await(() -> picture().isPresent() == any, () -> "picture: " + picture());
    }

    private void awaitPictureOf(long nanos) {
        Threads.await(
                () -> picture()
                        .filter(each -> each.mediaNanos() == nanos && each.exact())
                        .isPresent(),
                () -> "picture of " + nanos + ", now " + picture());
    }

    private Optional<FilmReel.Picture> picture() {
        return CompletableFuture.supplyAsync(presenter::picture, ui).join();
    }
}
