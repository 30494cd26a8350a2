package org.emotion4j.window;

import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.emotion4j.analysis.SessionSummary;
import org.emotion4j.analysis.SubjectHistory;
import org.emotion4j.file.internal.PrivateFiles;
import org.emotion4j.recording.SessionArchive;
import org.emotion4j.recording.SessionCipher;
import org.emotion4j.recording.SessionExport;
import org.emotion4j.recording.SessionNotes;
import org.emotion4j.recording.SessionReader;
import org.emotion4j.recording.SessionWorkbook;

/**
 * Decides what happens in the list of people and sessions. Knows no component and needs no display.
 *
 * <p>Confined to the user interface's thread, which it never keeps waiting: whatever reads, writes or erases runs on one worker
 * thread.
 */
final class PeoplePresenter extends MessagePresenter<People> implements AutoCloseable {
    private final Platform surroundings;
    private final Path folder;
    private final BackgroundWork worker;
    private Optional<SessionCipher> cipher = Optional.empty();
    private int reading;

    /** Worker: what was summed up already. Records do not change once they have ended. */
    private final Map<Path, SessionSummary> summaries = new HashMap<>();

    PeoplePresenter(Platform surroundings, Path folder, Executor ui) {
        super(People.CLOSED);
        this.surroundings = surroundings;
        this.folder = folder;
        this.worker = new BackgroundWork("emotion4j-people-worker", ui);
    }

    /** Opens encrypted sessions with a key. */
    void use(Optional<SessionCipher> key) {
        cipher = key;
    }

    Path folder() {
        return folder;
    }

    Instant now() {
        return surroundings.clock().instant();
    }

    /** Shows the list, and says which sessions should have been erased by now. */
    void open() {
        change(now -> now.withOpen(true));
        list(sessions -> {
            Instant now = now();
            long past = sessions.stream().filter(each -> each.isPast(now)).count();
            if (past > 0) {
                say(Message.warning("message.people.past", past));
            }
        });
    }

    void leave() {
        reading++;
        change(now -> People.CLOSED);
    }

    private void list(Consumer<List<SessionListing>> then) {
        change(now -> now.withLoading(true));
        worker.run(
                () -> SessionListing.in(folder, cipher),
                sessions -> {
                    if (state.open()) {
                        change(now -> now.with(sessions).withLoading(false));
                        then.accept(sessions);
                        showTrend();
                    }
                },
                failure -> {
                    change(now -> now.withLoading(false));
                    say(Failures.listing(folder, failure));
                });
    }

    /** Chooses a session, and with it the person whose course is shown. */
    void choose(Optional<SessionListing> session) {
        if (!session.equals(state.chosen())) {
            change(now -> now.withChosen(session.map(SessionListing::folder)));
            showTrend();
        }
    }

    /** Sums up the sessions of the person that is chosen; what was summed up before is there at once. */
    private void showTrend() {
        Optional<String> subject = state.chosen().flatMap(SessionListing::subject);
        boolean same = state.trend().isPresent()
                && state.trend().flatMap(SubjectHistory::subjectId).equals(subject)
                && state.trend().get().sessions().size()
                        == state.of(subject).stream()
                                .filter(SessionListing::canBeOpened)
                                .count();
        if (same) {
            return;
        }
        int number = ++reading;
        change(now -> now.withTrend(Optional.empty(), 0));
        List<SessionListing> sessions =
                state.of(subject).stream().filter(SessionListing::canBeOpened).toList();
        if (subject.isEmpty() || sessions.isEmpty()) {
            return;
        }
        List<SessionSummary> summed = new ArrayList<>();
        for (SessionListing each : sessions) {
            worker.run(
                    () -> summary(each),
                    summary -> {
                        if (number == reading) {
                            summed.add(summary);
                            change(now -> now.withTrend(
                                    summed.size() == sessions.size()
                                            ? Optional.of(SubjectHistory.of(summed))
                                            : Optional.empty(),
                                    summed.size() / (double) sessions.size()));
                        }
                    },
                    failure -> say(Failures.reviewing(each.folder(), failure)));
        }
    }

