package org.emotion4j.emotion.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.emotion4j.emotion.Emotion;
import org.emotion4j.emotion.EmotionScores;
import org.emotion4j.face.CropSpec;
import org.emotion4j.face.FaceCrop;
import org.emotion4j.frame.PixelFormat;
import org.emotion4j.stage.StageException;
import org.junit.jupiter.api.Test;

class CropBatchTest {
    private final CropSpec spec = CropSpec.of(8, 9, PixelFormat.GRAY8);
    private final CropBatch batch = new CropBatch(spec);

    @Test
    void putsFaceAfterFaceAsFractionsOf255() {
        ByteBuffer memory = batch.fill(List.of(crop(0), crop(200)));

        assertThat(memory.isDirect()).isTrue();
        assertThat(memory.order()).isEqualTo(ByteOrder.nativeOrder());
        assertThat(memory.remaining()).isEqualTo(2 * 72 * Float.BYTES);
        for (int i = 0; i < 72; i++) {
            assertThat(memory.getFloat(i * Float.BYTES)).isEqualTo(i / 255f);
            assertThat(memory.getFloat((72 + i) * Float.BYTES)).isEqualTo((200 + i) % 256 / 255f);
        }
    }

    @Test
    void keepsItsMemoryUntilThereAreMoreFaces() {
        ByteBuffer two = batch.fill(List.of(crop(1), crop(2)));
        ByteBuffer one = batch.fill(List.of(crop(3)));

        assertThat(one).isSameAs(two);
        assertThat(one.remaining()).isEqualTo(72 * Float.BYTES);
        assertThat(one.getFloat(0)).isEqualTo(3 / 255f);
        assertThat(batch.fill(List.of(crop(4), crop(5), crop(6))).remaining()).isEqualTo(3 * 72 * Float.BYTES);
    }

    @Test
    void refusesColor() {
        assertThatThrownBy(() -> new CropBatch(CropSpec.of(48, 48, PixelFormat.BGR24)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("crops are BGR24, expected GRAY8");
    }

    @Test
    void appliesSoftmaxToEachSevenLogits() {
        float[] logits = {0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0};

        List<EmotionScores> plain = CropBatch.scores("net", logits, 1);
        List<EmotionScores> flatter = CropBatch.scores("net", logits, 2);

        assertThat(plain).hasSize(2);
        assertThat(plain.get(0)).isEqualTo(EmotionScores.uniform());
        assertThat(plain.get(1).get(Emotion.ANGRY)).isCloseTo((float) (Math.exp(2) / (Math.exp(2) + 6)), within(1e-6f));
        assertThat(flatter.get(1).get(Emotion.ANGRY)).isCloseTo((float) (Math.E / (Math.E + 6)), within(1e-6f));
        assertThat(CropBatch.scores("net", new float[0], 1)).isEmpty();
    }

    @Test
    void namesTheFaceWhoseLogitsAreNoNumbers() {
        float[] logits = new float[14];
        logits[9] = Float.NaN;
        assertThatThrownBy(() -> CropBatch.scores("net", logits, 1))
                .isInstanceOf(StageException.class)
                .hasMessage(
                        "net gave [0.0, 0.0, NaN, 0.0, 0.0, 0.0, 0.0] for face 2, expected finite logits; its weights"
                                + " are damaged");
    }

    /** Pixels that rise by one each, and start anew after 255. */
    private FaceCrop crop(int first) {
        FaceCrop crop = FaceCrop.allocate(spec);
        for (int i = 0; i < crop.pixels().capacity(); i++) {
            crop.pixels().put(i, (byte) (first + i));
        }
        return crop;
    }
}
