package org.emotion4j.session;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The names in a session's folder, and how its {@code session.json} is replaced. What the command line makes there is named
 * here too, because it holds the same readings: whoever adds a file of that kind adds its name, or it outlives an erasure.
 */
final class SessionFolder {
    static final String ROWS = CsvSessionRecorder.FILE_NAME;
    static final String SEALED_ROWS = "session.csv.sealed";
    static final String JSON = CsvSessionRecorder.INFO_FILE_NAME;
    static final String LOCK = "session.lock";
    private static final String TEMPORARY = ".new";

    /** A session, or one that was set aside as {@code session-1.csv}, {@code session-1.json} … for a later one. */
    private static final Pattern RECORD = Pattern.compile("session(-\\d+)?\\.(csv|csv\\.sealed|json)(\\.new)?");

    /** What is made from a session, likewise set aside or not. */
    private static final Pattern PRODUCT =
            Pattern.compile("(?:timeline(-\\d+)?\\.(?:csv|png)|report(-\\d+)?\\.html|clusters(-\\d+)?\\.png)");

    private SessionFolder() {}

    /** Tells a record by its name: rows or a description, of this session or of one that was set aside. */
    static boolean isRecord(Path file) {
        return RECORD.matcher(name(file)).matches();
    }

    /** Tells by its name what Emotion4J makes from a record. */
    static boolean isProduct(Path file) {
        return PRODUCT.matcher(name(file)).matches();
    }

    /** Returns what a record or product was set aside as, for example {@code "-1"}; empty for the folder's own. */
    static String suffix(Path file) {
        for (Pattern pattern : List.of(RECORD, PRODUCT)) {
            Matcher matcher = pattern.matcher(name(file));
            if (matcher.matches()) {
                for (int group = 1; group <= matcher.groupCount(); group++) {
                    String found = matcher.group(group);
                    if (found != null && found.startsWith("-")) {
                        return found;
                    }
                }
            }
        }
        return "";
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName());
    }

    static String rows(boolean encrypted) {
        return encrypted ? SEALED_ROWS : ROWS;
    }

    /** Where the next content of a file is put together. */
    static Path temporary(Path file) {
        return file.resolveSibling(file.getFileName() + TEMPORARY);
    }

    /**
     * Replaces a file's content so that after a crash there is either the old content or the new one: a second file is
     * written and forced, renamed over the first, and the folder forced.
     */
    static void replace(SessionStorage storage, Path file, byte[] content) throws IOException {
        Path next = temporary(file);
        storage.delete(next);
        try (SessionStorage.AppendFile target = storage.createNew(next)) {
            target.append(content);
            target.force();
        }
        storage.rename(next, file);
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            storage.forceFolder(folder);
        }
    }
}
