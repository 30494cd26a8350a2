package org.emotion4j.stage;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class BundledModelTest {
    @Test
    void givesWeightsWhoseHashIsRight() {
        BundledModel model = BundledModel.get(BundledModelTest.class, "intact");

        assertThat(model.bytes()).asString(US_ASCII).isEqualTo("seven weights");
        assertThat(model.metadata().sha256()).contains(StageMetadata.sha256(model.bytes()));
        assertThat(model.metadata().version()).contains("3");
        assertThat(model.origin()).isEqualTo("bundled intact/net.bin");
    }

    @Test
    void refusesWeightsWithAnotherHash() {
        BundledModel model = BundledModel.get(BundledModelTest.class, "torn");

        assertThatThrownBy(model::bytes)
                .isInstanceOf(StageException.class)
                .hasMessageContaining("bundled torn/net.bin")
                .hasMessageContaining("expected " + model.property("sha256"));
    }

    @Test
    void saysWhichFileIsNotInTheJar() {
        BundledModel model = BundledModel.get(BundledModelTest.class, "silent");

        assertThatThrownBy(model::bytes).isInstanceOf(StageException.class).hasMessageContaining("silent/gone.bin");
        assertThatThrownBy(model::metadata).isInstanceOf(StageException.class).hasMessageContaining("no \"notes\"");
    }

    @Test
    void isEmptyWhereTheJarWasBuiltWithoutIt() {
        assertThat(BundledModel.find(BundledModelTest.class, "nowhere")).isEmpty();
        assertThatThrownBy(() -> BundledModel.get(BundledModelTest.class, "nowhere"))
                .isInstanceOf(StageException.class)
                .hasMessageContaining("nowhere");
    }
}
