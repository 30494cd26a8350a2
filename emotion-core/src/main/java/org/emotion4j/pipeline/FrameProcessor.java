package org.emotion4j.pipeline;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.emotion4j.frame.Frame;
import org.emotion4j.reading.FrameResult;
import org.emotion4j.reading.StageTimings;

/**
 * Makes results of frames: what a request, a run and a session share. Each has one of its own, with the memory of its
 * frames; the models are the pipeline's. Confined to one thread at a time.
 */
final class FrameProcessor {
    private final FrameAnalyzer analyzer;
    private final TrackState history;
    private final Optional<SceneCuts> scenes;
    private final Clock clock;
    private final LongSupplier ticker;

    FrameProcessor(
            Models models,
            TrackState history,
            DetectionScheduler thrift,
            Optional<SceneCuts> scenes,
            Clock clock,
            LongSupplier ticker) {
        this.analyzer = new FrameAnalyzer(models, history, thrift, ticker);
        this.history = history;
        this.scenes = scenes;
        this.clock = clock;
        this.ticker = ticker;
    }

    /** Begins a run. */
    void reset() {
        history.reset();
        analyzer.reset();
        scenes.ifPresent(SceneCuts::reset);
    }

    /** Lets the next frame's scores go by that frame alone. */
    void forgetScores() {
        history.forgetScores();
    }

    /**
     * Looks at a frame.
     *
     * @param given whether it is known not to follow from the last one that was looked at
     */
    FrameResult process(Frame frame, long index, boolean given) {
        Instant now = clock.instant();
        boolean cut = given || scenes.isPresent() && scenes.get().isCut(frame);
        if (given) {
            scenes.ifPresent(each -> each.begin(frame));
        }
        if (cut) {
            history.cut();
            analyzer.reset();
        }
        FrameAnalyzer.Analysis analysis = analyzer.analyze(frame);
        long analyzed = history.isOfSession() ? ticker.getAsLong() : 0;
        TrackState.Followed followed = history.add(frame, analysis);
        StageTimings timings =
                history.isOfSession() ? analysis.timings().plus(ticker.getAsLong() - analyzed) : analysis.timings();
        return new FrameResult(
                index,
                frame.mediaNanos(),
                now,
                frame.origin(),
                frame.width(),
                frame.height(),
                cut,
                followed.readings(),
                timings,
                followed.subject());
    }
}
