package org.emotion4j.djl.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Parameter;
import java.util.LinkedHashMap;
import java.util.Map;
import org.emotion4j.djl.nets.NetworkFile;

/** Adam (Kingma and Ba 2015) with decoupled weight decay (Loshchilov and Hutter 2019). */
final class Adam implements Optimizer {
    private static final double BETA1 = 0.9;
    private static final double BETA2 = 0.999;
    private static final double EPSILON = 1e-8;
    private static final String FIRST = "adam.first.";
    private static final String SECOND = "adam.second.";

    private final double weightDecay;
    private final Map<String, float[]> first = new LinkedHashMap<>();
    private final Map<String, float[]> second = new LinkedHashMap<>();
    private long step;

    Adam(double weightDecay) {
        this.weightDecay = weightDecay;
    }

    @Override
    public void step(NDManager scope, Map<String, Parameter> parameters, double learningRate) {
        step++;
        double rate = learningRate * Math.sqrt(1 - Math.pow(BETA2, step)) / (1 - Math.pow(BETA1, step));
        parameters.forEach((name, parameter) -> {
            NDArray weight = parameter.getArray();
            boolean decays = parameter.getType() == Parameter.Type.WEIGHT;
            try (NDArray gradient = weight.getGradient()) {
                float[] change = change(name, gradient.toFloatArray(), rate);
                gradient.muli(0);
                if (decays && weightDecay > 0) {
                    weight.muli(1 - learningRate * weightDecay);
                }
                weight.subi(scope.create(change, weight.getShape()));
            }
        });
    }

    private float[] change(String name, float[] gradient, double rate) {
        float[] m = first.computeIfAbsent(name, key -> new float[gradient.length]);
        float[] v = second.computeIfAbsent(name, key -> new float[gradient.length]);
        float keep1 = (float) BETA1;
        float keep2 = (float) BETA2;
        for (int i = 0; i < gradient.length; i++) {
            float g = gradient[i];
            m[i] = keep1 * m[i] + (1 - keep1) * g;
            v[i] = keep2 * v[i] + (1 - keep2) * g * g;
            gradient[i] = (float) (rate * m[i] / (Math.sqrt(v[i]) + EPSILON));
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
        first.forEach((name, values) -> state.put(FIRST + name, values));
        second.forEach((name, values) -> state.put(SECOND + name, values));
        return state;
    }

    @Override
    public void restore(NetworkFile checkpoint, Iterable<String> names, long steps, String origin) {
        step = steps;
        for (String name : names) {
            first.put(name, Optimizer.moment(checkpoint, FIRST + name, origin));
            second.put(name, Optimizer.moment(checkpoint, SECOND + name, origin));
        }
    }
}
