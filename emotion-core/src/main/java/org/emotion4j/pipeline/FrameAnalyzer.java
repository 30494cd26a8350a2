package org.emotion4j.pipeline;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.emotion4j.emotion.EmotionScores;
import org.emotion4j.emotion.FaceAnswers;
import org.emotion4j.emotion.FacialMovements;
import org.emotion4j.face.DetectedFace;
import org.emotion4j.face.FaceCrop;
import org.emotion4j.face.FaceQuality;
import org.emotion4j.face.FaceQualityEstimator;
import org.emotion4j.face.TrackedFace;
import org.emotion4j.face.UprightFaces;
import org.emotion4j.frame.Frame;
import org.emotion4j.reading.StageTimings;

/**
 * Frame, faces, landmarks, who is who, crops, scores. Keeps the memory of the crops and what {@link DetectionScheduler} is asked to save.
 * Confined to one thread at a time; any number of them share their models.
 */
final class FrameAnalyzer {
    private final Models models;
    private final TrackState history;
    private final DetectionScheduler thrift;
    private final LongSupplier ticker;
    private final UprightFaces upright;
    private final FaceQualityEstimator quality = new FaceQualityEstimator();
    private final List<FaceCrop> crops = new ArrayList<>();
    private final List<FaceCrop> cropsView = Collections.unmodifiableList(crops);

    /** The faces of the last frame that was looked at in full, as they were before anybody said who is who. */
    private List<DetectedFace> lastFaces = List.of();

    /** The same, with the landmarks of their detector. */
    private List<DetectedFace> lastDetected = List.of();

    private List<AnalyzedFace> lastAnalyzed = List.of();
    private boolean anyFrame;

    FrameAnalyzer(Models models, TrackState history, DetectionScheduler thrift, LongSupplier ticker) {
        this.models = models;
        this.history = history;
        this.thrift = thrift;
        this.ticker = ticker;
        this.upright = new UprightFaces(models.closeUps());
    }

    /** A face, who it is, and what it shows. */
    record AnalyzedFace(
            TrackedFace who, FaceQuality quality, EmotionScores scores, Optional<FacialMovements> movements) {
        @SuppressWarnings("ReferenceEquality") // the tracker gives back what it was given; an equal one may be another
        private boolean isOf(DetectedFace face) {
            return who.face() == face;
        }

        private AnalyzedFace as(TrackedFace other) {
            return new AnalyzedFace(other, quality, scores, movements);
        }
    }

    /** All faces of a frame that count. */
    record Analysis(List<AnalyzedFace> faces, StageTimings timings) {}

    /** Forgets the frames before. */
    void reset() {
        thrift.reset();
        upright.reset();
        anyFrame = false;
        lastFaces = List.of();
        lastDetected = List.of();
        lastAnalyzed = List.of();
    }

    /** Looks at a frame, and may save what it can know from the frames before. */
    Analysis analyze(Frame frame) {
        long start = ticker.getAsLong();
        if (thrift.unchanged(frame) && anyFrame) {
            List<TrackedFace> faces = history.identify(frame.mediaNanos(), lastFaces);
            List<AnalyzedFace> known = known(faces);
            if (known.size() == faces.size()) {
                return new Analysis(known, new StageTimings(0, 0, 0, ticker.getAsLong() - start));
            }
            long now = ticker.getAsLong();
            return score(frame, faces, start, now, now, now);
        }
        List<DetectedFace> found = thrift.faces(frame, models);
        List<DetectedFace> turned = upright.next(frame, found);
        long detected = ticker.getAsLong();
        List<DetectedFace> located = located(frame, found, turned);
        long afterLandmarks = models.hasLandmarks() ? ticker.getAsLong() : detected;
        List<TrackedFace> faces = history.identify(frame.mediaNanos(), located);
        long identified = history.isOfSession() ? ticker.getAsLong() : afterLandmarks;
        lastFaces = located;
        lastDetected = turned;
        return score(frame, faces, start, detected, afterLandmarks, identified);
    }

