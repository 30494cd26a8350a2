package org.emotion4j.pipeline;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.emotion4j.emotion.Emotion;
import org.emotion4j.emotion.EmotionScores;
import org.emotion4j.emotion.LabelPolicy;
import org.emotion4j.emotion.TemporalSmoother;
import org.emotion4j.face.DetectedFace;
import org.emotion4j.face.FaceQuality;
import org.emotion4j.face.FaceTracker;
import org.emotion4j.face.TrackedFace;
import org.emotion4j.frame.Frame;
import org.emotion4j.reading.EmotionReading;
import org.emotion4j.reading.Subject;
import org.emotion4j.stage.StageException;

/** The half of the pipeline with a memory: who is who, smoothed scores, the label of a moment ago. */
final class FaceHistory {
    /** A face of which the detector is as sure as this once is one. */
    private static final double SURE = 0.6;

    /** A face that is still there after this time is one, however unsure the detector is. */
    private static final long CONFIRMED_AFTER_NANOS = 1_000_000_000L;

    private final FaceTracker tracker;
    private final TemporalSmoother smoother;
    private final LabelPolicy policy;
    private final SubjectFinder subjects;
    private final Map<Integer, Optional<Emotion>> labels = new HashMap<>();
    private final Map<Integer, Long> unconfirmed = new HashMap<>();
    private final Set<Integer> confirmed = new HashSet<>();

    /** A frame's readings, and whom the session is about. */
    record Followed(List<EmotionReading> readings, Subject subject) {}

    FaceHistory(FaceTracker tracker, TemporalSmoother smoother, LabelPolicy policy, SubjectFinder subjects) {
        this.tracker = tracker;
        this.smoother = smoother;
        this.policy = policy;
        this.subjects = subjects;
    }

    Followed add(Frame frame, FrameAnalyzer.Analysis analysis) {
        long mediaNanos = frame.mediaNanos();
        List<DetectedFace> faces = analysis.faces();
        FaceTracker.Tracks tracks = Given.by(tracker, "tracks", tracker.update(mediaNanos, faces));
        for (int id : tracks.lost()) {
            smoother.forget(id);
            labels.remove(id);
            unconfirmed.remove(id);
            confirmed.remove(id);
        }
        List<EmotionReading> readings = new ArrayList<>(tracks.faces().size());
        int i = -1;
        for (TrackedFace tracked : tracks.faces()) {
            i = next(faces, tracked.face(), i + 1);
            int id = tracked.id();
            EmotionScores raw = analysis.scores().get(i);
            EmotionScores smoothed = Given.by(smoother, "scores", smoother.smooth(id, mediaNanos, raw));
            Optional<Emotion> label = Given.by(
                    policy,
                    "a label or an empty one",
                    policy.decide(smoothed, labels.getOrDefault(id, Optional.empty())));
            labels.put(id, label);
            readings.add(new EmotionReading(
                    id,
                    mediaNanos,
                    faces.get(i),
                    raw,
                    smoothed,
                    label,
                    Optional.of(quality(
                            id, mediaNanos, faces.get(i), analysis.qualities().get(i)))));
        }
        return new Followed(readings, subjects.next(readings, tracks.lost(), frame.width(), frame.height()));
    }

    private FaceQuality quality(int id, long mediaNanos, DetectedFace face, FaceQuality ofPicture) {
        if (confirmed.contains(id)) {
            return ofPicture;
        }
        long since = unconfirmed.computeIfAbsent(id, first -> mediaNanos);
        if (face.confidence() >= SURE || mediaNanos - since >= CONFIRMED_AFTER_NANOS) {
            confirmed.add(id);
            unconfirmed.remove(id);
            return ofPicture;
        }
        return ofPicture.withIssue(FaceQuality.Issue.UNCONFIRMED);
    }

    /** Where a face stands that the tracker gave back; in between are those that it left out. */
    private static int next(List<DetectedFace> faces, DetectedFace face, int from) {
        for (int i = from; i < faces.size(); i++) {
            if (faces.get(i).equals(face)) {
                return i;
            }
        }
        throw new StageException("the tracker gave " + face + ", which is not among the detector's faces behind number "
                + from + ", or twice");
    }

    /** Begins a run. */
    void startAfresh() {
        forget();
        subjects.startAfresh();
    }

    /** The next frame does not follow from the one before. */
    void cut() {
        forget();
        subjects.cut();
    }

    private void forget() {
        tracker.reset();
        smoother.reset();
        labels.clear();
        unconfirmed.clear();
        confirmed.clear();
    }
}
