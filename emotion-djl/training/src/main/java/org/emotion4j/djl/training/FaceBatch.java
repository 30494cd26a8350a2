package org.emotion4j.djl.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import org.emotion4j.djl.data.LabeledFace;

/** Direct memory for a batch of faces, reused from step to step. */
final class FaceBatch {
    private final int side;
    private final int pixels;
    private final ByteBuffer memory;
    private final FloatBuffer floats;
    private final float[] row;
    private final float[] labels;
    private int size;

    /** Room for so many faces; those of another side are scaled. */
    FaceBatch(int capacity, int side) {
        this.side = side;
        pixels = side * side;
        row = new float[pixels];
        memory = ByteBuffer.allocateDirect(Math.multiplyExact(capacity, pixels) * Float.BYTES)
                .order(ByteOrder.nativeOrder());
        floats = memory.asFloatBuffer();
        labels = new float[capacity];
    }

    void clear() {
        size = 0;
    }

    void add(LabeledFace face, boolean mirrored) {
        LabeledFace own = face.resized(side);
        for (int i = 0; i < pixels; i++) {
            int column = i % side;
            row[mirrored ? i - column + side - 1 - column : i] = own.pixel(i) / 255f;
        }
        floats.put(size * pixels, row);
        labels[size++] = face.label().ordinal();
    }

    int size() {
        return size;
    }

    float label(int index) {
        return labels[index];
    }

    /** The pictures as [N, 1, side, side]; valid until the next {@link #clear()}. */
    NDArray pictures(NDManager scope) {
        memory.clear().limit(size * pixels * Float.BYTES);
        return scope.create(memory, new Shape(size, 1, side, side), DataType.FLOAT32);
    }

    /** The class indices as [N]. */
    NDArray labels(NDManager scope) {
        float[] used = new float[size];
        System.arraycopy(labels, 0, used, 0, size);
        return scope.create(used);
    }
}
