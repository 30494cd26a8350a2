package org.emotion4j.djl;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.emotion4j.djl.data.LabelledFace;
import org.emotion4j.emotion.Emotion;

/** Labelled pictures that a test draws itself: no face of anybody. */
public final class TestFaces {
    private TestFaces() {}

    /** Noise: no two are alike, and nothing can be learned from them. */
    public static LabelledFace noise(long seed, Emotion label) {
        return noise(seed, LabelledFace.SIDE, label);
    }

    /** Noise of another size. */
    public static LabelledFace noise(long seed, int side, Emotion label) {
        byte[] grey = new byte[side * side];
        new Random(seed).nextBytes(grey);
        return LabelledFace.of(grey, side, label, "noise " + seed);
    }

    /** A bright band whose height tells the class, with noise on top: easy to learn, the mirror image too. */
    public static LabelledFace band(long seed, Emotion label) {
        Random random = new Random(seed);
        byte[] grey = new byte[LabelledFace.PIXELS];
        for (int i = 0; i < grey.length; i++) {
            int row = i / LabelledFace.SIDE;
            boolean bright = row / 6 == label.ordinal();
            grey[i] = (byte) ((bright ? 190 : 60) + random.nextInt(61) - 30);
        }
        return LabelledFace.of(grey, label, "band " + seed);
    }

    /** Bands of every class in turn. */
    public static List<LabelledFace> bands(long firstSeed, int count) {
        List<LabelledFace> faces = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            faces.add(band(firstSeed + i, Emotion.all().get(i % Emotion.all().size())));
        }
        return faces;
    }
}
