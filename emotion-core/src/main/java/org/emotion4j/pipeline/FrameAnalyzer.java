package org.emotion4j.pipeline;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.emotion4j.emotion.EmotionClassifier;
import org.emotion4j.emotion.EmotionScores;
import org.emotion4j.emotion.FaceAnswers;
import org.emotion4j.emotion.FaceClassifier;
import org.emotion4j.face.DetectedFace;
import org.emotion4j.face.FaceAligner;
import org.emotion4j.face.FaceCrop;
import org.emotion4j.face.FaceDetector;
import org.emotion4j.face.FaceQuality;
import org.emotion4j.face.FaceQualityEstimator;
import org.emotion4j.face.LandmarkDetector;
import org.emotion4j.face.UprightFaces;
import org.emotion4j.frame.Frame;
import org.emotion4j.reading.StageTimings;
import org.emotion4j.stage.StageException;
import org.jspecify.annotations.Nullable;

/**
 * Frame, faces, landmarks, crops, scores. Keeps the memory of the crops and, for a session, what {@link Thrift} is asked to save.
 */
final class FrameAnalyzer {
    private final FaceDetector detector;
    private final Optional<LandmarkDetector> landmarks;
    private final FaceAligner aligner;
    private final EmotionClassifier classifier;
    private final Thrift thrift;
    private final LongSupplier ticker;
    private final UprightFaces upright;
    private final FaceQualityEstimator quality = new FaceQualityEstimator();
    private final List<FaceCrop> crops = new ArrayList<>();
    private final List<FaceCrop> cropsView = Collections.unmodifiableList(crops);
    private @Nullable Analysis last;

    FrameAnalyzer(
            FaceDetector detector,
            Optional<LandmarkDetector> landmarks,
            FaceAligner aligner,
            EmotionClassifier classifier,
            Thrift thrift,
            LongSupplier ticker) {
        this.detector = detector;
        this.landmarks = landmarks;
        this.aligner = aligner;
        this.classifier = classifier;
        this.thrift = thrift;
        this.ticker = ticker;
        this.upright = new UprightFaces(detector);
    }

    /** Forgets the frames before. */
    void startAfresh() {
        thrift.startAfresh();
        upright.startAfresh();
    }

    /** Looks at a frame by itself. */
    Analysis analyze(Frame frame) {
        long start = ticker.getAsLong();
        List<DetectedFace> found = Given.by(detector, "faces", detector.detect(frame));
        return analyze(frame, found, upright.of(frame, found), start);
    }

    /**
     * Looks at a frame of a session, which may save what it can know from the frames before.
     *
     * @param cut whether there are none that it follows from
     */
    Analysis follow(Frame frame, boolean cut) {
        long start = ticker.getAsLong();
        if (cut) {
            startAfresh();
        }
        if (thrift.unchanged(frame) && last != null) {
            return last.repeated(ticker.getAsLong() - start);
        }
        List<DetectedFace> found = thrift.faces(frame, detector);
        Analysis analysis = analyze(frame, found, upright.next(frame, found), start);
        last = analysis;
        return analysis;
    }

    /**
     * @param turned the faces that were found; those that are not upright in place of what they were found as
     */
    private Analysis analyze(Frame frame, List<DetectedFace> found, List<DetectedFace> turned, long start) {
        long detected = ticker.getAsLong();
        List<DetectedFace> faces = located(frame, found, turned);
        long located = landmarks.isPresent() ? ticker.getAsLong() : detected;
        List<FaceCrop> cut = cut(frame, faces);
        List<FaceQuality> qualities = qualities(faces, cut);
        long aligned = ticker.getAsLong();
        List<EmotionScores> scores = faces.isEmpty() ? List.of() : scores(cut, qualities);
        long end = ticker.getAsLong();
        return new Analysis(
                faces,
                qualities,
                scores,
                new StageTimings(detected - start, located - detected, aligned - located, end - aligned, end - start));
    }

