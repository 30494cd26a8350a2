package org.emotion4j.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.emotion4j.djl.data.Fer2013;
import org.emotion4j.djl.data.LabeledFace;
import org.emotion4j.djl.data.WholeFer2013;
import org.emotion4j.emotion.EmotionScores;
import org.emotion4j.face.FaceCrop;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The figure of docs/models/table2.md, from the shipped weights. */
@Tag("native")
class Table2FiguresTest {
    private static final int BATCH = 100;

    @Test
    void privateTestIsAsTheModelCardSays() throws IOException {
        List<LabeledFace> faces = Fer2013.read(WholeFer2013.folder()).split(Fer2013.Split.PRIVATE_TEST);
        int right = 0;
        try (DjlEmotionClassifier classifier =
                DjlEmotionClassifier.builder().bundled("table2").build()) {
            for (int start = 0; start < faces.size(); start += BATCH) {
                List<LabeledFace> batch = faces.subList(start, Math.min(faces.size(), start + BATCH));
                List<FaceCrop> crops = new ArrayList<>();
                batch.forEach(face -> crops.add(face.toCrop()));
                List<EmotionScores> scores = classifier.classifyAll(crops);
                for (int i = 0; i < batch.size(); i++) {
                    right += scores.get(i).top() == batch.get(i).label() ? 1 : 0;
                }
            }
        }
        assertThat(faces).hasSize(3_589);
        assertThat((double) right / faces.size()).isEqualTo(0.5394, within(0.001));
    }
}