    /** Worker. */
    private SessionSummary summary(SessionListing session) throws IOException {
        SessionSummary known = summaries.get(session.folder());
        if (known != null) {
            return known;
        }
        try (SessionReader reader = reader(session)) {
            SessionSummary summary = SessionSummary.of(reader);
            summaries.put(session.folder(), summary);
            return summary;
        }
    }

    private SessionReader reader(SessionListing session) throws IOException {
        return session.entry().encrypted()
                ? SessionReader.open(session.folder(), cipher.orElseThrow())
                : SessionReader.open(session.folder());
    }

    /** Sets the questionnaire's figure of the session that is chosen. */
    void setFigure(String by, String questionnaire, String value) {
        Optional<SessionListing> session = state.chosen();
        Optional<Double> number = number(value);
        if (session.isEmpty()) {
            return;
        }
        if (by.isBlank() || questionnaire.isBlank() || number.isEmpty()) {
            say(Message.warning("message.people.figure"));
            return;
        }
        SessionListing chosen = session.get();
        worker.run(
                () -> {
                    SessionNotes notes = chosen.entry().encrypted()
                            ? SessionNotes.of(chosen.folder(), cipher.orElseThrow())
                            : SessionNotes.of(chosen.folder());
                    return notes.withClock(surroundings.clock()).figure(by.strip(), questionnaire, number.get());
                },
                written -> {
                    dismiss();
                    list(sessions -> {});
                },
                failure -> Failures.noting(chosen.folder(), failure),
                this::say);
    }

    private static Optional<Double> number(String text) {
        try {
            double value = Double.parseDouble(text.strip().replace(',', '.'));
            return Double.isFinite(value) ? Optional.of(value) : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** Hands the session that is chosen on, in clear text: a workbook, JSON or CSV, by the ending of the file's name. */
    void export(Path target) {
        state.chosen()
                .filter(SessionListing::canBeOpened)
                .ifPresent(session -> worker.run(
                        () -> {
                            write(session, target);
                            return target;
                        },
                        written -> say(Message.info("message.people.exported", written)),
                        failure -> Failures.exporting(target, failure),
                        this::say));
    }

    /** Worker. A file that is there is not written over; one that was not finished does not stay. */
    private void write(SessionListing session, Path target) throws IOException {
        if (Files.exists(target)) {
            throw new FileAlreadyExistsException(target.toString(), null, "is there already; choose another name");
        }
        String name = target.toString().toLowerCase(Locale.ROOT);
        try (OutputStream file = PrivateFiles.create(target);
                SessionReader reader = reader(session)) {
            if (name.endsWith(".xlsx")) {
                try (SessionWorkbook workbook = SessionWorkbook.of(file)) {
                    workbook.add(reader);
                }
            } else {
                Writer text = new OutputStreamWriter(file, StandardCharsets.UTF_8);
                SessionExport export = name.endsWith(".json") ? SessionExport.json(text) : SessionExport.csv(text);
                export.add(reader);
            }
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(target);
            throw e;
        }
    }

    /** Erases the session that is chosen. Asks twice. */
    void erase() {
        ask(Message.Action.ERASE, "message.ask.erase");
    }

    private void ask(Message.Action action, String key) {
        state.chosen()
                .ifPresent(session -> say(Message.warning(key, session.folder()).offering(action)));
    }

    private void eraseForGood() {
        Optional<SessionListing> chosen = state.chosen();
        dismiss();
        chosen.ifPresent(session -> worker.run(
                () -> {
                    summaries.remove(session.folder());
                    return SessionArchive.erase(session.entry());
                },
                left -> {
                    say(
                            left.isEmpty()
                                    ? Message.info("message.erased")
                                    : Message.warning("message.erasedBut", session.folder(), left.size()));
                    change(now -> now.withChosen(Optional.empty()));
                    list(sessions -> {});
                },
                failure -> say(Failures.erasing(session.folder(), failure))));
    }

    @Override
    public void act(Message.Action action) {
        switch (action) {
            case ERASE -> ask(Message.Action.ERASE_FOR_GOOD, "message.ask.eraseForGood");
            case ERASE_FOR_GOOD -> eraseForGood();
            default -> dismiss();
        }
    }

    @Override
    public void close() {
        reading++;
        removeListeners();
        worker.shutdown();
    }
}
