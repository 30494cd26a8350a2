package org.emotion4j.models;

import java.util.Optional;
import org.emotion4j.spi.WeightsProvider;
import org.emotion4j.stage.BundledModel;

/** The networks {@code expression}, {@code single-shot} and {@code landmarks}; the first two in 8-bit integers ({@code -int8}) too. */
public final class BundledWeights implements WeightsProvider {
    /** Called by {@link java.util.ServiceLoader}. */
    public BundledWeights() {}

    @Override
    public Optional<BundledModel> find(String name) {
        return BundledModel.find(BundledWeights.class, name);
    }
}
