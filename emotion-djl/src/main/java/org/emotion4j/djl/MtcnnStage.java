package org.emotion4j.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import org.emotion4j.djl.nets.MtcnnNetwork;
import org.emotion4j.djl.runtime.DjlRuntime;
import org.emotion4j.stage.StageException;

/** One of MTCNN's networks with the memory of its input, which stays from call to call. */
final class MtcnnStage implements AutoCloseable {
    private static final int CHANNELS = 3;

    private final MtcnnNetwork net;
    private ByteBuffer memory = ByteBuffer.allocateDirect(0);
    private FloatBuffer floats = memory.asFloatBuffer();
    private float[] crop = new float[0];

    MtcnnStage(MtcnnNetwork net) {
        this.net = net;
    }

    int side() {
        return net.stage().side();
    }

    NDManager scope() {
        return net.manager();
    }

    /** Runs the network on a whole picture, scaled. */
    float[][] level(IntegralImage means, int rows, int columns) {
        ensureCapacity(1, rows, columns);
        means.write(0, 0, means.width(), means.height(), rows, columns, crop);
        floats.put(0, crop, 0, CHANNELS * rows * columns);
        return forward(1, rows, columns);
    }

    /** Runs the network on all candidates together; each has a pixel in the picture. */
    float[][] crops(IntegralImage means, Candidates candidates) {
        int side = side();
        int length = CHANNELS * side * side;
        ensureCapacity(candidates.size, side, side);
        for (int i = 0; i < candidates.size; i++) {
            means.write(
                    candidates.left(i),
                    candidates.top(i),
                    candidates.right(i, means.width()),
                    candidates.bottom(i, means.height()),
                    side,
                    side,
                    crop);
            floats.put(i * length, crop, 0, length);
        }
        return forward(candidates.size, side, side);
    }

    /** Runs the network on what its memory holds, so that the first real call is not slower than others. */
    void warmUp() {
        ensureCapacity(1, side(), side());
        forward(1, side(), side());
    }

    private float[][] forward(int count, int rows, int columns) {
        memory.clear().limit(count * CHANNELS * rows * columns * Float.BYTES);
        try (NDManager call = net.manager().newSubManager()) {
            // channels last in memory: PyTorch pools such pictures eight times as fast as planes
            NDArray pixels = call.create(memory, new Shape(count, rows, columns, CHANNELS), DataType.FLOAT32);
            NDList outputs = net.forward(pixels.transpose(0, 3, 1, 2));
            outputs.attach(call);
            float[][] values = new float[outputs.size()][];
            for (int i = 0; i < values.length; i++) {
                values[i] = outputs.get(i).toFloatArray();
            }
            return values;
        } catch (RuntimeException e) {
            throw new StageException(
                    "mtcnn's " + net.stage() + " failed on " + count + " pictures of " + columns + "x" + rows + ": "
                            + DjlRuntime.reason(e),
                    e);
        }
    }

    private void ensureCapacity(int count, int rows, int columns) {
        int one = CHANNELS * rows * columns;
        int bytes = Math.multiplyExact(count, one * Float.BYTES);
        if (memory.capacity() < bytes) {
            memory = ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
            floats = memory.asFloatBuffer();
        }
        if (crop.length < one) {
            crop = new float[one];
        }
    }

    @Override
    public void close() {
        net.close();
    }
}
