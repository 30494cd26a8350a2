package org.emotion4j.pipeline;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.emotion4j.emotion.LabelPolicy;
import org.emotion4j.emotion.TemporalSmoother;
import org.emotion4j.face.FaceTracker;
import org.emotion4j.frame.FrameSource;
import org.emotion4j.reading.SubjectRule;
import org.emotion4j.session.PipelineSettings;
import org.emotion4j.session.SessionRecorder;
import org.emotion4j.stage.Stage;

/**
 * What a pipeline was built of.
 *
 * @param source of the short form; empty where each session brings its own
 * @param recorder likewise
 * @param trackers makes one for each session; empty where {@code tracker} is for all, one after the other
 * @param smoothers likewise
 * @param storeOthers unless the session says otherwise
 * @param detection makes a session's scheduler
 * @param options notes in a description what was set
 */
record PipelineParts(
        Optional<FrameSource> source,
        Optional<SessionRecorder> recorder,
        Models models,
        FaceTracker tracker,
        TemporalSmoother smoother,
        Optional<Supplier<? extends FaceTracker>> trackers,
        Optional<Supplier<? extends TemporalSmoother>> smoothers,
        LabelPolicy labelPolicy,
        boolean storeOthers,
        Consumer<FrameFailure> failures,
        Clock clock,
        LongSupplier ticker,
        Supplier<DetectionScheduler> detection,
        boolean findsSceneCuts,
        Consumer<PipelineDescription> options) {

    /** All, in the order of a frame's way. */
    List<Stage> stages() {
        List<Stage> all = new ArrayList<>();
        source.ifPresent(all::add);
        all.addAll(models.stages());
        all.add(tracker);
        all.add(smoother);
        recorder.ifPresent(all::add);
        return List.copyOf(all);
    }

    /** Of the short form, as nothing was told beside it. */
    PipelineSettings described(SubjectRule rule) {
        return described(
                PipelineDescription.RUN, source, tracker, smoother, rule, storeOthers, Optional.empty(), recorder);
    }

    PipelineSettings described(
            String mode,
            Optional<FrameSource> frames,
            FaceTracker who,
            TemporalSmoother scores,
            SubjectRule whom,
            boolean others,
            Optional<SessionBuilder> session,
            Optional<SessionRecorder> to) {
        PipelineDescription description = new PipelineDescription(mode);
        description.role("source", frames);
        description.role("detector", Optional.of(models.detector()));
        description.role("landmarks", models.landmarks());
        description.role("aligner", Optional.of(models.aligner()));
        description.role("classifier", Optional.of(models.classifier()));
        description.role("tracker", Optional.of(who));
        description.role("smoother", Optional.of(scores));
        description.role("labelPolicy", labelPolicy.getClass(), Optional.ofNullable(labelPolicy.metadata()));
        description.role("recorder", to);
        description.option("subject", whom);
        description.option("storeOthers", others);
        options.accept(description);
        session.ifPresent(each -> each.describe(description, mode.equals(PipelineDescription.SESSION)));
        return description.settings();
    }
}
