package org.emotion4j.djl.nets;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.core.Linear;
import ai.djl.training.ParameterStore;
import java.util.Map;

/** The default network with its head for photographs: {@code [N, 1, 56, 56]} to logits. */
final class PhotoBlock extends ExpressionBlock {
    private final Linear head;

    PhotoBlock() {
        super(Map.of());
        head = linear("net.heads.photo");
    }

    @Override
    NDArray answer(NDArray features, ParameterStore store, boolean training) {
        return apply(head, store, features, training);
    }
}
