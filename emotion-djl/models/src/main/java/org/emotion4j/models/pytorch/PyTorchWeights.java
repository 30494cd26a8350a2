package org.emotion4j.models.pytorch;

import java.util.Optional;
import org.emotion4j.spi.Weights;
import org.emotion4j.spi.WeightsProvider;
import org.emotion4j.stage.BundledModel;

/** The networks {@code expression}, {@code single-shot}, {@code mtcnn} and {@code table2}, for PyTorch. */
public final class PyTorchWeights implements WeightsProvider {
    /** Called by {@link java.util.ServiceLoader}. */
    public PyTorchWeights() {}

    @Override
    public Optional<BundledModel> find(String name) {
        return Weights.forPyTorch(name).flatMap(network -> BundledModel.find(PyTorchWeights.class, network));
    }
}
