package org.emotion4j.window;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.emotion4j.stage.StageException;

/**
 * Says in plain words what went wrong and, where that is known, what to do; what a library said about it goes along as a detail. Those
 * that ask the disk take their time.
 */
final class Failures {
    private Failures() {}

    /** A source that does not open. */
    static Message opening(SourceChoice choice, Throwable failure) {
        String key;
        if (failure instanceof StageException || failure instanceof LinkageError) {
            key = "message.engine";
        } else if (choice.isCamera()) {
            key = "message.cameraDoesNotOpen";
        } else if (failure instanceof NoSuchFileException) {
            key = choice.isThere() ? "message.noPictures" : "message.noSuchFile";
        } else {
            key = "message.fileDoesNotOpen";
        }
        Message message = Message.error(key, choice.name());
        // What the message says already is not said twice; of a file that nobody could open there is one thing to try.
        Optional<Trouble> trouble =
                switch (key) {
                    case "message.engine", "message.noSuchFile", "message.noPictures" -> Optional.empty();
                    case "message.cameraDoesNotOpen" -> Trouble.of(failure);
                    default -> Trouble.of(failure).or(() -> Optional.of(Trouble.DAMAGED_PICTURE));
                };
        return message.because(trouble, reason(failure));
    }

    /** A source that was there and is not any longer. */
    static Message lost(Optional<SourceChoice> choice, boolean inSession, Optional<Throwable> cause) {
        boolean camera = choice.filter(SourceChoice::isCamera).isPresent();
        String name = choice.map(SourceChoice::name).orElse("");
        Message message = Message.error(
                camera ? inSession ? "message.cameraLost" : "message.cameraLostBefore" : "message.fileLost", name);
        return cause.map(failure -> because(message, failure)).orElse(message);
    }

    /** A record that cannot be begun. */
    static Message recording(Path folder, Throwable failure) {
        return because(Message.error("message.cannotRecord", folder), failure);
    }

    /** A record that cannot be gone on with. */
    static Message writing(Throwable failure) {
        return because(Message.error("message.recordingStopped"), failure);
    }

    /** A session that has ended and cannot be summed up. */
    static Message finishing(Throwable failure) {
        return because(Message.error("message.noSummary"), failure);
    }

    /** A report that cannot be written. */
    static Message report(Path session, Throwable failure) {
        return because(Message.error("message.noReport"), failure, session);
    }

    /** A table or a picture of a session that cannot be written. */
    static Message output(Path file, Throwable failure) {
        return because(Message.error("message.noOutput"), failure, file);
    }

    /** A recording that cannot be tidied up. */
    static Message recovery(Throwable failure) {
        return because(Message.error("message.notRecovered"), failure);
    }

    /** A record that cannot be erased. */
    static Message erasing(Path folder, Throwable failure) {
        return because(Message.error("message.notErased", folder), failure);
    }

    /** A session that cannot be looked at. */
    static Message reviewing(Path folder, Throwable failure) {
        return because(Message.error("message.review.cannotOpen", folder), failure);
    }

    /** A note that cannot be written; what was typed is still there. */
    static Message noting(Path folder, Throwable failure) {
        return because(Message.error("message.review.notWritten", folder), failure, folder);
    }

    /** Markers that cannot be kept for the next time. */
    static Message keeping(Path folder, Throwable failure) {
        return because(Message.error("message.presets.notKept", folder), failure, folder);
    }

    /** A folder of sessions that cannot be read. */
    static Message listing(Path folder, Throwable failure) {
        return because(Message.error("message.people.notListed", folder), failure);
    }

    /** A session that cannot be handed on. */
    static Message exporting(Path target, Throwable failure) {
        return because(Message.error("message.people.notExported", target), failure, target);
    }

    /** A text of consent that cannot be read, or written. */
    static Message consentText(Throwable failure) {
        return because(Message.error("message.guide.noText"), failure);
    }

    /** Consent that cannot be noted: nobody has agreed then, and what was signed is still there. */
    static Message consenting(Path folder, Throwable failure) {
        return because(Message.error("message.guide.notKept", folder), failure, folder);
    }

    /** Anything else. */
    static Message unexpected(Throwable failure) {
        return because(Message.error("message.unexpected"), failure);
    }

    private static Message because(Message message, Throwable failure) {
        return message.because(Trouble.of(failure), reason(failure));
    }

    private static Message because(Message message, Throwable failure, Path place) {
        return message.because(Trouble.ofWriting(failure, place), reason(failure));
    }

    /** The first line of what was said; a class's name where nothing was. */
    private static String reason(Throwable failure) {
        if (failure instanceof FileSystemException file) {
            String why = file.getReason();
            if (why == null) {
                why = failure instanceof NoSuchFileException
                        ? "no such file or folder"
                        : failure instanceof AccessDeniedException
                                ? "no permission"
                                : failure.getClass().getSimpleName();
            }
            return file.getFile() + ": " + why;
        }
        String message = failure.getMessage();
        return message == null || message.isBlank()
                ? failure.getClass().getSimpleName()
                : message.lines().findFirst().orElse("");
    }
}
