package org.emotion4j.djl;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.emotion4j.djl.data.LabeledFace;
import org.emotion4j.emotion.Emotion;

/** Labeled pictures that a test draws itself: no face of anybody. */
public final class TestFaces {
    private TestFaces() {}

    /** Noise: no two are alike, and nothing can be learned from them. */
    public static LabeledFace noise(long seed, Emotion label) {
        return noise(seed, LabeledFace.SIDE, label);
    }

    /** Noise of another size. */
    public static LabeledFace noise(long seed, int side, Emotion label) {
        byte[] gray = new byte[side * side];
        new Random(seed).nextBytes(gray);
        return LabeledFace.of(gray, side, label, "noise " + seed);
    }

    /** A bright band whose height tells the class, with noise on top: easy to learn, the mirror image too. */
    public static LabeledFace band(long seed, Emotion label) {
        Random random = new Random(seed);
        byte[] gray = new byte[LabeledFace.PIXELS];
        for (int i = 0; i < gray.length; i++) {
            int row = i / LabeledFace.SIDE;
            boolean bright = row / 6 == label.ordinal();
            gray[i] = (byte) ((bright ? 190 : 60) + random.nextInt(61) - 30);
        }
        return LabeledFace.of(gray, label, "band " + seed);
    }

    /** Bands of every class in turn. */
    public static List<LabeledFace> bands(long firstSeed, int count) {
        List<LabeledFace> faces = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            faces.add(band(firstSeed + i, Emotion.all().get(i % Emotion.all().size())));
        }
        return faces;
    }
}
