package org.emotion4j.examples;

import java.io.IOException;
import org.emotion4j.opencv.FrameSources;
import org.emotion4j.pipeline.EmotionPipeline;
import org.emotion4j.pipeline.EmotionSession;
import org.emotion4j.pipeline.RunSummary;

/** Reads a camera until Enter is pressed, or a film or folder to its end. Argument: {@code camera:0} or a file. */
public final class LiveSession {
    private LiveSession() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        if (args.length != 1) {
            throw new IllegalArgumentException("argument: a film, a folder of pictures, or camera:0");
        }
        String input = args[0];
        // guide:begin
        try (EmotionPipeline models = EmotionPipeline.withDefaults()) {
            EmotionSession session = models.session(FrameSources.parse(input))
                    .start(result -> result.readings().forEach(System.out::println));
            // guide:end
            if (FrameSources.isCamera(input)) {
                System.in.read();
                session.close();
            }
            // guide:begin
            RunSummary summary = session.awaitCompletion();
            System.out.println(summary.framesAnalyzed() + " frames, " + summary.end());
        }
        // guide:end
    }
}
