package org.emotion4j.djl.nets;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.CRC32;
import org.emotion4j.djl.nets.NetworkFile.Values;
import org.emotion4j.stage.StageException;
import org.jspecify.annotations.Nullable;

/**
 * The safetensors format (Hugging Face, version 0.x): the length of a JSON header (64 bits, little-endian), the header, padded with
 * blanks, and the values. Arrays are float32. Texts are the header's {@code __metadata__}, which here also has a CRC-32 of the whole
 * file (with eight zeros in its place), so that damage is found; a file of another program has none and is taken as it is.
 */
final class Safetensors {
    private static final String METADATA = "__metadata__";
    private static final String CHECKSUM = "crc32";
    private static final String WRITER = "writer";
    private static final String US = "emotion4j";
    private static final String NO_CHECKSUM = "00000000";
    private static final int ALIGNMENT = 8;
    private static final int MAX_HEADER = 16 << 20;

    private Safetensors() {}

    /** Returns a file's bytes; the same content gives the same bytes. */
    static byte[] write(Map<String, String> texts, Map<String, Values> arrays) {
        JsonObject header = new JsonObject();
        JsonObject metadata = new JsonObject();
        texts.forEach(metadata::addProperty);
        metadata.addProperty(WRITER, US);
        metadata.addProperty(CHECKSUM, NO_CHECKSUM);
        header.add(METADATA, metadata);
        int end = 0;
        for (Map.Entry<String, Values> array : arrays.entrySet()) {
            int begin = end;
            end = Math.addExact(end, Math.multiplyExact(array.getValue().values().length, Float.BYTES));
            header.add(array.getKey(), described(array.getValue(), begin, end));
        }
        byte[] json = header.toString().getBytes(StandardCharsets.UTF_8);
        int padded = Math.toIntExact((long) (json.length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT);
        ByteBuffer bytes = ByteBuffer.allocate(Math.addExact(Long.BYTES + padded, end))
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(padded)
                .put(json);
        while (bytes.position() < Long.BYTES + padded) {
            bytes.put((byte) ' ');
        }
        for (Values array : arrays.values()) {
            bytes.asFloatBuffer().put(array.values());
            bytes.position(bytes.position() + array.values().length * Float.BYTES);
        }
        byte[] file = bytes.array();
        byte[] checksum = checksum(file).getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(checksum, 0, file, placeOf(file, NO_CHECKSUM), checksum.length);
        return file;
    }

    private static JsonObject described(Values array, int begin, int end) {
        JsonArray shape = new JsonArray();
        for (int side : array.shape()) {
            shape.add(side);
        }
        JsonArray offsets = new JsonArray();
        offsets.add(begin);
        offsets.add(end);
        JsonObject described = new JsonObject();
        described.addProperty("dtype", "F32");
        described.add("shape", shape);
        described.add("data_offsets", offsets);
        return described;
    }

    /**
     * Reads a file's bytes.
     *
     * @param origin its name, for messages
     * @throws StageException if it is damaged, or has other numbers than float32
     */
    static NetworkFile parse(byte[] bytes, String origin) {
        try {
            return parsed(bytes, origin);
        } catch (JsonParseException
                | IllegalStateException
                | ArithmeticException
                | IllegalArgumentException
                | UnsupportedOperationException e) {
            throw new StageException(
                    origin + ": damaged: its header is not that of a safetensors file: " + e.getMessage(), e);
        }
    }

    private static NetworkFile parsed(byte[] bytes, String origin) {
        long length = bytes.length < Long.BYTES
                ? -1
                : ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
        if (length < 2 || length > Math.min(MAX_HEADER, bytes.length - Long.BYTES)) {
            throw new StageException(origin + ": damaged: of " + bytes.length + " bytes its header has " + length);
        }
        String json = new String(bytes, Long.BYTES, (int) length, StandardCharsets.UTF_8);
        JsonObject header = object(json);
        Map<String, String> texts = new LinkedHashMap<>();
        JsonElement metadata = header.remove(METADATA);
        if (metadata != null) {
            metadata.getAsJsonObject().asMap().forEach((name, text) -> texts.put(name, text.getAsString()));
        }
        requireWhole(bytes, texts.remove(WRITER), texts.remove(CHECKSUM), origin);
        ByteBuffer values = ByteBuffer.wrap(bytes, Long.BYTES + (int) length, bytes.length - Long.BYTES - (int) length)
                .slice()
                .order(ByteOrder.LITTLE_ENDIAN);
        return new NetworkFile(texts, arrays(header, values, origin));
    }

    private static JsonObject object(String json) {
        JsonReader reader = new JsonReader(new StringReader(json));
        reader.setStrictness(Strictness.STRICT);
        return JsonParser.parseReader(reader).getAsJsonObject();
    }

    private static JsonElement member(JsonObject object, String name) {
        JsonElement member = object.get(name);
        if (member == null) {
            throw new JsonParseException("an array without " + name);
        }
        return member;
    }

    /** Ours have a writer and a checksum; where one of the two is missing, it is damaged as well. */
    private static void requireWhole(byte[] bytes, @Nullable String writer, @Nullable String checksum, String origin) {
        if (writer == null && checksum == null) {
            return;
        }
        int place = checksum == null ? -1 : placeOf(bytes, checksum);
        if (!US.equals(writer) || checksum == null || place < 0 || checksum.length() != NO_CHECKSUM.length()) {
            throw damaged(bytes, origin);
        }
        byte[] without = bytes.clone();
        System.arraycopy(NO_CHECKSUM.getBytes(StandardCharsets.US_ASCII), 0, without, place, checksum.length());
        if (!checksum(without).equals(checksum)) {
            throw damaged(bytes, origin);
        }
    }

    private static StageException damaged(byte[] bytes, String origin) {
        return new StageException(origin + ": damaged: the checksum over its " + bytes.length
                + " bytes does not match; fetch or train it again");
    }

    private static Map<String, Values> arrays(JsonObject header, ByteBuffer values, String origin) {
        Map<String, Values> arrays = new LinkedHashMap<>();
        List<int[]> parts = new ArrayList<>();
        header.asMap().forEach((name, element) -> {
            JsonObject described = element.getAsJsonObject();
            String type = member(described, "dtype").getAsString();
            if (!type.equals("F32")) {
                throw new StageException(origin + ": " + name + " has numbers of the type " + type + ", expected F32");
            }
            int[] shape = ints(member(described, "shape"));
            int[] offsets = ints(member(described, "data_offsets"));
            int size = 1;
            for (int side : shape) {
                size = Math.multiplyExact(size, side);
            }
            if (offsets.length != 2
                    || offsets[1] > values.limit()
                    || offsets[1] - offsets[0] != Math.multiplyExact(size, Float.BYTES)) {
                throw new StageException(origin + ": damaged: " + name + " of shape " + Arrays.toString(shape)
                        + " lies at " + Arrays.toString(offsets) + " of " + values.limit() + " bytes");
            }
            float[] numbers = new float[size];
            values.slice(offsets[0], offsets[1] - offsets[0])
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .asFloatBuffer()
                    .get(numbers);
            arrays.put(name, new Values(shape, numbers));
            parts.add(offsets);
        });
        requireNoHoles(parts, values.limit(), origin);
        return arrays;
    }

    /** As the format asks for: nothing hides between the arrays or behind them. */
    private static void requireNoHoles(List<int[]> parts, int bytes, String origin) {
        parts.sort(Comparator.<int[]>comparingInt(part -> part[0]).thenComparingInt(part -> part[1]));
        int end = 0;
        for (int[] part : parts) {
            if (part[0] != end) {
                throw new StageException(origin + ": damaged: its arrays overlap or leave a hole at byte " + end);
            }
            end = part[1];
        }
        if (end != bytes) {
            throw new StageException(origin + ": damaged: its arrays have " + end + " bytes, and it has " + bytes);
        }
    }

    private static int[] ints(JsonElement element) {
        JsonArray array = element.getAsJsonArray();
        int[] ints = new int[array.size()];
        for (int i = 0; i < ints.length; i++) {
            ints[i] = Math.toIntExact(array.get(i).getAsLong());
            if (ints[i] < 0) {
                throw new IllegalArgumentException("a size of " + ints[i]);
            }
        }
        return ints;
    }

    /** Where in the file a checksum stands as the header's text of that name, or -1. */
    private static int placeOf(byte[] file, String checksum) {
        byte[] text = ('"' + CHECKSUM + "\":\"" + checksum + '"').getBytes(StandardCharsets.US_ASCII);
        for (int i = Long.BYTES; i <= file.length - text.length; i++) {
            if (Arrays.equals(file, i, i + text.length, text, 0, text.length)) {
                return i + text.length - 1 - checksum.length();
            }
        }
        return -1;
    }

    private static String checksum(byte[] bytes) {
        CRC32 crc = new CRC32();
        crc.update(bytes);
        return String.format(Locale.ROOT, "%08x", crc.getValue());
    }
}
