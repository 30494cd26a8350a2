package org.emotion4j.cli.models;

import java.util.ArrayList;
import java.util.List;
import org.emotion4j.emotion.Emotion;
import org.emotion4j.emotion.EmotionClassifier;
import org.emotion4j.emotion.EmotionScores;
import org.emotion4j.evaluation.ClassificationReport;
import org.emotion4j.face.FaceCrop;
import org.emotion4j.frame.ImageTransform;
import org.emotion4j.frame.Pixels;

/** Scores pictures that are crops already, many at a time. */
final class CropBatch {
    private static final int SIZE = 64;

    private final EmotionClassifier classifier;
    private final ClassificationReport.Builder report;
    private final List<FaceCrop> crops = new ArrayList<>(SIZE);
    private final List<Emotion> truths = new ArrayList<>(SIZE);

    CropBatch(EmotionClassifier classifier, ClassificationReport.Builder report) {
        this.classifier = classifier;
        this.report = report;
        for (int i = 0; i < SIZE; i++) {
            crops.add(FaceCrop.allocate(classifier.cropSpec()));
        }
    }

    /** Takes a picture whole, resized to the classifier's crop. */
    void add(Pixels picture, Emotion truth) {
        ImageTransform.resize(picture, crops.get(truths.size()));
        truths.add(truth);
        if (truths.size() == SIZE) {
            flush();
        }
    }

    /** Scores what is left. */
    void flush() {
        if (truths.isEmpty()) {
            return;
        }
        List<EmotionScores> scores = classifier.classifyAll(crops.subList(0, truths.size()));
        for (int i = 0; i < truths.size(); i++) {
            report.add(truths.get(i), scores.get(i));
        }
        truths.clear();
    }
}
