package org.emotion4j.recording;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;

/**
 * Authenticated encryption (AEAD) of one session's rows, message by message. Each is bound to its session and to its place in it, so that a message that was
 * moved, dropped from between others, or taken from another session does not open.
 *
 * <p>In the file a message is its length (four bytes, big endian), that length's complement, and the sealed bytes. The
 * complement tells a length that was half written when the power went from one that somebody changed.
 */
final class RecordEncryption {
    /** Bytes before a message. */
    static final int HEADER = 8;

    /** The longest sealed message that is believed; a second of readings is a few kilobytes. */
    static final int LONGEST = 64 << 20;

    private static final String CONTEXT = "emotion4j-session/1/";

    private final SessionCipher cipher;
    private final String sessionId;
    private final String file;

    RecordEncryption(SessionCipher cipher, String sessionId) {
        this(cipher, sessionId, "rows");
    }

    private RecordEncryption(SessionCipher cipher, String sessionId, String file) {
        this.cipher = cipher;
        this.sessionId = sessionId;
        this.file = file;
    }

    /** Of the file of events: no message of it passes for one of the rows. */
    static RecordEncryption ofEvents(SessionCipher cipher, String sessionId) {
        return new RecordEncryption(cipher, sessionId, "events");
    }

    /** Of the file of notes. */
    static RecordEncryption ofNotes(SessionCipher cipher, String sessionId) {
        return new RecordEncryption(cipher, sessionId, "notes");
    }

    /** Of the signature. */
    static RecordEncryption ofSignature(SessionCipher cipher, String sessionId) {
        return new RecordEncryption(cipher, sessionId, "signature");
    }

    byte[] sealRows(byte[] rows, long counter) throws GeneralSecurityException {
        byte[] sealed = cipher.seal(rows, rowsContext(counter));
        if (sealed.length > LONGEST) {
            throw new GeneralSecurityException(
                    "a message of " + sealed.length + " bytes is longer than " + LONGEST + "; force more often");
        }
        return ByteBuffer.allocate(HEADER + sealed.length)
                .putInt(sealed.length)
                .putInt(~sealed.length)
                .put(sealed)
                .array();
    }

    byte[] openRows(byte[] sealed, long counter) throws GeneralSecurityException {
        return cipher.open(sealed, rowsContext(counter));
    }

    byte[] sealInfo(byte[] json, String visible) throws GeneralSecurityException {
        return cipher.seal(json, infoContext(visible));
    }

    byte[] openInfo(byte[] sealed, String visible) throws GeneralSecurityException {
        return cipher.open(sealed, infoContext(visible));
    }

    private byte[] rowsContext(long counter) {
        return (CONTEXT + file + "/" + sessionId + "/" + counter).getBytes(StandardCharsets.UTF_8);
    }

    /** The parts of session.json that can be read without the key are authenticated all the same. */
    private byte[] infoContext(String visible) {
        return (CONTEXT + "info/" + sessionId + "/" + visible).getBytes(StandardCharsets.UTF_8);
    }
}
