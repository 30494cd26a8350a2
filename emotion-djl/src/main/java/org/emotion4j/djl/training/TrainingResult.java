package org.emotion4j.djl.training;

import java.nio.file.Path;

/**
 * What a training left behind.
 *
 * @param weights the file with the chosen epoch's weights; beside it {@code .sha256}
 * @param sha256 the hash of that file
 * @param chosenEpoch the epoch it holds
 * @param epochs how many epochs were trained, those of earlier runs included
 * @param validationAccuracy the chosen epoch's, 0 to 1
 * @param seconds wall time of all epochs, those of earlier runs included
 */
public record TrainingResult(
        Path weights, String sha256, int chosenEpoch, int epochs, double validationAccuracy, double seconds) {}
