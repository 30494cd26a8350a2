package org.emotion4j.djl.nets;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads a state dict of float tensors as torch.save wrote it before PyTorch 1.6: four pickles, the storages'
 * keys, and each storage's length and values. Knows the pickle opcodes that such a file holds, and no others.
 */
final class TorchStateDict {
    private static final Object MARK = new Object();

    /** A tensor: which storage, from where, its shape and how far its elements are apart along each axis. */
    private record Tensor(String storage, int offset, int[] shape, int[] strides) {
        float[] values(float[] stored) {
            int size = Arrays.stream(shape).reduce(1, (a, b) -> a * b);
            float[] values = new float[size];
            for (int i = 0; i < size; i++) {
                int at = offset;
                int rest = i;
                for (int axis = shape.length - 1; axis >= 0; axis--) {
                    at += rest % shape[axis] * strides[axis];
                    rest /= shape[axis];
                }
                values[i] = stored[at];
            }
            return values;
        }
    }

    private TorchStateDict() {}

    static Map<String, NetworkFile.Values> read(Path file) throws IOException {
        try (InputStream bytes = Files.newInputStream(file);
                DataInputStream in = new DataInputStream(new BufferedInputStream(bytes))) {
            for (int header = 0; header < 3; header++) {
                unpickled(in);
            }
            Map<?, ?> tensors = (Map<?, ?>) unpickled(in);
            Map<String, float[]> storages = new HashMap<>();
            for (Object key : (List<?>) unpickled(in)) {
                int length = Math.toIntExact(Long.reverseBytes(in.readLong()));
                float[] values = new float[length];
                ByteBuffer.wrap(in.readNBytes(4 * length))
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .asFloatBuffer()
                        .get(values);
                storages.put((String) key, values);
            }
            Map<String, NetworkFile.Values> arrays = new LinkedHashMap<>();
            tensors.forEach((name, value) -> {
                Tensor tensor = (Tensor) value;
                arrays.put(
                        (String) name,
                        new NetworkFile.Values(tensor.shape, tensor.values(storages.get(tensor.storage))));
            });
            return arrays;
        }
    }

    private static Object unpickled(DataInputStream in) throws IOException {
        Deque<Object> stack = new ArrayDeque<>();
        Map<Integer, Object> memo = new HashMap<>();
        while (true) {
            int opcode = in.readUnsignedByte();
            switch (opcode) {
                case 0x80 -> in.readUnsignedByte(); // PROTO
                case '(' -> stack.push(MARK);
                case '}' -> stack.push(new LinkedHashMap<>());
                case ']' -> stack.push(new ArrayList<>());
                case ')' -> stack.push(List.of());
                case 'N' -> stack.push("None");
                case 0x88 -> stack.push(true);
                case 0x89 -> stack.push(false);
                case 'K' -> stack.push(in.readUnsignedByte());
                case 'M' -> stack.push(Short.toUnsignedInt(Short.reverseBytes(in.readShort())));
                case 'J' -> stack.push(Integer.reverseBytes(in.readInt()));
                case 0x8a -> stack.push(List.of(in.readNBytes(in.readUnsignedByte()))); // LONG1, of the header
                case 'X' ->
                    stack.push(new String(in.readNBytes(Integer.reverseBytes(in.readInt())), StandardCharsets.UTF_8));
                case 'c' -> stack.push(line(in) + "." + line(in));
                case 'q' -> memo.put(in.readUnsignedByte(), stack.getFirst());
                case 'r' -> memo.put(Integer.reverseBytes(in.readInt()), stack.getFirst());
                case 'h' -> stack.push(memo.get(in.readUnsignedByte()));
                case 'j' -> stack.push(memo.get(Integer.reverseBytes(in.readInt())));
                case 't' -> stack.push(sinceMark(stack));
                case 0x85, 0x86, 0x87 -> stack.push(last(stack, opcode - 0x84));
                case 'Q' -> {} // BINPERSID: the storage's description stands for the storage
                case 'R' -> stack.push(called(stack));
                case 'b' -> stack.pop(); // BUILD: attributes of the dict
                case 's' -> put(stack, last(stack, 2));
                case 'u' -> put(stack, sinceMark(stack));
                case 'e' -> append(stack, sinceMark(stack));
                case 'a' -> append(stack, last(stack, 1));
                case '.' -> {
                    return stack.pop();
                }
                default -> throw new IOException("pickle opcode " + opcode + " is not one of a state dict's");
            }
        }
    }

    private static Object called(Deque<Object> stack) {
        List<?> arguments = (List<?>) stack.pop();
        String function = (String) stack.pop();
        return switch (function) {
            case "collections.OrderedDict" -> new LinkedHashMap<>();
            case "torch._utils._rebuild_tensor_v2" -> {
                List<?> storage = (List<?>) arguments.get(0);
                yield new Tensor(
                        (String) storage.get(2),
                        (Integer) arguments.get(1),
                        ints(arguments.get(2)),
                        ints(arguments.get(3)));
            }
            default -> throw new IllegalStateException("a state dict calls " + function);
        };
    }

    private static int[] ints(Object tuple) {
        return ((List<?>) tuple).stream().mapToInt(number -> (Integer) number).toArray();
    }

    @SuppressWarnings("unchecked")
    private static void put(Deque<Object> stack, List<Object> items) {
        Map<Object, Object> map = (Map<Object, Object>) stack.getFirst();
        for (int i = 0; i < items.size(); i += 2) {
            map.put(items.get(i), items.get(i + 1));
        }
    }

    @SuppressWarnings("unchecked")
    private static void append(Deque<Object> stack, List<Object> items) {
        ((List<Object>) stack.getFirst()).addAll(items);
    }

    private static List<Object> sinceMark(Deque<Object> stack) {
        List<Object> items = new ArrayList<>();
        while (stack.getFirst() != MARK) {
            items.add(0, stack.pop());
        }
        stack.pop();
        return items;
    }

    private static List<Object> last(Deque<Object> stack, int count) {
        List<Object> items = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            items.add(0, stack.pop());
        }
        return items;
    }

    private static String line(DataInputStream in) throws IOException {
        StringBuilder text = new StringBuilder();
        for (int c = in.readUnsignedByte(); c != '\n'; c = in.readUnsignedByte()) {
            text.append((char) c);
        }
        return text.toString();
    }
}
