package org.emotion4j.recording;

import java.security.GeneralSecurityException;

/**
 * Authenticated encryption with associated data (AEAD) for the record of a session, with a key that the caller holds.
 * {@link TinkSessionCipher} is made of Google Tink's; any other AEAD fits as well. Implementations are thread-safe.
 */
public interface SessionCipher {
    /**
     * Encrypts and authenticates a message. Two calls with the same arguments give different results.
     *
     * @param plaintext the message
     * @param associatedData what is authenticated with it and not stored
     * @return the sealed message
     * @throws GeneralSecurityException if that fails
     */
    byte[] seal(byte[] plaintext, byte[] associatedData) throws GeneralSecurityException;

    /**
     * Checks and decrypts a message.
     *
     * @param sealed what {@link #seal} returned
     * @param associatedData what it was sealed with
     * @return the message
     * @throws GeneralSecurityException if the key or the associated data is another, or a bit was changed
     */
    byte[] open(byte[] sealed, byte[] associatedData) throws GeneralSecurityException;
}
