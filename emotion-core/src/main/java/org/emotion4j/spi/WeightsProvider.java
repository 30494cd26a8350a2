package org.emotion4j.spi;

import java.util.Optional;
import org.emotion4j.stage.BundledModel;

/** Has weights of networks in its jar. Found by {@link java.util.ServiceLoader} on the class path; {@link Weights} asks it. */
public interface WeightsProvider {
    /**
     * Finds the weights of a network.
     *
     * @param name for example {@code "expression"}, or {@code "expression-pytorch"} for those that PyTorch reads
     * @return the weights, or empty where they are not in this jar
     */
    Optional<BundledModel> find(String name);
}
