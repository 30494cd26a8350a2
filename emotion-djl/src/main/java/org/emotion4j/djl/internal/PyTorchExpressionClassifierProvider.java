package org.emotion4j.djl.internal;

/** Offers the library's own network on PyTorch as {@code expression-pytorch}. */
public final class PyTorchExpressionClassifierProvider extends BundledClassifierProvider {
    /** For {@link java.util.ServiceLoader}. */
    public PyTorchExpressionClassifierProvider() {
        super("expression-pytorch", "expression", "the network of expression on PyTorch through DJL", 50);
    }
}
