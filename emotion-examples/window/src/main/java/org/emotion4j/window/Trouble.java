package org.emotion4j.window;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.ReadOnlyFileSystemException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.emotion4j.frame.FrameUnreadableException;
import org.emotion4j.frame.InputCutOffException;
import org.emotion4j.opencv.PictureTooLargeException;
import org.emotion4j.recording.SessionDecryptionException;
import org.emotion4j.recording.SessionFormatException;
import org.emotion4j.recording.SessionInUseException;
import org.emotion4j.recording.SessionVersionException;

/** What a clinician can do something about, told in her language: known by the kind of a failure, never by its words. */
enum Trouble {
    /** A file or folder is not there any longer. */
    MISSING(NoSuchFileException.class, FileNotFoundException.class),
    /** It may not be read or written. */
    NO_PERMISSION(AccessDeniedException.class, ReadOnlyFileSystemException.class),
    /** Another file has that name. */
    TAKEN(FileAlreadyExistsException.class),
    /** A session is encrypted, and the key is missing or another one's. */
    KEY(SessionDecryptionException.class),
    /** It was recorded by a newer version. */
    NEWER(SessionVersionException.class),
    /** It is being recorded or erased. */
    IN_USE(SessionInUseException.class),
    /** A record is damaged, or another program's file. */
    DAMAGED_RECORD(SessionFormatException.class),
    /** A copy broke off. */
    CUT_OFF(InputCutOffException.class),
    /** More pixels than are read. */
    TOO_LARGE(PictureTooLargeException.class),
    /** A picture, or a film's pictures, cannot be read. */
    DAMAGED_PICTURE(FrameUnreadableException.class),
    /** No room on the disk. Known by asking the disk, because Java has no exception of that kind. */
    FULL_DISK;

    /** With less room than this, in bytes, nothing worth writing can be written. */
    private static final long LEAST_ROOM = 1L << 20;

    /** Causes may go round in a circle. */
    private static final int DEEPEST = 16;

    private final List<Class<?>> failures;

    Trouble(Class<?>... failures) {
        this.failures = List.of(failures);
    }

    /** The key of what is said. */
    String key() {
        return "trouble." + name().toLowerCase(Locale.ROOT);
    }

    /** What a failure, or one behind it, is, the first of these that fits; empty where none does. */
    static Optional<Trouble> of(Throwable failure) {
        return Stream.of(values()).filter(each -> each.isBehind(failure)).findFirst();
    }

    private boolean isBehind(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                .limit(DEEPEST)
                .anyMatch(each -> failures.stream().anyMatch(kind -> kind.isInstance(each)));
    }

    /** The same of something that was to be written: a failure of no known kind on a full disk is that. Asks the disk. */
    static Optional<Trouble> ofWriting(Throwable failure, Path place) {
        return of(failure).or(() -> isFull(room(place)) ? Optional.of(FULL_DISK) : Optional.empty());
    }

    static boolean isFull(OptionalLong room) {
        return room.isPresent() && room.getAsLong() < LEAST_ROOM;
    }

    /** Bytes that are free where a file or folder is, or would be; empty where nobody knows. */
    private static OptionalLong room(Path place) {
        for (Path each = place.toAbsolutePath(); each != null; each = each.getParent()) {
            try {
                return OptionalLong.of(Files.getFileStore(each).getUsableSpace());
            } catch (NoSuchFileException e) {
                continue;
            } catch (IOException | RuntimeException e) {
                return OptionalLong.empty();
            }
        }
        return OptionalLong.empty();
    }
}
