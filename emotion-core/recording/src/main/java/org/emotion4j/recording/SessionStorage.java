package org.emotion4j.recording;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Everything that recording does to a disk, and nothing else, so that a test can log each step and cut the power after any
 * of them. What was not forced may be lost, in whole, in part or out of order.
 */
interface SessionStorage {
    /** Creates a folder and its parents; one that exists is left. The new folder itself is forced to disk. */
    void createFolder(Path folder) throws IOException;

    /** Creates an empty file; fails if it exists. */
    AppendFile createNew(Path file) throws IOException;

    /** Gives a file another name, replacing the file of that name, in one step. */
    void rename(Path from, Path to) throws IOException;

    /** Deletes a file if it exists. */
    void delete(Path file) throws IOException;

    /** Forces the names of a folder's files to disk: without it a new or renamed file may be gone after a power cut. */
    void forceFolder(Path folder) throws IOException;

    /** Takes a session for this recorder alone; empty if another one, here or in another process, has it. */
    Optional<Closeable> lock(Path folder) throws IOException;

    /**
     * Opens a file that several programs add to, and makes it where there is none. Nobody else has it until it is closed; whoever
     * else wants it waits. Closed on the thread that opened it.
     */
    SharedFile share(Path file) throws IOException;

    /** A file that several programs add to, one after the other. */
    interface SharedFile extends AppendFile {
        /** Reads all of it. */
        byte[] content() throws IOException;
    }

    /** A file that grows at its end. */
    interface AppendFile extends Closeable {
        /** Hands bytes to the operating system. */
        void append(byte[] bytes) throws IOException;

        /** Cuts what lies behind a position. */
        void truncate(long size) throws IOException;

        /** Forces everything appended so far to disk. May be called while another thread appends. */
        void force() throws IOException;
    }
}
