package org.emotion4j.examples.gui;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.emotion4j.reading.FrameResult;
import org.emotion4j.session.PipelineSettings;
import org.emotion4j.session.SessionEnd;
import org.emotion4j.session.SessionRecorder;
import org.emotion4j.session.UnreadInput;
import org.emotion4j.stage.StageMetadata;
import org.jspecify.annotations.Nullable;

/**
 * Keeps nothing until it is switched on, and from then on what another recorder keeps, with times from zero. So a camera
 * can be set up before the recording begins, without being opened twice. Thread-safe.
 */
final class RecordingSwitch implements SessionRecorder {
    private static final String OFF = "not recording";

    private final Consumer<Exception> failed;
    private PipelineSettings settings = new PipelineSettings(List.of(), Map.of());
    private @Nullable SessionRecorder recorder;
    private long originNanos;
    private long firstIndex = -1;

    /**
     * Makes a switch that is off.
     *
     * @param failed told, on the recording thread, when the recorder fails; it gets nothing more then
     */
    RecordingSwitch(Consumer<Exception> failed) {
        this.failed = failed;
    }

    /**
     * Begins to record.
     *
     * @param to what keeps the record; closed with this switch
     * @param origin the media time that becomes zero; what is before it is not recorded
     */
    synchronized void on(SessionRecorder to, long origin) throws IOException {
        List<PipelineSettings.Part> parts = new ArrayList<>(settings.parts());
        parts.removeIf(part -> part.stage().name().equals(OFF));
        parts.add(new PipelineSettings.Part("recorder", to.metadata()));
        to.begin(new PipelineSettings(parts, settings.options()));
        recorder = to;
        originNanos = origin;
    }

    @Override
    public synchronized void begin(PipelineSettings given) throws IOException {
        settings = given;
        if (recorder != null) {
            recorder.begin(given);
        }
    }

    @Override
    public synchronized void record(FrameResult result) throws IOException {
        if (recorder == null || result.mediaNanos() < originNanos) {
            return;
        }
        if (firstIndex < 0) {
            firstIndex = originNanos == 0 ? 0 : result.index();
        }
        FrameResult shifted = originNanos == 0 ? result : shifted(result);
        guarded(to -> to.record(shifted));
    }

    @Override
    public synchronized void mark(long mediaNanos, String text) throws IOException {
        guarded(to -> to.mark(Math.max(0, mediaNanos - originNanos), text));
    }

    @Override
    public synchronized void end(SessionEnd how, Optional<String> reason, UnreadInput unread) throws IOException {
        if (recorder != null) {
            recorder.end(how, reason, unread);
        }
    }

    private void guarded(Step step) throws IOException {
        SessionRecorder to = recorder;
        if (to == null) {
            return;
        }
        try {
            step.on(to);
        } catch (IOException | RuntimeException e) {
            failed.accept(e);
            throw e;
        }
    }

    private FrameResult shifted(FrameResult result) {
        return result.movedTo(result.index() - firstIndex, result.mediaNanos() - originNanos, result.discontinuity());
    }

    @Override
    public StageMetadata metadata() {
        return Optional.ofNullable(current()).map(SessionRecorder::metadata).orElse(StageMetadata.named(OFF));
    }

    private synchronized @Nullable SessionRecorder current() {
        return recorder;
    }

    @Override
    public synchronized void close() {
        if (recorder != null) {
            recorder.close();
        }
    }

    /** One step of recording. */
    private interface Step {
        void on(SessionRecorder to) throws IOException;
    }
}
