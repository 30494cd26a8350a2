package org.emotion4j.pipeline;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Optional;
import java.util.function.Consumer;
import org.emotion4j.frame.Frame;
import org.emotion4j.frame.FrameBuffer;
import org.emotion4j.frame.FrameBufferPool;
import org.emotion4j.frame.FrameSource;
import org.emotion4j.frame.FrameUnreadableException;
import org.emotion4j.reading.FrameResult;
import org.emotion4j.session.SessionRecorder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One pass through a source on the caller's thread. */
final class SourceRun {
    private static final Logger LOG = LoggerFactory.getLogger(EmotionPipeline.class);

    private final EmotionPipeline pipeline;
    private final FrameSource source;
    private final Consumer<FrameFailure> failures;
    private final Consumer<? super FrameResult> listener;
    private final FrameBufferPool buffers = FrameBufferPool.ofSize(1);

    private Optional<SessionRecorder> recorder;
    private Optional<Exception> recordingFailure = Optional.empty();
    private long index;
    private long analyzed;
    private long failed;
    private long withoutFace;
    private long readings;

    SourceRun(
            EmotionPipeline pipeline,
            FrameSource source,
            Optional<SessionRecorder> recorder,
            Consumer<FrameFailure> failures,
            Consumer<? super FrameResult> listener) {
        this.pipeline = pipeline;
        this.source = source;
        this.recorder = recorder;
        this.failures = failures;
        this.listener = listener;
    }

    RunSummary toTheEnd() throws IOException {
        try {
            while (!Thread.currentThread().isInterrupted() && next()) {
                index++;
            }
        } catch (InterruptedIOException e) {
            // A live source that was interrupted while it waited: the interrupt is set, and the run ends as asked.
            if (!Thread.currentThread().isInterrupted()) {
                throw e;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return new RunSummary(
                analyzed, failed, withoutFace, readings, Thread.currentThread().isInterrupted(), recordingFailure);
    }

    private boolean next() throws IOException, InterruptedException {
        try (FrameBuffer buffer = buffers.acquire()) {
            if (!source.read(buffer)) {
                return false;
            }
            try (Frame frame = buffer.toFrame()) {
                analyze(frame);
            }
        } catch (FrameUnreadableException e) {
            fail(e.origin(), e);
        }
        return true;
    }

    private void analyze(Frame frame) {
        FrameResult result;
        try {
            result = pipeline.follow(frame, index);
        } catch (PipelineClosedException e) {
            throw e;
        } catch (RuntimeException e) {
            fail(frame.origin(), e);
            return;
        }
        analyzed++;
        readings += result.readings().size();
        if (result.readings().isEmpty()) {
            withoutFace++;
        }
        record(result);
        listener.accept(result);
    }

    private void record(FrameResult result) {
        if (recorder.isEmpty()) {
            return;
        }
        try {
            recorder.get().record(result);
        } catch (IOException | RuntimeException e) {
            LOG.error("recording stopped at frame {}; the session goes on without it", index, e);
            recordingFailure = Optional.of(e);
            recorder = Optional.empty();
        }
    }

    private void fail(String origin, Exception cause) {
        failed++;
        LOG.warn("frame {} {} was skipped: {}", index, origin, cause.getMessage());
        LOG.debug("the cause", cause);
        failures.accept(new FrameFailure(index, origin, cause));
    }
}
