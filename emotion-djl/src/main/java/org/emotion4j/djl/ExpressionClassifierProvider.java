package org.emotion4j.djl;

/** Offers the library's own network as {@code expression}. */
public final class ExpressionClassifierProvider extends BundledClassifierProvider {
    /** For {@link java.util.ServiceLoader}. */
    public ExpressionClassifierProvider() {
        super("expression", "this library's own residual network, trained on FER2013; PyTorch through DJL", 50);
    }
}
