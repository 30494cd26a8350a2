package org.emotion4j.djl.nets;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Activation;
import ai.djl.nn.Parameter;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.Dropout;
import ai.djl.training.ParameterStore;
import ai.djl.training.initializer.ConstantInitializer;
import ai.djl.util.PairList;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.emotion4j.emotion.EmotionScores;
import org.jspecify.annotations.Nullable;

/**
 * What this library's own networks have in common, as they are shipped: batch normalization is folded into the
 * convolutions. Hu et al. 2018 ("Squeeze-and-Excitation Networks") in the last block of the last two stages.
 *
 * <p>{@code [N, 1, side, side]} in 0 to 1 becomes {@code [N, 256]} features, of which a subclass makes {@code [N, 7]}. The
 * mean and deviation of the pictures are parameters that training leaves alone.
 */
abstract class ExpressionBlock extends AbstractBlock {
    private static final int[] FILTERS = {64, 128, 256};
    private static final int[] BLOCKS = {1, 3, 2};
    private static final int REDUCTION = 8;
    private static final float DROPOUT = 0.2f;

    private final List<String> torchNames = new ArrayList<>();
    private final List<Parameter> ownConstants = new ArrayList<>();
    private final List<Linear> heads = new ArrayList<>();
    private final Parameter mean;
    private final Parameter deviation;
    private final Conv2d stem;
    private final List<Residual> body = new ArrayList<>();
    private final Dropout dropout;

    /**
     * Makes the layers up to the features.
     *
     * @param constants parameters of the subclass that training leaves alone, with their values
     */
    ExpressionBlock(Map<String, Float> constants) {
        constants.forEach((name, value) -> {
            torchNames.add(name);
            ownConstants.add(constant(name, value));
        });
        torchNames.addAll(List.of("net.mean", "net.deviation"));
        mean = constant("mean", 0.5f);
        deviation = constant("deviation", 0.25f);
        stem = convolution("net.stem", FILTERS[0], 5, 2);
        for (int stage = 0; stage < FILTERS.length; stage++) {
            for (int i = 0; i < BLOCKS[stage]; i++) {
                boolean first = stage > 0 && i == 0;
                boolean attends = stage > 0 && i == BLOCKS[stage] - 1;
                body.add(new Residual("net.body." + body.size(), FILTERS[stage], first, attends));
            }
        }
        dropout = addChildBlock("dropout", Dropout.builder().optRate(DROPOUT).build());
    }

    /** The logits of what the body sees. */
    abstract NDArray answer(NDArray features, ParameterStore store, boolean training);

    /** The parameters of the layers that give the logits, in their order. */
    List<Parameter> headParameters() {
        return heads.stream()
                .flatMap(head -> head.getParameters().values().stream())
                .toList();
    }

    Parameter ownConstant(int index) {
        return ownConstants.get(index);
    }

    /**
     * Returns what the exported PyTorch network calls each parameter.
     *
     * @return one name a parameter, in the order of {@link #getParameters()}
     */
    List<String> torchNames() {
        return List.copyOf(torchNames);
    }

    @Override
    protected NDList forwardInternal(
            ParameterStore store, NDList inputs, boolean training, @Nullable PairList<String, Object> ignored) {
        NDArray pixels = inputs.singletonOrThrow();
        Device device = pixels.getDevice();
        NDArray x = pixels.sub(store.getValue(mean, device, training)).div(store.getValue(deviation, device, training));
        x = Activation.relu(apply(stem, store, x, training));
        for (Residual block : body) {
            x = block.forward(store, x, training);
        }
        NDArray features = apply(dropout, store, means(x), training);
        return new NDList(answer(features, store, training));
    }

    static NDArray apply(AbstractBlock layer, ParameterStore store, NDArray x, boolean training) {
        return layer.forward(store, new NDList(x), training).singletonOrThrow();
    }

    /** The mean over the picture: [N, C, H, W] to [N, C]. PyTorch's engine takes it over one axis at a time. */
    private static NDArray means(NDArray x) {
        Shape shape = x.getShape();
        return x.reshape(shape.get(0), shape.get(1), -1).mean(new int[] {2});
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputShapes) {
        return new Shape[] {new Shape(inputShapes[0].get(0), EmotionScores.SIZE)};
    }

