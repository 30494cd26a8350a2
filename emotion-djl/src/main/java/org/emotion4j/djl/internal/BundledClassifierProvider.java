package org.emotion4j.djl.internal;

import java.nio.file.Path;
import org.emotion4j.djl.DjlEmotionClassifier;
import org.emotion4j.emotion.EmotionClassifier;
import org.emotion4j.spi.EmotionClassifierProvider;
import org.emotion4j.spi.Weights;

/** Offers one of the bundled models, and its kind of model from a file. */
abstract class BundledClassifierProvider implements EmotionClassifierProvider {
    private final String name;
    private final String model;
    private final String description;
    private final int priority;

    BundledClassifierProvider(String name, String model, String description, int priority) {
        this.name = name;
        this.model = model;
        this.description = description;
        this.priority = priority;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String description() {
        return description;
    }

    /** Never a default where the weights are not on the class path. */
    @Override
    public int priority() {
        return Weights.find(model + Weights.PYTORCH).isPresent() ? priority : -1;
    }

    @Override
    public EmotionClassifier create() {
        return DjlEmotionClassifier.builder().bundled(model).build();
    }

    @Override
    public EmotionClassifier create(Path file) {
        return DjlEmotionClassifier.load(file);
    }
}
