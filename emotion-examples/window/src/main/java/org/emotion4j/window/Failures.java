package org.emotion4j.window;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.emotion4j.recording.SessionDecryptionException;
import org.emotion4j.stage.StageException;

/** Says in plain words what went wrong. What a library said about it goes along, in its own words. */
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
            key = "message.noSuchFile";
        } else {
            key = "message.fileDoesNotOpen";
        }
        return Message.error(key, choice.name()).because(reason(failure));
    }

    /** A source that was there and is not any longer. */
    static Message lost(Optional<SourceChoice> choice, boolean inSession, Optional<Throwable> cause) {
        boolean camera = choice.filter(SourceChoice::isCamera).isPresent();
        String name = choice.map(SourceChoice::name).orElse("");
        Message message = Message.error(
                camera ? inSession ? "message.cameraLost" : "message.cameraLostBefore" : "message.fileLost", name);
        return cause.map(Failures::reason).map(message::because).orElse(message);
    }

    /** A record that cannot be begun. */
    static Message recording(Path folder, Throwable failure) {
        return Message.error("message.cannotRecord", folder).because(reason(failure));
    }

    /** A record that cannot be gone on with. */
    static Message writing(Throwable failure) {
        return Message.error("message.recordingStopped").because(reason(failure));
    }

    /** A session that has ended and cannot be summed up. */
    static Message finishing(Throwable failure) {
        return Message.error("message.noSummary").because(reason(failure));
    }

    /** A report that cannot be written. */
    static Message report(Throwable failure) {
        return Message.error("message.noReport").because(reason(failure));
    }

    /** A table or a picture of a session that cannot be written. */
    static Message output(Throwable failure) {
        return Message.error("message.noOutput").because(reason(failure));
    }

    /** A recording that cannot be tidied up. */
    static Message recovery(Throwable failure) {
        return Message.error("message.notRecovered").because(reason(failure));
    }

    /** A record that cannot be erased. */
    static Message erasing(Path folder, Throwable failure) {
        return Message.error("message.notErased", folder).because(reason(failure));
    }

    /** A session that cannot be looked at. */
    static Message reviewing(Path folder, Throwable failure) {
        return Message.error(
                        failure instanceof SessionDecryptionException
                                ? "message.review.encrypted"
                                : "message.review.cannotOpen",
                        folder)
                .because(reason(failure));
    }

    /** A note that cannot be written; what was typed is still there. */
    static Message noting(Path folder, Throwable failure) {
        return Message.error("message.review.notWritten", folder).because(reason(failure));
    }

    /** Markers that cannot be kept for the next time. */
    static Message keeping(Path folder, Throwable failure) {
        return Message.error("message.presets.notKept", folder).because(reason(failure));
    }

    /** A folder of sessions that cannot be read. */
    static Message listing(Path folder, Throwable failure) {
        return Message.error("message.people.notListed", folder).because(reason(failure));
    }

    /** A session that cannot be handed on. */
    static Message exporting(Path target, Throwable failure) {
        return Message.error("message.people.notExported", target).because(reason(failure));
    }

    /** A text of consent that cannot be read, or written. */
    static Message consentText(Throwable failure) {
        return Message.error("message.guide.noText").because(reason(failure));
    }

    /** Consent that cannot be noted: nobody has agreed then, and what was signed is still there. */
    static Message consenting(Path folder, Throwable failure) {
        return Message.error("message.guide.notKept", folder).because(reason(failure));
    }

    /** Anything else. */
    static Message unexpected(Throwable failure) {
        return Message.error("message.unexpected").because(reason(failure));
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
