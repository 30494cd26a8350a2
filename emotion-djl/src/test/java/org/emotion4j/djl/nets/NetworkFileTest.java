package org.emotion4j.djl.nets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.Device;
import java.io.IOException;
import java.nio.ByteBuffer;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
    void refusesSizesThatNoFileHasEvenIfTheChecksumFits() {
        byte[] bytes = SMALL.toBytes();
        ByteBuffer.wrap(bytes).putInt(12, Integer.MAX_VALUE);
        CRC32 crc = new CRC32();
        crc.update(bytes, 0, bytes.length - 4);
        ByteBuffer.wrap(bytes).putInt(bytes.length - 4, (int) crc.getValue());

        assertThatThrownBy(() -> NetworkFile.parse(bytes, "small.params"))
                .isInstanceOf(StageException.class)
                .hasMessageContaining("damaged");
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
