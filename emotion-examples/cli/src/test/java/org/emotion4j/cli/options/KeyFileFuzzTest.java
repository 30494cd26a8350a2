package org.emotion4j.cli.options;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.stream.Stream;
import org.emotion4j.cli.io.BadInputException;
import org.emotion4j.recording.SessionCipher;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever a file is that somebody takes for a key, it seals and opens, or it is refused with its name. Runs the seeds; the
 * profile {@code fuzz} makes more of them.
 */
final class KeyFileFuzzTest {
    private static final byte[] TEXT = {1, 2, 3};

    @TempDir
    static Path folder;

    @MethodSource("keysets")
    @FuzzTest(maxDuration = "10m")
    void keyset(byte[] json) throws IOException, GeneralSecurityException {
        Path file = Files.write(folder.resolve("key.json"), json);
        SessionCipher cipher;
        try {
            cipher = KeyFile.read(file);
        } catch (BadInputException refused) {
            assertThat(refused.getMessage()).contains("key.json");
            return;
        }
        assertThat(cipher.open(cipher.seal(TEXT, TEXT), TEXT)).isEqualTo(TEXT);
    }

    static Stream<byte[]> keysets() throws IOException {
        Path made = folder.resolve("made.json");
        Files.deleteIfExists(made);
        KeyFile.create(made);
        byte[] whole = Files.readAllBytes(made);
        return Stream.concat(
                Stream.of(whole, Arrays.copyOf(whole, whole.length / 2)),
                Stream.of("{}", "{\"primaryKeyId\": 1, \"key\": [{}]}", "[".repeat(10_000), "null", "", "\u00ff")
                        .map(text -> text.getBytes(StandardCharsets.ISO_8859_1)));
    }
}
