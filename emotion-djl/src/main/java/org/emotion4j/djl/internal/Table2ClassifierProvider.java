package org.emotion4j.djl.internal;

/** Offers the network of the paper's Table II as {@code table2}. */
public final class Table2ClassifierProvider extends BundledClassifierProvider {
    /** For {@link java.util.ServiceLoader}. */
    public Table2ClassifierProvider() {
        super(
                "table2",
                "table2",
                "the small network of the paper's Table II, trained on FER2013; PyTorch through DJL",
                10);
    }
}
