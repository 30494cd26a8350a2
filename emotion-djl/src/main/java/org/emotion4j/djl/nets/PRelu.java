package org.emotion4j.djl.nets;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import ai.djl.training.initializer.ConstantInitializer;
import ai.djl.util.PairList;
import org.jspecify.annotations.Nullable;

/**
 * {@code max(x, 0) + a * min(x, 0)} with a slope {@code a} for each channel (He et al. 2015, "Delving Deep into
 * Rectifiers"). DJL's own PReLU is not implemented for PyTorch.
 */
final class PRelu extends AbstractBlock {
    private static final byte VERSION = 1;
    private static final float INITIAL_SLOPE = 0.25f;

    private final long channels;
    private final boolean spatial;
    private final Parameter slope;

    /**
     * Describes a layer.
     *
     * @param channels the size of axis 1
     * @param spatial whether rows and columns follow it
     */
    PRelu(long channels, boolean spatial) {
        super(VERSION);
        this.channels = channels;
        this.spatial = spatial;
        this.slope = addParameter(Parameter.builder()
                .setName("slope")
                .setType(Parameter.Type.OTHER)
                .optShape(shape())
                .optInitializer(new ConstantInitializer(INITIAL_SLOPE))
                .build());
    }

    /** Laid out so that it is stretched over the axes of the input. */
    private Shape shape() {
        return spatial ? new Shape(1, channels, 1, 1) : new Shape(1, channels);
    }

    @Override
    protected NDList forwardInternal(
            ParameterStore store, NDList inputs, boolean training, @Nullable PairList<String, Object> parameters) {
        NDArray x = inputs.singletonOrThrow();
        NDArray a = store.getValue(slope, x.getDevice(), training);
        NDArray positive = x.getNDArrayInternal().relu();
        NDArray negative = x.sub(positive);
        return new NDList(positive.addi(negative.muli(a)));
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputShapes) {
        return inputShapes;
    }
}
