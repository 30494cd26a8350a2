package org.emotion4j.recording;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a sealed file, opened message by message. Confined to one thread.
 *
 * <p>Of a session that was cut off, the last message may be torn: there is never more than one that was not forced. A
 * message that does not open and is not the last one was altered, moved, or sealed with another key.
 */
final class EncryptedRowsInput extends InputStream {
    private final Path file;
    private final DataInputStream input;
    private final RecordEncryption sealing;
    private final boolean mayBeTorn;
    private final long size;
    private byte[] rows = new byte[0];
    private int position;
    private long messages;
    private long opened;
    private boolean ended;

    EncryptedRowsInput(Path file, RecordEncryption sealing, boolean mayBeTorn) throws IOException {
        this(file, new BufferedInputStream(Files.newInputStream(file), 1 << 16), Files.size(file), sealing, mayBeTorn);
    }

    /** Of a file that has been read already. */
    EncryptedRowsInput(Path file, byte[] content, RecordEncryption sealing, boolean mayBeTorn) {
        this(file, new ByteArrayInputStream(content), content.length, sealing, mayBeTorn);
    }

    private EncryptedRowsInput(Path file, InputStream content, long size, RecordEncryption sealing, boolean mayBeTorn) {
        this.file = file;
        this.sealing = sealing;
        this.mayBeTorn = mayBeTorn;
        this.size = size;
        this.input = new DataInputStream(content);
    }

    /** Returns how many messages opened. */
    long messages() {
        return messages;
    }

    /** Returns how many bytes of the file belong to messages that opened. */
    long openedBytes() {
        return opened;
    }

    /** Returns how many bytes follow that belong to no whole message; known once the end is reached. */
    long tornBytes() {
        return ended ? size - opened : 0;
    }

    @Override
    public int read() throws IOException {
        return hasRows() ? rows[position++] & 0xff : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (!hasRows()) {
            return -1;
        }
        int count = Math.min(length, rows.length - position);
        System.arraycopy(rows, position, target, offset, count);
        position += count;
        return count;
    }

    @Override
    public void close() throws IOException {
        input.close();
    }

    private boolean hasRows() throws IOException {
        while (position == rows.length) {
            if (ended || !nextMessage()) {
                ended = true;
                return false;
            }
        }
        return true;
    }

    private boolean nextMessage() throws IOException {
        long left = size - opened;
        if (left == 0) {
            return false;
        }
        if (left < RecordEncryption.HEADER) {
            return torn("ends within a message's header", null);
        }
        ByteBuffer header = ByteBuffer.wrap(input.readNBytes(RecordEncryption.HEADER));
        int length = header.getInt();
        if (header.getInt() != ~length || length <= 0 || length > RecordEncryption.LONGEST) {
            return torn("has no message's header", null);
        }
        if (length > left - RecordEncryption.HEADER) {
            return torn("ends within a message", null);
        }
        byte[] sealed = input.readNBytes(length);
        try {
            rows = sealing.openRows(sealed, messages);
        } catch (GeneralSecurityException e) {
            if (length < left - RecordEncryption.HEADER) {
                throw altered("does not open, and others follow it", e);
            }
            return torn("does not open", e);
        }
        position = 0;
        messages++;
        opened += RecordEncryption.HEADER + length;
        return true;
    }

    private boolean torn(String what, @Nullable GeneralSecurityException cause) throws SessionDecryptionException {
        if (mayBeTorn || cause == null) {
            return false;
        }
        throw altered(what, cause);
    }

    private SessionDecryptionException altered(String what, GeneralSecurityException cause) {
        return new SessionDecryptionException(
                "message " + (messages + 1) + " of " + file + " " + what
                        + ": the record was altered, put in another order, or sealed with another key; what came before"
                        + " is as it was recorded",
                cause);
    }
}
