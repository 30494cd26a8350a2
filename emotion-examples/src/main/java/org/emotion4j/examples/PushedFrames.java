package org.emotion4j.examples;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.emotion4j.frame.Frame;
import org.emotion4j.frame.PushFrameSource;
import org.emotion4j.opencv.Pictures;
import org.emotion4j.pipeline.EmotionPipeline;
import org.emotion4j.pipeline.EmotionSession;
import org.emotion4j.pipeline.OverflowPolicy;

/** Reads frames that the caller has, of a video call for example; here the pictures named, forty milliseconds apart. */
public final class PushedFrames {
    private static final Duration STEP = Duration.ofMillis(40);

    private PushedFrames() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        // guide:begin
        PushFrameSource call = PushFrameSource.builder()
                .overflow(PushFrameSource.Overflow.BLOCK)
                .build();
        try (EmotionPipeline models = EmotionPipeline.withDefaults()) {
            EmotionSession session = models.session(call)
                    .overflow(OverflowPolicy.BLOCK) // no picture is left out; a call would drop the oldest
                    .start(result -> result.readings().forEach(System.out::println));
            for (int i = 0; i < args.length; i++) {
                try (Frame picture = Pictures.read(Path.of(args[i]))) {
                    call.offer(picture, STEP.multipliedBy(i).toNanos());
                }
            }
            call.end();
            System.out.println(session.awaitCompletion().framesAnalyzed() + " frames");
        }
        // guide:end
    }
}
