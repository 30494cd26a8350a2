package org.emotion4j.djl.nets;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import ai.djl.nn.ParallelBlock;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.pooling.Pool;
import ai.djl.training.ParameterStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.emotion4j.djl.runtime.DjlRuntime;
import org.emotion4j.stage.StageException;

/**
 * One of the three networks of MTCNN (Zhang et al. 2016, "Joint Face Detection and Alignment Using Multitask Cascaded
 * Convolutional Networks") with values: its block and the native memory of its parameters. Confined to one thread.
 *
 * <p>Input: {@code [N, 3, S, S]} floats, red, green and blue, {@code (value - 127.5) / 128}. P-Net has no dense layer, so
 * its input may be any size from 12 up. Output: logits of "no face" and "face", four offsets of the box's sides as
 * fractions of its size, and from O-Net ten coordinates of landmarks, five x and then five y.
 */
public final class MtcnnNetwork implements AutoCloseable {
    /** The text of a weights file that says these are the three networks. */
    public static final String MTCNN = "mtcnn";

    /** Which of the three. */
    public enum Stage {
        /** Proposes: 12x12 pixels, or a whole picture with a stride of 2. */
        PNET(12, 6_632),
        /** Refines: 24x24 pixels. */
        RNET(24, 100_178),
        /** Says the last word and gives the landmarks: 48x48 pixels. */
        ONET(48, 389_040);

        private final int side;
        private final int parameters;

        Stage(int side, int parameters) {
            this.side = side;
            this.parameters = parameters;
        }

        /**
         * Returns the side of the input.
         *
         * @return pixels
         */
        public int side() {
            return side;
        }

        /**
         * Returns how many numbers training fits.
         *
         * @return the number of parameters
         */
        public int parameterCount() {
            return parameters;
        }

        private Block block() {
            return switch (this) {
                case PNET ->
                    heads(
                            new Layers()
                                    .convolution(10, 3)
                                    .pooling(2)
                                    .convolution(16, 3)
                                    .convolution(32, 3),
                            conv(2, 1),
                            conv(4, 1));
                case RNET ->
                    heads(
                            new Layers()
                                    .convolution(28, 3)
                                    .pooling(3)
                                    .convolution(48, 3)
                                    .pooling(3)
                                    .convolution(64, 2)
                                    .dense(128),
                            linear(2),
                            linear(4));
                case ONET ->
                    heads(
                            new Layers()
                                    .convolution(32, 3)
                                    .pooling(3)
                                    .convolution(64, 3)
                                    .pooling(3)
                                    .convolution(64, 3)
                                    .pooling(2)
                                    .convolution(128, 2)
                                    .dense(256),
                            linear(2),
                            linear(4),
                            linear(10));
            };
        }

        private static Block heads(Layers layers, Block... heads) {
            ParallelBlock parallel = new ParallelBlock(outputs -> {
                NDList all = new NDList(outputs.size());
                outputs.forEach(all::addAll);
                return all;
            });
            Arrays.stream(heads).forEach(parallel::add);
            return layers.net.add(parallel);
        }
    }

    /** Layers one after the other; poolings count what is left at the border (Caffe's way, as the authors' nets do). */
    private static final class Layers {
        private final SequentialBlock net = new SequentialBlock();

        Layers convolution(int filters, int kernel) {
            net.add(conv(filters, kernel)).add(new PRelu(filters, true));
            return this;
        }

        Layers pooling(int kernel) {
            net.add(Pool.maxPool2dBlock(new Shape(kernel, kernel), new Shape(2, 2), new Shape(0, 0), true));
            return this;
        }

        Layers dense(int units) {
            net.add(Blocks.batchFlattenBlock()).add(linear(units)).add(new PRelu(units, false));
            return this;
        }
    }

    private final Stage stage;
    private final NDManager manager;
    private final Block block;
    private final ParameterStore store;

