package org.emotion4j.djl.nets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.emotion4j.djl.runtime.DjlRuntime;
import org.emotion4j.stage.StageException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("native")
class MtcnnNetworkTest {
    /** Filters, slopes, dense layers and heads of the paper's Figure 2, counted by hand. */
    private static final Map<MtcnnNetwork.Stage, int[][]> SHAPES = Map.of(
            MtcnnNetwork.Stage.PNET,
                    new int[][] {
                        {10, 3, 3, 3},
                        {10},
                        {1, 10, 1, 1},
                        {16, 10, 3, 3},
                        {16},
                        {1, 16, 1, 1},
                        {32, 16, 3, 3},
                        {32},
                        {1, 32, 1, 1},
                        {2, 32, 1, 1},
                        {2},
                        {4, 32, 1, 1},
                        {4}
                    },
            MtcnnNetwork.Stage.RNET,
                    new int[][] {
                        {28, 3, 3, 3}, {28}, {1, 28, 1, 1}, {48, 28, 3, 3}, {48}, {1, 48, 1, 1}, {64, 48, 2, 2}, {64},
                        {1, 64, 1, 1}, {128, 576}, {128}, {1, 128}, {2, 128}, {2}, {4, 128}, {4}
                    },
            MtcnnNetwork.Stage.ONET,
                    new int[][] {
                        {32, 3, 3, 3}, {32}, {1, 32, 1, 1}, {64, 32, 3, 3}, {64}, {1, 64, 1, 1}, {64, 64, 3, 3}, {64},
                        {1, 64, 1, 1}, {128, 64, 2, 2}, {128}, {1, 128, 1, 1}, {256, 1152}, {256}, {1, 256}, {2, 256},
                        {2}, {4, 256}, {4}, {10, 256}, {10}
                    });

    @Test
    void hasTheLayersOfThePaperAndTheirOutputs() {
        for (MtcnnNetwork.Stage stage : MtcnnNetwork.Stage.values()) {
            int numbers = 0;
            for (int[] shape : SHAPES.get(stage)) {
                numbers += size(shape);
            }
            assertThat(stage.parameterCount()).as(stage.name()).isEqualTo(numbers);
            try (MtcnnNetwork net = MtcnnNetwork.of(stage, even(0.01f), Device.cpu(), "test");
                    NDManager scope = net.manager().newSubManager()) {
                NDList outputs = net.forward(scope.zeros(new Shape(2, 3, stage.side(), stage.side())));
                int heads = stage == MtcnnNetwork.Stage.ONET ? 3 : 2;
                assertThat(outputs).as(stage.name()).hasSize(heads);
                int[] units = {2, 4, 10};
                for (int i = 0; i < heads; i++) {
                    assertThat(outputs.get(i).size()).isEqualTo(2L * units[i]);
                }
            }
        }
    }

    @Test
    void pnetSlidesOverAPictureWithAStrideOfTwo() {
        try (MtcnnNetwork net = MtcnnNetwork.of(MtcnnNetwork.Stage.PNET, even(0.01f), Device.cpu(), "test");
                NDManager scope = net.manager().newSubManager()) {
            NDList outputs = net.forward(scope.zeros(new Shape(1, 3, 33, 20)));
            assertThat(outputs.get(0).getShape()).isEqualTo(new Shape(1, 2, 12, 5));
            assertThat(outputs.get(1).getShape()).isEqualTo(new Shape(1, 4, 12, 5));
        }
    }

    @Test
    void slopesBelongToChannels() {
        PRelu layer = new PRelu(2, true);
        try (NDManager scope = DjlRuntime.engine().newBaseManager(Device.cpu())) {
            layer.initialize(scope, DataType.FLOAT32, new Shape(1, 2, 1, 2));
            NDArray slopes = layer.getParameters().get("slope").getArray();
            slopes.set(new float[] {0.5f, 2});
            NDArray x = scope.create(new float[] {-4, 4, -1, 3}, new Shape(1, 2, 1, 2));
            NDArray y = layer.forward(new ParameterStore(scope, false), new NDList(x), false)
                    .singletonOrThrow();
            assertThat(y.toFloatArray()).containsExactly(-2, 4, -2, 3);
            assertThat(x.toFloatArray()).as("the input stays as it was").containsExactly(-4, 4, -1, 3);
        }
    }

    @Test
    void refusesWeightsThatDoNotFit() {
        Map<String, NetworkFile.Values> arrays = new LinkedHashMap<>(even(0.01f).arrays());
        arrays.remove("pnet.12.bias");
        arrays.put("pnet.1.bias", new NetworkFile.Values(new int[] {11}, new float[11]));
        arrays.put("pnet.4.bias", new NetworkFile.Values(new int[] {16}, filled(16, Float.NaN)));
        NetworkFile file = new NetworkFile(Map.of(NetworkFile.NET, MtcnnNetwork.MTCNN), arrays);
        assertThatThrownBy(() -> MtcnnNetwork.of(MtcnnNetwork.Stage.PNET, file, Device.cpu(), "mine.params"))
                .isInstanceOf(StageException.class)
                .hasMessageContaining("mine.params")
                .hasMessageContaining("pnet.12.bias is missing")
                .hasMessageContaining("pnet.1.bias is [11], expected [10]")
                .hasMessageContaining("pnet.4.bias has a value that is not finite");
    }

    private static NetworkFile even(float value) {
        Map<String, NetworkFile.Values> arrays = new LinkedHashMap<>();
        SHAPES.forEach((stage, shapes) -> {
            int[] names = {0};
            for (int[] shape : shapes) {
                String kind = shape.length == 1 ? "bias" : shape[0] == 1 ? "slope" : "weight";
                arrays.put(
                        stage.name().toLowerCase(Locale.ROOT) + "." + names[0]++ + "." + kind,
                        new NetworkFile.Values(shape, filled(size(shape), value)));
            }
        });
        return new NetworkFile(Map.of(NetworkFile.NET, MtcnnNetwork.MTCNN), arrays);
    }

    private static int size(int[] shape) {
        int size = 1;
        for (int length : shape) {
            size *= length;
        }
        return size;
    }

    private static float[] filled(int count, float value) {
        float[] values = new float[count];
        Arrays.fill(values, value);
        return values;
    }
}
