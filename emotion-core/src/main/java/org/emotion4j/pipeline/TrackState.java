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

/**
 * The state of the tracks of one session, the half of a frame's way with a memory: who is who, smoothed scores, the label of a moment ago. Of a picture by itself
 * nothing is remembered, and its faces are numbered. Confined to one thread at a time.
 */
final class TrackState {
    /** A face of which the detector is as sure as this once is one. */
    private static final double SURE = 0.6;

    /** A face that is still there after this time is one, however unsure the detector is. */
    private static final long CONFIRMED_AFTER_NANOS = 1_000_000_000L;

    private final FaceTracker tracker;
    private final TemporalSmoother smoother;
    private final LabelPolicy policy;
    private final Optional<SubjectFinder> subjects;
    private final boolean awaitsConfirmation;
    private final Map<Integer, Optional<Emotion>> labels = new HashMap<>();
    private final Map<Integer, Long> unconfirmed = new HashMap<>();
    private final Set<Integer> confirmed = new HashSet<>();

    /** Given up since the last frame that got readings: in between one may have failed. */
    private final List<Integer> lost = new ArrayList<>();

    /** A frame's readings, and whom the session is about. */
    record Followed(List<EmotionReading> readings, Optional<Subject> subject) {}

    /**
     * The memory of a session.
     *
     * @param related whether a frame follows from the one before, so that a face can be confirmed by staying
     */
    TrackState(
            FaceTracker tracker,
            TemporalSmoother smoother,
            LabelPolicy policy,
            SubjectFinder subjects,
            boolean related) {
        this(tracker, smoother, policy, Optional.of(subjects), related);
    }

    private TrackState(
            FaceTracker tracker,
            TemporalSmoother smoother,
            LabelPolicy policy,
            Optional<SubjectFinder> subjects,
            boolean awaitsConfirmation) {
        this.tracker = tracker;
        this.smoother = smoother;
        this.policy = policy;
        this.subjects = subjects;
        this.awaitsConfirmation = awaitsConfirmation;
    }

    /** None: pictures by themselves. */
    static TrackState ofPictures(LabelPolicy policy) {
        return new TrackState(new Numbering(), TemporalSmoother.none(), policy, Optional.empty(), false);
    }

    /** Whether frames follow from one another. */
    boolean isOfSession() {
        return subjects.isPresent();
    }

    /** Says who is who, and forgets those whom the tracker has given up. */
    List<TrackedFace> identify(long mediaNanos, List<DetectedFace> faces) {
        FaceTracker.Tracks tracks = Given.by(tracker, "tracks", tracker.update(mediaNanos, faces));
        for (int id : tracks.lost()) {
            smoother.forget(id);
            labels.remove(id);
            unconfirmed.remove(id);
            confirmed.remove(id);
        }
        lost.addAll(tracks.lost());
        return tracks.faces();
    }

    Followed add(Frame frame, FrameAnalyzer.Analysis analysis) {
        long mediaNanos = frame.mediaNanos();
        List<EmotionReading> readings = new ArrayList<>(analysis.faces().size());
        for (FrameAnalyzer.AnalyzedFace each : analysis.faces()) {
            int id = each.who().id();
            DetectedFace face = each.who().face();
            EmotionScores smoothed = Given.by(smoother, "scores", smoother.smooth(id, mediaNanos, each.scores()));
            Optional<Emotion> label = Given.by(
                    policy,
                    "a label or an empty one",
                    policy.decide(smoothed, labels.getOrDefault(id, Optional.empty())));
            labels.put(id, label);
            FaceQuality quality = quality(id, mediaNanos, face, each.quality());
            readings.add(new EmotionReading(
                    id, mediaNanos, face, each.scores(), smoothed, label, Optional.of(quality), each.movements()));
        }
        Optional<Subject> subject = subjects.map(finder -> finder.next(readings, lost, frame.width(), frame.height()));
        lost.clear();
        return new Followed(readings, subject);
    }

    private FaceQuality quality(int id, long mediaNanos, DetectedFace face, FaceQuality ofPicture) {
        if (!awaitsConfirmation || confirmed.contains(id)) {
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

    /** The next frame's scores and labels go by that frame alone; who is who stays known. */
    void forgetScores() {
        smoother.reset();
        labels.clear();
    }

    /** Begins a run. */
    void reset() {
        forget();
        subjects.ifPresent(SubjectFinder::reset);
    }

    /** The next frame does not follow from the one before. */
    void cut() {
        forget();
        subjects.ifPresent(SubjectFinder::cut);
    }

    private void forget() {
        forgetScores();
        tracker.reset();
        unconfirmed.clear();
        confirmed.clear();
        lost.clear();
    }

    /** Numbers the faces of each picture. */
    private static final class Numbering implements FaceTracker {
        @Override
        public Tracks update(long mediaNanos, List<DetectedFace> faces) {
            List<TrackedFace> numbered = new ArrayList<>(faces.size());
            for (DetectedFace face : faces) {
                numbered.add(new TrackedFace(numbered.size() + 1, face));
            }
            return new Tracks(numbered, List.of());
        }

        @Override
        public void reset() {}
    }
}
