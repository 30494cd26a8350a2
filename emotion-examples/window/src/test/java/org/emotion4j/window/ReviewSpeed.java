package org.emotion4j.window;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/**
 * How long a session takes to be opened for review, as somebody has it who starts the window with it: once, in a virtual machine
 * that has done nothing before. The command, and how to get a session of two hours, are in {@code docs/performance.md}.
 */
final class ReviewSpeed {
    private ReviewSpeed() {}

    /**
     * Measures.
     *
     * @param args the session's folder
     * @throws IOException if it cannot be read
     */
    public static void main(String[] args) throws IOException {
        long begin = System.nanoTime();
        ReviewedSession session = ReviewedSession.read(Path.of(args[0]), Optional.empty(), share -> {});
        double seconds = (System.nanoTime() - begin) / 1e9;
        double processor = ProcessHandle.current()
                .info()
                .totalCpuDuration()
                .map(time -> time.toMillis() / 1e3)
                .orElse(Double.NaN);
        System.out.printf(
                Locale.ROOT,
                "%.2f s: %d frames, %d events, %d problems; %.1f s of processor time with the start of Java and its"
                        + " compiler%n",
                seconds,
                session.frames().size(),
                session.events().size(),
                session.problems(),
                processor);
    }
}
