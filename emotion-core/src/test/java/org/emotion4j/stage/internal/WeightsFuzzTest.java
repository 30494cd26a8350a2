package org.emotion4j.stage.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.emotion4j.stage.StageException;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever a file of weights holds, it is read or refused by a {@link StageException}: no other exception, and it ends. Runs
 * the seeds; the profile {@code fuzz} makes more of them.
 */
final class WeightsFuzzTest {
    @MethodSource("networks")
    @FuzzTest(maxDuration = "10m")
    void networks(byte[] file) {
        assertThat(WeightsFormat.of(file)).isNotNull();
        try {
            OnnxFile onnx = OnnxFile.parse(file);
            assertThat(onnx.inputs()).noneMatch(input -> onnx.weightNames().contains(input.name()));
            onnx.weightNames().forEach(onnx::weights);
            assertThat(onnx.toString()).isNotBlank();
            if (!onnx.outputs().isEmpty()) { // what was read is written again, and read like that
                assertThat(OnnxFile.parse(onnx.with(Map.of(), Set.copyOf(onnx.outputs())))
                                .weightNames())
                        .isEqualTo(onnx.weightNames());
            }
        } catch (StageException refused) {
            assertThat(refused.getMessage()).isNotBlank();
        }
    }

    static Stream<byte[]> networks() {
        byte[] whole = network();
        byte[] endless = whole.clone();
        Arrays.fill(endless, endless.length / 2, endless.length, (byte) 0xff);
        return Stream.of(
                whole,
                Arrays.copyOf(whole, whole.length / 2),
                endless,
                new byte[] {0x3a, (byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x0f},
                "E4JNET".getBytes(StandardCharsets.US_ASCII),
                new byte[0]);
    }

    /** An input of 1x2, an output, and two floats, by the numbers of ONNX's fields. */
    private static byte[] network() {
        byte[] dimensions = join(field(1, new byte[] {0x08, 1}), field(1, new byte[] {0x08, 2}));
        byte[] type = field(1, join(new byte[] {0x08, 1}, field(2, dimensions)));
        byte[] input = join(text(1, "image"), field(2, type));
        byte[] weights =
                join(new byte[] {0x08, 2, 0x10, 1}, text(8, "w"), field(9, new byte[] {0, 0, -128, 63, 0, 0, 0, 64}));
        byte[] graph = join(field(11, input), field(12, text(1, "scores")), field(5, weights));
        return join(new byte[] {0x08, 8}, field(7, graph));
    }

    private static byte[] text(int number, String text) {
        return field(number, text.getBytes(StandardCharsets.US_ASCII));
    }

    /** A field of bytes, fewer than 128. */
    private static byte[] field(int number, byte[] content) {
        return join(new byte[] {(byte) (number << 3 | 2), (byte) content.length}, content);
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
