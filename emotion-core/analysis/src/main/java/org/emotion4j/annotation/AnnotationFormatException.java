package org.emotion4j.annotation;

import java.io.IOException;
import org.emotion4j.stage.Experimental;

/** A file of annotations that cannot be used, or is of another session. The message says why. */
@Experimental
public final class AnnotationFormatException extends IOException {
    private static final long serialVersionUID = 1L;

    AnnotationFormatException(String message) {
        super(message);
    }

    AnnotationFormatException(String message, Throwable cause) {
        super(message, cause);
    }
}
