package org.emotion4j.spark;

import java.io.IOException;
import java.util.List;

/** Reads inputs one after the other into a task's tables. What goes wrong with one is its outcome and stops no other. */
final class InputReader {
    private final TaskPlace place;
    private final SessionInputs sessions;
    private final FilmInputs films;

    /**
     * Prepares.
     *
     * @param expected the fingerprint that models and settings must have
     */
    InputReader(JobSettings settings, String expected, TaskPlace place) {
        this.place = place;
        this.sessions = new SessionInputs(settings, place);
        this.films = new FilmInputs(settings, expected, place);
    }

    /**
     * Reads an input and writes its rows.
     *
     * @throws IOException if the tables cannot be written
     * @throws InterruptedException if the task is to end
     */
    Outcome read(WorkItem item, StagedTables tables) throws IOException, InterruptedException {
        Outcome outcome;
        try {
            outcome = attempt(item, tables);
        } catch (InputException e) {
            outcome = e.outcome(item);
        }
        tell(outcome, tables, place);
        return outcome;
    }

    private Outcome attempt(WorkItem item, StagedTables tables)
            throws IOException, InterruptedException, InputException {
        if (item.problem() != null) {
            throw InputException.failed(item.problem());
        }
        return item.kind() == WorkItem.Kind.SESSION ? sessions.read(item, tables) : films.read(item, tables);
    }

    /** Writes the failure that an outcome is, or has. */
    static void tell(Outcome outcome, StagedTables tables, TaskPlace place) throws IOException {
        if (!outcome.reason().isEmpty()) {
            tables.write(
                    Table.FAILURES,
                    List.of(
                            outcome.path(),
                            outcome.status().word(),
                            outcome.reason(),
                            place.host(),
                            place.clock().instant().toString()));
        }
    }
}
