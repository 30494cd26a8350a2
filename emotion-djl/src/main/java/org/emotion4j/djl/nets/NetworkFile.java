package org.emotion4j.djl.nets;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32;
import org.emotion4j.file.internal.PrivateFiles;
import org.emotion4j.stage.StageException;
import org.emotion4j.stage.internal.WeightsFile;
import org.emotion4j.stage.internal.WeightsFormat;

/**
 * Weights of a network, or the whole state of a training: named texts and named arrays of floats in one file. Immutable
 * and thread-safe.
 *
 * <p>Written as safetensors, which many programs read: arrays of float32 with their names and shapes, texts as its metadata, with a
 * checksum. The text {@code net} names the {@link NetworkArchitecture}.
 *
 * <p>Read is also what was written before 0.1, big-endian: the 8 bytes {@code E4JNET\r\n}; the version 1 (int); the number of texts (int), each a name and a
 * value (Java's modified UTF-8 with a length of two bytes); the number of arrays (int), each a name, the number of its
 * dimensions (int), the dimensions (int), the values (float32); the CRC-32 of all before (int).
 */
public final class NetworkFile {
    /** The text that names the network. */
    public static final String NET = "net";

    /** The text that says by what the logits are divided before softmax. */
    public static final String TEMPERATURE = "temperature";

    /** A parameter that the former network has and the present one has not. */
    private static final String FORMER_ONLY = "0.blend";

    private static final byte[] MAGIC = {'E', '4', 'J', 'N', 'E', 'T', '\r', '\n'};
    private static final int VERSION = 1;
    private static final int MAX_BYTES = 256 << 20;
    private static final int MAX_DIMENSIONS = 8;

    private final Map<String, String> texts;
    private final Map<String, Values> arrays;

