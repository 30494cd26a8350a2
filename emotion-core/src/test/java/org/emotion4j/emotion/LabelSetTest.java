package org.emotion4j.emotion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.emotion4j.stage.StageException;
import org.emotion4j.stage.StageMetadata;
import org.junit.jupiter.api.Test;

class LabelSetTest {
    private static final List<String> PRESENT = List.of("photo", "logits", "fer2013", "ferplus", "units", "pose");
    private static final List<String> FORMER = List.of("logits", "fer2013", "ferplus");

    private final StageMetadata network = StageMetadata.named("net");

    @Test
    void saysInNotesAndSettingsWhoseJudgmentItIs() {
        StageMetadata described = LabelSet.FERPLUS.describe(network.withNotes("small"));
        assertThat(described.notes()).contains("small; scores follow the labels of FERPLUS");
        assertThat(described.setting("labels")).contains("ferplus");
        assertThat(LabelSet.PHOTO.describe(network).setting("labels")).contains("photo");
        assertThat(LabelSet.BLEND.describe(network).notes()).contains("scores follow the labels of BLEND");
    }

    @Test
    void namesTheOutputsOfTheOnnxFile() {
        assertThat(LabelSet.values())
                .extracting(LabelSet::outputName)
                .containsExactly("photo", "logits", "fer2013", "ferplus");
    }

    @Test
    void aNetworkThatKnowsPhotographsAnswersByThem() {
        assertThat(LabelSet.standard(PRESENT)).contains(LabelSet.PHOTO);
        assertThat(LabelSet.standard(FORMER)).contains(LabelSet.BLEND);
    }

    @Test
    void aNetworkOfSomebodyElsesHasLabelsOfItsOwn() {
        assertThat(LabelSet.standard(List.of("logits"))).isEmpty();
        assertThat(LabelSet.standard(List.of("photo"))).isEmpty();
        assertThat(LabelSet.standard(List.of("scores", "embedding"))).isEmpty();
    }

    @Test
    void findsTheOutputThatIsAskedFor() {
        assertThat(LabelSet.output(Optional.of(LabelSet.PHOTO), PRESENT)).isEqualTo("photo");
        assertThat(LabelSet.output(Optional.of(LabelSet.FERPLUS), FORMER)).isEqualTo("ferplus");
        assertThat(LabelSet.output(Optional.empty(), List.of("embedding", "logits")))
                .isEqualTo("logits");
        assertThat(LabelSet.output(Optional.empty(), List.of("scores", "embedding")))
                .isEqualTo("scores");
    }

    @Test
    void refusesASetThatTheNetworkDoesNotHave() {
        assertThatThrownBy(() -> LabelSet.output(Optional.of(LabelSet.PHOTO), FORMER))
                .isInstanceOf(StageException.class)
                .hasMessage("its outputs are [logits, fer2013, ferplus], none is photo");
        assertThatThrownBy(() -> LabelSet.output(Optional.empty(), List.of())).isInstanceOf(StageException.class);
    }

    @Test
    void theFormerNetworksFileIsTakenOnlyWhereASetIsNamed() {
        assertThat(LabelSet.ofFile(Optional.of(LabelSet.BLEND), FORMER, "old.onnx"))
                .contains(LabelSet.BLEND);
        assertThatThrownBy(() -> LabelSet.ofFile(Optional.empty(), FORMER, "old.onnx"))
                .isInstanceOf(StageException.class)
                .hasMessageStartingWith("old.onnx: weights of the former network")
                .hasMessageContaining("expression-fer");
    }

    @Test
    void aSingleOutputHasTheLabelsOfWhoeverTrainedIt() {
        assertThat(LabelSet.ofFile(Optional.empty(), List.of("photo"), "own.onnx"))
                .isEmpty();
        assertThat(LabelSet.ofFile(Optional.of(LabelSet.BLEND), List.of("photo"), "own.onnx"))
                .isEmpty();
    }
}
