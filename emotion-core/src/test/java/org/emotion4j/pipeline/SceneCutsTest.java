package org.emotion4j.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntUnaryOperator;
import org.emotion4j.emotion.Emotion;
import org.emotion4j.emotion.EmotionScores;
import org.emotion4j.face.BoundingBox;
import org.emotion4j.face.DetectedFace;
import org.emotion4j.frame.Frame;
import org.emotion4j.frame.PixelFormat;
import org.emotion4j.frame.PushFrameSource;
import org.emotion4j.reading.FrameResult;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A cut is another scene, and nothing less. */
class SceneCutsTest {
    private static final int WIDTH = 160;
    private static final int HEIGHT = 120;

    private final SceneCuts cuts = new SceneCuts();
    private final Scene one = new Scene(1);
    private final Scene other = new Scene(2);

    @BeforeEach
    void begin() {
        assertThat(find(one.picture(), one.picture(), one.picture())).containsOnly(false);
    }

    @Test
    void anotherSceneIsACutOnce() {
        assertThat(find(other.picture(), other.picture(), one.picture(), one.picture()))
                .containsExactly(true, false, true, false);
    }

    @Test
    void aPanIsNone() {
        for (int i = 0; i < 30; i++) {
            assertThat(find(one.picture(i * 16, i * 4, value -> value))).containsOnly(false);
        }
    }

    @Test
    void exposureAndContrastAreNone() {
        for (double gain : new double[] {0.3, 1, 2.5, 0.5, 4, 1}) {
            assertThat(find(one.picture(0, 0, value -> (int) (value * gain)))).containsOnly(false);
        }
        for (int offset : new int[] {-60, 40, 90, -30}) {
            assertThat(find(one.picture(0, 0, value -> value / 2 + offset))).containsOnly(false);
        }
    }

    @Test
    void aFlashIsNoneEvenIfNothingElseIsSeen() {
        assertThat(find(one.picture(0, 0, value -> 255), one.picture(0, 0, value -> 0), one.picture()))
                .containsOnly(false);
    }

    @Test
    void aCutThroughBlackIsFoundAfterIt() {
        assertThat(find(one.picture(0, 0, value -> 0), other.picture())).containsExactly(false, true);
    }

    @Test
    void aSinglePictureBetweenOthersIsOneCut() {
        assertThat(find(other.picture(), one.picture(), one.picture())).containsExactly(true, false, false);
    }

    @Test
    void whatHasNothingInItIsNone() {
        for (int i = 0; i < 20; i++) {
            int gray = i * 12;
            Random noise = new Random(i);
            assertThat(find(one.picture(0, 0, value -> gray + noise.nextInt(5))))
                    .containsOnly(false);
        }
    }

    @Test
    void behindACutThatTheSourceTellsOfTheSceneIsKnown() {
        cuts.begin(other.picture());
        assertThat(find(other.picture(), other.picture(), one.picture())).containsExactly(false, false, true);
    }

    @Test
    void whoIsAtTheSamePlaceAfterACutIsSomebodyElse() throws IOException {
        List<FrameResult> results = run(true);
        assertThat(results)
                .extracting(result -> result.readings().get(0).faceId())
                .containsExactly(1, 1, 1, 1, 1, 2, 2, 2, 2, 2);
        assertThat(results)
                .extracting(FrameResult::discontinuity)
                .containsExactly(false, false, false, false, false, true, false, false, false, false);
        assertThat(results.get(5).readings().get(0).scores().top())
                .as("nothing of the one before")
                .isEqualTo(Emotion.SAD);
    }

    @Test
    void whereCutsAreNotLookedForNobodyChanges() throws IOException {
        assertThat(run(false))
                .extracting(result -> result.readings().get(0).faceId())
                .containsOnly(1);
    }

    private List<FrameResult> run(boolean findSceneCuts) throws IOException {
        PushFrameSource source = PushFrameSource.builder().capacity(10).build();
        List<FrameResult> results = new ArrayList<>();
        try (EmotionPipeline pipeline = EmotionPipeline.builder()
                .detector(frame -> List.of(new DetectedFace(new BoundingBox(40, 30, 60, 60), 1)))
                .classifier(crop -> EmotionScores.certain(results.size() < 5 ? Emotion.HAPPY : Emotion.SAD))
                .findSceneCuts(findSceneCuts)
                .closeAtShutdown(false)
                .source(source)
                .build()) {
            for (int i = 0; i < 10; i++) {
                source.offer((i < 5 ? one : other).picture(), i * 40_000_000L);
            }
            source.end();
            pipeline.run(results::add);
        }
        return results;
    }

    private List<Boolean> find(Frame... pictures) {
        List<Boolean> found = new ArrayList<>();
        for (Frame picture : pictures) {
            found.add(cuts.isCut(picture));
        }
        return found;
    }

    /** Spots of light and dark, of which a window is seen. */
    private static final class Scene {
        private static final int SPOTS = 1500;
        private final double[] x = new double[SPOTS];
        private final double[] y = new double[SPOTS];
        private final double[] height = new double[SPOTS];

        Scene(long seed) {
            Random random = new Random(seed);
            for (int i = 0; i < SPOTS; i++) {
                x[i] = random.nextDouble() * 900 - 80;
                y[i] = random.nextDouble() * 400 - 80;
                height[i] = random.nextDouble() * 200 - 100;
            }
        }

        Frame picture() {
            return picture(0, 0, value -> value);
        }

        Frame picture(int left, int top, IntUnaryOperator light) {
            byte[] pixels = new byte[WIDTH * HEIGHT];
            for (int row = 0; row < HEIGHT; row++) {
                for (int column = 0; column < WIDTH; column++) {
                    double value = 120;
                    for (int i = 0; i < SPOTS; i++) {
                        double dx = column + left - x[i];
                        double dy = row + top - y[i];
                        double square = (dx * dx + dy * dy) / 60;
                        value += square < 9 ? height[i] * Math.exp(-square) : 0;
                    }
                    int seen = light.applyAsInt((int) Math.max(0, Math.min(255, value)));
                    pixels[row * WIDTH + column] = (byte) Math.max(0, Math.min(255, seen));
                }
            }
            return Frame.of(WIDTH, HEIGHT, PixelFormat.GRAY8, pixels);
        }
    }
}
