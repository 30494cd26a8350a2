package org.emotion4j.face.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.emotion4j.face.BoundingBox;
import org.emotion4j.face.DetectedFace;
import org.emotion4j.face.EyePositions;
import org.emotion4j.face.Landmarks;
import org.emotion4j.frame.FloatPlanes;
import org.emotion4j.frame.Frame;
import org.emotion4j.frame.PixelFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SingleShotDecoderTest {
    private static final float NOTHING = -9;

    private final SingleShotDecoder search =
            SingleShotDecoder.builder().minFaceSize(64).build();

    @ParameterizedTest
    @CsvSource({
        "640, 480, 64, 320, 256", "640, 480, 80, 256, 192", "640, 480, 32, 640, 480", "640, 480, 8, 640, 480",
        "10, 7, 40, 64, 64", "4000, 20, 32, 4000, 64", "1, 70000, 32, 64, 16384", "9000, 9000, 1, 1472, 1472"
    })
    void theInputIsAsLargeAsTheSmallestFaceNeeds(int width, int height, int smallest, int inputWidth, int inputHeight) {
        try (Frame frame = Frame.of(width, height, PixelFormat.GRAY8, new byte[width * height])) {
            FloatPlanes input =
                    SingleShotDecoder.builder().minFaceSize(smallest).build().input(frame);
            assertThat(List.of(input.width(), input.height())).containsExactly(inputWidth, inputHeight);
        }
    }

    @ParameterizedTest
    @CsvSource({"640, 480, 40", "1920, 1080, 67.5", "160, 120, 20", "4000, 20, 3.3"})
    void theDefaultSmallestFaceFollowsTheFrame(int width, int height, double smallest) {
        assertThat(SingleShotDecoder.defaultMinFaceSize(width, height)).isEqualTo(smallest, within(0.05));
    }

    @Test
    void answersAreReadInPixelsOfTheFrame() {
        List<float[]> answers = answersTo(640, 480);
        float[] stride16 = answers.get(1);
        int columns = 320 / 16;
        int locations = columns * (256 / 16);
        int at = 4 * columns + 7;
        float[] values = {
            2, 0.5f, -0.5f, (float) Math.log(4), (float) Math.log(5), -1, -0.5f, 1, -0.5f, 0, 0, -0.7f, 1, 0.7f, 1
        };
        for (int channel = 0; channel < values.length; channel++) {
            stride16[channel * locations + at] = values[channel];
        }

        List<DetectedFace> faces = search.faces(answers);

        assertThat(faces).singleElement().satisfies(face -> {
            assertThat(face.confidence()).isEqualTo(1 / (1 + Math.exp(-2)), within(1e-6));
            assertThat(face.box().centerX()).isEqualTo(2 * 16 * 8.0, within(1e-3));
            assertThat(face.box().centerY()).isEqualTo(2 * 16 * 4.0, within(1e-3));
            assertThat(face.box().width()).isEqualTo(2 * 16 * 4.0, within(1e-3));
            assertThat(face.box().height()).isEqualTo(2 * 16 * 5.0, within(1e-3));
            Landmarks points = face.landmarks().orElseThrow();
            assertThat(points.eyes()).isEqualTo(new EyePositions(2 * 16 * 6.5, 2 * 16 * 4, 2 * 16 * 8.5, 2 * 16 * 4));
            assertThat(points.y(4)).isEqualTo(2 * 16 * 5.5, within(1e-3));
        });
    }

    @Test
    void aFrameThatIsBoundedInOneDirectionOnlyIsReadInItsOwnPixels() {
        // 101 columns become 51, so the scales of both directions differ
        SingleShotDecoder half = SingleShotDecoder.builder().minFaceSize(64).build();
        List<float[]> answers = answersTo(half, 101, 400);
        put(answers.get(0), 64, 224, 8, 3, 10, 4, 4);

        BoundingBox box = half.faces(answers).get(0).box();

        assertThat(box.centerX()).isEqualTo(3.5 * 8 * 101 / 51, within(1e-3));
        assertThat(box.centerY()).isEqualTo(10.5 * 8 * 2, within(1e-3));
    }

    @Test
    void ofOneFaceAtTwoStridesTheSurerAnswerStays() {
        List<float[]> answers = answersTo(640, 480);
        put(answers.get(0), 320, 256, 8, 10, 10, 6, 1);
        put(answers.get(1), 320, 256, 16, 5, 5, 3, 2);

        assertThat(search.faces(answers)).singleElement().satisfies(face -> assertThat(face.confidence())
                .isEqualTo(1 / (1 + Math.exp(-2)), within(1e-6)));
    }

    @Test
    void theLargestFaceComesFirst() {
        List<float[]> answers = answersTo(640, 480);
        put(answers.get(0), 320, 256, 8, 3, 3, 4, 3);
        put(answers.get(2), 320, 256, 32, 7, 5, 4, 1);

        assertThat(search.faces(answers))
                .hasSize(2)
                .isSortedAccordingTo(
                        (a, b) -> Double.compare(b.box().area(), a.box().area()));
    }

    @Test
    void facesOverTheBorderStayAndThoseOutsideOfThePictureGo() {
        List<float[]> answers = answersTo(640, 480);
        put(answers.get(0), 320, 256, 8, 0, 0, 6, 1);
        // in the padding, all of the box below the picture's 240 rows
        put(answers.get(0), 320, 256, 8, 30, 31, 2.9f, 1);

        assertThat(search.faces(answers)).singleElement().satisfies(face -> {
            assertThat(face.box().x()).isNegative();
            assertThat(face.box().y()).isNegative();
        });
    }

    @Test
    void boxesFarBelowTheSmallestFaceAndScoresBelowTheThresholdAreLeftOut() {
        List<float[]> answers = answersTo(640, 480);
        put(answers.get(0), 320, 256, 8, 10, 10, 2.7f, 3);
        put(answers.get(0), 320, 256, 8, 20, 20, 4, (float) Math.log(0.39 / 0.61));
        assertThat(search.faces(answers)).isEmpty();

        put(answers.get(0), 320, 256, 8, 10, 10, 3.3f, 3);
        put(answers.get(0), 320, 256, 8, 20, 20, 4, (float) Math.log(0.41 / 0.59));
        assertThat(search.faces(answers)).hasSize(2);
    }

    @Test
    void whereEverythingLooksLikeAFaceABoundedNumberIsGiven() {
        SingleShotDecoder few =
                SingleShotDecoder.builder().minFaceSize(1).maxFaces(50).build();
        List<float[]> answers = answersTo(few, 1920, 1080);
        answers.forEach(answer -> Arrays.fill(answer, 0, answer.length / 15, 5));
        assertThat(few.faces(answers)).hasSize(50);
    }

    @Test
    void numbersOfAnotherOrABrokenNetworkAreRefused() {
        List<float[]> answers = answersTo(640, 480);
        assertThatThrownBy(() -> search.faces(answers.subList(0, 2))).hasMessage("got 2 answers, expected 3");
        assertThatThrownBy(() -> search.faces(List.of(answers.get(0), answers.get(1), new float[15])))
                .hasMessage("got 15 numbers at stride 32 for an input of 320x256, expected 1200");
        put(answers.get(0), 320, 256, 8, 10, 10, Float.NaN, 3);
        assertThatThrownBy(() -> search.faces(answers)).hasMessage("a box at stride 8 is not finite");
        answers.get(1)[3] = Float.NaN;
        assertThatThrownBy(() -> search.faces(List.of(answers.get(1), answers.get(1), answers.get(2))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void settingsOutOfRangeOrTwiceAreRefused() {
        SingleShotDecoder.Builder builder = SingleShotDecoder.builder();
        assertThatThrownBy(() -> builder.minFaceSize(0)).hasMessage("minFaceSize is 0, expected 1 to 10000");
        assertThatThrownBy(() -> builder.minFaceSize(5)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> builder.scoreThreshold(1))
                .hasMessage("scoreThreshold is 1.0, expected above 0 and below 1");
        assertThatThrownBy(() -> builder.nmsThreshold(0)).hasMessageContaining("nmsThreshold is 0.0");
        assertThatThrownBy(() -> builder.maxFaces(1001)).hasMessage("maxFaces is 1001, expected 1 to 1000");
    }

    private List<float[]> answersTo(int width, int height) {
        return answersTo(search, width, height);
    }

    private static List<float[]> answersTo(SingleShotDecoder search, int width, int height) {
        FloatPlanes input;
        try (Frame frame = Frame.of(width, height, PixelFormat.GRAY8, new byte[width * height])) {
            input = search.input(frame);
        }
        return IntStream.of(8, 16, 32)
                .mapToObj(stride -> {
                    int locations = input.width() / stride * (input.height() / stride);
                    float[] answer = new float[15 * locations];
                    Arrays.fill(answer, 0, locations, NOTHING);
                    return answer;
                })
                .toList();
    }

    /** A square face of a size in strides around the middle of a location. */
    private static void put(
            float[] answer, int width, int height, int stride, int column, int row, float size, float logit) {
        int columns = width / stride;
        int locations = columns * (height / stride);
        int at = row * columns + column;
        answer[at] = logit;
        answer[3 * locations + at] = (float) Math.log(size);
        answer[4 * locations + at] = (float) Math.log(size);
    }
}
