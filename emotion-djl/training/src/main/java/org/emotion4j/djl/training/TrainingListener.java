package org.emotion4j.djl.training;

/** Hears how a training goes, on the thread that trains. */
public interface TrainingListener {
    /** One that does nothing. */
    TrainingListener SILENT = new TrainingListener() {};

    /**
     * A step was taken.
     *
     * @param epoch the first is 1
     * @param done pictures of this epoch so far
     * @param total pictures of an epoch
     * @param loss the mean cross-entropy of this epoch so far, in nats
     */
    default void onStep(int epoch, int done, int total, double loss) {}

    /**
     * An epoch ended and its checkpoint is written.
     *
     * @param report its row of the log
     */
    default void onEpoch(EpochReport report) {}
}