    /** What is known from the last frame of those faces that it had too. */
    private List<AnalyzedFace> known(List<TrackedFace> faces) {
        List<AnalyzedFace> known = new ArrayList<>(faces.size());
        for (TrackedFace face : faces) {
            lastAnalyzed.stream()
                    .filter(last -> last.isOf(face.face()))
                    .findFirst()
                    .ifPresent(last -> known.add(last.as(face)));
        }
        return known;
    }

    private Analysis score(
            Frame frame, List<TrackedFace> faces, long start, long detected, long located, long identified) {
        List<FaceCrop> cut = cut(frame, faces.stream().map(TrackedFace::face).toList());
        List<FaceQuality> qualities = qualities(faces, cut);
        long aligned = ticker.getAsLong();
        List<FaceAnswers> answers = faces.isEmpty() ? List.of() : models.answerAll(cut);
        long end = ticker.getAsLong();
        List<AnalyzedFace> analyzed = new ArrayList<>(faces.size());
        for (int i = 0; i < faces.size(); i++) {
            FaceQuality seen = qualities.get(i);
            FaceQuality withHidden = answers.get(i).occlusion().map(seen::with).orElse(seen);
            Optional<FacialMovements> movements = answers.get(i).movements().map(moving -> seen.headPose()
                    .map(pose -> moving.withRoll(pose.roll()))
                    .orElse(moving));
            analyzed.add(
                    new AnalyzedFace(faces.get(i), withHidden, answers.get(i).scores(), movements));
        }
        anyFrame = true;
        lastAnalyzed = List.copyOf(analyzed);
        return new Analysis(
                lastAnalyzed,
                new StageTimings(
                        detected - start, located - detected, aligned - identified, end - aligned, end - start));
    }

    /** More landmarks for the upright ones alone: who locates them looks at faces as they are in the picture. */
    private List<DetectedFace> located(Frame frame, List<DetectedFace> found, List<DetectedFace> turned) {
        if (!models.hasLandmarks() || turned.isEmpty()) {
            return turned;
        }
        List<DetectedFace> faces = new ArrayList<>(turned.size());
        for (int i = 0; i < turned.size(); i++) {
            if (isSame(found.get(i), turned.get(i))) {
                faces.add(turned.get(i));
            }
        }
        List<DetectedFace> located = faces.isEmpty() ? faces : models.locateAll(frame, faces);
        List<DetectedFace> all = new ArrayList<>(turned);
        int next = 0;
        for (int i = 0; i < all.size(); i++) {
            if (isSame(found.get(i), turned.get(i))) {
                all.set(i, located.get(next++));
            }
        }
        return List.copyOf(all);
    }

    @SuppressWarnings("ReferenceEquality") // an equal face may have been found upside down as well
    private static boolean isSame(DetectedFace found, DetectedFace turned) {
        return found == turned;
    }

    private List<FaceQuality> qualities(List<TrackedFace> faces, List<FaceCrop> cut) {
        List<FaceQuality> qualities = new ArrayList<>(faces.size());
        for (int i = 0; i < faces.size(); i++) {
            qualities.add(quality.assess(
                    cut.get(i), faces.get(i).face(), detected(faces.get(i).face())));
        }
        return qualities;
    }

    /** As its detector gave a face; of one that a tracker made up, the face itself. */
    private DetectedFace detected(DetectedFace face) {
        for (int i = 0; i < lastFaces.size(); i++) {
            if (isSame(lastFaces.get(i), face)) {
                return lastDetected.get(i);
            }
        }
        return face;
    }

    private List<FaceCrop> cut(Frame frame, List<DetectedFace> faces) {
        while (crops.size() < faces.size()) {
            crops.add(FaceCrop.allocate(models.cropSpec()));
        }
        models.align(frame, faces, crops);
        return crops.size() == faces.size() ? cropsView : cropsView.subList(0, faces.size());
    }
}
