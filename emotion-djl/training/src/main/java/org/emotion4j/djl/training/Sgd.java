package org.emotion4j.djl.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Parameter;
import java.util.LinkedHashMap;
import java.util.Map;
import org.emotion4j.djl.nets.NetworkFile;

/** Stochastic gradient descent with Nesterov momentum (Sutskever et al. 2013) and weight decay on weights. */
final class Sgd implements Optimizer {
    private static final float MOMENTUM = 0.9f;
    private static final String VELOCITY = "sgd.velocity.";

    private final float weightDecay;
    private final Map<String, float[]> velocities = new LinkedHashMap<>();
    private long step;

    Sgd(double weightDecay) {
        this.weightDecay = (float) weightDecay;
    }

    @Override
    public void step(NDManager scope, Map<String, Parameter> parameters, double learningRate) {
        step++;
        parameters.forEach((name, parameter) -> {
            NDArray weight = parameter.getArray();
            boolean decays = parameter.getType() == Parameter.Type.WEIGHT;
            try (NDArray gradient = weight.getGradient()) {
                if (decays && weightDecay > 0) {
                    try (NDArray pull = weight.mul(weightDecay)) {
                        gradient.addi(pull);
                    }
                }
                float[] change = change(name, gradient.toFloatArray(), (float) learningRate);
                gradient.muli(0);
                weight.subi(scope.create(change, weight.getShape()));
            }
        });
    }

    private float[] change(String name, float[] gradient, float rate) {
        float[] velocity = velocities.computeIfAbsent(name, key -> new float[gradient.length]);
        for (int i = 0; i < gradient.length; i++) {
            velocity[i] = MOMENTUM * velocity[i] + gradient[i];
            gradient[i] = rate * (gradient[i] + MOMENTUM * velocity[i]);
        }
        return gradient;
    }

    @Override
    public long steps() {
        return step;
    }

    @Override
    public Map<String, float[]> state() {
        Map<String, float[]> state = new LinkedHashMap<>();
        velocities.forEach((name, values) -> state.put(VELOCITY + name, values));
        return state;
    }

    @Override
    public void restore(NetworkFile checkpoint, Iterable<String> names, long steps, String origin) {
        step = steps;
        for (String name : names) {
            velocities.put(name, Optimizer.moment(checkpoint, VELOCITY + name, origin));
        }
    }
}
