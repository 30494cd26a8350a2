package org.emotion4j.djl.nets;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.Dropout;
import ai.djl.nn.pooling.Pool;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.emotion4j.emotion.EmotionScores;
import org.emotion4j.face.CropSpec;

/**
 * A network by its name, with the batch size and the learning rate that it is trained with unless somebody says
 * otherwise. All are trained on the cross-entropy. Immutable and thread-safe.
 *
 * <ul>
 *   <li>{@code expression}: this library's own network, the default classifier, with the head whose answer is the default,
 *       for training on from its weights ({@code BundledNetworks.expression}). 56x56 gray. Adam with a small learning rate.
 *   <li>{@code expression-fer}: the former one, 48x48 gray, likewise ({@code BundledNetworks.expressionFer}).
 *   <li>{@code resnet}: the residual network of He et al. 2016 for 48x48 gray: a 3x3 stem of stride 2, two basic blocks
 *       of 64, 128 and 256 filters each, mean over the picture. 2,774,279 parameters that training fits. SGD with Nesterov
 *       momentum 0.9.
 * </ul>
 *
 * <p>The others are those of the paper behind this project, trained with Adam; where it leaves something open, this is our
 * reading:
 *
 * <ul>
 *   <li>{@code table2} (its Table II): convolution of 32 filters 3x3, ReLU, maximum pooling 2x2, convolution of 64
 *       filters 3x3, ReLU, maximum pooling 2x2, dropout 0.5, fully connected to 7 with softmax. Convolutions are not
 *       padded: 48x48, 46x46, 23x23, 21x21, 10x10, so 6,400 values go into the last layer. 63,623 parameters.
 *   <li>{@code table3-a} to {@code table3-f} (its Table III): three such stages of 32, 64 and 128 filters, 107,015
 *       parameters, for every pair of batch size (32: a to c, 64: d to f) and learning rate (0.001, 0.0005, 0.0003).
 * </ul>
 */
public final class NetworkArchitecture {
    /** The name of this library's own network. */
    public static final String EXPRESSION = "expression";

    /** The name of this library's former network. */
    public static final String EXPRESSION_FER = "expression-fer";

    private static final int FER2013_SIDE = CropSpec.fer2013().width();
    private static final int EXPRESSION_SIDE = 56;

    private static final List<NetworkArchitecture> ALL = List.of(
            new NetworkArchitecture(
                    "table2", () -> plain(List.of(32, 64)), FER2013_SIDE, OptimizerKind.ADAM, 64, 0.001f),
            new NetworkArchitecture(EXPRESSION, PhotoBlock::new, EXPRESSION_SIDE, OptimizerKind.ADAM, 64, 0.0001f),
            new NetworkArchitecture(EXPRESSION_FER, BlendBlock::new, FER2013_SIDE, OptimizerKind.ADAM, 64, 0.0001f),
            new NetworkArchitecture("resnet", ResidualBlocks::resnet, FER2013_SIDE, OptimizerKind.SGD, 64, 0.05f),
            table3("a", 32, 0.001f),
            table3("b", 32, 0.0005f),
            table3("c", 32, 0.0003f),
            table3("d", 64, 0.001f),
            table3("e", 64, 0.0005f),
            table3("f", 64, 0.0003f));

    private static final float DROPOUT = 0.5f;

    private final String name;
    private final Supplier<Block> block;
    private final int side;
    private final OptimizerKind optimizer;
    private final int batchSize;
    private final float learningRate;

    private NetworkArchitecture(
            String name, Supplier<Block> block, int side, OptimizerKind optimizer, int batchSize, float learningRate) {
        this.name = name;
        this.block = block;
        this.side = side;
        this.optimizer = optimizer;
        this.batchSize = batchSize;
        this.learningRate = learningRate;
    }

    private static NetworkArchitecture table3(String variant, int batchSize, float learningRate) {
        return new NetworkArchitecture(
                "table3-" + variant,
                () -> plain(List.of(32, 64, 128)),
                FER2013_SIDE,
                OptimizerKind.ADAM,
                batchSize,
                learningRate);
    }

    /**
     * Returns all presets.
     *
     * @return an immutable list
     */
    public static List<NetworkArchitecture> all() {
        return ALL;
    }

    /**
     * Finds a preset.
     *
     * @param name for example {@code "table2"}
     * @return the preset
     * @throws IllegalArgumentException if there is none of that name; the message lists them
     */
    public static NetworkArchitecture named(String name) {
        return ALL.stream()
                .filter(preset -> preset.name.equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no network is called \"" + name + "\"; known are "
                        + ALL.stream().map(NetworkArchitecture::name).collect(Collectors.joining(", "))));
    }

    /**
     * Returns the name.
     *
     * @return lower-case letters, digits and hyphens
     */
    public String name() {
        return name;
    }

    /**
     * Returns the size of the faces that the network takes.
     *
     * @return columns and rows
     */
    public int side() {
        return side;
    }

    /**
     * Returns how many pictures go into one step of training.
     *
     * @return 1 or more
     */
    public int batchSize() {
        return batchSize;
    }

    /**
     * Returns the optimizer's learning rate.
     *
     * @return above 0
     */
    public float learningRate() {
        return learningRate;
    }

    /**
     * Returns how the network is trained.
     *
     * @return the optimizer
     */
    public OptimizerKind optimizer() {
        return optimizer;
    }

    /**
     * Builds the network, without values.
     *
     * @return a new block: {@code [N, 1, side, side]} to {@code [N, 7]} logits
     */
    public Block block() {
        return block.get();
    }

    private static Block plain(List<Integer> filters) {
        SequentialBlock net = new SequentialBlock();
        for (int count : filters) {
            net.add(Conv2d.builder()
                            .setKernelShape(new Shape(3, 3))
                            .setFilters(count)
                            .build())
                    .add(Activation.reluBlock())
                    .add(Pool.maxPool2dBlock(new Shape(2, 2), new Shape(2, 2)));
        }
        return net.add(Dropout.builder().optRate(DROPOUT).build())
                .add(Blocks.batchFlattenBlock())
                .add(Linear.builder().setUnits(EmotionScores.SIZE).build());
    }

    /** Returns the name and what it is trained with. */
    @Override
    public String toString() {
        return name + " (" + optimizer + ", batch " + batchSize + ", learning rate " + learningRate + ")";
    }
}
