package org.emotion4j.examples;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Says in words why something failed: the message of a file's exception is often only the file's name. */
final class Reason {
    private Reason() {}

    static String of(Throwable failure) {
        if (failure instanceof FileSystemException file) {
            String reason = file.getReason();
            if (reason != null) {
                return reason;
            }
        }
        if (failure instanceof NoSuchFileException) {
            return "no such file or folder";
        }
        if (failure instanceof AccessDeniedException) {
            return "no permission";
        }
        if (failure instanceof FileAlreadyExistsException) {
            return "there is a file of that name";
        }
        return message(failure);
    }

    /** The same with the file's name in front, where the message does not have it. */
    static String withFile(Throwable failure) {
        return failure instanceof FileSystemException file ? file.getFile() + ": " + of(file) : message(failure);
    }

    /** The message as it stands, or the name of the class where there is none. */
    static String message(Throwable failure) {
        String message = failure.getMessage();
        return message == null ? failure.getClass().getName() : message;
    }
}
