package org.emotion4j.stage.internal;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.emotion4j.stage.StageException;

/**
 * What an ONNX file says about its network without running it: the input's shape, the outputs' names, and the weights by
 * name. Reads the parts of the format's Protocol Buffers that this takes (onnx.proto of ONNX 1.x: {@code ModelProto},
 * {@code GraphProto}, {@code ValueInfoProto}, {@code TensorProto}); whether the rest is whole, only a run time can tell.
 * Immutable and thread-safe.
 */
public final class OnnxFile {
    private static final int MODEL_GRAPH = 7;
    private static final int GRAPH_INITIALIZER = 5;
    private static final int GRAPH_INPUT = 11;
    private static final int GRAPH_OUTPUT = 12;
    private static final int VALUE_NAME = 1;
    private static final int VALUE_TYPE = 2;
    private static final int TYPE_TENSOR = 1;
    private static final int TENSOR_SHAPE = 2;
    private static final int SHAPE_DIMENSION = 1;
    private static final int DIMENSION_VALUE = 1;
    private static final int WEIGHT_DIMENSIONS = 1;
    private static final int WEIGHT_TYPE = 2;
    private static final int WEIGHT_NAME = 8;
    private static final int WEIGHT_BYTES = 9;
    private static final int FLOAT = 1;

    private final byte[] bytes;
    private final List<Value> inputs;
    private final List<String> outputs;
    private final Map<String, Weights> weights;

    /**
     * An input of a network.
     *
     * @param name its name
     * @param shape its dimensions, -1 where the file leaves one open
     */
    public record Value(String name, List<Long> shape) {
        /**
         * Takes a copy.
         *
         * @param name as {@link #name()}
         * @param shape as {@link #shape()}
         */
        public Value {
            shape = List.copyOf(shape);
        }
    }

    /** Where in the file the floats of a tensor lie. */
    private record Weights(List<Long> shape, int from, int to) {}

    private OnnxFile(byte[] bytes, List<Value> inputs, List<String> outputs, Map<String, Weights> weights) {
        this.bytes = bytes;
        this.inputs = List.copyOf(inputs);
        this.outputs = List.copyOf(outputs);
        this.weights = Collections.unmodifiableMap(weights);
    }

