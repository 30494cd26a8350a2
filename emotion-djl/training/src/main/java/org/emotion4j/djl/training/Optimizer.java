package org.emotion4j.djl.training;

import ai.djl.ndarray.NDManager;
import ai.djl.nn.Parameter;
import java.util.Map;
import org.emotion4j.djl.nets.NetworkFile;
import org.emotion4j.djl.nets.OptimizerKind;
import org.emotion4j.stage.StageException;

/**
 * Changes parameters by their gradients. DJL's own optimizers keep their moments to themselves, and a training that
 * resumes needs them: here they are plain arrays that go into the checkpoint.
 */
interface Optimizer {
    /** Makes a new one. */
    static Optimizer of(OptimizerKind kind, double weightDecay) {
        return switch (kind) {
            case ADAM -> new Adam(weightDecay);
            case SGD -> new Sgd(weightDecay);
        };
    }

    /** Takes one step with the gradients that lie at the parameters, and sets those to zero. */
    void step(NDManager scope, Map<String, Parameter> parameters, double learningRate);

    /** How many steps were taken. */
    long steps();

    /** The moments, by name. */
    Map<String, float[]> state();

    /** Goes on from a checkpoint. */
    void restore(NetworkFile checkpoint, Iterable<String> names, long steps, String origin);

    /** Reads one of the moments. */
    static float[] moment(NetworkFile checkpoint, String name, String origin) {
        return checkpoint
                .array(name)
                .orElseThrow(() -> new StageException(origin + ": " + name
                        + " is missing; this is a weights file, not the checkpoint of a training"));
    }
}
