package org.emotion4j.djl.data;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Guards against data leakage: finds training faces that also are evaluation faces, pixel by pixel, mirrored, or as a near copy (recompressed, another
 * brightness or contrast, a crop that is shifted a little) of a face or of its mirror image. Whoever learns
 * from those measures memory.
 *
 * <p>Two faces are near copies if the correlation of their pixels is {@value #NEAR} or more; correlation does not see
 * brightness and contrast. To find them among two hundred million pairs, means of 6x6 pixels are correlated first.
 */
public final class TrainTestOverlapFilter {
    /**
     * The pixel correlation from which on two faces count as one picture. Chosen by looking at pairs of FER2013: from 0.93
     * on nearly all are one photograph, cropped, scaled or marked in two ways; the rest of the way is on the safe side.
     */
    public static final double NEAR = 0.90;

    /** What the coarse correlation has to be for the pixels to be compared at all. */
    private static final double COARSE = 0.88;

    private static final int BLOCK = 6;
    private static final int COARSE_SIDE = LabeledFace.SIDE / BLOCK;
    private static final int COARSE_SIZE = COARSE_SIDE * COARSE_SIDE;

    /** Coarse vectors have this length, so that the product of two is exact in an int. */
    private static final int LENGTH = 1 << 12;

    private TrainTestOverlapFilter() {}

    /**
     * What was kept and why the rest was not.
     *
     * @param kept the training faces that are no evaluation face, in their order
     * @param identical how many are an evaluation face pixel by pixel
     * @param mirrored how many are the mirror image of one pixel by pixel
     * @param near how many are near copies of one
     * @param nearMirrored how many are near copies of the mirror image of one
     */
    public record Result(List<LabeledFace> kept, int identical, int mirrored, int near, int nearMirrored) {
        /**
         * Takes a copy.
         *
         * @param kept as {@link #kept()}
         * @param identical as {@link #identical()}
         * @param mirrored as {@link #mirrored()}
         * @param near as {@link #near()}
         * @param nearMirrored as {@link #nearMirrored()}
         */
        public Result {
            kept = List.copyOf(kept);
        }
    }

    /**
     * Leaves out the training faces that also are evaluation faces. A face counts once, for the first reason of the order
     * identical, mirrored, near, near and mirrored. 28,709 against 7,178 faces take about ten seconds.
     *
     * @param training any faces
     * @param evaluation any faces
     * @return what is left and the counts
     */
    public static Result apply(List<LabeledFace> training, List<LabeledFace> evaluation) {
        Map<Integer, List<LabeledFace>> exact = new HashMap<>();
        List<Coarse> coarse = new ArrayList<>(evaluation.size());
        for (LabeledFace face : evaluation) {
            exact.computeIfAbsent(face.pixelHash(), key -> new ArrayList<>()).add(face);
            coarse.add(Coarse.of(face));
        }
        List<LabeledFace> kept = new ArrayList<>(training.size());
        int identical = 0;
        int mirrored = 0;
        int near = 0;
        int nearMirrored = 0;
        for (LabeledFace face : training) {
            LabeledFace mirror = face.mirrored();
            if (contains(exact, face)) {
                identical++;
            } else if (contains(exact, mirror)) {
                mirrored++;
            } else if (hasNear(coarse, face)) {
                near++;
            } else if (hasNear(coarse, mirror)) {
                nearMirrored++;
            } else {
                kept.add(face);
            }
        }
        return new Result(kept, identical, mirrored, near, nearMirrored);
    }

    /**
     * Computes the correlation of two faces' pixels.
     *
     * @param a a face
     * @param b another
     * @return -1 to 1; 0 if one of them is of one color; of larger or smaller faces than 48x48 that of their copies of
     *     that size
     */
    public static double correlation(LabeledFace a, LabeledFace b) {
        return correlationOfSmall(a.resized(LabeledFace.SIDE), b.resized(LabeledFace.SIDE));
    }

    private static double correlationOfSmall(LabeledFace a, LabeledFace b) {
        long sumA = 0;
        long sumB = 0;
        long squaresA = 0;
        long squaresB = 0;
        long products = 0;
        for (int i = 0; i < LabeledFace.PIXELS; i++) {
            int pa = a.pixel(i);
            int pb = b.pixel(i);
            sumA += pa;
            sumB += pb;
            squaresA += (long) pa * pa;
            squaresB += (long) pb * pb;
            products += (long) pa * pb;
        }
        double n = LabeledFace.PIXELS;
        double varianceA = squaresA - sumA * (sumA / n);
        double varianceB = squaresB - sumB * (sumB / n);
        double scale = Math.sqrt(varianceA) * Math.sqrt(varianceB);
        return scale > 0 ? (products - sumA * (sumB / n)) / scale : 0;
    }

    private static boolean contains(Map<Integer, List<LabeledFace>> exact, LabeledFace face) {
        return exact.getOrDefault(face.pixelHash(), List.of()).stream().anyMatch(face::samePixels);
    }

    private static boolean hasNear(List<Coarse> others, LabeledFace face) {
        Coarse own = Coarse.of(face);
        for (Coarse other : others) {
            if (own.isLike(other) && correlationOfSmall(own.face(), other.face()) >= NEAR) {
                return true;
            }
        }
        return false;
    }

    /** A face of 48x48 as 8x8 means of zero mean and fixed length. */
    private record Coarse(LabeledFace face, int[] vector) {
        private static final int ENOUGH = (int) (COARSE * LENGTH * LENGTH);

        static Coarse of(LabeledFace any) {
            LabeledFace face = any.resized(LabeledFace.SIDE);
            double[] means = new double[COARSE_SIZE];
            double mean = 0;
            for (int i = 0; i < LabeledFace.PIXELS; i++) {
                int block = i / LabeledFace.SIDE / BLOCK * COARSE_SIDE + i % LabeledFace.SIDE / BLOCK;
                means[block] += face.pixel(i);
                mean += face.pixel(i) / (double) COARSE_SIZE;
            }
            double squares = 0;
            for (double value : means) {
                squares += (value - mean) * (value - mean);
            }
            int[] vector = new int[COARSE_SIZE];
            for (int i = 0; i < COARSE_SIZE && squares > 0; i++) {
                vector[i] = (int) Math.round((means[i] - mean) / Math.sqrt(squares) * LENGTH);
            }
            return new Coarse(face, vector);
        }

        boolean isLike(Coarse other) {
            int[] a = vector;
            int[] b = other.vector;
            int product = 0;
            for (int i = 0; i < COARSE_SIZE; i++) {
                product += a[i] * b[i];
            }
            return product >= ENOUGH;
        }
    }
}
