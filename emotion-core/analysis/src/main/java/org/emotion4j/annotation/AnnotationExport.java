package org.emotion4j.annotation;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/**
 * Writes annotated sessions for the programs of laboratories. All files are UTF-8; times are media time, so that they fit the
 * film.
 *
 * <table>
 * <caption>Formats</caption>
 * <tr><td>{@link #elan}</td><td>ELAN ({@code .eaf}, format 3.0): a tier each, milliseconds</td></tr>
 * <tr><td>{@link #textGrid}</td><td>Praat ({@code .TextGrid}, the long text format): an interval tier each, seconds</td></tr>
 * <tr><td>{@link #boris}</td><td>BORIS ({@code .boris}, project format 7.0): an observation a session, state events,
 * seconds</td></tr>
 * <tr><td>{@link #bidsEvents}</td><td>BIDS ({@code _events.tsv}): a row each, seconds; what its columns mean in
 * {@link #bidsSidecar} ({@code _events.json})</td></tr>
 * </table>
 *
 * <p>What comes out of an encrypted session is not encrypted.
 */
public final class AnnotationExport {
    private AnnotationExport() {}

    /**
     * Writes a document of ELAN. It names the film beside it where the session was read from one; ELAN asks for it where it
     * lies elsewhere. An annotation is at least a millisecond long there.
     *
     * @param session what to write
     * @param target where to; left open
     * @throws IOException if it cannot be written
     */
    public static void elan(SessionAnnotations session, OutputStream target) throws IOException {
        ElanDocument.write(session, target);
    }

    /**
     * Writes a TextGrid of Praat. Where nothing was there, its intervals are empty.
     *
     * @param session what to write
     * @param target where to; left open
     * @throws IOException if it cannot be written
     */
    public static void textGrid(SessionAnnotations session, OutputStream target) throws IOException {
        TextGrid.write(session, target);
    }

    /**
     * Writes a project of BORIS with an ethogram of all that was found.
     *
     * @param sessions an observation each, named by its id
     * @param target where to; left open
     * @throws IOException if it cannot be written
     * @throws IllegalArgumentException if two sessions have one id
     */
    public static void boris(List<SessionAnnotations> sessions, OutputStream target) throws IOException {
        BorisProject.write(sessions, target);
    }

    /**
     * Writes the events of a BIDS data set, by their onset.
     *
     * @param session what to write
     * @param target where to; left open
     * @throws IOException if it cannot be written
     */
    public static void bidsEvents(SessionAnnotations session, OutputStream target) throws IOException {
        BidsEvents.write(session, target);
    }

    /**
     * Writes what belongs beside {@link #bidsEvents}: what its columns mean, and what read the session.
     *
     * @param session of which session
     * @param target where to; left open
     * @throws IOException if it cannot be written
     */
    public static void bidsSidecar(SessionAnnotations session, OutputStream target) throws IOException {
        BidsEvents.writeSidecar(session, target);
    }
}
