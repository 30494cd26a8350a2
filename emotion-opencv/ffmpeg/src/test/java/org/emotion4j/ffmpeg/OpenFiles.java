package org.emotion4j.ffmpeg;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What this process holds, as Linux tells it; a test that asks elsewhere is skipped. */
final class OpenFiles {
    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");
    private static final Path STATUS = Path.of("/proc/self/status");

    private OpenFiles() {}

    /** The files below a folder that are open. */
    static List<Path> below(Path folder) throws IOException {
        assumeTrue(Files.exists(DESCRIPTORS), "skipped: no /proc/self/fd on this system");
        List<Path> open = new ArrayList<>();
        try (Stream<Path> descriptors = Files.list(DESCRIPTORS)) {
            for (Path descriptor : descriptors.toList()) {
                try {
                    Path target = Files.readSymbolicLink(descriptor);
                    if (target.startsWith(folder.toRealPath())) {
                        open.add(target);
                    }
                } catch (IOException closedMeanwhile) {
                    continue;
                }
            }
        }
        return open;
    }

    /** The memory that is in the machine's, in bytes. */
    static long residentBytes() throws IOException {
        assumeTrue(Files.exists(STATUS), "skipped: no /proc/self/status on this system");
        String line = Files.readAllLines(STATUS).stream()
                .filter(each -> each.startsWith("VmRSS:"))
                .findFirst()
                .orElseThrow();
        return Long.parseLong(line.replaceAll("\\D", "")) * 1024;
    }
}
