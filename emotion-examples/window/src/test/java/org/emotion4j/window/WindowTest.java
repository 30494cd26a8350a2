package org.emotion4j.window;

import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/**
 * Runs {@link WindowScenarios} in a virtual machine of its own before a screen in memory (Xvfb), because this one has no
 * display. Skipped where there is no Xvfb.
 */
@Tag("native")
@Tag("slow")
@Tag("window")
final class WindowTest {
    private static final String XVFB = "Xvfb";
    private static final long LIMIT_MINUTES = 30;

    @TestFactory
    List<DynamicTest> window() throws IOException, InterruptedException {
        assumeTrue(isOnPath(XVFB), "skipped: " + XVFB + ", the screen in memory, is not installed");
        Process screen = new ProcessBuilder(XVFB, "-displayfd", "1", "-screen", "0", "1920x1080x24", "-nolisten", "tcp")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (BufferedReader number = screen.inputReader()) {
            String display = number.readLine();
            assumeTrue(display != null, "skipped: " + XVFB + " does not start");
            return run(":" + display.strip());
        } finally {
            screen.destroy();
            screen.waitFor(10, TimeUnit.SECONDS);
        }
    }

    private static List<DynamicTest> run(String display) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx1g",
                        "-Djava.awt.headless=false",
                        "-Duser.language=en",
                        "-Dorg.slf4j.simpleLogger.defaultLogLevel=error",
                        "-cp",
                        System.getProperty("java.class.path"),
                        WindowScenarios.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("DISPLAY", display);
        Process child = builder.start();
        List<DynamicTest> tests = new ArrayList<>();
        try (Stream<String> lines = child.inputReader().lines()) {
            lines.filter(line -> line.startsWith(WindowScenarios.RESULT))
                    .map(line -> line.substring(WindowScenarios.RESULT.length()).split("\t", 2))
                    .forEach(result -> tests.add(dynamicTest(result[0], () -> {
                        if (result.length > 1) {
                            throw new AssertionError(result[1].replace("\\n", "\n"));
                        }
                    })));
        }
        int scenarios = tests.size();
        boolean ended = child.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES);
        child.destroyForcibly();
        tests.add(dynamicTest("all scenarios were run", () -> {
            if (scenarios == 0) {
                throw new AssertionError("no scenario was run");
            }
            if (!ended || child.exitValue() != 0) {
                throw new AssertionError("the virtual machine with the window "
                        + (ended ? "ended with " + child.exitValue() : "did not end"));
            }
        }));
        return tests;
    }

    private static boolean isOnPath(String program) {
        String path = System.getenv("PATH");
        return path != null
                && Stream.of(path.split(File.pathSeparator))
                        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }
}
