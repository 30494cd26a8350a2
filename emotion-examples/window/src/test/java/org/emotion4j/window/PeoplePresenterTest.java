package org.emotion4j.window;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import org.emotion4j.emotion.Emotion;
import org.emotion4j.recording.SessionCipher;
import org.emotion4j.recording.SessionNote;
import org.emotion4j.recording.SessionNotes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The list of people and sessions, without a window. */
@Timeout(600)
final class PeoplePresenterTest {
    private static final Path FILM = Path.of("film.avi");

    @TempDir
    Path folder;

    private final ExecutorService ui = Executors.newSingleThreadExecutor(work -> new Thread(work, "test-ui"));
    private final TestMachine machine =
            new TestMachine().withClock(Clock.fixed(SampleRecord.START.plus(Duration.ofDays(30)), ZoneOffset.UTC));
    private PeoplePresenter presenter;

    @BeforeEach
    void record() throws IOException {
        record("a", "P-2", 0, 10);
        record("b", "P-1", 7, 20);
        record("c", "P-1", 0, 10);
        presenter = new PeoplePresenter(machine, sessions(), ui);
    }

    private void record(String name, String subject, int days, int seconds) throws IOException {
        SampleRecord.write(
                sessions().resolve(name), FILM, seconds, subject, SampleRecord.START.plus(Duration.ofDays(days)));
    }

    @AfterEach
    void close() {
        act(presenter::close);
        Threads.awaitNone("emotion4j-people");
        ui.shutdown();
    }

    @Test
    void sessionsAreListedByPersonTheLatestFirst() {
        open();
        assertThat(state().sessions())
                .extracting(each ->
                        each.subject().orElseThrow() + " " + each.folder().getFileName())
                .containsExactly("P-1 b", "P-1 c", "P-2 a");
        assertThat(state().sessions()).allMatch(SessionListing::canBeOpened);
        assertThat(state().sessions())
                .extracting(each -> each.length().orElseThrow())
                .as("of the film, however long reading it took")
                .containsExactly(Duration.ofSeconds(20), Duration.ofSeconds(10), Duration.ofSeconds(10));
        assertThat(state().message()).isEmpty();
    }

    @Test
    void whatIsPastItsDayIsRemindedOf() {
        Instant late = SampleRecord.START.plus(Duration.ofDays(92));
        machine.withClock(Clock.fixed(late, ZoneOffset.UTC));
        open();
        await(each -> each.message().isPresent());
        assertThat(state().message().orElseThrow().key()).isEqualTo("message.people.past");
        assertThat(state().message().orElseThrow().values()).containsExactly(2L);
        assertThat(state().sessions().stream().filter(each -> each.isPast(late)))
                .extracting(each -> String.valueOf(each.folder().getFileName()))
                .containsExactlyInAnyOrder("a", "c");
    }

    @Test
    void thePersonThatIsChosenHasACourseInTheOrderOfTime() {
        open();
        choose("b");
        People state = await(each -> each.trend().isPresent());
        assertThat(state.trend().orElseThrow().sessions())
                .extracting(each -> each.info().started().orElseThrow())
                .containsExactly(SampleRecord.START, SampleRecord.START.plus(Duration.ofDays(7)));
        assertThat(state.trend().orElseThrow().share(Emotion.NEUTRAL).values()).hasSize(2);
        choose("a");
        await(each -> each.trend().filter(trend -> trend.sessions().size() == 1).isPresent());
    }

    @Test
    void oneFigureASessionIsKeptAndTheLastOneHolds() throws IOException {
        open();
        choose("b");
        act(() -> presenter.setFigure("Dr. M", "PHQ-9", "many"));
        await(each -> each.message().isPresent());
        assertThat(state().message().orElseThrow().key()).isEqualTo("message.people.figure");
        act(() -> presenter.setFigure("Dr. M", "PHQ-9", "14"));
        await(each -> figure(each, "b").isPresent());
        act(() -> presenter.setFigure("Dr. M", "PHQ-9", "12,5"));
        await(each -> figure(each, "b").filter(value -> value == 12.5).isPresent());
        assertThat(state().message()).isEmpty();
        assertThat(SessionNotes.of(sessions().resolve("b")).read().current(SessionNote.Kind.FIGURE))
                .hasSize(2);
        assertThat(figure(state(), "c")).isEmpty();
    }

    private static Optional<Double> figure(People state, String name) {
        return listing(state, name).figure().map(note -> note.value().orElseThrow());
    }

