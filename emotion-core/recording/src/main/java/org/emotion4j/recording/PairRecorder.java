package org.emotion4j.recording;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.emotion4j.event.EventDetector;
import org.emotion4j.reading.FrameResult;
import org.emotion4j.session.PipelineSettings;
import org.emotion4j.session.SessionEnd;
import org.emotion4j.session.SessionRecorder;
import org.emotion4j.session.UnreadInput;
import org.emotion4j.stage.Experimental;
import org.emotion4j.stage.StageMetadata;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a session of two people who both agreed as two records, one person's each, with the same frames and markers. Neither gets what
 * the other showed. Where one of them cannot be written any further both end: half a pair would be read as a session of one.
 *
 * <p>Confined to one thread, as its recorders are given to it.
 */
@Experimental
public final class PairRecorder implements SessionRecorder {
    private final SessionRecorder first;
    private final SessionRecorder second;
    private final UnaryOperator<FrameResult> ofSecond;

    private PairRecorder(SessionRecorder first, SessionRecorder second, UnaryOperator<FrameResult> ofSecond) {
        this.first = Objects.requireNonNull(first, "first");
        this.second = Objects.requireNonNull(second, "second");
        this.ofSecond = Objects.requireNonNull(ofSecond, "ofSecond");
    }

    /**
     * Makes a recorder of two.
     *
     * @param first of the person whom the session is about
     * @param second of the other one
     * @param ofSecond makes a result one about the other person, {@code FaceFollower.about} for example; called once a frame, in order
     * @return a recorder that closes both
     */
    public static PairRecorder of(SessionRecorder first, SessionRecorder second, UnaryOperator<FrameResult> ofSecond) {
        return new PairRecorder(first, second, ofSecond);
    }

    /** It is given all faces, to tell the two apart. */
    @Override
    public boolean takesOthers() {
        return true;
    }

    @Override
    public void record(FrameResult result) throws IOException {
        FrameResult other = ofSecond.apply(result).ofSubject();
        FrameResult own = result.ofSubject();
        both(recorder -> recorder.record(recorder == first ? own : other));
    }

    @Override
    public void begin(List<StageMetadata> stages) throws IOException {
        both(recorder -> recorder.begin(stages));
    }

    @Override
    public void begin(PipelineSettings pipeline) throws IOException {
        both(recorder -> recorder.begin(pipeline));
    }

    @Override
    public void detectEventsWith(Supplier<? extends EventDetector> detectors) throws IOException {
        both(recorder -> recorder.detectEventsWith(detectors));
    }

    @Override
    public void beginWithin(Duration offset) throws IOException {
        both(recorder -> recorder.beginWithin(offset));
    }

    @Override
    public void mark(long mediaNanos, String text) throws IOException {
        both(recorder -> recorder.mark(mediaNanos, text));
    }

    @Override
    public void end(SessionEnd how, Optional<String> reason, UnreadInput unread) throws IOException {
        both(recorder -> recorder.end(how, reason, unread));
    }

    @Override
    public StageMetadata metadata() {
        return first.metadata();
    }

    @Override
    public void close() {
        try {
            first.close();
        } finally {
            second.close();
        }
    }

    @Override
    public String toString() {
        return "PairRecorder[first=" + first + ", second=" + second + "]";
    }

    /** What fails in one is tried in the other all the same, so that the two stay as alike as they can. */
    private void both(Call call) throws IOException {
        Exception failure = tried(call, first, null);
        failure = tried(call, second, failure);
        if (failure instanceof IOException io) {
            throw io;
        }
        if (failure instanceof RuntimeException unchecked) {
            throw unchecked;
        }
    }

    /** Of two failures the one that ends a record counts; one frame that is refused does not. */
    private static @Nullable Exception tried(Call call, SessionRecorder recorder, @Nullable Exception before) {
        try {
            call.to(recorder);
            return before;
        } catch (IOException | RuntimeException e) {
            if (before == null || before instanceof IllegalArgumentException) {
                return e;
            }
            before.addSuppressed(e);
            return before;
        }
    }

    private interface Call {
        void to(SessionRecorder recorder) throws IOException;
    }
}
