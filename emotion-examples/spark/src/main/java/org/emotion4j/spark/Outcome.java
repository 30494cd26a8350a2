package org.emotion4j.spark;

import java.io.Serializable;
import java.time.Duration;

/**
 * What became of one input.
 *
 * @param path its name in the tables
 * @param status what became of it
 * @param reason why it was not read, or not to its end; empty where it was
 * @param sha256 of its content; empty where it was not read so far
 * @param frames how many were analyzed, or read of a session
 * @param readings how many rows with a face
 * @param lengthNanos how long a film is that is to be read in parts; else 0
 */
record Outcome(String path, Status status, String reason, String sha256, long frames, long readings, long lengthNanos)
        implements Serializable {
    static Outcome notRead(String path, Status status, String reason, String sha256) {
        return new Outcome(path, status, reason, sha256, 0, 0, 0);
    }

    static Outcome longFilm(String path, String sha256, Duration length) {
        return new Outcome(path, Status.LONG, "", sha256, 0, 0, length.toNanos());
    }
}