    @Test
    void aSessionIsExportedByTheEndingOfTheNameAndNothingIsWrittenOver() throws IOException {
        open();
        choose("b");
        for (String name : List.of("out.json", "out.csv", "out.xlsx")) {
            Path target = folder.resolve(name);
            act(() -> presenter.export(target));
            await(each -> each.message()
                    .filter(message -> message.values().contains(target))
                    .isPresent());
            assertThat(state().message().orElseThrow().key()).isEqualTo("message.people.exported");
            assertThat(target).isNotEmptyFile();
            act(presenter::dismiss);
        }
        assertThat(JsonParser.parseString(Files.readString(folder.resolve("out.json")))
                        .getAsJsonObject()
                        .get("subject")
                        .getAsString())
                .isEqualTo("P-1");
        byte[] before = Files.readAllBytes(folder.resolve("out.csv"));
        act(() -> presenter.export(folder.resolve("out.csv")));
        await(each -> each.message().isPresent());
        assertThat(state().message().orElseThrow().key()).isEqualTo("message.people.notExported");
        assertThat(Files.readAllBytes(folder.resolve("out.csv"))).isEqualTo(before);
    }

    @Test
    void erasingAsksTwice() {
        open();
        choose("b");
        act(presenter::erase);
        Message first = await(each -> each.message().isPresent()).message().orElseThrow();
        assertThat(first.action()).isEqualTo(Message.Action.ERASE);
        act(() -> presenter.decline(first.action()));
        assertThat(sessions().resolve("b")).exists();
        act(presenter::erase);
        act(() -> presenter.act(Message.Action.ERASE));
        assertThat(state().message().orElseThrow().action()).isEqualTo(Message.Action.ERASE_FOR_GOOD);
        assertThat(sessions().resolve("b")).exists();
        act(() -> presenter.act(Message.Action.ERASE_FOR_GOOD));
        await(each -> each.sessions().size() == 2);
        assertThat(sessions().resolve("b")).doesNotExist();
        assertThat(state().message().orElseThrow().key()).isEqualTo("message.erased");
    }

    @Test
    void aDamagedSessionIsListedAndCannotBeOpened() throws IOException {
        Files.writeString(sessions().resolve("a").resolve("session.json"), "{");
        open();
        SessionListing damaged = listing(state(), "a");
        assertThat(damaged.canBeOpened()).isFalse();
        assertThat(damaged.subject()).isEmpty();
        assertThat(state().sessions().indexOf(damaged)).as("last").isEqualTo(2);
    }

    @Test
    void anEncryptedSessionIsListedWithoutItsKeyAndOpenWithIt() throws IOException {
        SessionCipher key = SampleRecord.key();
        Path sealed = sessions().resolve("sealed");
        SampleRecord.write(sealed, FILM, 5, "P-3", SampleRecord.START, Optional.of(key));
        open();
        SessionListing closed = listing(state(), "sealed");
        assertThat(closed.canBeOpened()).isFalse();
        assertThat(closed.subject()).isEmpty();
        assertThat(closed.keepUntil()).isPresent();
        act(presenter::leave);
        act(() -> presenter.use(Optional.of(key)));
        open();
        assertThat(listing(state(), "sealed").subject()).contains("P-3");
        choose("sealed");
        act(() -> presenter.setFigure("Dr. M", "GAD-7", "9"));
        await(each -> figure(each, "sealed").isPresent());
        await(each -> each.trend().isPresent());
    }

    @Test
    void aFolderThatIsNotThereHasNoSessions() {
        act(presenter::close);
        presenter = new PeoplePresenter(machine, folder.resolve("nowhere"), ui);
        open();
        assertThat(state().sessions()).isEmpty();
        assertThat(state().message()).isEmpty();
    }

    private static SessionListing listing(People state, String name) {
        return state.sessions().stream()
                .filter(each -> each.folder().endsWith(name))
                .findFirst()
                .orElseThrow();
    }

    private void open() {
        act(presenter::open);
        await(each -> each.open() && !each.loading());
    }

    private void choose(String name) {
        act(() -> presenter.choose(Optional.of(listing(presenter.state(), name))));
    }

    private void act(Runnable action) {
        CompletableFuture.runAsync(action, ui).join();
    }

    private People state() {
        return CompletableFuture.supplyAsync(presenter::state, ui).join();
    }

    private People await(Predicate<People> condition) {
        Threads.await(() -> condition.test(state()), () -> "did not come; now " + state());
        return state();
    }

    private Path sessions() {
        return folder.resolve("sessions");
    }
}
