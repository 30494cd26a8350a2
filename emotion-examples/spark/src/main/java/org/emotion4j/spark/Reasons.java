package org.emotion4j.spark;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Says on one line why something failed: the message of a file's exception is often only the file's name. */
final class Reasons {
    private static final int LONGEST = 2_000;

    private Reasons() {}

    static String of(Throwable failure) {
        String message = message(failure).replaceAll("\\p{Cntrl}+", " ").strip();
        return message.length() > LONGEST ? message.substring(0, LONGEST) + " …" : message;
    }

    /** The same where a whole file system may be missing. */
    static String ofFileSystem(Throwable failure) {
        return failure.getCause() instanceof ClassNotFoundException
                ? of(failure) + "; add the jars of this file system, for example with spark-submit --packages"
                : of(failure);
    }

    private static String message(Throwable failure) {
        if (failure instanceof FileSystemException file) {
            String reason = file.getReason();
            if (reason != null) {
                return file.getFile() + ": " + reason;
            }
        }
        if (failure instanceof NoSuchFileException missing) {
            return missing.getFile() + ": no such file or folder";
        }
        if (failure instanceof AccessDeniedException denied) {
            return denied.getFile() + ": no permission";
        }
        String message = failure.getMessage();
        return message == null || message.isBlank() ? failure.getClass().getName() : message;
    }
}
