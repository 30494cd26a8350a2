package org.emotion4j.examples;

import java.io.IOException;
import java.nio.file.Path;
import org.emotion4j.frame.Frame;
import org.emotion4j.opencv.Pictures;
import org.emotion4j.pipeline.EmotionPipeline;

/** Says which expressions the faces in a picture show. Argument: a picture file. */
public final class ReadAPicture {
    private ReadAPicture() {}

    public static void main(String[] args) throws IOException {
        if (args.length != 1) {
            throw new IllegalArgumentException("argument: a picture file");
        }
        Path portrait = Path.of(args[0]);
        // guide:begin
        try (EmotionPipeline pipeline = EmotionPipeline.withDefaults();
                Frame frame = Pictures.read(portrait)) {
            pipeline.analyze(frame).readings().forEach(System.out::println); // face 1: happy 0.93 at 0.000 s
        }
        // guide:end
    }
}
