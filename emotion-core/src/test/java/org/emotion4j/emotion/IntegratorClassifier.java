package org.emotion4j.emotion;

import java.util.List;
import org.emotion4j.face.CropSpec;
import org.emotion4j.face.FaceCrop;
import org.emotion4j.frame.PixelFormat;
import org.emotion4j.stage.StageMetadata;

/**
 * A classifier as an integrator would write it: 112x112 RGB crops and the eight labels of AffectNet, contempt among them.
 * In place of a network it compares how bright eight horizontal stripes of the crop are.
 */
public final class IntegratorClassifier implements EmotionClassifier {
    private static final LabelMapping LABELS = EmotionClassifier.mapping(
            List.of("Neutral", "Happiness", "Sadness", "Surprise", "Fear", "Disgust", "Anger", "Contempt"));

    private static final CropSpec CROP =
            CropSpec.of(112, 112, PixelFormat.RGB24).withMargin(0.1);

    @Override
    public EmotionScores classify(FaceCrop crop) {
        requireOwnCrop(crop);
        float[] logits = new float[8];
        int bytesPerStripe = crop.pixels().capacity() / logits.length;
        for (int stripe = 0; stripe < logits.length; stripe++) {
            long sum = 0;
            for (int i = 0; i < bytesPerStripe; i++) {
                sum += crop.pixels().get(stripe * bytesPerStripe + i) & 0xff;
            }
            logits[stripe] = sum / (64f * bytesPerStripe);
        }
        return LABELS.fromLogits(logits);
    }

    @Override
    public CropSpec cropSpec() {
        return CROP;
    }

    @Override
    public StageMetadata metadata() {
        return StageMetadata.named("integrator").withNotes(LABELS.toString());
    }
}
