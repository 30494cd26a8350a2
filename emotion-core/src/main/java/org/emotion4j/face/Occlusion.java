package org.emotion4j.face;

/**
 * What of a face is hidden, by a mask or a hand, by dark glasses, hair or a cap: how sure a network is of it.
 *
 * @param lowerHalf that nose, mouth and chin are hidden, 0 to 1
 * @param upperHalf that the eyes are hidden, 0 to 1
 */
public record Occlusion(double lowerHalf, double upperHalf) {
    /**
     * Checks the probabilities.
     *
     * @param lowerHalf as {@link #lowerHalf()}
     * @param upperHalf as {@link #upperHalf()}
     * @throws IllegalArgumentException if one is not 0 to 1
     */
    public Occlusion {
        require("lowerHalf", lowerHalf);
        require("upperHalf", upperHalf);
    }

    private static void require(String name, double probability) {
        if (!(probability >= 0 && probability <= 1)) {
            throw new IllegalArgumentException(name + " is " + probability + ", expected 0 to 1");
        }
    }
}
