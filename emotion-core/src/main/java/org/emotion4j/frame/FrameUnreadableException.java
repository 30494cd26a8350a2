package org.emotion4j.frame;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * One picture of a source cannot be read; the source itself goes on. The message names the file and the cause.
 */
public class FrameUnreadableException extends IOException {
    private static final long serialVersionUID = 1L;

    /** The file or device. */
    private final String origin;

    /**
     * A picture that cannot be read.
     *
     * @param origin the file or device
     * @param reason the cause, as the end of the sentence "origin: …"
     */
    public FrameUnreadableException(String origin, String reason) {
        this(origin, reason, null);
    }

    /**
     * A picture that cannot be read, because of another failure.
     *
     * @param origin the file or device
     * @param reason the cause, as the end of the sentence "origin: …"
     * @param cause the other failure, where there is one
     */
    public FrameUnreadableException(String origin, String reason, @Nullable Throwable cause) {
        super(origin + ": " + reason, cause);
        this.origin = origin;
    }

    /**
     * Returns which picture.
     *
     * @return the file or device
     */
    public String origin() {
        return origin;
    }
}
