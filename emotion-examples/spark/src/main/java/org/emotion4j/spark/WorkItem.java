package org.emotion4j.spark;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * One input of a run.
 *
 * @param uri where it is, for Hadoop
 * @param path its name in the tables: the plain path of a local file, the address of any other
 * @param kind what it was taken for
 * @param bytes its size
 * @param problem why it cannot be read, where the listing found out already
 * @param known what an earlier run left of it; null where there is nothing
 */
record WorkItem(
        String uri,
        String path,
        Kind kind,
        long bytes,
        @Nullable String problem,
        @Nullable Known known) implements Serializable {
    /** What an input was taken for by its listing. */
    enum Kind {
        /** A film or a picture, or something else that is told to be neither when it is opened. */
        FILE,
        /** A folder with a recorded session. */
        SESSION
    }

    /**
     * What an earlier run left of an input.
     *
     * @param status what became of it
     * @param sha256 of its content then
     * @param fingerprint of the models and settings then
     * @param part the name of the files with its rows, without their ending
     */
    record Known(Status status, String sha256, String fingerprint, String part) implements Serializable {}

    static WorkItem of(String uri, String path, Kind kind, long bytes) {
        return new WorkItem(uri, path, kind, bytes, null, null);
    }

    /** Whether an earlier run has read this content with these models and settings. */
    boolean isKnown(String sha256, String fingerprint) {
        return known != null
                && known.status().hasRows()
                && known.sha256().equals(sha256)
                && known.fingerprint().equals(fingerprint);
    }

    WorkItem withProblem(String reason) {
        return new WorkItem(uri, path, kind, bytes, reason, known);
    }

    WorkItem withKnown(@Nullable Known value) {
        return new WorkItem(uri, path, kind, bytes, problem, value);
    }
}