    @Override
    protected void initializeChildBlocks(NDManager manager, DataType type, Shape... inputShapes) {
        Shape shape = initialized(stem, manager, type, inputShapes[0]);
        for (Residual block : body) {
            shape = block.initialize(manager, type, shape);
        }
        Shape features = new Shape(shape.get(0), shape.get(1));
        dropout.initialize(manager, type, features);
        for (Linear head : heads) {
            head.initialize(manager, type, headInput(head, features));
        }
    }

    /** What a layer that {@link #linear} made is applied to; the features unless a subclass says otherwise. */
    Shape headInput(Linear head, Shape features) {
        return features;
    }

    private static Shape initialized(AbstractBlock layer, NDManager manager, DataType type, Shape shape) {
        layer.initialize(manager, type, shape);
        return layer.getOutputShapes(new Shape[] {shape})[0];
    }

    private Parameter constant(String name, float value) {
        return addParameter(Parameter.builder()
                .setName(name)
                .setType(Parameter.Type.OTHER)
                .optShape(new Shape(1))
                .optInitializer(new ConstantInitializer(value))
                .optRequiresGrad(false)
                .build());
    }

    private Conv2d convolution(String torchName, int filters, int size, int stride) {
        torchNames.addAll(List.of(torchName + ".weight", torchName + ".bias"));
        return addChildBlock(
                torchName,
                Conv2d.builder()
                        .setKernelShape(new Shape(size, size))
                        .setFilters(filters)
                        .optStride(new Shape(stride, stride))
                        .optPadding(new Shape(size / 2, size / 2))
                        .build());
    }

    /** Adds a layer of seven numbers. */
    final Linear linear(String torchName) {
        torchNames.addAll(List.of(torchName + ".weight", torchName + ".bias"));
        Linear head = addChildBlock(
                torchName, Linear.builder().setUnits(EmotionScores.SIZE).build());
        heads.add(head);
        return head;
    }

    /** Two convolutions beside a shortcut; the layers are children of the network. */
    private final class Residual {
        private final Conv2d first;
        private final Conv2d second;
        private final Optional<Conv2d> squeeze;
        private final Optional<Conv2d> excite;
        private final Optional<Conv2d> shortcut;

        Residual(String torchName, int filters, boolean halves, boolean attends) {
            first = convolution(torchName + ".conv1", filters, 3, halves ? 2 : 1);
            second = convolution(torchName + ".conv2", filters, 3, 1);
            squeeze = attends
                    ? Optional.of(convolution(torchName + ".attend.squeeze", filters / REDUCTION, 1, 1))
                    : Optional.empty();
            excite = attends ? Optional.of(convolution(torchName + ".attend.excite", filters, 1, 1)) : Optional.empty();
            shortcut = halves ? Optional.of(convolution(torchName + ".shortcut", filters, 1, 2)) : Optional.empty();
        }

        NDArray forward(ParameterStore store, NDArray x, boolean training) {
            NDArray y = apply(second, store, Activation.relu(apply(first, store, x, training)), training);
            if (squeeze.isPresent() && excite.isPresent()) {
                NDArray weight = Activation.relu(
                        apply(squeeze.get(), store, means(y).expandDims(2).expandDims(3), training));
                y = y.mul(Activation.sigmoid(apply(excite.get(), store, weight, training)));
            }
            NDArray past = shortcut.isPresent() ? apply(shortcut.get(), store, x, training) : x;
            return Activation.relu(y.add(past));
        }

        Shape initialize(NDManager manager, DataType type, Shape shape) {
            Shape result = initialized(second, manager, type, initialized(first, manager, type, shape));
            Shape pooled = new Shape(result.get(0), result.get(1), 1, 1);
            squeeze.ifPresent(layer -> initialized(layer, manager, type, pooled));
            Shape squeezed = new Shape(result.get(0), result.get(1) / REDUCTION, 1, 1);
            excite.ifPresent(layer -> initialized(layer, manager, type, squeezed));
            shortcut.ifPresent(layer -> initialized(layer, manager, type, shape));
            return result;
        }
    }
}
