package org.emotion4j.djl.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import org.emotion4j.djl.data.LabelledFace;

/** Direct memory for a batch of faces, reused from step to step. */
final class FaceBatch {
    private static final int PIXELS = LabelledFace.PIXELS;
    private static final int SIDE = LabelledFace.SIDE;

    private final ByteBuffer memory;
    private final FloatBuffer floats;
    private final float[] row = new float[PIXELS];
    private final float[] labels;
    private int size;

    FaceBatch(int capacity) {
        memory = ByteBuffer.allocateDirect(capacity * PIXELS * Float.BYTES).order(ByteOrder.nativeOrder());
        floats = memory.asFloatBuffer();
        labels = new float[capacity];
    }

    void clear() {
        size = 0;
    }

    void add(LabelledFace face, boolean mirrored) {
        for (int i = 0; i < PIXELS; i++) {
            int column = i % SIDE;
            row[mirrored ? i - column + SIDE - 1 - column : i] = face.pixel(i) / 255f;
        }
        floats.put(size * PIXELS, row);
        labels[size++] = face.label().ordinal();
    }

    int size() {
        return size;
    }

    float label(int index) {
        return labels[index];
    }

    /** The pictures as [N, 1, 48, 48]; valid until the next {@link #clear()}. */
    NDArray pictures(NDManager scope) {
        memory.clear().limit(size * PIXELS * Float.BYTES);
        return scope.create(memory, new Shape(size, 1, SIDE, SIDE), DataType.FLOAT32);
    }

    /** The class indices as [N]. */
    NDArray labels(NDManager scope) {
        float[] used = new float[size];
        System.arraycopy(labels, 0, used, 0, size);
        return scope.create(used);
    }
}