    /**
     * Reads a file.
     *
     * @param onnx the whole file, which the caller does not change afterwards
     * @return what it says
     * @throws StageException if these are no such bytes, or some are missing
     */
    public static OnnxFile parse(byte[] onnx) {
        List<Value> inputs = new ArrayList<>();
        List<String> outputs = new ArrayList<>();
        Map<String, Weights> weights = new LinkedHashMap<>();
        try {
            Message model = new Message(onnx, 0, onnx.length);
            while (model.next()) {
                if (model.number == MODEL_GRAPH) {
                    readGraph(model.message(), inputs, outputs, weights);
                }
            }
        } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
            throw new StageException("not a whole ONNX file: " + e.getMessage(), e);
        }
        inputs.removeIf(value -> weights.containsKey(value.name()));
        return new OnnxFile(onnx, inputs, outputs, weights);
    }

    private static void readGraph(
            Message graph, List<Value> inputs, List<String> outputs, Map<String, Weights> weights) {
        while (graph.next()) {
            switch (graph.number) {
                case GRAPH_INPUT -> inputs.add(value(graph.message()));
                case GRAPH_OUTPUT -> outputs.add(value(graph.message()).name());
                case GRAPH_INITIALIZER -> readWeights(graph.message(), weights);
                default -> {}
            }
        }
    }

    private static Value value(Message value) {
        String name = "";
        List<Long> shape = List.of();
        while (value.next()) {
            if (value.number == VALUE_NAME) {
                name = value.text();
            } else if (value.number == VALUE_TYPE) {
                shape = shape(value.message());
            }
        }
        return new Value(name, shape);
    }

    private static List<Long> shape(Message type) {
        List<Long> shape = new ArrayList<>();
        while (type.next()) {
            if (type.number == TYPE_TENSOR) {
                Message tensor = type.message();
                while (tensor.next()) {
                    if (tensor.number == TENSOR_SHAPE) {
                        readDimensions(tensor.message(), shape);
                    }
                }
            }
        }
        return shape;
    }

    private static void readDimensions(Message dimensions, List<Long> shape) {
        while (dimensions.next()) {
            if (dimensions.number == SHAPE_DIMENSION) {
                Message dimension = dimensions.message();
                long side = -1;
                while (dimension.next()) {
                    side = dimension.number == DIMENSION_VALUE && !dimension.hasBytes() ? dimension.value : side;
                }
                shape.add(side);
            }
        }
    }

    private static void readWeights(Message tensor, Map<String, Weights> weights) {
        String name = "";
        List<Long> shape = new ArrayList<>();
        boolean floats = false;
        int from = -1;
        int to = -1;
        while (tensor.next()) {
            switch (tensor.number) {
                case WEIGHT_NAME -> name = tensor.text();
                case WEIGHT_TYPE -> floats = tensor.value == FLOAT;
                case WEIGHT_DIMENSIONS -> {
                    if (tensor.hasBytes()) {
                        Message packed = tensor.message();
                        while (!packed.isAtEnd()) {
                            shape.add(packed.varint());
                        }
                    } else {
                        shape.add(tensor.value);
                    }
                }
                case WEIGHT_BYTES -> {
                    from = tensor.from;
                    to = tensor.to;
                }
                default -> {}
            }
        }
        if (floats && from >= 0) {
            weights.put(name, new Weights(List.copyOf(shape), from, to));
        }
    }

    /**
     * Returns the inputs.
     *
     * @return in the file's order, without those that are weights
     */
    public List<Value> inputs() {
        return inputs;
    }

    /**
     * Returns the names of the outputs.
     *
     * @return in the file's order
     */
    public List<String> outputs() {
        return outputs;
    }

    /**
     * Returns the names of the weights that are floats.
     *
     * @return in the file's order
     */
    public Set<String> weightNames() {
        return weights.keySet();
    }

    /**
     * Copies weights.
     *
     * @param name one of {@link #weightNames()}
     * @return their values, or empty where there are none of this name
     */
    public Optional<float[]> weights(String name) {
        Weights found = weights.get(name);
        if (found == null) {
            return Optional.empty();
        }
        float[] values = new float[(found.to - found.from) / Float.BYTES];
        ByteBuffer.wrap(bytes, found.from, found.to - found.from)
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer()
                .get(values);
        return Optional.of(values);
    }

    /**
     * Makes a file of the same network with other weights.
     *
     * @param values new weights by name, as many numbers as before; the others stay
     * @param kept the names of the outputs that the new file has
     * @return the bytes of a new file
     * @throws IllegalArgumentException if there are no such weights or no such output, or the number of values differs
     */
    public byte[] with(Map<String, float[]> values, Set<String> kept) {
        if (!outputs.containsAll(kept) || kept.isEmpty()) {
            throw new IllegalArgumentException("outputs are " + outputs + ", asked for " + kept);
        }
        byte[] changed = bytes.clone();
        values.forEach((name, numbers) -> {
            Weights place = weights.get(name);
            if (place == null || (place.to - place.from) / Float.BYTES != numbers.length) {
                throw new IllegalArgumentException(numbers.length + " values for " + name + ", which is "
                        + (place == null ? "not there" : place.shape.toString()));
            }
            ByteBuffer.wrap(changed, place.from, place.to - place.from)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .asFloatBuffer()
                    .put(numbers);
        });
        ByteArrayOutputStream out = new ByteArrayOutputStream(changed.length);
        Message model = new Message(changed, 0, changed.length);
        while (model.next()) {
            if (model.number == MODEL_GRAPH) {
                byte[] graph = withOutputs(changed, model.message(), kept);
                writeVarint(out, MODEL_GRAPH << 3 | Message.BYTES);
                writeVarint(out, graph.length);
                out.writeBytes(graph);
            } else {
                model.copyTo(out);
            }
        }
        return out.toByteArray();
    }

    private static byte[] withOutputs(byte[] bytes, Message graph, Set<String> kept) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length);
        while (graph.next()) {
            if (graph.number != GRAPH_OUTPUT
                    || kept.contains(value(graph.message()).name())) {
                graph.copyTo(out);
            }
        }
        return out.toByteArray();
    }

    private static void writeVarint(ByteArrayOutputStream out, int value) {
        int rest = value;
        while (rest >= 0x80) {
            out.write(rest & 0x7f | 0x80);
            rest >>>= 7;
        }
        out.write(rest);
    }

    /** Returns the input's shape and the outputs. */
    @Override
    public String toString() {
        return "OnnxFile[" + inputs + " to " + outputs + "]";
    }

    /** A cursor over the fields of one message: each {@link #next} leaves number and value of a field. */
    private static final class Message {
        /** The wire type of texts, messages and packed numbers. */
        static final int BYTES = 2;

        private final byte[] bytes;
        private final int end;
        private int at;
        private int start;
        private int wireType;
        private int number;
        private long value;
        private int from;
        private int to;

        Message(byte[] bytes, int from, int to) {
            this.bytes = bytes;
            this.at = from;
            this.end = to;
        }

        boolean isAtEnd() {
            return at >= end;
        }

        boolean next() {
            if (isAtEnd()) {
                return false;
            }
            start = at;
            long key = varint();
            number = (int) (key >>> 3);
            wireType = (int) key & 7;
            switch (wireType) {
                case 0 -> value = varint();
                case 1 -> skip(Long.BYTES);
                case BYTES -> skip(varint());
                case 5 -> skip(Integer.BYTES);
                default -> throw new IllegalArgumentException("field of type " + wireType + " at byte " + start);
            }
            return true;
        }

        private void skip(long length) {
            if (length < 0 || length > end - at) {
                throw new IllegalArgumentException(
                        "a field of " + length + " bytes at byte " + at + " where " + (end - at) + " are left");
            }
            from = at;
            at += (int) length;
            to = at;
        }

        long varint() {
            long result = 0;
            for (int shift = 0; shift < Long.SIZE; shift += 7) {
                if (at >= end) {
                    throw new IllegalArgumentException("ends within a number at byte " + at);
                }
                byte next = bytes[at++];
                result |= (next & 0x7fL) << shift;
                if (next >= 0) {
                    return result;
                }
            }
            throw new IllegalArgumentException("a number of more than 64 bits at byte " + at);
        }

        boolean hasBytes() {
            return wireType == BYTES;
        }

        Message message() {
            requireBytes();
            return new Message(bytes, from, to);
        }

        String text() {
            requireBytes();
            return new String(bytes, from, to - from, StandardCharsets.UTF_8);
        }

        private void requireBytes() {
            if (!hasBytes()) {
                throw new IllegalArgumentException("field " + number + " at byte " + start + " is a number");
            }
        }

        void copyTo(ByteArrayOutputStream out) {
            out.writeBytes(Arrays.copyOfRange(bytes, start, at));
        }
    }
}
