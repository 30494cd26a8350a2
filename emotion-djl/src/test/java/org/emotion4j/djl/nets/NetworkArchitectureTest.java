package org.emotion4j.djl.nets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("native")
class NetworkArchitectureTest {
    /** Each convolution has 9 weights per pair of channels and a bias per filter; the last layer 7 of what is left. */
    @ParameterizedTest
    @CsvSource({
        "table2, 63623", // 320 + 18,496 + 10*10*64*7+7
        "table3-a, 107015", // 320 + 18,496 + 73,856 + 4*4*128*7+7
        "table3-f, 107015",
        "resnet, 2775751" // 704 + 147,968 + 525,568 + 2,099,712 + 1,799
    })
    void hasTheNumberOfParametersThatOneCountsByHand(String name, long parameters) {
        try (Network net = Network.initial(NetworkArchitecture.named(name), Device.cpu(), 1)) {
            assertThat(net.parameterCount()).isEqualTo(parameters);
        }
    }

    @Test
    void givesSevenLogitsForEachFace() {
        for (NetworkArchitecture preset : NetworkArchitecture.all()) {
            try (Network net = Network.initial(preset, Device.cpu(), 1);
                    NDManager scope = net.manager().newSubManager()) {
                assertThat(net.forward(scope.zeros(new Shape(3, 1, preset.side(), preset.side())), false)
                                .getShape())
                        .as(preset.name())
                        .isEqualTo(new Shape(3, 7));
            }
        }
    }

    @Test
    void onlyTheDefaultNetworkTakesLargerFacesThanFer2013() {
        for (NetworkArchitecture preset : NetworkArchitecture.all()) {
            assertThat(preset.side())
                    .as(preset.name())
                    .isEqualTo(preset.name().equals(NetworkArchitecture.EXPRESSION) ? 56 : 48);
        }
    }

    @Test
    void hasABatchSizeAndALearningRateOfItsOwn() {
        assertThat(NetworkArchitecture.all())
                .extracting(preset -> preset.name() + " " + preset.batchSize() + " " + preset.learningRate())
                .containsExactly(
                        "table2 64 0.001",
                        "expression 64 1.0E-4",
                        "expression-fer 64 1.0E-4",
                        "resnet 64 0.05",
                        "table3-a 32 0.001",
                        "table3-b 32 5.0E-4",
                        "table3-c 32 3.0E-4",
                        "table3-d 64 0.001",
                        "table3-e 64 5.0E-4",
                        "table3-f 64 3.0E-4");
    }

    @Test
    void listsTheNamesWhenAskedForAnotherOne() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NetworkArchitecture.named("table4"))
                .withMessageContaining("\"table4\"")
                .withMessageContaining("table2, expression, expression-fer, resnet, table3-a");
    }

    @Test
    void theSameSeedGivesTheSameNet() {
        try (Network one = Network.initial(NetworkArchitecture.named("table2"), Device.cpu(), 5);
                Network same = Network.initial(NetworkArchitecture.named("table2"), Device.cpu(), 5);
                Network other = Network.initial(NetworkArchitecture.named("table2"), Device.cpu(), 6)) {
            byte[] bytes = one.toFile(Map.of()).toBytes();
            assertThat(same.toFile(Map.of()).toBytes()).isEqualTo(bytes);
            assertThat(other.toFile(Map.of()).toBytes()).isNotEqualTo(bytes);
        }
    }
}
