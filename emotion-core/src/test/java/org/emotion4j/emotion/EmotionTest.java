package org.emotion4j.emotion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class EmotionTest {
    /** Records, networks and data sets are written in this order: it never changes. */
    @Test
    void theOrderIsThatOfFer2013() {
        assertThat(Emotion.labels()).containsExactly("angry", "disgust", "fear", "happy", "sad", "surprise", "neutral");
        assertThat(Emotion.all()).containsExactly(Emotion.values());
    }

    @ParameterizedTest
    @EnumSource(Emotion.class)
    void readsItsOwnLabel(Emotion emotion) {
        assertThat(Emotion.parse(emotion.label())).isEqualTo(emotion);
    }

    @ParameterizedTest
    @CsvSource({
        "anger,ANGRY",
        "disgusted,DISGUST",
        "fearful,FEAR",
        "happiness,HAPPY",
        "joy,HAPPY",
        "sadness,SAD",
        "surprised,SURPRISE",
        "calm,NEUTRAL",
        "Happy,HAPPY",
        "' SAD ',SAD"
    })
    void readsSynonymsWhateverTheirCase(String label, Emotion emotion) {
        assertThat(Emotion.find(label)).contains(emotion);
    }

    @ParameterizedTest
    @ValueSource(strings = {"contempt", "", "unknown", "none"})
    void findsNothingInOtherWords(String label) {
        assertThat(Emotion.find(label)).isEmpty();
    }

    @Test
    void namesWhatIsReadWhenALabelIsUnknown() {
        assertThatThrownBy(() -> Emotion.parse("contempt"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "unknown expression \"contempt\"; expected one of angry, disgust, fear, happy, sad, surprise,"
                                + " neutral or a synonym of these");
    }

    @ParameterizedTest
    @EnumSource(Emotion.class)
    void isShownByOneEmoji(Emotion emotion) {
        assertThat(emotion.emoji().codePoints()).hasSize(1);
    }
}
