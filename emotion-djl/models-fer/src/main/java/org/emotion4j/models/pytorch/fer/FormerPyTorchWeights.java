package org.emotion4j.models.pytorch.fer;

import java.util.Optional;
import org.emotion4j.spi.Weights;
import org.emotion4j.spi.WeightsProvider;
import org.emotion4j.stage.BundledModel;

/** The network {@code expression-fer}, for PyTorch. */
public final class FormerPyTorchWeights implements WeightsProvider {
    /** Called by {@link java.util.ServiceLoader}. */
    public FormerPyTorchWeights() {}

    @Override
    public Optional<BundledModel> find(String name) {
        return Weights.forPyTorch(name).flatMap(network -> BundledModel.find(FormerPyTorchWeights.class, network));
    }
}
