package org.emotion4j.pipeline;

import java.util.Optional;
import org.emotion4j.frame.FrameBuffer;
import org.emotion4j.frame.FrameUnreadableException;
import org.emotion4j.stage.Stage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where captured frames and the source's news go. Of frames, one capture thread at a time. */
final class FrameIntake implements SourceCapture.Sink {
    private static final Logger LOG = LoggerFactory.getLogger(EmotionSession.class);

    private final SessionHost host;
    private final SessionParts parts;
    private final SessionTally tally;
    private final SessionNews news;
    private final BoundedQueue<CapturedFrame> frames;
    private final OverflowPolicy overflow;
    private final Optional<PreviewDispatcher> preview;
    private final Marks marks;
    private boolean cutWasDropped;

    /** Who puts a mark into the record. */
    interface Marks {
        /** Returns whether the record took it. */
        boolean mark(long mediaNanos, String text);
    }

    FrameIntake(
            SessionHost host,
            SessionParts parts,
            SessionTally tally,
            SessionNews news,
            BoundedQueue<CapturedFrame> frames,
            OverflowPolicy overflow,
            Optional<PreviewDispatcher> preview,
            Marks marks) {
        this.host = host;
        this.parts = parts;
        this.tally = tally;
        this.news = news;
        this.frames = frames;
        this.overflow = overflow;
        this.preview = preview;
        this.marks = marks;
    }

    @Override
    public void frame(FrameBuffer buffer, long index, long capturedAt) {
        tally.captured.incrementAndGet();
        if (cutWasDropped) {
            buffer.markDiscontinuity();
            cutWasDropped = false;
        }
        CapturedFrame captured = new CapturedFrame(buffer.toFrame(), index, capturedAt);
        Optional<CapturedFrame> dropped = frames.offer(captured, overflow);
        if (dropped.isPresent()) {
            cutWasDropped = dropped.get() == captured && captured.cut();
            dropped.get().frame.close();
            tally.dropped.incrementAndGet();
        }
    }

    @Override
    public void show(FrameBuffer buffer) {
        preview.ifPresent(desk -> desk.show(buffer));
    }

    @Override
    public void skipped() {
        tally.captured.incrementAndGet();
        tally.skipped.incrementAndGet();
    }

    @Override
    public void unreadable(long index, FrameUnreadableException failure) {
        news.frameFailed(index, failure.origin(), failure);
    }

    @Override
    public void event(SourceEvent.Kind kind, long mediaNanos, String message, Optional<Throwable> failure) {
        if (kind == SourceEvent.Kind.RECONNECTING) {
            tally.reconnects.incrementAndGet();
        }
        LOG.warn("source {}: {}", kind, message);
        tell(kind, mediaNanos, message, failure);
    }

    @Override
    public void ended(long mediaNanos, boolean told) {
        String message = told ? "the live source was ended" : "the live source came to its end";
        if (told) {
            LOG.info("source {}: {}", SourceEvent.Kind.ENDED, message);
        } else {
            LOG.warn("source {}: {}", SourceEvent.Kind.ENDED, message);
        }
        tell(SourceEvent.Kind.ENDED, mediaNanos, message, Optional.empty());
    }

    private void tell(SourceEvent.Kind kind, long mediaNanos, String message, Optional<Throwable> failure) {
        SourceEvent event = new SourceEvent(kind, mediaNanos, parts.clock().instant(), message, failure);
        host.flight().source(event);
        news.source(event);
    }

    @Override
    public void mark(long mediaNanos, String text) {
        if (!marks.mark(mediaNanos, text)) {
            LOG.warn("not recorded, the record is closed or behind: {}", text);
        }
    }

    @Override
    public void abandoned(Optional<Stage> source) {
        tally.abandonedThreads.incrementAndGet();
        source.ifPresent(host::abandon);
    }
}
