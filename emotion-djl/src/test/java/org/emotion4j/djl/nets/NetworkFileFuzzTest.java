package org.emotion4j.djl.nets;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.emotion4j.stage.StageException;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever a file of weights holds, it is read, and reads the same when it is written again, or it is refused by a
 * {@link StageException} that names it. Runs the seeds; the profile {@code fuzz} makes more of them.
 */
final class NetworkFileFuzzTest {
    private static final String ORIGIN = "strange.safetensors";
    private static final int VALUES = 24;

    private static final NetworkFile SMALL = new NetworkFile(
            Map.of(NetworkFile.NET, "table2", NetworkFile.TEMPERATURE, "1.5"),
            Map.of("0.weight", new NetworkFile.Values(new int[] {2, 3}, new float[] {1, -2, 3, Float.NaN, 5, 6})));

    @MethodSource("files")
    @FuzzTest(maxDuration = "10m")
    void safetensors(byte[] file) {
        read(file);
    }

    /** The length in front of the header and the values behind it are right. */
    @MethodSource("headers")
    @FuzzTest(maxDuration = "10m")
    void header(byte[] json) {
        read(ByteBuffer.allocate(Long.BYTES + json.length + VALUES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(json.length)
                .put(json)
                .array());
    }

    /** The checksum of files of before 0.1 is right, which no change of a byte would leave it. */
    @MethodSource("bodies")
    @FuzzTest(maxDuration = "10m")
    void former(byte[] body) {
        ByteBuffer file = ByteBuffer.allocate(8 + body.length + Integer.BYTES)
                .put("E4JNET\r\n".getBytes(StandardCharsets.US_ASCII))
                .put(body);
        CRC32 crc = new CRC32();
        crc.update(file.array(), 0, file.position());
        file.putInt((int) crc.getValue());
        try {
            NetworkFile read = NetworkFile.parse(file.array(), ORIGIN);
            assertThat(read.arrays().values())
                    .allMatch(values -> (long) values.values().length * Float.BYTES <= body.length);
        } catch (StageException refused) {
            assertThat(refused).hasMessageStartingWith(ORIGIN);
        }
    }

    static Stream<byte[]> files() {
        byte[] whole = SMALL.toBytes();
        byte[] damaged = whole.clone();
        Arrays.fill(damaged, 20, 28, (byte) 0xff);
        return Stream.of(whole, Arrays.copyOf(whole, whole.length - 5), damaged, new byte[9], new byte[0]);
    }

    static Stream<byte[]> headers() {
        byte[] whole = SMALL.toBytes();
        int length = (int) ByteBuffer.wrap(whole).order(ByteOrder.LITTLE_ENDIAN).getLong();
        return Stream.concat(
                Stream.of(Arrays.copyOfRange(whole, Long.BYTES, Long.BYTES + length)),
                Stream.of(
                                "{\"a\": {\"dtype\": \"F32\", \"shape\": [2, 3], \"data_offsets\": [0, 24]}}",
                                "{\"a\": {\"dtype\": \"F32\", \"shape\": [], \"data_offsets\": [0, 4]},"
                                        + " \"b\": {\"dtype\": \"F32\", \"shape\": [5], \"data_offsets\": [4, 24]},"
                                        + " \"__metadata__\": {\"temperature\": \"-1e999\"}}",
                                "{\"a\": {\"dtype\": \"F32\", \"shape\": [0, 2147483647, 2147483647],"
                                        + " \"data_offsets\": [0, 0]}}",
                                "{\"a\": {\"dtype\": \"I8\"}}",
                                "{\"a\":".repeat(10_000))
                        .map(text -> text.getBytes(StandardCharsets.UTF_8)));
    }

    static Stream<byte[]> bodies() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(body)) {
            out.writeInt(1);
            out.writeInt(1);
            out.writeUTF(NetworkFile.NET);
            out.writeUTF("table2");
            out.writeInt(1);
            out.writeUTF("w");
            out.writeInt(2);
            out.writeInt(1);
            out.writeInt(2);
            out.writeFloat(1);
            out.writeFloat(-1);
        }
        byte[] whole = body.toByteArray();
        return Stream.of(
                whole,
                Arrays.copyOf(whole, whole.length - 1),
                changed(whole, whole.length - 20, Integer.MAX_VALUE), // dimensions
                changed(whole, whole.length - 16, 500_000_000), // a side
                changed(whole, whole.length - 16, -1),
                changed(whole, 4, Integer.MAX_VALUE), // texts
                new byte[0]);
    }

    private static byte[] changed(byte[] whole, int at, int value) {
        return ByteBuffer.wrap(whole.clone()).putInt(at, value).array();
    }

    private static void read(byte[] file) {
        NetworkFile read;
        try {
            read = NetworkFile.parse(file, ORIGIN);
        } catch (StageException refused) {
            assertThat(refused).hasMessageStartingWith(ORIGIN);
            return;
        }
        try {
            assertThat(read.temperature(ORIGIN)).isPositive();
        } catch (StageException refused) {
            assertThat(refused).hasMessageStartingWith(ORIGIN);
        }
        NetworkFile again = NetworkFile.parse(read.toBytes(), ORIGIN);
        assertThat(again.texts()).isEqualTo(read.texts());
        assertThat(again.arrays()).isEqualTo(read.arrays());
    }
}
