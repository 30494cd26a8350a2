package org.emotion4j.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two hours at 30 frames a second fit into half of the heap that is promised for them. Says nothing about time. */
@Tag("native")
@Tag("slow")
class SessionMemoryTest {
    @TempDir
    Path folder;

    @BeforeEach
    void record() throws Exception {
        SyntheticSession.record(folder.resolve("session"), Duration.ofHours(2), 30, 3, "nobody");
    }

    @Test
    void aLongSessionIsSummedUpAndReportedInASmallHeap() throws Exception {
        assertThat(run("summary")).contains("216000 frames");
        assertThat(run("report")).contains("KB of page");
    }

    private String run(String what) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        SessionSpeed.class.getName(),
                        what,
                        folder.resolve("session").toString())
                .redirectErrorStream(true)
                .start();
        String output;
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            output = lines.lines().collect(Collectors.joining("\n"));
        }
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }
}
