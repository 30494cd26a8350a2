package org.emotion4j.cli.io;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.emotion4j.file.internal.OutputFile;
import org.emotion4j.file.internal.PrivateFiles;
import org.emotion4j.recording.SessionArchive;

/** A folder that results go to. What an earlier session left there is neither overwritten nor moved. */
public final class OutputFolder {
    public static final String TIMELINE_CSV = "timeline.csv";
    public static final String TIMELINE_PNG = "timeline.png";

    private final Path path;

    private OutputFolder(Path path) {
        this.path = path;
    }

    /** Makes the folder where it does not exist. */
    public static OutputFolder at(Path path) {
        try {
            PrivateFiles.createFolders(path);
        } catch (IOException e) {
            throw new BadInputException(path + ": cannot be used as output folder: " + ErrorMessages.of(e), e);
        }
        if (!Files.isWritable(path)) {
            throw new BadInputException(path + ": cannot be used as output folder: no permission to write there");
        }
        return new OutputFolder(path);
    }

    public Path path() {
        return path;
    }

    public Path file(String name) {
        return path.resolve(name);
    }

    /**
     * A session in clear text beside an encrypted one would tell of the same person what that one hides, and look as safe.
     *
     * @throws BadInputException if the folder holds an encrypted session
     */
    public static void requireNothingEncrypted(Path path) throws IOException {
        if (!Files.isDirectory(path) || SessionArchive.isBeingRecorded(path)) {
            return; // whoever asks for the lock says that
        }
        List<Path> later = SessionArchive.laterSessions(path);
        for (SessionArchive.Entry entry : SessionArchive.of(path).sessions()) {
            boolean isHere = entry.folder().equals(path) || later.contains(entry.folder());
            if (isHere && entry.encrypted() && SessionArchive.isBeingRecorded(entry.folder())) {
                throw new BadInputException(
                        entry.folder() + ": is being recorded into by another session; choose another folder");
            }
            if (isHere && entry.encrypted()) {
                throw new BadInputException(path + ": holds an encrypted session, and the new one would lie beside it"
                        + " in clear text; encrypt it too, with --key FILE, or choose another folder");
            }
        }
    }

    /**
     * Makes room for a session and the files that come with it without touching what is there: where the folder holds a
     * session already, it is a folder in it, and that is told.
     *
     * @param encrypted whether the session is encrypted; one in clear text does not go beside one that is
     * @param names what will be written beside the record
     * @throws BadInputException if one of the names is taken by a file of the user's own, or the folder is recorded into now
     */
    public static OutputFolder forSession(Path path, boolean encrypted, PrintWriter messages, String... names)
            throws IOException {
        OutputFolder asked = at(path);
        Path free;
        try {
            free = SessionArchive.freeFolder(path);
        } catch (FileAlreadyExistsException e) {
            throw new BadInputException(ErrorMessages.withFile(e), e);
        }
        if (free.equals(path)) {
            for (String name : names) {
                try {
                    OutputFile.requireFree(asked.file(name));
                } catch (FileAlreadyExistsException e) {
                    throw ErrorMessages.notWritten(asked.file(name), e);
                }
            }
            return asked;
        }
        if (!encrypted) {
            requireNothingEncrypted(path);
        }
        messages.println(path + " holds a session already, which stays as it is; the new one goes to " + free);
        return at(free);
    }
}
