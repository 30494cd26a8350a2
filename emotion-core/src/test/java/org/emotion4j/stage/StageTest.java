package org.emotion4j.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class StageTest {
    private static final class Named implements Stage {}

    @FunctionalInterface
    private interface OneMethod extends Stage {
        void work();
    }

    @Test
    void isCalledByTheNameOfItsClass() {
        assertThat(new Named().metadata()).isEqualTo(StageMetadata.named("Named"));
    }

    @Test
    void aLambdaHasAStableName() {
        OneMethod lambda = () -> {};
        assertThat(lambda.metadata().name()).isEqualTo("StageTest-lambda");
    }

    @Test
    void anAnonymousStageHasANameToo() {
        assertThat(new Stage() {}.metadata().name()).startsWith("StageTest$");
    }

    @Test
    void warmsUpAndClosesWithoutBeingTold() {
        Stage stage = new Named();
        assertThatCode(() -> {
                    stage.warmUp();
                    stage.close();
                    stage.close();
                })
                .doesNotThrowAnyException();
    }

    @Test
    void metadataTellsEverythingAReaderOfTheRecordNeeds() {
        StageMetadata metadata = StageMetadata.named("table2")
                .withVersion("1")
                .withSha256("ab12")
                .withLicense("Apache-2.0")
                .withRuntime("DJL")
                .withNotes("contempt dropped");
        assertThat(metadata)
                .isEqualTo(new StageMetadata(
                        "table2",
                        Optional.of("1"),
                        Optional.of("ab12"),
                        Optional.of("Apache-2.0"),
                        Optional.of("DJL"),
                        Optional.of("contempt dropped")));
    }
}
