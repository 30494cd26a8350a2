package org.emotion4j.cli.io;

import java.io.IOException;
import java.nio.file.Path;
import org.emotion4j.recording.SessionArchive;

/** Keeps tables and exports out of the folders of sessions, where they would be taken for a part of the record. */
public final class OutsideOfSessions {
    private OutsideOfSessions() {}

    /**
     * Makes sure that a file that is to be written would not lie beside a record.
     *
     * @param file the file
     * @throws BadInputException if its folder holds a session
     * @throws IOException if the folder cannot be read
     */
    public static void require(Path file) throws IOException {
        Path folder = file.toAbsolutePath().normalize().getParent();
        if (folder != null && SessionArchive.isSession(folder)) {
            throw new BadInputException("--out " + file.getFileName() + " is in the folder of the session " + folder
                    + "; write it somewhere else, so that it is not taken for a part of the record");
        }
    }
}
