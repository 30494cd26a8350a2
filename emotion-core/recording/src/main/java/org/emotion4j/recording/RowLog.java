package org.emotion4j.recording;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Optional;
import org.emotion4j.recording.SessionStorage.AppendFile;
import org.jspecify.annotations.Nullable;

/**
 * The growing file of rows, plain or sealed. Plain rows go to the operating system at once; rows that are to be sealed
 * wait in memory, never in a file, until {@link #flush()} makes one message of them. A write that fails half way is taken
 * back.
 */
final class RowLog implements Closeable {
    private final AppendFile file;
    private final @Nullable RecordEncryption sealing;
    private final ByteArrayOutputStream waiting = new ByteArrayOutputStream();
    private long size;
    private long messages;

    private RowLog(AppendFile file, @Nullable RecordEncryption sealing) {
        this.file = file;
        this.sealing = sealing;
    }

    static RowLog create(SessionStorage storage, Path file, Optional<RecordEncryption> sealing) throws IOException {
        return new RowLog(storage.createNew(file), sealing.orElse(null));
    }

    void append(byte[] rows) throws IOException {
        if (sealing == null) {
            write(rows);
        } else {
            waiting.writeBytes(rows);
        }
    }

    /** Hands everything that waits to the operating system. */
    void flush() throws IOException {
        if (sealing != null && waiting.size() > 0) {
            byte[] message;
            try {
                message = sealing.sealRows(waiting.toByteArray(), messages);
            } catch (GeneralSecurityException e) {
                throw new IOException("the rows could not be encrypted: " + e.getMessage(), e);
            }
            write(message);
            waiting.reset();
            messages++;
        }
    }

    /** Forces what was handed over to the disk. */
    void force() throws IOException {
        file.force();
    }

    /** Returns the number of sealed messages. */
    long messages() {
        return messages;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    private void write(byte[] bytes) throws IOException {
        try {
            file.append(bytes);
        } catch (IOException e) {
            try {
                file.truncate(size);
            } catch (IOException second) {
                e.addSuppressed(second);
            }
            throw e;
        }
        size += bytes.length;
    }
}
