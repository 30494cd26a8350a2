package org.emotion4j.emotion;

import static org.assertj.core.api.Assertions.assertThat;

import org.emotion4j.stage.StageMetadata;
import org.junit.jupiter.api.Test;

class LabelSetTest {
    private final StageMetadata network = StageMetadata.named("net");

    @Test
    void saysInTheNotesWhoseJudgementItIs() {
        assertThat(LabelSet.FERPLUS.describe(network.withNotes("small")).notes())
                .contains("small; scores follow the labels of FERPLUS");
        assertThat(LabelSet.FER2013.describe(network).notes()).contains("scores follow the labels of FER2013");
        assertThat(LabelSet.BLEND.describe(network)).isEqualTo(network);
    }

    @Test
    void namesTheOutputsOfTheOnnxFile() {
        assertThat(LabelSet.values()).extracting(LabelSet::outputName).containsExactly("logits", "fer2013", "ferplus");
    }
}
