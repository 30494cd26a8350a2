package org.emotion4j.djl.nets;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.ParameterStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.emotion4j.djl.runtime.DjlRuntime;
import org.emotion4j.emotion.EmotionScores;
import org.emotion4j.stage.StageException;

/** A network with values: its block and the native memory of its parameters. Confined to one thread. */
public final class Network implements AutoCloseable {
    private static final String PHOTO_HEAD = "net.heads.photo.weight";
    private static final String VOTES_HEAD = "net.votes_head.weight";

    /** By how much two computations of the same logits may differ. */
    private static final double ROUNDING = 1e-3;

    private static final int PROBES = 8;

    private final NetworkArchitecture preset;
    private final NDManager manager;
    private final Block block;
    private final ParameterStore store;

    private Network(NetworkArchitecture preset, Device device) {
        this.preset = preset;
        this.manager = DjlRuntime.engine().newBaseManager(device);
        this.block = preset.block();
        this.store = new ParameterStore(manager, false);
        block.initialize(manager, DataType.FLOAT32, new Shape(1, 1, preset.side(), preset.side()));
    }

    /**
     * Makes a network with random values (He et al. 2015, as DJL's default; biases 0). Sets the engine's random seed,
     * which the whole process shares.
     *
     * @param preset which network
     * @param device where
     * @param seed the same seed gives the same values
     * @return a new network
     * @throws StageException if the engine does not start
     */
    public static Network initial(NetworkArchitecture preset, Device device, int seed) {
        DjlRuntime.engine().setRandomSeed(seed);
        return new Network(preset, device);
    }

    /**
     * Makes a network with the values of a file.
     *
     * @param file the weights
     * @param device where
     * @param origin the file's name, for messages
     * @return a new network
     * @throws StageException if the file names no network that is known here, or its arrays do not fit that network
     */
    public static Network of(NetworkFile file, Device device, String origin) {
        NetworkArchitecture preset;
        try {
            preset = NetworkArchitecture.named(file.text(NetworkFile.NET)
                    .orElseThrow(() -> new StageException(origin + ": does not say which network it belongs to")));
        } catch (IllegalArgumentException e) {
            throw new StageException(origin + ": " + e.getMessage(), e);
        }
        Network net = new Network(preset, device);
        try {
            net.set(file, origin);
            return net;
        } catch (StageException e) {
            net.close();
            throw e;
        }
    }

    /**
     * Makes one of this library's own networks ({@link NetworkArchitecture#EXPRESSION}, {@link NetworkArchitecture#EXPRESSION_FER}) with the
     * values of a TorchScript file that {@code emotion-djl/training} wrote, so that it can be trained on from there. Layers
     * are matched by their names. It gives the file's default answer; other heads are left out.
     *
     * @param script the whole file
     * @param device where
     * @param origin the file's name, for messages
     * @return a new network
     * @throws StageException if the engine does not start, or the file holds another network
     */
    public static Network ofTorchScript(byte[] script, Device device, String origin) {
        DjlRuntime.engine();
        Network net = null;
        try (NDManager scope = DjlRuntime.engine().newBaseManager(device);
                PtSymbolBlock module =
                        JniUtils.loadModule((PtNDManager) scope, new ByteArrayInputStream(script), true, false)) {
            Map<String, NetworkFile.Values> arrays = torchArrays(module, (PtNDManager) scope);
            boolean former = arrays.containsKey(VOTES_HEAD);
            net = new Network(
                    NetworkArchitecture.named(
                            former ? NetworkArchitecture.EXPRESSION_FER : NetworkArchitecture.EXPRESSION),
                    device);
            net.set(new NetworkFile(Map.of(), net.named(arrays)), origin);
            if (arrays.containsKey(PHOTO_HEAD)) {
                net.calibrateAs(module, scope, origin);
            }
            return net;
        } catch (IOException | RuntimeException e) {
            if (net != null) {
                net.close();
            }
            throw e instanceof StageException known
                    ? known
                    : new StageException(origin + ": not the network expression: " + DjlRuntime.reason(e), e);
        }
    }

    private static Map<String, NetworkFile.Values> torchArrays(PtSymbolBlock module, PtNDManager scope) {
        Map<String, NetworkFile.Values> arrays = new LinkedHashMap<>();
        for (NDArray array : JniUtils.moduleGetParams(module, scope)) {
            arrays.put(array.getName(), new NetworkFile.Values(shape(array), array.toFloatArray()));
        }
        return arrays;
    }

