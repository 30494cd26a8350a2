package org.emotion4j.djl;

import ai.djl.Device;
import org.emotion4j.djl.nets.Net;
import org.emotion4j.djl.nets.NetPreset;
import org.emotion4j.stage.BundledModel;
import org.emotion4j.stage.StageException;

/** Networks of this jar as Java blocks, to train on from their weights; to classify, use {@link DjlEmotionClassifier}. */
public final class BundledNets {
    private BundledNets() {}

    /**
     * Loads this library's own network. It gives the scores of the default classifier.
     *
     * @param device where
     * @return a new network of the preset {@link NetPreset#EXPRESSION}, which the caller closes
     * @throws StageException if the engine does not start, or this jar was built without the weights
     */
    public static Net expression(Device device) {
        BundledModel model = BundledModel.get(DjlEmotionClassifier.class, NetPreset.EXPRESSION);
        return Net.ofTorchScript(model.bytes(), device, model.origin());
    }
}
