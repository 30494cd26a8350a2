package org.emotion4j.emotion;

import java.util.List;
import org.emotion4j.face.CropSpec;
import org.emotion4j.face.FaceCrop;
import org.emotion4j.stage.StageMetadata;

/** As {@link SharedEmotionClassifier}, for one that tells more. */
final class SharedFaceClassifier implements FaceClassifier {
    private final FaceClassifier shared;
    private final SharedEmotionClassifier expressions;

    SharedFaceClassifier(FaceClassifier shared) {
        this.shared = shared;
        this.expressions = new SharedEmotionClassifier(shared);
    }

    @Override
    public List<FaceAnswers> answerAll(List<FaceCrop> crops) {
        if (shared.isThreadSafe()) {
            return shared.answerAll(crops);
        }
        synchronized (shared) {
            return shared.answerAll(crops);
        }
    }

    @Override
    public boolean isThreadSafe() {
        return true;
    }

    @Override
    public CropSpec cropSpec() {
        return expressions.cropSpec();
    }

    @Override
    public StageMetadata metadata() {
        return expressions.metadata();
    }

    @Override
    public void warmUp() {
        expressions.warmUp();
    }
}