    /**
     * @param qualities what is hidden of the faces is added to them, where the classifier tells
     */
    private List<EmotionScores> scores(List<FaceCrop> cut, List<FaceQuality> qualities) {
        if (classifier instanceof FaceClassifier more) {
            List<FaceAnswers> answers = Given.by(classifier, "answers", more.answerAll(cut));
            requireOneEach(answers.size(), "answers", cut.size());
            List<EmotionScores> scores = new ArrayList<>(answers.size());
            for (int i = 0; i < answers.size(); i++) {
                FaceAnswers answer = Given.by(classifier, "the answers of a face", answers.get(i));
                scores.add(answer.scores());
                if (answer.occlusion().isPresent()) {
                    qualities.set(i, qualities.get(i).with(answer.occlusion().get()));
                }
            }
            return scores;
        }
        List<EmotionScores> scores = Given.by(classifier, "scores", classifier.classifyAll(cut));
        requireOneEach(scores.size(), "scores", cut.size());
        for (EmotionScores each : scores) {
            Given.by(classifier, "the scores of a face", each);
        }
        return scores;
    }

    private void requireOneEach(int given, String what, int faces) {
        if (given != faces) {
            throw new StageException(
                    classifier.metadata().name() + " gave " + given + " " + what + " for " + faces + " faces");
        }
    }

    /** More landmarks for the upright ones alone: who locates them looks at faces as they are in the picture. */
    private List<DetectedFace> located(Frame frame, List<DetectedFace> found, List<DetectedFace> turned) {
        if (landmarks.isEmpty() || turned.isEmpty()) {
            return turned;
        }
        List<DetectedFace> faces = new ArrayList<>(turned.size());
        for (int i = 0; i < turned.size(); i++) {
            if (isSame(found.get(i), turned.get(i))) {
                faces.add(turned.get(i));
            }
        }
        List<DetectedFace> upright = faces.isEmpty() ? faces : locatedUpright(frame, faces);
        List<DetectedFace> all = new ArrayList<>(turned);
        int next = 0;
        for (int i = 0; i < all.size(); i++) {
            if (isSame(found.get(i), turned.get(i))) {
                all.set(i, upright.get(next++));
            }
        }
        return List.copyOf(all);
    }

    @SuppressWarnings("ReferenceEquality") // an equal face may have been found upside down as well
    private static boolean isSame(DetectedFace found, DetectedFace turned) {
        return found == turned;
    }

    private List<DetectedFace> locatedUpright(Frame frame, List<DetectedFace> faces) {
        List<DetectedFace> located =
                Given.by(landmarks.get(), "faces", landmarks.get().locateAll(frame, faces));
        if (located.size() != faces.size()) {
            throw new StageException(
                    landmarks.get().metadata().name() + " gave " + located.size() + " faces for " + faces.size());
        }
        return located;
    }

    private List<FaceQuality> qualities(List<DetectedFace> faces, List<FaceCrop> cut) {
        List<FaceQuality> qualities = new ArrayList<>(faces.size());
        for (int i = 0; i < faces.size(); i++) {
            qualities.add(quality.assess(cut.get(i), faces.get(i)));
        }
        return qualities;
    }

    void warmUp() {
        detector.warmUp();
        landmarks.ifPresent(LandmarkDetector::warmUp);
        aligner.warmUp();
        classifier.warmUp();
    }

    private List<FaceCrop> cut(Frame frame, List<DetectedFace> faces) {
        while (crops.size() < faces.size()) {
            crops.add(FaceCrop.allocate(classifier.cropSpec()));
        }
        for (int i = 0; i < faces.size(); i++) {
            aligner.align(frame, faces.get(i), crops.get(i));
        }
        return crops.size() == faces.size() ? cropsView : cropsView.subList(0, faces.size());
    }

    record Analysis(
            List<DetectedFace> faces, List<FaceQuality> qualities, List<EmotionScores> scores, StageTimings timings) {
        /** The same, found out by a look at the picture alone. */
        Analysis repeated(long nanos) {
            return new Analysis(faces, qualities, scores, new StageTimings(0, 0, 0, nanos));
        }
    }
}
