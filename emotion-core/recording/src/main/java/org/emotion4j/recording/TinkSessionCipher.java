package org.emotion4j.recording;

import com.google.crypto.tink.Aead;
import java.security.GeneralSecurityException;

/**
 * A {@link SessionCipher} made of Google Tink's {@code Aead}. Tink is an optional dependency: only who uses this class
 * needs {@code com.google.crypto.tink:tink} on the class path. Thread-safe.
 *
 * <pre>{@code
 * AeadConfig.register();
 * KeysetHandle key = KeysetHandle.generateNew(PredefinedAeadParameters.AES256_GCM);   // keep it safe, and elsewhere
 * Aead aead = key.getPrimitive(RegistryConfiguration.get(), Aead.class);
 * SessionCipher cipher = TinkSessionCipher.of(aead);
 * }</pre>
 */
public final class TinkSessionCipher implements SessionCipher {
    private final Aead aead;

    private TinkSessionCipher(Aead aead) {
        this.aead = aead;
    }

    /**
     * Encrypts with a key of Tink's.
     *
     * @param aead the primitive of the caller's key
     * @return a cipher
     */
    @SuppressWarnings("exports") // whoever has a key of Tink's requires Tink
    public static TinkSessionCipher of(Aead aead) {
        return new TinkSessionCipher(aead);
    }

    @Override
    public byte[] seal(byte[] plaintext, byte[] associatedData) throws GeneralSecurityException {
        return aead.encrypt(plaintext, associatedData);
    }

    @Override
    public byte[] open(byte[] sealed, byte[] associatedData) throws GeneralSecurityException {
        return aead.decrypt(sealed, associatedData);
    }
}
