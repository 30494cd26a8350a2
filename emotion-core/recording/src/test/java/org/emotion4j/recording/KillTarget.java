package org.emotion4j.recording;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;

/**
 * The program that {@link KillTest} kills: records as fast as it can and says on standard output what it has done, a line
 * each, written in one piece.
 */
final class KillTarget {
    private KillTarget() {}

    public static void main(String[] arguments) throws IOException {
        FileOutputStream output = new FileOutputStream(FileDescriptor.out);
        say(output, "begin");
        CsvSessionRecorder.Builder builder =
                CsvSessionRecorder.builder(Path.of(arguments[0])).forceEvery(Duration.ofMillis(3));
        if (arguments[1].equals("encrypted")) {
            builder.encryption(SampleFrames.cipher());
        }
        try (CsvSessionRecorder recorder = builder.create()) {
            say(output, "created");
            int markers = 0;
            for (long i = 0; i < 1_000_000; i++) {
                recorder.record(SampleFrames.frame(i));
                if (i % 40 == 20) {
                    recorder.mark(i, "marker " + i);
                    markers++;
                }
                say(output, (i + 1) + " " + recorder.forcedFrames() + " " + markers);
            }
        }
    }

    private static void say(FileOutputStream output, String line) throws IOException {
        output.write((line + "\n").getBytes(StandardCharsets.UTF_8));
    }
}
