package org.emotion4j.spark;

import com.google.gson.Gson;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A commit under way: what goes where and what goes away. Done again from its start it ends the same. All that it names lies in the
 * folder of tables: whoever can write there makes nobody else's run move or delete what lies elsewhere.
 *
 * @param moves the staged files, and where they go
 * @param removed the tables' files that others replace
 * @param groups whose notes go, because they are committed
 */
record CommitJournal(List<Move> moves, List<TableFile> removed, List<String> groups) {
    private static final Gson GSON = new Gson();

    /** Copies the lists. */
    CommitJournal {
        moves = List.copyOf(moves);
        removed = List.copyOf(removed);
        groups = List.copyOf(groups);
        if (!groups.stream().allMatch(CommitJournal::isName)) {
            throw new IllegalArgumentException("a group's name leads elsewhere");
        }
    }

    /**
     * A file of a table.
     *
     * @param table whose
     * @param part its name without ending
     */
    record TableFile(Table table, String part) {
        TableFile {
            if (table == null || !isName(part)) {
                throw new IllegalArgumentException("names no file of a table");
            }
        }
    }

    /**
     * From staged to its place.
     *
     * @param staged the name of the staged file
     * @param to its place
     */
    record Move(String staged, TableFile to) {
        Move {
            if (to == null || !isName(staged)) {
                throw new IllegalArgumentException("names no staged file");
            }
        }
    }

    /** What is to be done with groups that are done and parts that were written anew. */
    static CommitJournal of(List<GroupResult> results, List<PartRewrite.Result> rewritten) {
        List<Move> moves = new ArrayList<>();
        List<TableFile> removed = new ArrayList<>();
        for (GroupResult result : results) {
            String part = "part-" + result.group();
            result.files().forEach(file -> moves.add(new Move(file.name(), new TableFile(file.table(), part))));
        }
        for (PartRewrite.Result each : rewritten) {
            each.files().forEach(file -> moves.add(new Move(file.name(), new TableFile(file.table(), each.newPart()))));
            for (Table table : Table.values()) {
                removed.add(new TableFile(table, each.oldPart()));
            }
        }
        return new CommitJournal(
                moves, removed, results.stream().map(GroupResult::group).toList());
    }

    String toJson() {
        return GSON.toJson(this);
    }

    /** Reads one; empty where the text is none, or names what lies elsewhere. */
    static Optional<CommitJournal> parse(String json) {
        return parse(json, CommitJournal.class);
    }

    /** Reads what a task has noted; empty where the text is no such note, or names what lies elsewhere. */
    static Optional<GroupResult> parseGroup(String json) {
        return parse(json, GroupResult.class)
                .filter(result -> isName(result.group())
                        && result.files().stream()
                                .allMatch(file -> file != null && file.table() != null && isName(file.name()))
                        && result.outcomes().stream()
                                .allMatch(each -> each != null
                                        && each.path() != null
                                        && each.status() != null
                                        && each.reason() != null
                                        && each.sha256() != null));
    }

    private static <T> Optional<T> parse(String json, Class<T> type) {
        try {
            return Optional.ofNullable(GSON.fromJson(json, type));
        } catch (RuntimeException e) { // Gson's own, or what it makes of a record that refuses its components
            return Optional.empty();
        }
    }

    /** Whether a text names a file in a folder, and not one of another. */
    private static boolean isName(String text) {
        return text != null
                && !text.isBlank()
                && !text.startsWith(".")
                && text.chars().noneMatch(c -> c == '/' || c == '\\' || c == ':' || Character.isISOControl(c));
    }
}
