package org.emotion4j.examples.guide;

// guide:begin
import org.emotion4j.emotion.EmotionClassifier;
import org.emotion4j.examples.OwnClassifier;
import org.emotion4j.spi.EmotionClassifierProvider;

public final class OwnClassifierProvider implements EmotionClassifierProvider {
    @Override
    public String name() {
        return "own";
    }

    @Override
    public String description() {
        return "our network of 2026, 112x112 color";
    }

    /** Ours are 0 to 100, so this one becomes the default. */
    @Override
    public int priority() {
        return 101;
    }

    @Override
    public EmotionClassifier create() {
        return new OwnClassifier(OwnNetwork.load());
    }
}
// guide:end
