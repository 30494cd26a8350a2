package org.emotion4j.djl.nets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.Device;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.emotion4j.stage.StageException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("native")
class NetworkFileTest {
    private static final NetworkFile SMALL = new NetworkFile(
            Map.of(NetworkFile.NET, "table2"),
            Map.of("0.weight", new NetworkFile.Values(new int[] {2, 3}, new float[] {1, -2, 3, 4, 5, Float.MIN_VALUE
            })));

    @Test
    void readsWhatItWrote(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("small.params");
        SMALL.write(file);

        NetworkFile read = NetworkFile.read(file);

        assertThat(read.texts()).isEqualTo(SMALL.texts());
        assertThat(read.arrays()).isEqualTo(SMALL.arrays());
        assertThat(read.toBytes()).isEqualTo(SMALL.toBytes());
        try (var files = Files.list(folder)) {
            assertThat(files).as("no half-written file is left").containsExactly(file);
        }
    }

    @Test
    void isItsOwnersAlone(@TempDir Path folder) throws IOException {
        assumeTrue(folder.getFileSystem().supportedFileAttributeViews().contains("posix"));
        Path file = folder.resolve("small.params");
        SMALL.write(file);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Property
    void refusesAFileWithOneWrongByte(
            @ForAll @IntRange(max = 10_000) int position, @ForAll @IntRange(min = 1, max = 255) int change) {
        byte[] bytes = SMALL.toBytes();
        bytes[position % bytes.length] ^= (byte) change;

        assertThatThrownBy(() -> NetworkFile.parse(bytes, "small.params"))
                .isInstanceOf(StageException.class)
                .hasMessageStartingWith("small.params: ");
    }

    @Property
    void refusesATruncatedFile(@ForAll @IntRange(max = 10_000) int length) {
        byte[] bytes = SMALL.toBytes();

        assertThatThrownBy(() -> NetworkFile.parse(Arrays.copyOf(bytes, length % bytes.length), "small.params"))
                .isInstanceOf(StageException.class)
                .hasMessageStartingWith("small.params: ");
    }

    @Test
    void isASafetensorsFileOfWhichAnotherProgramKnowsAll() {
        byte[] bytes = SMALL.toBytes();

        ByteBuffer file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int header = (int) file.getLong();
        String json = new String(bytes, 8, header, StandardCharsets.UTF_8);
        assertThat(header % 8).isZero();
        assertThat(json)
                .startsWith("{\"__metadata__\":{\"net\":\"table2\",\"writer\":\"emotion4j\",\"crc32\":\"")
                .contains("\"0.weight\":{\"dtype\":\"F32\",\"shape\":[2,3],\"data_offsets\":[0,24]}");
        assertThat(bytes).hasSize(8 + header + 24);
        assertThat(file.getFloat(8 + header + 4)).isEqualTo(-2f);
    }

    @Test
    void readsTheFileOfAnotherProgram() {
        NetworkFile read = NetworkFile.parse(
                safetensors(
                        "{\"__metadata__\":{\"format\":\"pt\"},\"b\":{\"dtype\":\"F32\",\"shape\":[],\"data_offsets\":[8,12]},"
                                + "\"a\":{\"dtype\":\"F32\",\"shape\":[2,1],\"data_offsets\":[0,8]}}",
                        1.5f,
                        -2,
                        7),
                "pt.safetensors");

        assertThat(read.texts()).isEqualTo(Map.of("format", "pt"));
        assertThat(read.arrays().get("a")).isEqualTo(new NetworkFile.Values(new int[] {2, 1}, new float[] {1.5f, -2}));
        assertThat(read.array("b").orElseThrow()).containsExactly(7);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":{\"dtype\":\"F16\",\"shape\":[6],\"data_offsets\":[0,12]}}",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,12]}}",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[4,12]}}",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[2147483647,2],\"data_offsets\":[0,12]}}",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[-3],\"data_offsets\":[0,-12]}}",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[0,12]},\"b\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[8,12]}}",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[5],\"data_offsets\":[0,20]}}",
                "{\"a\":{\"shape\":[3],\"data_offsets\":[0,12]}}",
                "{\"a\":[]}",
                "{\"a\":",
                "{\"__metadata__\":{\"crc32\":\"00000000\"},\"a\":{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[0,12]}}"
            })
    void refusesAHeaderThatDoesNotFitItsValues(String header) {
        assertThatThrownBy(() -> NetworkFile.parse(safetensors(header, 1, 2, 3), "odd.safetensors"))
                .isInstanceOf(StageException.class)
                .hasMessageStartingWith("odd.safetensors: ");
    }

    @Test
    void refusesAHeaderThatIsLongerThanTheFile() {
        byte[] bytes = safetensors("{}");
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(0, 1_000_000);

        assertThatThrownBy(() -> NetworkFile.parse(bytes, "long.safetensors"))
                .isInstanceOf(StageException.class)
                .hasMessageContaining("damaged");
    }

    private static byte[] safetensors(String header, float... values) {
        byte[] json = header.getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes =
                ByteBuffer.allocate(8 + json.length + 4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(json.length).put(json);
        for (float value : values) {
            bytes.putFloat(value);
        }
        return bytes.array();
    }

    @Test
    void readsWhatWasWrittenBefore() throws IOException {
        byte[] former = former("table2", 3);

        NetworkFile read = NetworkFile.parse(former, "former.params");

        assertThat(read.text(NetworkFile.NET)).contains("table2");
        assertThat(read.array("a").orElseThrow()).containsExactly(1, 1, 1);
        assertThat(NetworkFile.parse(read.toBytes(), "new.safetensors").arrays())
                .isEqualTo(read.arrays());
    }

    @Test
    void refusesSizesThatNoFileHasEvenIfTheChecksumFits() throws IOException {
        byte[] bytes = former("table2", Integer.MAX_VALUE);

        assertThatThrownBy(() -> NetworkFile.parse(bytes, "former.params"))
                .isInstanceOf(StageException.class)
                .hasMessageContaining("damaged");
    }

    /** By the former format's description, not by code of ours: one text, one array of three ones. */
    private static byte[] former(String net, int size) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeBytes("E4JNET\r\n");
        out.writeInt(1);
        out.writeInt(1);
        out.writeUTF("net");
        out.writeUTF(net);
        out.writeInt(1);
        out.writeUTF("a");
        out.writeInt(1);
        out.writeInt(size);
        for (int i = 0; i < 3; i++) {
            out.writeFloat(1);
        }
        CRC32 crc = new CRC32();
        crc.update(bytes.toByteArray());
        out.writeInt((int) crc.getValue());
        return bytes.toByteArray();
    }

    @Test
    void namesAMissingFile(@TempDir Path folder) {
        Path file = folder.resolve("none.params");

        assertThatThrownBy(() -> NetworkFile.read(file))
                .isInstanceOf(StageException.class)
                .hasMessage(file + ": no such weights file");
    }

    @Test
    void aNetRefusesTheWeightsOfAnotherOne() {
        try (Network table3 = Network.initial(NetworkArchitecture.named("table3-a"), Device.cpu(), 1)) {
            NetworkFile wrong = new NetworkFile(
                    Map.of(NetworkFile.NET, "table2"), table3.toFile(Map.of()).arrays());

            assertThatThrownBy(() -> Network.of(wrong, Device.cpu(), "wrong.params"))
                    .isInstanceOf(StageException.class)
                    .hasMessageContaining("wrong.params: does not fit table2")
                    .hasMessageContaining("4.weight is [128, 64, 3, 3], expected [7, 6400]");
        }
    }

    @Test
    void aNetRefusesAFileOfAnUnknownOrNoNet() {
        assertThatThrownBy(() ->
                        Network.of(new NetworkFile(Map.of(NetworkFile.NET, "vgg"), Map.of()), Device.cpu(), "a.params"))
                .isInstanceOf(StageException.class)
                .hasMessageContaining("a.params")
                .hasMessageContaining("\"vgg\"");
        assertThatThrownBy(() -> Network.of(new NetworkFile(Map.of(), Map.of()), Device.cpu(), "a.params"))
                .isInstanceOf(StageException.class)
                .hasMessageContaining("does not say which network");
    }

    @Test
    void theMeanIsTakenValueByValueAndOnlyOfOneNetwork() {
        NetworkFile one =
                new NetworkFile(Map.of(), Map.of("a", new NetworkFile.Values(new int[] {2}, new float[] {1, 5})));
        NetworkFile two =
                new NetworkFile(Map.of(), Map.of("a", new NetworkFile.Values(new int[] {2}, new float[] {3, -5})));

        assertThat(NetworkFile.mean(List.of(one, two)).array("a")).contains(new float[] {2, 0});
        assertThatThrownBy(() -> NetworkFile.mean(List.of(one, SMALL)))
                .hasMessageContaining("different networks: a is");
        assertThatThrownBy(() -> NetworkFile.mean(List.of())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aNetWritesTheValuesItWasGiven() {
        try (Network one = Network.initial(NetworkArchitecture.named("table2"), Device.cpu(), 3)) {
            NetworkFile file = one.toFile(Map.of());
            try (Network copy = Network.of(file, Device.cpu(), "copy")) {
                assertThat(copy.toFile(Map.of()).toBytes()).isEqualTo(file.toBytes());
            }
        }
    }
}
