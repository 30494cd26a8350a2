package org.emotion4j.djl.training;

import java.nio.file.Path;
import java.util.OptionalDouble;

/**
 * What a training left behind.
 *
 * @param weights the file with the chosen weights; beside it {@code .sha256}
 * @param sha256 the hash of that file
 * @param chosen the epoch it holds, or the first and the last of those that it is the mean of: {@code "7"},
 *     {@code "5-9"}; {@code "0"} where nothing was better than the weights it started from
 * @param epochs how many epochs were trained, those of earlier runs included
 * @param validationAccuracy that of the chosen weights, 0 to 1
 * @param startAccuracy that of the weights it started from, 0 to 1; empty where it started from nothing
 * @param seconds wall time of all epochs, those of earlier runs included
 */
public record TrainingResult(
        Path weights,
        String sha256,
        String chosen,
        int epochs,
        double validationAccuracy,
        OptionalDouble startAccuracy,
        double seconds) {

    /**
     * Says whether the training was of no use: no epoch did better on the validation faces than the weights it started from,
     * and these are the result.
     *
     * @return whether the weights are those it started from
     */
    public boolean keptStart() {
        return chosen.equals("0");
    }
}
