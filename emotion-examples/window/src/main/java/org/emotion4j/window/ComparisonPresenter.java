package org.emotion4j.window;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.DoubleConsumer;
import org.emotion4j.chart.ConfusionChart;
import org.emotion4j.recording.SessionCipher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides what happens where labels stand against readings. Knows no component and needs no display.
 *
 * <p>Confined to the user interface's thread, which it never keeps waiting: whatever reads or writes runs on one worker thread.
 */
final class ComparisonPresenter extends MessagePresenter<Comparison> implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ComparisonPresenter.class);

    private final Path folder;
    private final Executor ui;
    private final BackgroundWork worker;
    private Optional<SessionCipher> cipher = Optional.empty();

    /** Written by the user interface's thread; the worker gives up what nobody waits for any longer. */
    private volatile int reading;

    ComparisonPresenter(Path folder, Executor ui) {
        super(Comparison.CLOSED);
        this.folder = folder;
        this.ui = ui;
        this.worker = new BackgroundWork("emotion4j-comparison-worker", ui);
    }

    /** Opens encrypted sessions with a key. */
    void use(Optional<SessionCipher> key) {
        cipher = key;
    }

    /** Counts the labels of a session that is looked at. */
    void open(Path session, Optional<String> subject) {
        change(now -> Comparison.of(Optional.of(session), subject));
        count();
    }

    /** Counts the labels of a person's sessions, or of all. */
    void open(Optional<String> subject) {
        change(now -> Comparison.of(Optional.empty(), subject));
        count();
    }

    /** Counts other sessions. */
    void choose(Comparison.Scope scope) {
        if (scope != state.scope()) {
            change(now -> now.with(scope));
            count();
        }
    }

    void leave() {
        reading++;
        change(now -> Comparison.CLOSED);
    }

    private void count() {
        int number = ++reading;
        Comparison wanted = state;
        worker.run(
                () -> read(
                        wanted,
                        number,
                        share -> ui.execute(() -> {
                            if (number == reading) {
                                change(now -> now.withProgress(share));
                            }
                        })),
                found -> {
                    if (number == reading) {
                        change(now -> now.with(found));
                    }
                },
                failure -> {
                    if (number == reading) {
                        say(Failures.listing(folder, failure));
                    }
                });
    }

    /** Worker. A session that cannot be read is counted as such; the others count all the same. */
    private LabelComparison read(Comparison wanted, int number, DoubleConsumer progress) throws IOException {
        List<Path> sessions = wanted.scope() == Comparison.Scope.SESSION
                ? wanted.session().stream().toList()
                : SessionListing.in(folder, cipher).stream()
                        .filter(each -> wanted.scope() == Comparison.Scope.ALL
                                || each.subject().equals(wanted.subject()))
                        .map(SessionListing::folder)
                        .toList();
        LabelComparison.Builder found = new LabelComparison.Builder();
        for (int i = 0; i < sessions.size() && number == reading; i++) {
            try {
                found.add(sessions.get(i), cipher);
            } catch (IOException e) {
                LOG.warn("{}: {}", sessions.get(i), e.getMessage());
                found.addClosed();
            }
            progress.accept((i + 1.0) / sessions.size());
        }
        return found.build();
    }

    /** Writes the matrix into a new file: a table, or a picture, by its ending. */
    void write(Path file, ConfusionChart.Words words) {
        state.found()
                .ifPresent(found -> worker.run(
                        () -> {
                            ComparisonFile.write(file, found.matrix(), words);
                            return file;
                        },
                        written -> say(Message.info("message.output", written)),
                        failure -> Failures.output(file, failure),
                        this::say));
    }

    @Override
    public void close() {
        reading++;
        removeListeners();
        worker.shutdown();
    }
}