    /** An array of floats and its shape. */
    record Values(int[] shape, float[] values) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Values that
                    && Arrays.equals(shape, that.shape)
                    && Arrays.equals(values, that.values);
        }

        @Override
        public int hashCode() {
            return 31 * Arrays.hashCode(shape) + Arrays.hashCode(values);
        }

        @Override
        public String toString() {
            return "Values" + Arrays.toString(shape);
        }
    }

    NetworkFile(Map<String, String> texts, Map<String, Values> arrays) {
        this.texts = Collections.unmodifiableMap(new LinkedHashMap<>(texts));
        this.arrays = Collections.unmodifiableMap(new LinkedHashMap<>(arrays));
    }

    /**
     * Reads a file.
     *
     * @param file which
     * @return its content
     * @throws StageException if it is missing, too large, damaged or no such file; the message names it and the cause
     */
    public static NetworkFile read(Path file) {
        return parse(WeightsFile.read(file, MAX_BYTES), file.toString());
    }

    /**
     * Reads the bytes of a file.
     *
     * @param bytes the whole file
     * @param origin its name, for messages
     * @return its content
     * @throws StageException if it is damaged or no such file; the message names it and the cause
     */
    public static NetworkFile parse(byte[] bytes, String origin) {
        if (WeightsFormat.of(bytes) == WeightsFormat.SAFETENSORS) {
            NetworkFile read = Safetensors.parse(bytes, origin);
            return current(new LinkedHashMap<>(read.texts), read.arrays);
        }
        int body = bytes.length - Integer.BYTES;
        if (body < MAGIC.length || !Arrays.equals(bytes, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
            throw new StageException(origin + ": not a weights file of this library (" + bytes.length
                    + " bytes, neither safetensors nor E4JNET at the start)");
        }
        if (ByteBuffer.wrap(bytes).getInt(body) != crc(bytes, body)) {
            throw new StageException(origin + ": damaged: the checksum over its " + bytes.length
                    + " bytes does not match; fetch or train it again");
        }
        try (DataInputStream in =
                new DataInputStream(new ByteArrayInputStream(bytes, MAGIC.length, body - MAGIC.length))) {
            int version = in.readInt();
            if (version != VERSION) {
                throw new StageException(origin + ": format version " + version + ", this library reads " + VERSION);
            }
            return current(readTexts(in), readArrays(in));
        } catch (IOException | RuntimeException e) {
            if (e instanceof StageException known) {
                throw known;
            }
            throw new StageException(origin + ": damaged: " + e.getMessage(), e);
        }
    }

    /** Trainings on from the former network wrote its old name, which is that of the present one. */
    private static NetworkFile current(Map<String, String> texts, Map<String, Values> arrays) {
        if (NetworkArchitecture.EXPRESSION.equals(texts.get(NET)) && arrays.containsKey(FORMER_ONLY)) {
            texts.put(NET, NetworkArchitecture.EXPRESSION_FER);
        }
        return new NetworkFile(texts, arrays);
    }

    /**
     * Returns one of the texts.
     *
     * @param name for example {@code "net"}
     * @return its value, or empty where there is none
     */
    public Optional<String> text(String name) {
        return Optional.ofNullable(texts.get(name));
    }

    /**
     * Returns all texts.
     *
     * @return an immutable map in the file's order
     */
    public Map<String, String> texts() {
        return texts;
    }

    /**
     * Returns by what the logits are divided before softmax.
     *
     * @param origin the file's name, for the message
     * @return the text {@link #TEMPERATURE}, above 0 and below 100; 1 where there is none
     * @throws StageException if that is no such number
     */
    public double temperature(String origin) {
        String text = text(TEMPERATURE).orElse("1");
        try {
            double value = Double.parseDouble(text);
            if (value > 0 && value < 100) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw new StageException(origin + ": temperature is \"" + text + "\", expected a number", e);
        }
        throw new StageException(origin + ": temperature is " + text + ", expected above 0 and below 100");
    }

    /**
     * Returns the values of one of the arrays.
     *
     * @param name for example {@code "0.weight"}
     * @return a copy, or empty where there is none
     */
    public Optional<float[]> array(String name) {
        Values found = arrays.get(name);
        return found == null ? Optional.empty() : Optional.of(found.values().clone());
    }

    Map<String, Values> arrays() {
        return arrays;
    }

    /**
     * Adds texts and arrays.
     *
     * @param moreTexts names and values
     * @param moreArrays names and values, each kept as one dimension
     * @return a new content with them
     */
    public NetworkFile with(Map<String, String> moreTexts, Map<String, float[]> moreArrays) {
        Map<String, String> allTexts = new LinkedHashMap<>(texts);
        allTexts.putAll(moreTexts);
        Map<String, Values> allArrays = new LinkedHashMap<>(arrays);
        moreArrays.forEach(
                (name, values) -> allArrays.put(name, new Values(new int[] {values.length}, values.clone())));
        return new NetworkFile(allTexts, allArrays);
    }

    /**
     * Takes the mean of the weights of several epochs of one training (Izmailov et al. 2018, "Averaging Weights Leads to
     * Wider Optima and Better Generalization").
     *
     * @param files the weights, at least one, with the same arrays
     * @return the first one's texts and the mean of each array
     * @throws IllegalArgumentException if there are none, or their arrays differ in name or shape
     */
    public static NetworkFile mean(List<NetworkFile> files) {
        if (files.isEmpty()) {
            throw new IllegalArgumentException("no weights to take the mean of");
        }
        NetworkFile first = files.get(0);
        Map<String, Values> means = new LinkedHashMap<>();
        first.arrays.forEach((name, values) -> {
            double[] sums = new double[values.values().length];
            for (NetworkFile file : files) {
                Values other = file.arrays.get(name);
                if (other == null || !Arrays.equals(other.shape(), values.shape())) {
                    throw new IllegalArgumentException("weights of different networks: " + name + " is " + values
                            + " in one and " + other + " in another");
                }
                for (int i = 0; i < sums.length; i++) {
                    sums[i] += other.values()[i];
                }
            }
            float[] mean = new float[sums.length];
            for (int i = 0; i < sums.length; i++) {
                mean[i] = (float) (sums[i] / files.size());
            }
            means.put(name, new Values(values.shape(), mean));
        });
        return new NetworkFile(first.texts, means);
    }

    /**
     * Returns the file's bytes. The same content gives the same bytes.
     *
     * @return a new array
     */
    public byte[] toBytes() {
        return Safetensors.write(texts, arrays);
    }

    /**
     * Writes the file so that there is either the old one or the whole new one at any time. It is its owner's alone: what
     * was learned from people's faces is as much theirs as the faces are.
     *
     * @param file where to; an existing one is replaced
     * @throws IOException if writing fails
     */
    public void write(Path file) throws IOException {
        PrivateFiles.replaceAtomically(file, toBytes());
    }

    private static Map<String, String> readTexts(DataInputStream in) throws IOException {
        Map<String, String> texts = new LinkedHashMap<>();
        int count = in.readInt();
        for (int i = 0; i < count; i++) {
            texts.put(in.readUTF(), in.readUTF());
        }
        return texts;
    }

    private static Map<String, Values> readArrays(DataInputStream in) throws IOException {
        Map<String, Values> arrays = new LinkedHashMap<>();
        int count = in.readInt();
        for (int i = 0; i < count; i++) {
            String name = in.readUTF();
            int dimensions = in.readInt();
            if (dimensions < 0 || dimensions > MAX_DIMENSIONS) {
                throw new IOException(name + " has " + dimensions + " dimensions");
            }
            int[] shape = new int[dimensions];
            int size = 1;
            for (int d = 0; d < shape.length; d++) {
                shape[d] = in.readInt();
                if (shape[d] < 0) {
                    throw new IOException(name + " has a side of " + shape[d]);
                }
                size = Math.multiplyExact(size, shape[d]);
            }
            // Before there is memory for as many as it says that there are.
            byte[] bytes = in.readNBytes(Math.multiplyExact(size, Float.BYTES));
            if (bytes.length < size * Float.BYTES) {
                throw new IOException("it ends within " + name);
            }
            float[] values = new float[size];
            ByteBuffer.wrap(bytes).asFloatBuffer().get(values);
            arrays.put(name, new Values(shape, values));
        }
        return arrays;
    }

    private static int crc(byte[] bytes, int length) {
        CRC32 crc = new CRC32();
        crc.update(bytes, 0, length);
        return (int) crc.getValue();
    }

    /** Returns the texts and how many arrays there are. */
    @Override
    public String toString() {
        return "NetworkFile[" + texts + ", " + arrays.size() + " arrays]";
    }
}
