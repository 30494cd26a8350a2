package org.emotion4j.spark;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import java.util.stream.Collectors;

/**
 * What a run has done, in words and numbers.
 *
 * @param outcomes of all inputs, by path
 * @param notes what else is worth knowing
 * @param hidden how many hidden files were passed over
 */
record Report(List<Outcome> outcomes, List<String> notes, int hidden) {
    private static final int MOST_NAMED = 20;

    long count(Status status) {
        return outcomes.stream().filter(outcome -> outcome.status() == status).count();
    }

    /** One line for people. */
    String describe(String out) {
        StringJoiner words = new StringJoiner(", ");
        words.add(
                outcomes.size() + (outcomes.size() == 1 ? " input" : " inputs") + ": " + count(Status.READ) + " read");
        add(words, Status.INCOMPLETE, "incomplete");
        add(words, Status.UNCHANGED, "unchanged");
        add(words, Status.SKIPPED, "skipped");
        add(words, Status.FAILED, "failed");
        long frames = outcomes.stream().mapToLong(Outcome::frames).sum();
        long readings = outcomes.stream().mapToLong(Outcome::readings).sum();
        return String.format(Locale.ROOT, "%s; %d frames with %d readings; see %s", words, frames, readings, out);
    }

    private void add(StringJoiner words, Status status, String word) {
        if (count(status) > 0) {
            words.add(count(status) + " " + word);
        }
    }

    /** What somebody should know, each on a line of its own. */
    List<String> remarks() {
        List<String> remarks = new ArrayList<>();
        List<Outcome> told =
                outcomes.stream().filter(outcome -> !outcome.reason().isEmpty()).toList();
        told.stream()
                .limit(MOST_NAMED)
                .forEach(outcome ->
                        remarks.add(outcome.path() + ": " + outcome.status().word() + ": " + outcome.reason()));
        if (told.size() > MOST_NAMED) {
            remarks.add((told.size() - MOST_NAMED) + " more are in the table failures");
        }
        remarks.addAll(notes);
        addCopies(remarks);
        if (hidden > 0) {
            remarks.add(hidden + (hidden == 1 ? " hidden file or folder was" : " hidden files or folders were")
                    + " passed over");
        }
        return remarks;
    }

    /** Copies are read like all others; whoever counts people wants to know. */
    private void addCopies(List<String> remarks) {
        Map<String, List<String>> byContent = outcomes.stream()
                .filter(outcome -> !outcome.sha256().isEmpty())
                .collect(
                        Collectors.groupingBy(Outcome::sha256, Collectors.mapping(Outcome::path, Collectors.toList())));
        byContent.values().stream()
                .filter(paths -> paths.size() > 1)
                .sorted((one, other) -> one.get(0).compareTo(other.get(0)))
                .limit(MOST_NAMED)
                .forEach(paths -> remarks.add(paths.get(0) + " has the same content as " + paths.get(1)
                        + (paths.size() == 2 ? "" : " and " + (paths.size() - 2) + " more")
                        + "; each was read: columns path and file_sha256 of sessions tell them apart"));
    }

    /** Whether nothing went wrong that the user should do something about. */
    boolean isClean() {
        return count(Status.FAILED) == 0 && count(Status.INCOMPLETE) == 0;
    }
}