    /**
     * Multiplies the head by what the file's answer is calibrated with. That number is no parameter of the file but part of
     * its code, so it is measured: the answer's logarithms are this network's logits times it, up to a constant a face.
     */
    private void calibrateAs(PtSymbolBlock module, NDManager scope, String origin) {
        int side = preset.side();
        float[] noise = new float[PROBES * side * side];
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < noise.length; i++) {
            noise[i] = (float) random.nextDouble();
        }
        NDArray probes = scope.create(noise, new Shape(PROBES, 1, side, side));
        double[] wanted = centered(module.forward(new ParameterStore(scope, false), new NDList(probes), false)
                .get(0)
                .toFloatArray());
        double[] found = centered(forward(probes, false).toFloatArray());
        double product = 0;
        double squares = 0;
        for (int i = 0; i < found.length; i++) {
            product += wanted[i] * found[i];
            squares += found[i] * found[i];
        }
        double scale = product / squares;
        double furthest = 0;
        for (int i = 0; i < found.length; i++) {
            furthest = Math.max(furthest, Math.abs(wanted[i] - scale * found[i]));
        }
        if (!(scale > 0 && furthest < ROUNDING)) {
            throw new StageException(origin + ": its answers differ from those of its weights in the network "
                    + preset.name() + " by " + furthest + "; it is another network");
        }
        for (Parameter parameter : ((ExpressionBlock) block).headParameters()) {
            float[] values = parameter.getArray().toFloatArray();
            for (int i = 0; i < values.length; i++) {
                values[i] *= (float) scale;
            }
            assign(parameter.getArray(), values);
        }
    }

    /** The values of each face less their mean. */
    private static double[] centered(float[] logits) {
        double[] centered = new double[logits.length];
        for (int face = 0; face < logits.length; face += EmotionScores.SIZE) {
            double mean = 0;
            for (int i = 0; i < EmotionScores.SIZE; i++) {
                mean += logits[face + i] / (double) EmotionScores.SIZE;
            }
            for (int i = 0; i < EmotionScores.SIZE; i++) {
                centered[face + i] = logits[face + i] - mean;
            }
        }
        return centered;
    }

    /**
     * Returns the parameters by the names that the exported networks of {@code emotion-djl/training} have for them.
     *
     * @return names such as {@code "net.stem.weight"} with the values; empty for a network that is not exported there
     */
    public Map<String, float[]> torchValues() {
        Map<String, float[]> values = new LinkedHashMap<>();
        if (block instanceof ExpressionBlock own) {
            int next = 0;
            for (Parameter parameter : parameters().values()) {
                values.put(own.torchNames().get(next++), parameter.getArray().toFloatArray());
            }
        }
        return values;
    }

    /** The same arrays under this network's own names. */
    private Map<String, NetworkFile.Values> named(Map<String, NetworkFile.Values> torch) {
        List<String> theirs = ((ExpressionBlock) block).torchNames();
        Map<String, NetworkFile.Values> ours = new LinkedHashMap<>();
        int next = 0;
        for (String name : parameters().keySet()) {
            NetworkFile.Values values = torch.get(theirs.get(next++));
            if (values != null) {
                ours.put(name, values);
            }
        }
        return ours;
    }

    /**
     * Returns which network this is.
     *
     * @return the preset
     */
    public NetworkArchitecture preset() {
        return preset;
    }

    /**
     * Returns the scope of the parameters; scopes for one call are made of it.
     *
     * @return the manager, closed with this network
     */
    public NDManager manager() {
        return manager;
    }

    /**
     * Returns the parameters in the order of the layers.
     *
     * @return names such as {@code "0.weight"} with their parameters
     */
    public Map<String, Parameter> parameters() {
        Map<String, Parameter> named = new LinkedHashMap<>();
        List<Parameter> values = block.getParameters().values();
        for (int i = 0; i < values.size(); i++) {
            named.put(i + "." + values.get(i).getName(), values.get(i));
        }
        return named;
    }

    /**
     * Returns the parameters that training fits, without the statistics and constants that it leaves alone.
     *
     * @return some of {@link #parameters()}, in the same order
     */
    public Map<String, Parameter> trainable() {
        Map<String, Parameter> named = new LinkedHashMap<>(parameters());
        named.values().removeIf(parameter -> !parameter.requiresGradient());
        return named;
    }

    /**
     * Counts the numbers that training fits.
     *
     * @return the number of parameters
     */
    public long parameterCount() {
        return trainable().values().stream()
                .mapToLong(parameter -> parameter.getArray().size())
                .sum();
    }

    /**
     * Runs the network. All arrays that it makes belong to the manager of the input.
     *
     * @param input {@code [N, 1, side, side]} floats, 0 to 1
     * @param training whether dropout works
     * @return {@code [N, 7]} logits
     */
    public NDArray forward(NDArray input, boolean training) {
        return block.forward(store, new NDList(input), training).singletonOrThrow();
    }

    /**
     * Copies the values.
     *
     * @param texts what else to write into the file
     * @return the content of a weights file
     */
    public NetworkFile toFile(Map<String, String> texts) {
        Map<String, String> all = new LinkedHashMap<>();
        all.put(NetworkFile.NET, preset.name());
        all.putAll(texts);
        Map<String, NetworkFile.Values> arrays = new LinkedHashMap<>();
        parameters().forEach((name, parameter) -> {
            NDArray array = parameter.getArray();
            arrays.put(name, new NetworkFile.Values(shape(array), array.toFloatArray()));
        });
        return new NetworkFile(all, arrays);
    }

    private void set(NetworkFile file, String origin) {
        List<String> problems = new ArrayList<>();
        parameters().forEach((name, parameter) -> {
            NDArray array = parameter.getArray();
            NetworkFile.Values values = file.arrays().get(name);
            if (values == null) {
                problems.add(name + " is missing");
            } else if (!Arrays.equals(values.shape(), shape(array))) {
                problems.add(name + " is " + Arrays.toString(values.shape()) + ", expected "
                        + Arrays.toString(shape(array)));
            } else {
                assign(array, values.values());
            }
        });
        if (!problems.isEmpty()) {
            throw new StageException(origin + ": does not fit " + preset.name() + ": " + String.join("; ", problems));
        }
    }

    private void assign(NDArray array, float[] values) {
        try (NDManager scope = manager.newSubManager();
                NDArray source = scope.create(values, array.getShape())) {
            source.copyTo(array);
        }
    }

    private static int[] shape(NDArray array) {
        return Arrays.stream(array.getShape().getShape())
                .mapToInt(Math::toIntExact)
                .toArray();
    }

    /** Frees the parameters. */
    @Override
    public void close() {
        manager.close();
    }
}
