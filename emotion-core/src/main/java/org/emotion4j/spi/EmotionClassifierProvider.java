package org.emotion4j.spi;

import org.emotion4j.emotion.EmotionClassifier;

/** Makes an expression classifier. */
public interface EmotionClassifierProvider extends StageProvider<EmotionClassifier> {}
