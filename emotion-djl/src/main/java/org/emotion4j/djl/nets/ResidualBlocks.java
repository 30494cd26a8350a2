package org.emotion4j.djl.nets;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import ai.djl.nn.ParallelBlock;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.pooling.Pool;
import java.util.List;
import org.emotion4j.emotion.EmotionScores;

/** The residual network of He et al. 2016 ("Deep Residual Learning for Image Recognition") for 48x48 gray faces. */
final class ResidualBlocks {
    private ResidualBlocks() {}

    /** A 3x3 stem of stride 2, then two basic blocks of 64, 128 and 256 filters at 24, 12 and 6 pixels. */
    static Block resnet() {
        SequentialBlock net = new SequentialBlock()
                .add(convolution(64, 3, 2))
                .add(BatchNorm.builder().build())
                .add(Activation.reluBlock());
        int width = 64;
        for (int filters : new int[] {64, 128, 256}) {
            net.add(basic(filters, filters == width ? 1 : 2, filters == width));
            net.add(basic(filters, 1, true));
            width = filters;
        }
        return net.add(Pool.globalAvgPool2dBlock())
                .add(Blocks.batchFlattenBlock())
                .add(Linear.builder().setUnits(EmotionScores.SIZE).build());
    }

    private static Block basic(int filters, int stride, boolean identity) {
        SequentialBlock residual = new SequentialBlock()
                .add(convolution(filters, 3, stride))
                .add(BatchNorm.builder().build())
                .add(Activation.reluBlock())
                .add(convolution(filters, 3, 1))
                .add(BatchNorm.builder().build());
        Block shortcut = identity
                ? Blocks.identityBlock()
                : new SequentialBlock()
                        .add(convolution(filters, 1, stride))
                        .add(BatchNorm.builder().build());
        return new ParallelBlock(ResidualBlocks::sumOfBoth, List.of(residual, shortcut));
    }

    private static NDList sumOfBoth(List<NDList> both) {
        NDArray sum = both.get(0).singletonOrThrow().add(both.get(1).singletonOrThrow());
        return new NDList(Activation.relu(sum));
    }

    private static Conv2d convolution(int filters, int size, int stride) {
        return Conv2d.builder()
                .setKernelShape(new Shape(size, size))
                .setFilters(filters)
                .optStride(new Shape(stride, stride))
                .optPadding(new Shape(size / 2, size / 2))
                .optBias(false)
                .build();
    }
}
