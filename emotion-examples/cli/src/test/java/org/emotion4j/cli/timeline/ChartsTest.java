package org.emotion4j.cli.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.emotion4j.session.PipelineSettings;
import org.emotion4j.session.PipelineSettings.Part;
import org.emotion4j.stage.StageMetadata;
import org.junit.jupiter.api.Test;

class ChartsTest {
    @Test
    void theStagesAreNamedByWhatTheyDoWhateverStandsBetweenThem() {
        PipelineSettings pipeline = new PipelineSettings(
                List.of(
                        new Part("source", StageMetadata.named("camera")),
                        new Part("detector", StageMetadata.named("finder").withVersion("2")),
                        new Part("landmarks", StageMetadata.named("points")),
                        new Part("aligner", StageMetadata.named("cutter")),
                        new Part("classifier", StageMetadata.named("judge"))),
                Map.of());
        assertThat(Charts.describe(pipeline)).startsWith("faces by finder 2, expressions by judge, ");
    }
}
