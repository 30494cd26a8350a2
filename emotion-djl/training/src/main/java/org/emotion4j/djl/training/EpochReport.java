package org.emotion4j.djl.training;

import java.util.List;
import java.util.Locale;

/**
 * One row of the training log.
 *
 * @param epoch the first is 1; 0 for the weights that a training starts from
 * @param learningRate the optimizer's, in this epoch; not a number for epoch 0
 * @param trainingLoss mean cross-entropy over the epoch's steps, dropout at work, in nats; not a number for epoch 0
 * @param validationLoss mean cross-entropy over the validation faces, in nats
 * @param validationAccuracy share of validation faces that are right, 0 to 1
 * @param best whether no epoch before was better on the validation faces
 * @param seconds wall time of training and validation
 * @param picturesPerSecond of training, mirrored copies counted; not a number for epoch 0
 */
public record EpochReport(
        int epoch,
        double learningRate,
        double trainingLoss,
        double validationLoss,
        double validationAccuracy,
        boolean best,
        double seconds,
        double picturesPerSecond) {

    /** The header of the log. */
    static final List<String> COLUMNS = List.of(
            "epoch",
            "learning_rate",
            "training_loss",
            "validation_loss",
            "validation_accuracy",
            "best",
            "seconds",
            "pictures_per_second");

    static EpochReport ofStart(double validationLoss, double validationAccuracy, double seconds) {
        return new EpochReport(
                0, Double.NaN, Double.NaN, validationLoss, validationAccuracy, true, seconds, Double.NaN);
    }

    String toCsv() {
        return String.format(
                Locale.ROOT,
                "%d,%.6f,%.4f,%.4f,%.4f,%b,%.1f,%.0f",
                epoch,
                learningRate,
                trainingLoss,
                validationLoss,
                validationAccuracy,
                best,
                seconds,
                picturesPerSecond);
    }
}
