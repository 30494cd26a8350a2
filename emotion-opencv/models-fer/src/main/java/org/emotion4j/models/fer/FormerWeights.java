package org.emotion4j.models.fer;

import java.util.Optional;
import org.emotion4j.spi.WeightsProvider;
import org.emotion4j.stage.BundledModel;

/** The network {@code expression-fer}. */
public final class FormerWeights implements WeightsProvider {
    /** Called by {@link java.util.ServiceLoader}. */
    public FormerWeights() {}

    @Override
    public Optional<BundledModel> find(String name) {
        return BundledModel.find(FormerWeights.class, name);
    }
}
