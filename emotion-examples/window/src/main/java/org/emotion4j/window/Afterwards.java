package org.emotion4j.window;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What is done with the record of a session that has ended: shown, reported, made into files, erased; and with those that were cut
 * off. Confined to the user interface's thread; whatever reads, writes or erases runs on the presenter's worker, behind the session
 * itself.
 */
final class Afterwards {
    private final SessionPresenter presenter;
    private final Platform surroundings;
    private final BackgroundWork worker;
    private Locale language = Locale.ENGLISH;

    Afterwards(SessionPresenter presenter, Platform surroundings, BackgroundWork worker) {
        this.presenter = presenter;
        this.surroundings = surroundings;
        this.worker = worker;
    }

    /** Sets the language of the pages that are written for people. */
    void speak(Locale value) {
        language = value;
    }

    /** Shows the folder of the record. */
    void showFolder() {
        presenter
                .state()
                .stored()
                .map(Presentation.Stored::folder)
                .ifPresent(record -> worker.run(
                        () -> surroundings.browse(record),
                        shown -> {
                            if (!shown) {
                                presenter.tell(Message.info("message.folder", record));
                            }
                        },
                        failure -> presenter.tell(Failures.unexpected(failure))));
    }

    /** Erases the record of the session that has ended. Asks twice. */
    void erase() {
        boolean two = presenter
                .state()
                .stored()
                .flatMap(Presentation.Stored::companion)
                .isPresent();
        ask(Message.Action.ERASE, two ? "message.ask.eraseBoth" : "message.ask.erase");
    }

    /** Asks once more whether it is to be erased. */
    void askOnceMore() {
        ask(Message.Action.ERASE_FOR_GOOD, "message.ask.eraseForGood");
    }

    private void ask(Message.Action action, String key) {
        if (presenter.state().phase().hasEnded()) {
            presenter
                    .state()
                    .stored()
                    .ifPresent(record ->
                            presenter.tell(Message.warning(key, record.folder()).offering(action)));
        }
    }

    /** Erases it, once that was agreed to twice. */
    void eraseForGood() {
        Optional<Presentation.Stored> stored = presenter.state().stored();
        presenter.dismiss();
        if (stored.isEmpty() || !presenter.state().phase().hasEnded()) {
            return;
        }
        Path record = stored.get().folder();
        worker.run(
                () -> RecordKeeper.erase(stored.get()),
                left -> {
                    presenter.change(now -> now.stored().equals(stored)
                            ? now.withStored(Optional.empty())
                                    .with(Presentation.Recording.OFF)
                                    .withOutcome(now.outcome().map(SessionOutcome::afterErasing))
                            : now);
                    presenter.tell(
                            left.isEmpty()
                                    ? Message.info("message.erased")
                                    : Message.warning("message.erasedBut", record, left.size()));
                },
                failure -> presenter.tell(Failures.erasing(record, failure)));
    }

    /** Writes the report of the session that has ended and shows it. */
    void openReport() {
        presenter.state().outcome().flatMap(SessionOutcome::folder).ifPresent(this::openReport);
    }

    private void openReport(Path session) {
        Locale spoken = language;
        worker.run(
                () -> {
                    Path page = RecordKeeper.report(session, spoken);
                    return surroundings.browse(page)
                            ? Message.info("message.reportOpened", page)
                            : Message.info("message.reportWritten", page);
                },
                presenter::tell,
                failure -> Failures.report(session, failure),
                presenter::tell);
    }

    /** What is made of a recorded session. */
    interface Output {
        /** Writes it, on the worker, and returns the file. */
        Path write(Path session) throws IOException;
    }

    /** Makes something of the session that has ended, and says where it is. */
    void write(Output output) {
        presenter
                .state()
                .outcome()
                .flatMap(SessionOutcome::folder)
                .ifPresent(session -> worker.run(
                        () -> output.write(session),
                        file -> presenter.tell(
                                Message.info("message.output", file).offering(Message.Action.FOLDER)),
                        failure -> Failures.output(session, failure),
                        presenter::tell));
    }

    /** Tidies up the recordings that were cut off. */
    void recover() {
        List<Path> cut = presenter.state().unfinished();
        presenter.change(now -> now.withMessage(Optional.empty()).withUnfinished(List.of()));
        worker.run(
                () -> RecordKeeper.recover(cut),
                frames -> presenter.tell(Message.info("message.recovered", cut.size(), frames, presenter.sessions())),
                failure -> presenter.tell(Failures.recovery(failure)));
    }
}
