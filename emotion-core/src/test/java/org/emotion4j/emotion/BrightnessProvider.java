package org.emotion4j.emotion;

import org.emotion4j.spi.EmotionClassifierProvider;

/** Brings a classifier without a network to the class path: bright crops are happy, dark ones sad. */
public final class BrightnessProvider implements EmotionClassifierProvider {
    @Override
    public String name() {
        return "brightness";
    }

    @Override
    public String description() {
        return "for tests: bright crops are happy, dark ones sad";
    }

    @Override
    public int priority() {
        return -1;
    }

    @Override
    public EmotionClassifier create() {
        return new BrightnessClassifier();
    }
}
