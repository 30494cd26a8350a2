package org.emotion4j.cli.io;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** Says in words why something failed: the message of a file's exception is often only the file's name. */
public final class ErrorMessages {
    public static final String UTF8_ADVICE = "set the variable LC_ALL=C.UTF-8 for this program";

    private ErrorMessages() {}

    public static String of(Throwable failure) {
        if (failure instanceof FileSystemException file) {
            String reason = file.getReason();
            if (reason != null) {
                return reason;
            }
        }
        if (failure instanceof NoSuchFileException) {
            return "no such file or folder";
        }
        if (failure instanceof NotDirectoryException) {
            return "is no folder";
        }
        if (failure instanceof AccessDeniedException) {
            return "no permission";
        }
        if (failure instanceof FileAlreadyExistsException) {
            return "there is a file of that name";
        }
        if (failure instanceof CharacterCodingException) {
            return "is not text in UTF-8";
        }
        if (failure instanceof InvalidPathException) {
            return isUtf8(fileNameEncoding())
                    ? "no name that a file can have on this system"
                    : "a name with letters that this system's encoding, " + fileNameEncoding() + ", does not know: "
                            + UTF8_ADVICE;
        }
        return message(failure);
    }

    /** The encoding in which Java reads and writes the names of files; a property of every JDK. */
    public static String fileNameEncoding() {
        return System.getProperty("sun.jnu.encoding", "unknown");
    }

    public static boolean isUtf8(String encoding) {
        return encoding.toUpperCase(Locale.ROOT).replace("-", "").equals("UTF8");
    }

    /** A file that a command was to write. */
    public static BadInputException notWritten(Path file, IOException failure) {
        return new BadInputException(
                Harmless.name(file)
                        + (failure instanceof FileAlreadyExistsException ? ": " : ": cannot be written: ")
                        + of(failure),
                failure);
    }

    /** The same with the file's name in front, where the message does not have it. */
    public static String withFile(Throwable failure) {
        return failure instanceof FileSystemException file
                ? Harmless.name(file.getFile()) + ": " + of(file)
                : message(failure);
    }

    /** The message as it stands, or the name of the class where there is none. */
    public static String message(Throwable failure) {
        Optional<String> missing = MissingLibrary.describe(failure);
        if (missing.isPresent()) {
            return missing.get();
        }
        String message = failure.getMessage();
        return message == null ? failure.getClass().getName() : Harmless.name(message);
    }
}
