package org.emotion4j.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may read a record. */
final class PrivateRecordTest {
    @TempDir
    private Path folder;

    @Test
    void everyFileOfASessionIsItsOwnersAloneWhileItIsRecordedAndAfter() throws IOException {
        assumeTrue(
                FileSystems.getDefault().supportedFileAttributeViews().contains("posix"),
                "modes are looked at where there are POSIX permissions");
        for (Optional<SessionCipher> cipher : Stream.of(
                        Optional.<SessionCipher>empty(), Optional.of(SampleFrames.cipher()))
                .toList()) {
            Path session = folder.resolve("patient").resolve("session" + cipher.isPresent());
            CsvSessionRecorder.Builder builder = CsvSessionRecorder.builder(session);
            cipher.ifPresent(builder::encryption);
            try (CsvSessionRecorder recorder = builder.create()) {
                recorder.record(SampleFrames.frame(0));
                recorder.mark(1, "begins");
                requirePrivate(session, 4);
            }
            requirePrivate(session, 2);
        }
        assertThat(mode(folder.resolve("patient"))).isEqualTo("rwx------");
    }

    private static void requirePrivate(Path session, int files) throws IOException {
        assertThat(mode(session)).isEqualTo("rwx------");
        try (Stream<Path> listed = Files.list(session)) {
            assertThat(listed.toList()).hasSize(files).allSatisfy(file -> assertThat(mode(file))
                    .as(file.toString())
                    .isEqualTo("rw-------"));
        }
    }

    private static String mode(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }
}
