package org.emotion4j.djl.nets;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.core.Linear;
import ai.djl.training.ParameterStore;
import java.util.Map;
import org.emotion4j.emotion.EmotionScores;

/**
 * The former network: two heads are blended and calibrated, {@code [N, 1, 48, 48]} to log-probabilities. The weight of the
 * second head is a parameter that training leaves alone.
 */
final class BlendBlock extends ExpressionBlock {
    /** What keeps the logarithm of a blend finite. */
    private static final float LEAST = 1e-7f;

    private final Linear labelsHead;
    private final Linear votesHead;
    private final Linear calibration;

    BlendBlock() {
        super(Map.of("blend", 0.25f));
        labelsHead = linear("net.labels_head");
        votesHead = linear("net.votes_head");
        calibration = linear("calibration");
    }

    @Override
    NDArray answer(NDArray features, ParameterStore store, boolean training) {
        NDArray labels = apply(labelsHead, store, features, training).softmax(1);
        NDArray votes = apply(votesHead, store, features, training).softmax(1);
        NDArray share = store.getValue(ownConstant(0), features.getDevice(), training);
        NDArray blended = labels.add(votes.sub(labels).mul(share));
        return apply(calibration, store, blended.add(LEAST).log(), training);
    }

    @Override
    Shape headInput(Linear head, Shape features) {
        return head == calibration ? new Shape(features.get(0), EmotionScores.SIZE) : features;
    }
}
