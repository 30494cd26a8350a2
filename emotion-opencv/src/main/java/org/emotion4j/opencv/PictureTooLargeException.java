package org.emotion4j.opencv;

import org.emotion4j.frame.FrameUnreadableException;

/** A picture with more pixels than are read, or than the caller allows. */
public final class PictureTooLargeException extends FrameUnreadableException {
    private static final long serialVersionUID = 1L;

    PictureTooLargeException(String origin, String reason) {
        super(origin, reason);
    }
}
