package org.emotion4j.pipeline;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.emotion4j.emotion.EmotionClassifier;
import org.emotion4j.emotion.EmotionScores;
import org.emotion4j.emotion.FaceAnswers;
import org.emotion4j.emotion.FaceClassifier;
import org.emotion4j.face.CropSpec;
import org.emotion4j.face.DetectedFace;
import org.emotion4j.face.FaceAligner;
import org.emotion4j.face.FaceCrop;
import org.emotion4j.face.FaceDetector;
import org.emotion4j.face.LandmarkDetector;
import org.emotion4j.frame.Frame;
import org.emotion4j.stage.Stage;
import org.emotion4j.stage.StageException;

/**
 * What a pipeline has once for all its sessions and requests: detector, landmark detector, aligner and classifier.
 * Thread-safe: a stage that is not is used by one thread at a time. What they give is checked here.
 */
final class Models {
    private final FaceDetector detector;
    private final Optional<LandmarkDetector> landmarks;
    private final FaceAligner aligner;
    private final EmotionClassifier classifier;
    private final StageAccess toDetector;
    private final Optional<StageAccess> toLandmarks;
    private final StageAccess toAligner;
    private final StageAccess toClassifier;

    Models(
            FaceDetector detector,
            Optional<LandmarkDetector> landmarks,
            FaceAligner aligner,
            EmotionClassifier classifier) {
        this.detector = detector;
        this.landmarks = landmarks;
        this.aligner = aligner;
        this.classifier = classifier;
        // by identity: what is two stages in one is used by one thread at a time as a whole
        Map<Stage, StageAccess> ways = new IdentityHashMap<>();
        this.toDetector = ways.computeIfAbsent(detector, StageAccess::new);
        this.toLandmarks = landmarks.map(stage -> ways.computeIfAbsent(stage, StageAccess::new));
        this.toAligner = ways.computeIfAbsent(aligner, StageAccess::new);
        this.toClassifier = ways.computeIfAbsent(classifier, StageAccess::new);
    }

    /** All of them, in the order in which a frame passes them. */
    List<Stage> stages() {
        List<Stage> all = new ArrayList<>();
        all.add(detector);
        landmarks.ifPresent(all::add);
        all.add(aligner);
        all.add(classifier);
        return List.copyOf(all);
    }

    FaceDetector detector() {
        return detector;
    }

    Optional<LandmarkDetector> landmarks() {
        return landmarks;
    }

    FaceAligner aligner() {
        return aligner;
    }

    EmotionClassifier classifier() {
        return classifier;
    }

    CropSpec cropSpec() {
        return classifier.cropSpec();
    }

    boolean hasLandmarks() {
        return landmarks.isPresent();
    }

    List<DetectedFace> detect(Frame frame) {
        return toDetector.with(() -> Given.by(detector, "faces", detector.detect(frame)));
    }

    /** The detector for who looks closer at single faces. */
    FaceDetector closeUps() {
        return new FaceDetector() {
            @Override
            public List<DetectedFace> detect(Frame frame) {
                return Models.this.detect(frame);
            }

            @Override
            public Optional<DetectedFace> detectCloseUp(Frame closeUp) {
                return Models.this.detectCloseUp(closeUp);
            }

            @Override
            public boolean isThreadSafe() {
                return detector.isThreadSafe();
            }
        };
    }

    /** Looks closer at a single face; empty too for a detector that cannot. */
    Optional<DetectedFace> detectCloseUp(Frame closeUp) {
        return toDetector.with(() -> Given.by(detector, "a face or an empty one", detector.detectCloseUp(closeUp)));
    }

    /** Asked only where there is a landmark detector. */
    List<DetectedFace> locateAll(Frame frame, List<DetectedFace> faces) {
        LandmarkDetector stage = landmarks.orElseThrow();
        List<DetectedFace> located =
                toLandmarks.orElseThrow().with(() -> Given.by(stage, "faces", stage.locateAll(frame, faces)));
        if (located.size() != faces.size()) {
            throw new StageException(
                    stage.metadata().name() + " gave " + located.size() + " faces for " + faces.size());
        }
        return located;
    }

    /** Cuts faces out, each into the crop at its place. */
    void align(Frame frame, List<DetectedFace> faces, List<FaceCrop> crops) {
        toAligner.run(() -> {
            for (int i = 0; i < faces.size(); i++) {
                aligner.align(frame, faces.get(i), crops.get(i));
            }
        });
    }

    /** Scores faces, and tells more of them where the classifier can. */
    List<FaceAnswers> answerAll(List<FaceCrop> crops) {
        if (classifier instanceof FaceClassifier more) {
            List<FaceAnswers> answers = toClassifier.with(() -> Given.by(classifier, "answers", more.answerAll(crops)));
            requireOneEach(answers.size(), "answers", crops.size());
            answers.forEach(answer -> Given.by(classifier, "the answers of a face", answer));
            return answers;
        }
        List<EmotionScores> scores =
                toClassifier.with(() -> Given.by(classifier, "scores", classifier.classifyAll(crops)));
        requireOneEach(scores.size(), "scores", crops.size());
        List<FaceAnswers> answers = new ArrayList<>(scores.size());
        for (EmotionScores each : scores) {
            answers.add(FaceAnswers.of(Given.by(classifier, "the scores of a face", each)));
        }
        return answers;
    }

    private void requireOneEach(int given, String what, int faces) {
        if (given != faces) {
            throw new StageException(
                    classifier.metadata().name() + " gave " + given + " " + what + " for " + faces + " faces");
        }
    }

    void warmUp() {
        toDetector.run(detector::warmUp);
        toLandmarks.ifPresent(way -> way.run(landmarks.orElseThrow()::warmUp));
        toAligner.run(aligner::warmUp);
        toClassifier.run(classifier::warmUp);
    }
}
