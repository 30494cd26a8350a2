package org.emotion4j.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.emotion4j.recording.CsvSessionRecorder;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * SIGTERM in the middle of an inference: the session is drained, its record whole, and the virtual machine does not crash.
 * {@code -Demotion4j.signals=50} for as many rounds.
 */
@EnabledOnOs({OS.LINUX, OS.MAC})
@Tag("crash")
class SignalTest {
    private static final int ROUNDS = Integer.getInteger("emotion4j.signals", 2);

    /** 128 and the signal's number. */
    private static final int ENDED_BY_SIGTERM = 143;

    @Test
    void aSignalInMidInferenceEndsTheSessionAndCrashesNothing(@TempDir Path folder) throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            Path record = Files.createDirectory(folder.resolve("round" + round));
            Process child = start(folder, record);
            try (BufferedReader out =
                    new BufferedReader(new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8))) {
                assertThat(out.readLine()).as("round %d", round).isEqualTo("ready");
                child.destroy();
                assertThat(child.waitFor(10, TimeUnit.MINUTES))
                        .as("round %d ended", round)
                        .isTrue();
            } finally {
                child.destroyForcibly();
            }
            assertThat(child.exitValue()).as("round %d", round).isEqualTo(ENDED_BY_SIGTERM);
            List<String> rows = Files.readAllLines(record.resolve(CsvSessionRecorder.FILE_NAME));
            assertThat(rows).as("round %d", round).hasSizeGreaterThan(3);
            assertThat(rows).as("whole rows, round %d", round).allSatisfy(row -> assertThat(row.split(",", -1))
                    .hasSameSizeAs(rows.get(0).split(",", -1)));
        }
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.filter(file -> file.getFileName().toString().startsWith("hs_err")))
                    .isEmpty();
        }
    }

    private static Process start(Path folder, Path record) throws Exception {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:-CreateCoredumpOnCrash",
                        "-XX:ErrorFile=" + folder.resolve("hs_err_%p.log"),
                        "-cp",
                        System.getProperty("java.class.path"),
                        SignalledSession.class.getName(),
                        folder.resolve("weights.e4j").toString(),
                        record.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }
}
