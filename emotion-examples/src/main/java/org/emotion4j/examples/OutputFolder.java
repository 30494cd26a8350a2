package org.emotion4j.examples;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.emotion4j.examples.output.OutputFile;
import org.emotion4j.session.PrivateFiles;
import org.emotion4j.session.SessionArchive;

/** A folder that results go to. What an earlier session left there is never overwritten. */
final class OutputFolder {
    static final String TIMELINE_CSV = "timeline.csv";
    static final String TIMELINE_PNG = "timeline.png";

    private final Path path;

    private OutputFolder(Path path) {
        this.path = path;
    }

    /** Makes the folder where it does not exist. */
    static OutputFolder at(Path path) {
        try {
            PrivateFiles.createFolders(path);
        } catch (IOException e) {
            throw new BadInputException(path + ": cannot be used as output folder: " + Reason.of(e), e);
        }
        if (!Files.isWritable(path)) {
            throw new BadInputException(path + ": cannot be used as output folder: no permission to write there");
        }
        return new OutputFolder(path);
    }

    Path path() {
        return path;
    }

    Path file(String name) {
        return path.resolve(name);
    }

    /**
     * Makes sure that files can be written here once an earlier session has been set aside: what is there is either
     * Emotion4J's, and moves then, or the user's own, and stays.
     *
     * @throws BadInputException if one of the names is taken by a file of the user's own
     */
    void requireFreeOrOwn(String... names) throws IOException {
        for (String name : names) {
            if (!SessionArchive.isOwn(file(name))) {
                try {
                    OutputFile.requireFree(file(name));
                } catch (FileAlreadyExistsException e) {
                    throw Reason.notWritten(file(name), e);
                }
            }
        }
    }

    /** Says that a file of an earlier session has got another name. */
    static void tellAside(PrintWriter messages, Path from, Path to) {
        messages.println(from + " from an earlier session is kept as " + to.getFileName());
    }
}
