package org.emotion4j.pipeline;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.emotion4j.emotion.EmotionScores;
import org.emotion4j.face.BoundingBox;
import org.emotion4j.face.DetectedFace;
import org.emotion4j.face.FaceDetector;
import org.emotion4j.frame.FrameSource;
import org.emotion4j.reading.FrameResult;

/** A pipeline of the least stages, and what comes out of its sessions. */
final class SessionFixture {
    static final FaceDetector ONE_FACE = frame -> List.of(new DetectedFace(new BoundingBox(10, 10, 20, 20), 1));

    final BlockingQueue<FrameResult> results = new LinkedBlockingQueue<>();
    final BlockingQueue<SourceEvent> events = new LinkedBlockingQueue<>();

    EmotionPipeline.Builder pipeline(FrameSource source) {
        return pipeline(source, ONE_FACE);
    }

    EmotionPipeline.Builder pipeline(FrameSource source, FaceDetector detector) {
        return models(detector).source(source);
    }

    /** A pipeline for sessions with sources of their own. */
    EmotionPipeline.Builder models(FaceDetector detector) {
        return EmotionPipeline.builder()
                .detector(detector)
                .classifier(crop -> EmotionScores.uniform())
                .closeAtShutdown(false);
    }

    /** Of the pipeline's source. No thread hangs in it, so none may be given up because the machine is busy. */
    SessionBuilder session(EmotionPipeline pipeline) {
        return patient(pipeline.session());
    }

    /** Of a source of its own. */
    SessionBuilder session(EmotionPipeline pipeline, FrameSource source) {
        return patient(pipeline.session(source));
    }

    private SessionBuilder patient(SessionBuilder session) {
        return session.onSourceEvent(events::add).stopWithin(Duration.ofMinutes(2));
    }

    /**
     * The same for a test in which a thread hangs. The time for stopping is passed in full in such a test, and the other
     * threads have to wake and end within a quarter of it: it is the one time here that a machine can be too busy for.
     */
    SessionBuilder impatientSession(EmotionPipeline pipeline) {
        return pipeline.session().onSourceEvent(events::add);
    }

    FrameResult awaitResult() throws InterruptedException {
        return await(results, "result");
    }

    SourceEvent awaitEvent(SourceEvent.Kind kind) throws InterruptedException {
        SourceEvent event = await(events, "event " + kind);
        if (event.kind() != kind) {
            throw new AssertionError("expected " + kind + ", got " + event);
        }
        return event;
    }

    static <T> T await(BlockingQueue<T> queue, String what) throws InterruptedException {
        T next = queue.poll(2, TimeUnit.MINUTES);
        if (next == null) {
            throw new AssertionError("no " + what + " came");
        }
        return next;
    }

    /** A ticker that stands still until it is turned. */
    static final class HandTicker implements LongSupplier {
        private volatile long nanos;

        @Override
        public long getAsLong() {
            return nanos;
        }

        synchronized void turn(Duration by) {
            nanos += by.toNanos();
        }
    }
}
