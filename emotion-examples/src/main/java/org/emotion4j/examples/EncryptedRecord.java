package org.emotion4j.examples;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import org.emotion4j.opencv.FrameSources;
import org.emotion4j.pipeline.EmotionPipeline;
import org.emotion4j.recording.CsvSessionRecorder;
import org.emotion4j.recording.SessionCipher;
import org.emotion4j.recording.SessionReader;
import org.emotion4j.recording.TinkSessionCipher;

/**
 * Encrypts the record of a session and reads it back. Arguments: what to read, a new folder.
 *
 * <p>The key ends with this program. Yours is kept apart from the records, in a key service or a keyset that Tink protects.
 */
public final class EncryptedRecord {
    private EncryptedRecord() {}

    public static void main(String[] args) throws IOException, GeneralSecurityException {
        if (args.length != 2) {
            throw new IllegalArgumentException("arguments: a film or camera:0, and a new folder");
        }
        String input = args[0];
        Path folder = Path.of(args[1]);
        // guide:begin
        AeadConfig.register();
        KeysetHandle key = KeysetHandle.generateNew(PredefinedAeadParameters.AES256_GCM, RegistryConfiguration.get());
        SessionCipher cipher = TinkSessionCipher.of(key.getPrimitive(RegistryConfiguration.get(), Aead.class));
        try (EmotionPipeline models = EmotionPipeline.withDefaults()) {
            models.session(FrameSources.parse(input))
                    .recorderFrom(CsvSessionRecorder.builder(folder).encryption(cipher))
                    .run(result -> {});
        }
        try (SessionReader reader = SessionReader.open(folder, cipher)) {
            reader.forEachRemaining(System.out::println);
        }
        // guide:end
    }
}
