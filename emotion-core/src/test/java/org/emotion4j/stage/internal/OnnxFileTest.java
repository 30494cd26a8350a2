package org.emotion4j.stage.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.emotion4j.emotion.internal.CropBatch;
import org.emotion4j.face.CropSpec;
import org.emotion4j.frame.PixelFormat;
import org.emotion4j.stage.StageException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OnnxFileTest {
    @Test
    void saysWhatGoesInAndWhatComesOut() {
        OnnxFile file = OnnxFile.parse(model(-1, 1, 56, 56));
        assertThat(file.inputs()).containsExactly(new OnnxFile.Value("input", List.of(-1L, 1L, 56L, 56L)));
        assertThat(file.outputs()).containsExactly("photo", "logits");
    }

    @Test
    void anInputThatIsAWeightIsNone() {
        OnnxFile file = OnnxFile.parse(model(-1, 1, 56, 56));
        assertThat(file.weightNames()).containsExactly("head.weight");
        assertThat(file.weights("head.weight"))
                .hasValueSatisfying(values -> assertThat(values).containsExactly(1.5f, -2));
        assertThat(file.weights("other")).isEmpty();
    }

    @Test
    void otherWeightsAndFewerOutputsMakeAnotherFile() {
        byte[] before = model(-1, 1, 56, 56);
        byte[] changed =
                OnnxFile.parse(before.clone()).with(Map.of("head.weight", new float[] {7, 8}), Set.of("photo"));
        OnnxFile file = OnnxFile.parse(changed);
        assertThat(file.outputs()).containsExactly("photo");
        assertThat(file.weights("head.weight"))
                .hasValueSatisfying(values -> assertThat(values).containsExactly(7, 8));
        assertThat(file.inputs()).isEqualTo(OnnxFile.parse(before).inputs());
    }

    @Test
    void changesNothingThatIsNotThere() {
        OnnxFile file = OnnxFile.parse(model(-1, 1, 56, 56));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> file.with(Map.of("tail.weight", new float[] {7, 8}), Set.of("photo")))
                .withMessageContaining("tail.weight");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> file.with(Map.of("head.weight", new float[] {7}), Set.of("photo")))
                .withMessageContaining("1 values for head.weight");
        assertThatIllegalArgumentException().isThrownBy(() -> file.with(Map.of(), Set.of("smile")));
    }

    @Test
    void everyPartThatIsCutOffIsAnErrorOrGone() {
        byte[] whole = model(-1, 1, 56, 56);
        for (int length = 1; length < whole.length; length++) {
            byte[] torn = Arrays.copyOf(whole, length);
            if (length == 2) {
                continue; // the version alone is a whole message
            }
            assertThatThrownBy(() -> OnnxFile.parse(torn))
                    .as("%d bytes of %d", length, whole.length)
                    .isInstanceOf(StageException.class)
                    .hasMessageStartingWith("not a whole ONNX file");
        }
    }

    @Test
    void whatIsNoOnnxFileIsAnError() {
        assertThatThrownBy(() -> OnnxFile.parse("no network".getBytes(StandardCharsets.US_ASCII)))
                .isInstanceOf(StageException.class);
    }

    @Test
    void theInputsSizeIsTheCrop() {
        assertThat(CropBatch.spec(OnnxFile.parse(model(-1, 1, 56, 56))))
                .isEqualTo(CropSpec.of(56, 56, PixelFormat.GRAY8));
        assertThat(CropBatch.spec(OnnxFile.parse(model(-1, 1, 40, 64))))
                .isEqualTo(CropSpec.of(64, 40, PixelFormat.GRAY8));
        assertThat(CropBatch.spec(OnnxFile.parse(model(-1, 1, 48, 48)))).isEqualTo(CropSpec.fer2013());
    }

    @Test
    void aSizeThatIsLeftOpenIsFer2013s() {
        assertThat(CropBatch.spec(OnnxFile.parse(model(-1, 1, -1, -1)))).isEqualTo(CropSpec.fer2013());
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1,3,224,224", "-1,1,7,56", "-1,1,56,-1", "-1,1,56,4096", "-1,784"})
    void anotherInputIsNoCrop(String shape) {
        int[] sides =
                Arrays.stream(shape.split(",")).mapToInt(Integer::parseInt).toArray();
        assertThatThrownBy(() -> CropBatch.spec(OnnxFile.parse(model(sides))))
                .isInstanceOf(StageException.class)
                .hasMessageContaining("expected");
    }

    /** A file of one input, one tensor of two floats, which is an input, too, as older exporters have it, and two outputs. */
    private static byte[] model(int... shape) {
        ByteArrayOutputStream dimensions = new ByteArrayOutputStream();
        for (int side : shape) {
            field(dimensions, 1, side < 0 ? bytes(2, "batch") : number(1, side));
        }
        byte[] floats = ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putFloat(1.5f)
                .putFloat(-2)
                .array();
        ByteArrayOutputStream tensor = new ByteArrayOutputStream();
        tensor.writeBytes(number(1, 2));
        tensor.writeBytes(number(2, 1));
        tensor.writeBytes(bytes(8, "head.weight"));
        field(tensor, 9, floats);
        ByteArrayOutputStream graph = new ByteArrayOutputStream();
        field(graph, 5, tensor.toByteArray());
        field(graph, 11, value("input", dimensions.toByteArray()));
        field(graph, 11, value("head.weight", new byte[0]));
        field(graph, 12, value("photo", new byte[0]));
        field(graph, 12, value("logits", new byte[0]));
        ByteArrayOutputStream model = new ByteArrayOutputStream();
        model.writeBytes(number(1, 7));
        field(model, 7, graph.toByteArray());
        return model.toByteArray();
    }

    private static byte[] value(String name, byte[] shape) {
        ByteArrayOutputStream type = new ByteArrayOutputStream();
        ByteArrayOutputStream tensor = new ByteArrayOutputStream();
        tensor.writeBytes(number(1, 1));
        field(tensor, 2, shape);
        field(type, 1, tensor.toByteArray());
        ByteArrayOutputStream value = new ByteArrayOutputStream();
        value.writeBytes(bytes(1, name));
        field(value, 2, type.toByteArray());
        return value.toByteArray();
    }

    private static byte[] bytes(int number, String text) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        field(out, number, text.getBytes(StandardCharsets.UTF_8));
        return out.toByteArray();
    }

    private static byte[] number(int number, int value) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        varint(out, number << 3);
        varint(out, value);
        return out.toByteArray();
    }

    private static void field(ByteArrayOutputStream out, int number, byte[] content) {
        varint(out, number << 3 | 2);
        varint(out, content.length);
        out.writeBytes(content);
    }

    private static void varint(ByteArrayOutputStream out, int value) {
        for (int rest = value; ; rest >>>= 7) {
            if (rest < 128) {
                out.write(rest);
                return;
            }
            out.write(rest & 127 | 128);
        }
    }
}
