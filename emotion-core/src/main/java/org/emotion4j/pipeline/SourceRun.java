package org.emotion4j.pipeline;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.emotion4j.frame.Frame;
import org.emotion4j.frame.FrameBuffer;
import org.emotion4j.frame.FrameBufferPool;
import org.emotion4j.frame.FrameSource;
import org.emotion4j.frame.FrameUnreadableException;
import org.emotion4j.reading.FrameResult;

/** One pass through a source on the caller's thread. */
final class SourceRun {
    private final EmotionPipeline pipeline;
    private final FrameSource source;
    private final Consumer<FrameFailure> failures;
    private final Consumer<? super FrameResult> listener;
    private final FrameBufferPool buffers = FrameBufferPool.ofSize(1);

    private final Recording recording;
    private final Timeline timeline = new Timeline();
    private final LongSupplier ticker;

    private long index;
    private long analyzed;
    private long failed;
    private long withoutFace;
    private long readings;

    SourceRun(
            EmotionPipeline pipeline,
            FrameSource source,
            Recording recording,
            Consumer<FrameFailure> failures,
            Consumer<? super FrameResult> listener,
            LongSupplier ticker) {
        this.pipeline = pipeline;
        this.source = source;
        this.recording = recording;
        this.failures = failures;
        this.listener = listener;
        this.ticker = ticker;
    }

    RunSummary toTheEnd() throws IOException {
        recording.begin(pipeline.settings());
        try {
            while (!Thread.currentThread().isInterrupted() && !pipeline.isShuttingDown() && next()) {
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
                analyzed, failed, withoutFace, readings, Thread.currentThread().isInterrupted(), recording.failure());
    }

    private boolean next() throws IOException, InterruptedException {
        try (FrameBuffer buffer = buffers.acquire()) {
            if (!source.read(buffer)) {
                return false;
            }
            timeline.accept(buffer, ticker.getAsLong());
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
            result = pipeline.follow(frame, index, frame.discontinuity());
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
        recording.record(result);
        listener.accept(result);
    }

    private void fail(String origin, Exception cause) {
        failed++;
        FrameFailure failure = new FrameFailure(index, origin, cause);
        failure.log();
        failures.accept(failure);
    }
}
