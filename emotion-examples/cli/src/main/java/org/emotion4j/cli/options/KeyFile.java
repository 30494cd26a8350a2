package org.emotion4j.cli.options;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import org.emotion4j.cli.io.BadInputException;
import org.emotion4j.cli.io.ErrorMessages;
import org.emotion4j.file.internal.OutputFile;
import org.emotion4j.recording.SessionCipher;
import org.emotion4j.recording.TinkSessionCipher;

/**
 * A key in a file: a keyset of Google Tink's in JSON, as Tink's own tool writes it too. The key itself is never an argument,
 * since other users of a machine can see those, and shells keep them.
 */
public final class KeyFile {
    private KeyFile() {}

    /** Reads a keyset; whatever its keys have sealed can be opened, and its primary key seals. */
    public static SessionCipher read(Path file) {
        String json;
        try {
            json = Files.readString(file);
        } catch (IOException e) {
            throw new BadInputException("--key " + file + ": " + ErrorMessages.of(e), e);
        }
        try {
            AeadConfig.register();
            KeysetHandle keyset = TinkJsonProtoKeysetFormat.parseKeyset(
                    json, RegistryConfiguration.get(), InsecureSecretKeyAccess.get());
            return TinkSessionCipher.of(keyset.getPrimitive(RegistryConfiguration.get(), Aead.class));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new BadInputException(
                    "--key " + file + ": is no keyset of Google Tink's in JSON that can encrypt; 'new-key' makes one",
                    e);
        }
    }

    /** Makes a new AES-256-GCM key in a new file that only its owner can read. */
    public static void create(Path file) throws IOException {
        String json;
        try {
            AeadConfig.register();
            json = TinkJsonProtoKeysetFormat.serializeKeyset(
                    KeysetHandle.generateNew(PredefinedAeadParameters.AES256_GCM, RegistryConfiguration.get()),
                    RegistryConfiguration.get(),
                    InsecureSecretKeyAccess.get());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has AES", e);
        }
        OutputFile.write(file, (json + "\n").getBytes(StandardCharsets.UTF_8));
    }
}
