package org.emotion4j.emotion;

import java.util.List;
import org.emotion4j.face.CropSpec;
import org.emotion4j.face.FaceCrop;
import org.emotion4j.stage.StageMetadata;

/** Passes calls on, one at a time unless what it wraps is thread-safe, and never closes that. */
final class SharedEmotionClassifier implements EmotionClassifier {
    private final EmotionClassifier shared;

    SharedEmotionClassifier(EmotionClassifier shared) {
        this.shared = shared;
    }

    @Override
    public EmotionScores classify(FaceCrop crop) {
        if (shared.isThreadSafe()) {
            return shared.classify(crop);
        }
        synchronized (shared) {
            return shared.classify(crop);
        }
    }

    @Override
    public List<EmotionScores> classifyAll(List<FaceCrop> crops) {
        if (shared.isThreadSafe()) {
            return shared.classifyAll(crops);
        }
        synchronized (shared) {
            return shared.classifyAll(crops);
        }
    }

    @Override
    public boolean isThreadSafe() {
        return true;
    }

    @Override
    public CropSpec cropSpec() {
        return shared.cropSpec();
    }

    @Override
    public StageMetadata metadata() {
        return shared.metadata();
    }

    @Override
    public void warmUp() {
        synchronized (shared) {
            shared.warmUp();
        }
    }
}
