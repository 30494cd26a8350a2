package org.emotion4j.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.emotion4j.emotion.EmotionClassifier;
import org.emotion4j.emotion.EmotionScores;
import org.emotion4j.face.DetectedFace;
import org.emotion4j.face.FaceAligner;
import org.emotion4j.face.FaceCrop;
import org.emotion4j.face.FaceDetector;
import org.emotion4j.frame.Frame;
import org.emotion4j.reading.StageTimings;
import org.emotion4j.stage.StageException;

/** The stateless half of the pipeline: frame, faces, crops, scores. Keeps the memory of the crops. */
final class FrameAnalyzer {
    private final FaceDetector detector;
    private final FaceAligner aligner;
    private final EmotionClassifier classifier;
    private final LongSupplier ticker;
    private final List<FaceCrop> crops = new ArrayList<>();

    FrameAnalyzer(FaceDetector detector, FaceAligner aligner, EmotionClassifier classifier, LongSupplier ticker) {
        this.detector = detector;
        this.aligner = aligner;
        this.classifier = classifier;
        this.ticker = ticker;
    }

    Analysis analyze(Frame frame) {
        long start = ticker.getAsLong();
        List<DetectedFace> faces = detector.detect(frame);
        long detected = ticker.getAsLong();
        List<FaceCrop> cut = cut(frame, faces);
        long aligned = ticker.getAsLong();
        List<EmotionScores> scores = faces.isEmpty() ? List.of() : classifier.classifyAll(cut);
        long end = ticker.getAsLong();
        if (scores.size() != faces.size()) {
            throw new StageException(
                    classifier.metadata().name() + " gave " + scores.size() + " scores for " + faces.size() + " faces");
        }
        return new Analysis(
                faces, scores, new StageTimings(detected - start, aligned - detected, end - aligned, end - start));
    }

    void warmUp() {
        detector.warmUp();
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
        return crops.subList(0, faces.size());
    }

    record Analysis(List<DetectedFace> faces, List<EmotionScores> scores, StageTimings timings) {}
}
