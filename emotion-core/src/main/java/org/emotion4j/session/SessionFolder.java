package org.emotion4j.session;

import java.io.IOException;
import java.nio.file.Path;

/** The names in a session's folder, and how its {@code session.json} is replaced. */
final class SessionFolder {
    static final String ROWS = CsvSessionRecorder.FILE_NAME;
    static final String SEALED_ROWS = "session.csv.sealed";
    static final String JSON = CsvSessionRecorder.INFO_FILE_NAME;
    static final String LOCK = "session.lock";
    private static final String TEMPORARY = ".new";

    private SessionFolder() {}

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
