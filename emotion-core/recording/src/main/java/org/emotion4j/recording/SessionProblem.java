package org.emotion4j.recording;

/**
 * Something in a record that could not be used; the rest was.
 *
 * @param line the line of the CSV, from 1; 0 where no single line is meant
 * @param message what was found
 */
public record SessionProblem(long line, String message) {
    /** Returns the problem in one line. */
    @Override
    public String toString() {
        return line == 0 ? message : "line " + line + ": " + message;
    }
}
