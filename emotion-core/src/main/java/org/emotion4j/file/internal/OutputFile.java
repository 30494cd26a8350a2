package org.emotion4j.file.internal;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * The one door through which commands and the window write files. A file is new, or it is not written: what is there
 * already stays as it is, byte for byte, whoever made it. It can be read by its owner alone. The one exception is a
 * session's own page in its own folder, which is made anew where nobody has changed it since ({@link #writePage}).
 */
public final class OutputFile {
    private static final String TAKEN = "is there already and is not overwritten; give another name or move it away";

    private OutputFile() {}

    /** What a file is to hold. */
    public interface Content {
        /**
         * Writes it.
         *
         * @param target buffered; left open
         * @throws IOException if it cannot be written
         */
        void to(OutputStream target) throws IOException;
    }

    /**
     * Makes sure that a file can be new, before work that takes long.
     *
     * @param file the file
     * @throws FileAlreadyExistsException if there is anything of that name; the reason says what to do
     */
    public static void requireFree(Path file) throws FileAlreadyExistsException {
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            throw taken(file);
        }
    }

    /**
     * Writes a new file. If it cannot be written to its end, it is removed again.
     *
     * @param file the file
     * @param content what it is to hold
     * @throws FileAlreadyExistsException if there is anything of that name; the reason says what to do
     * @throws IOException if it cannot be written
     */
    public static void write(Path file, Content content) throws IOException {
        OutputStream opened;
        try {
            opened = PrivateFiles.create(file);
        } catch (FileAlreadyExistsException e) {
            throw taken(file);
        }
        boolean whole = false;
        try (OutputStream target = new BufferedOutputStream(opened)) {
            content.to(target);
            target.flush();
            whole = true;
        } finally {
            if (!whole) {
                Files.deleteIfExists(file);
            }
        }
    }

    /**
     * Writes a new file.
     *
     * @param file the file
     * @param content what it is to hold
     * @throws FileAlreadyExistsException if there is anything of that name; the reason says what to do
     * @throws IOException if it cannot be written
     */
    public static void write(Path file, byte[] content) throws IOException {
        write(file, target -> target.write(content));
    }

    /**
     * Writes a session's page into the session's folder. A page of before is replaced in one step if it is Emotion4J's and
     * as it was written; one that was changed since, or is somebody else's, is left.
     *
     * @param file the page
     * @param html what it is to hold; its mark is added
     * @throws FileAlreadyExistsException if there is another file of that name; the reason says what to do
     * @throws IOException if it cannot be written
     */
    public static void writePage(Path file, String html) throws IOException {
        byte[] page = ProductMark.onPage(html).getBytes(StandardCharsets.UTF_8);
        if (!Files.isSymbolicLink(file) && ProductMark.isOnPage(file)) {
            Path next = file.resolveSibling(file.getFileName() + ".new");
            write(next, page);
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } else {
            write(file, page);
        }
    }

    private static FileAlreadyExistsException taken(Path file) {
        return new FileAlreadyExistsException(file.toString(), null, TAKEN);
    }
}
