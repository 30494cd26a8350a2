package org.emotion4j.onnxruntime;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.emotion4j.stage.StageException;
import org.jspecify.annotations.Nullable;

/**
 * A network of one input and several outputs on ONNX Runtime. Outputs are written into memory that is kept for the last two
 * sizes of the input, for each {@link Call}: those of a detector are 185 KB a frame. Thread-safe: calls run at the same time,
 * on one set of weights.
 */
final class OnnxSession implements AutoCloseable {
    private final OrtEnvironment environment;
    private final OrtSession session;
    private final String input;
    private final boolean ofBytes;

    private OnnxSession(OrtEnvironment environment, OrtSession session) throws OrtException {
        this.environment = environment;
        this.session = session;
        NodeInfo only = session.getInputInfo().values().iterator().next();
        this.input = only.getName();
        this.ofBytes = only.getInfo() instanceof TensorInfo tensor && tensor.type == OnnxJavaType.UINT8;
    }

    /**
     * Loads a network.
     *
     * @param onnx the whole file
     * @param origin its name, for messages
     * @param threads how many compute one call, from 1
     * @throws StageException if ONNX Runtime refuses it, does not load, or the network has not one input
     */
    static OnnxSession load(byte[] onnx, String origin, int threads) {
        OrtEnvironment environment = OnnxRuntime.environment();
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(threads);
            options.setInterOpNumThreads(1);
            OrtSession session = environment.createSession(onnx, options);
            if (session.getInputNames().size() != 1) {
                String inputs = session.getInputNames().toString();
                session.close();
                throw new StageException(origin + ": its inputs are " + inputs + ", expected one");
            }
            return new OnnxSession(environment, session);
        } catch (OrtException e) {
            throw new StageException(origin + ": not an ONNX file that ONNX Runtime loads: " + e.getMessage(), e);
        }
    }

    /** Returns for example {@code "ONNX Runtime 1.29.0 cpu"}. */
    String runtime() {
        return "ONNX Runtime " + environment.getVersion() + " cpu";
    }

    List<String> outputs() {
        return List.copyOf(session.getOutputNames());
    }

    /** Makes memory for another thread's calls. To be closed before the network is. */
    Call call() {
        return new Call();
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException e) {
            throw new StageException("ONNX Runtime does not let go of a network: " + e.getMessage(), e);
        }
    }

    /** Runs the network with memory of its own, which is kept for the last two sizes of the input. Confined to one thread. */
    final class Call implements AutoCloseable {
        private @Nullable Binding binding;

        /** The one used before: a session asks for whole frames and for close-ups in turn. */
        private @Nullable Binding other;

        /**
         * Runs the network.
         *
         * @param memory the input's floats, direct and in native order, or its bytes, from index 0
         * @param shape the input's
         * @return the outputs in the network's order; the same arrays at each call until the shape changes
         * @throws StageException if ONNX Runtime fails
         */
        List<float[]> run(ByteBuffer memory, long... shape) {
            try {
                Binding bound = binding;
                if (bound != null && !bound.isFor(memory, shape)) {
                    binding = other;
                    other = bound;
                    bound = binding;
                }
                if (bound == null || !bound.isFor(memory, shape)) {
                    return bind(memory, shape).numbers;
                }
                session.run(bound.inputs, bound.outputs).close();
                return bound.read();
            } catch (OrtException e) {
                throw new StageException("ONNX Runtime failed: " + e.getMessage(), e);
            }
        }

        /** Whether the input is of bytes, 0 to 255; else it is of floats. */
        boolean isOfBytes() {
            return ofBytes;
        }

        /**
         * Returns what shape an output of the last run has.
         *
         * @param output its number, in the network's order
         * @throws IllegalStateException if nothing was run yet
         */
        long[] shape(int output) {
            if (binding == null) {
                throw new IllegalStateException("nothing was run yet");
            }
            return binding.shapes.get(output);
        }

        /** What sizes the outputs have only a run can tell; its numbers are the answer for this input. */
        private Binding bind(ByteBuffer memory, long[] shape) throws OrtException {
            release();
            Binding fresh = new Binding(memory, shape.clone());
            try {
                fresh.inputs.put(input, tensor(memory, shape));
                try (OrtSession.Result result = session.run(fresh.inputs)) {
                    for (Map.Entry<String, OnnxValue> output : result) {
                        fresh.keep(environment, output.getKey(), output.getValue());
                    }
                }
            } catch (OrtException | RuntimeException e) {
                fresh.close();
                throw e;
            }
            binding = fresh;
            return fresh;
        }

        private OnnxTensor tensor(ByteBuffer memory, long[] shape) throws OrtException {
            int count = 1;
            for (long side : shape) {
                count = Math.multiplyExact(count, Math.toIntExact(side));
            }
            ByteBuffer own = memory.duplicate().order(ByteOrder.nativeOrder());
            return ofBytes
                    ? OnnxTensor.createTensor(environment, own.limit(count), shape, OnnxJavaType.UINT8)
                    : OnnxTensor.createTensor(environment, own.asFloatBuffer().limit(count), shape);
        }

        private void release() {
            if (binding != null) {
                binding.close();
                binding = null;
            }
        }

        @Override
        public void close() {
            release();
            binding = other;
            other = null;
            release();
        }
    }

    /** Tensors over memory of ours, for inputs of one size. */
    private static final class Binding {
        private final ByteBuffer memory;
        private final long[] shape;
        private final Map<String, OnnxTensor> inputs = new LinkedHashMap<>();
        private final Map<String, OnnxTensor> outputs = new LinkedHashMap<>();
        private final List<FloatBuffer> memories = new ArrayList<>();
        private final List<float[]> numbers = new ArrayList<>();
        private final List<long[]> shapes = new ArrayList<>();

        Binding(ByteBuffer memory, long[] shape) {
            this.memory = memory;
            this.shape = shape;
        }

        boolean isFor(ByteBuffer otherMemory, long[] otherShape) {
            return memory == otherMemory && Arrays.equals(shape, otherShape);
        }

        /** Makes memory for an output of the size that it just had. */
        void keep(OrtEnvironment environment, String name, OnnxValue output) throws OrtException {
            FloatBuffer computed = output instanceof OnnxTensor tensor ? tensor.getFloatBuffer() : null;
            if (computed == null) {
                throw new StageException(
                        "its output " + name + " is " + output.getInfo() + ", expected a tensor of floats");
            }
            long[] size = ((OnnxTensor) output).getInfo().getShape();
            FloatBuffer kept = ByteBuffer.allocateDirect(computed.capacity() * Float.BYTES)
                    .order(ByteOrder.nativeOrder())
                    .asFloatBuffer();
            outputs.put(name, OnnxTensor.createTensor(environment, kept, size));
            shapes.add(size);
            memories.add(kept);
            numbers.add(computed.array());
        }

        List<float[]> read() {
            for (int i = 0; i < numbers.size(); i++) {
                memories.get(i).get(0, numbers.get(i));
            }
            return numbers;
        }

        void close() {
            inputs.values().forEach(OnnxTensor::close);
            outputs.values().forEach(OnnxTensor::close);
        }
    }
}
