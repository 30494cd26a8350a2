package org.emotion4j.djl.data;

import java.io.IOException;
import java.nio.file.Path;

/** A file of labeled faces cannot be read as such. The message names the file, the line where there is one, and the cause. */
public class FaceDataException extends IOException {
    private static final long serialVersionUID = 1L;

    /**
     * A failure of a whole file.
     *
     * @param file which file
     * @param reason the cause, as the end of the sentence "file: …"
     */
    public FaceDataException(Path file, String reason) {
        super(file + ": " + reason);
    }

    /**
     * A failure of a whole file, because of another failure.
     *
     * @param file which file
     * @param reason the cause, as the end of the sentence "file: …"
     * @param cause the other failure
     */
    public FaceDataException(Path file, String reason, Throwable cause) {
        super(file + ": " + reason, cause);
    }

    /**
     * A failure of one line.
     *
     * @param file which file
     * @param line which line, the first is 1
     * @param reason the cause, as the end of the sentence "file, line 7: …"
     */
    public FaceDataException(Path file, long line, String reason) {
        super(file + ", line " + line + ": " + reason);
    }
}
