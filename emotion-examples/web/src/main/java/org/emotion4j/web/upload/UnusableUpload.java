package org.emotion4j.web.upload;

import org.springframework.http.HttpStatus;

/** A file that is not read, and why: the caller's to mend. */
final class UnusableUpload extends Exception {
    private static final long serialVersionUID = 1L;

    private final HttpStatus status;

    UnusableUpload(HttpStatus status, String reason) {
        super(reason);
        this.status = status;
    }

    HttpStatus status() {
        return status;
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
