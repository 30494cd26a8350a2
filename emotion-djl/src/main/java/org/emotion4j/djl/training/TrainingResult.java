package org.emotion4j.djl.training;

import java.nio.file.Path;

/**
 * What a training left behind.
 *
 * @param weights the file with the chosen weights; beside it {@code .sha256}
 * @param sha256 the hash of that file
 * @param chosen the epoch it holds, or the first and the last of those that it is the mean of: {@code "7"},
 *     {@code "5-9"}
 * @param epochs how many epochs were trained, those of earlier runs included
 * @param validationAccuracy that of the chosen weights, 0 to 1
 * @param seconds wall time of all epochs, those of earlier runs included
 */
public record TrainingResult(
        Path weights, String sha256, String chosen, int epochs, double validationAccuracy, double seconds) {}
