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
import java.util.Arrays;

/**
 * The rows of a sealed file, opened message by message. Confined to one thread.
 *
 * <p>Of a session that was cut off, the last message may be torn: there is never more than one that was not forced. A
 * message that does not open, or whose header is damaged, and is not the last one was altered, moved, or sealed with another key.
 */
final class EncryptedRowsInput extends InputStream {
    /** How far it is looked behind a damaged message for another one. */
    private static final int MOST_SEARCHED = 8 << 20;

    /** How many places there that look like one are tried. */
    private static final int MOST_TRIED = 16;

    /** How many messages in a row may be damaged. */
    private static final int MOST_LOST = 4;

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
            return false;
        }
        ByteBuffer header = ByteBuffer.wrap(input.readNBytes(RecordEncryption.HEADER));
        int length = header.getInt();
        if (header.getInt() != ~length || length <= 0 || length > RecordEncryption.LONGEST) {
            return brokenOff("has no whole header", left);
        }
        if (length > left - RecordEncryption.HEADER) {
            return brokenOff("is longer than the file", left);
        }
        byte[] sealed = input.readNBytes(length);
        try {
            rows = sealing.openRows(sealed, messages);
        } catch (GeneralSecurityException e) {
            if (length < left - RecordEncryption.HEADER) {
                throw new SessionDecryptionException(altered("does not open, and others follow it"), e);
            }
            if (mayBeTorn) {
                return false;
            }
            throw new SessionDecryptionException(altered("does not open"), e);
        }
        position = 0;
        messages++;
        opened += RecordEncryption.HEADER + length;
        return true;
    }

    /** The end, as far as no other message follows: one that was torn is the last. */
    private boolean brokenOff(String what, long left) throws IOException {
        byte[] rest = input.readNBytes((int) Math.min(MOST_SEARCHED, left - RecordEncryption.HEADER));
        ByteBuffer bytes = ByteBuffer.wrap(rest);
        int tried = 0;
        for (int at = 0; at + RecordEncryption.HEADER < rest.length && tried < MOST_TRIED; at++) {
            int length = bytes.getInt(at);
            int from = at + RecordEncryption.HEADER;
            if (length > 0 && bytes.getInt(at + Integer.BYTES) == ~length && length <= rest.length - from) {
                tried++;
                if (followsThis(Arrays.copyOfRange(rest, from, from + length))) {
                    throw new SessionDecryptionException(altered(what + ", and others follow it"));
                }
            }
        }
        return false;
    }

    private boolean followsThis(byte[] sealed) {
        for (int lost = 1; lost <= MOST_LOST; lost++) {
            try {
                sealing.openRows(sealed, messages + lost);
                return true;
            } catch (GeneralSecurityException e) {
                // not so many are damaged, or it is none
            }
        }
        return false;
    }

    private String altered(String what) {
        return "message " + (messages + 1) + " of " + file + " " + what
                + ": the record was altered, put in another order, or sealed with another key; what came before"
                + " is as it was recorded";
    }
}