    private MtcnnNetwork(Stage stage, Device device) {
        this.stage = stage;
        this.manager = DjlRuntime.engine().newBaseManager(device);
        this.block = stage.block();
        this.store = new ParameterStore(manager, false);
        block.initialize(manager, DataType.FLOAT32, new Shape(1, 3, stage.side, stage.side));
    }

    /**
     * Makes a network with the values of a file, whose arrays are called {@code "pnet.0.weight"} and so on, in the order
     * of the layers.
     *
     * @param stage which network
     * @param file the weights of all three
     * @param device where
     * @param origin the file's name, for messages
     * @return a new network
     * @throws StageException if the file is of another network, an array is missing or of another shape, or a value is
     *     not finite
     */
    public static MtcnnNetwork of(Stage stage, NetworkFile file, Device device, String origin) {
        String found = file.text(NetworkFile.NET).orElse("unknown");
        if (!found.equals(MTCNN)) {
            throw new StageException(origin + ": weights of the network \"" + found + "\", expected " + MTCNN);
        }
        MtcnnNetwork net = new MtcnnNetwork(stage, device);
        try {
            net.set(file, origin);
            return net;
        } catch (StageException e) {
            net.close();
            throw e;
        }
    }

    /**
     * Returns which network this is.
     *
     * @return the stage
     */
    public Stage stage() {
        return stage;
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
     * Runs the network. All arrays that it makes belong to the manager of the input.
     *
     * @param input {@code [N, 3, S, S]} floats, for P-Net also {@code [N, 3, H, W]}
     * @return logits {@code [N, 2]}, offsets {@code [N, 4]} and, from O-Net, landmarks {@code [N, 10]}; from P-Net
     *     {@code [N, 2, h, w]} and {@code [N, 4, h, w]}
     */
    public NDList forward(NDArray input) {
        return block.forward(store, new NDList(input), false);
    }

    private Map<String, Parameter> parameters() {
        Map<String, Parameter> named = new LinkedHashMap<>();
        String prefix = stage.name().toLowerCase(Locale.ROOT);
        List<Parameter> values = block.getParameters().values();
        for (int i = 0; i < values.size(); i++) {
            named.put(prefix + "." + i + "." + values.get(i).getName(), values.get(i));
        }
        return named;
    }

    private void set(NetworkFile file, String origin) {
        List<String> problems = new ArrayList<>();
        parameters().forEach((name, parameter) -> {
            NDArray array = parameter.getArray();
            int[] shape = Arrays.stream(array.getShape().getShape())
                    .mapToInt(Math::toIntExact)
                    .toArray();
            NetworkFile.Values values = file.arrays().get(name);
            if (values == null) {
                problems.add(name + " is missing");
            } else if (!Arrays.equals(values.shape(), shape)) {
                problems.add(name + " is " + Arrays.toString(values.shape()) + ", expected " + Arrays.toString(shape));
            } else if (!allFinite(values.values())) {
                problems.add(name + " has a value that is not finite");
            } else {
                assign(array, values.values());
            }
        });
        if (!problems.isEmpty()) {
            throw new StageException(origin + ": does not fit " + MTCNN + ": " + String.join("; ", problems));
        }
    }

    private static boolean allFinite(float[] values) {
        for (float value : values) {
            if (!Float.isFinite(value)) {
                return false;
            }
        }
        return true;
    }

    private void assign(NDArray array, float[] values) {
        try (NDManager scope = manager.newSubManager();
                NDArray source = scope.create(values, array.getShape())) {
            source.copyTo(array);
        }
    }

    private static Block conv(int filters, int kernel) {
        return Conv2d.builder()
                .setKernelShape(new Shape(kernel, kernel))
                .setFilters(filters)
                .build();
    }

    private static Block linear(int units) {
        return Linear.builder().setUnits(units).build();
    }

    /** Frees the parameters. */
    @Override
    public void close() {
        manager.close();
    }

    @Override
    public String toString() {
        return "MtcnnNet[" + stage + ", " + stage.parameters + " parameters]";
    }
}
