package org.emotion4j.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.emotion4j.emotion.EmotionScores;
import org.emotion4j.face.BoundingBox;
import org.emotion4j.face.DetectedFace;
import org.emotion4j.face.FaceDetector;
import org.emotion4j.face.FaceQuality.Issue;
import org.emotion4j.frame.Frame;
import org.emotion4j.frame.FrameBuffer;
import org.emotion4j.frame.FrameSource;
import org.emotion4j.frame.PixelFormat;
import org.emotion4j.frame.ScriptedFrameSource;
import org.emotion4j.reading.FrameResult;
import org.junit.jupiter.api.Test;

/** A face in a video counts once the detector was sure of it or it has stayed for a second. */
class UnconfirmedFaceTest {
    private static final double UNSURE = 0.45;
    private static final double SURE = 0.65;

    @Test
    void aFaceThatTheDetectorIsNeverSureOfIsUnconfirmedDuringItsFirstSecond() throws IOException {
        assertThat(unconfirmed(second -> UNSURE))
                .startsWith(true, true)
                .endsWith(false, false)
                .isEqualTo(times().mapToObj(second -> second < 1).toList());
    }

    @Test
    void aFaceThatTheDetectorIsSureOfIsConfirmedAtOnce() throws IOException {
        assertThat(unconfirmed(second -> SURE)).containsOnly(false);
    }

    @Test
    void onceConfirmedAFaceStaysSo() throws IOException {
        assertThat(unconfirmed(second -> second > 0.15 && second < 0.25 ? SURE : UNSURE))
                .startsWith(true, true, false, false, false)
                .containsSubsequence(false, false);
    }

    @Test
    void behindACutAFaceHasToBeConfirmedAnew() throws IOException {
        List<Boolean> unconfirmed = new ArrayList<>();
        try (EmotionPipeline pipeline = pipeline(second -> second < 0.05 ? SURE : UNSURE)
                .source(ScriptedFrameSource.frames(6).discontinuityAt(3).build())
                .build()) {
            pipeline.run(result -> unconfirmed.add(isUnconfirmed(result)));
        }
        assertThat(unconfirmed).containsExactly(false, false, false, true, true, true);
    }

    @Test
    void aSinglePictureHasNothingToBeConfirmedBy() {
        try (EmotionPipeline pipeline = pipeline(second -> UNSURE).build();
                Frame frame = Frame.of(64, 48, PixelFormat.GRAY8, new byte[64 * 48])) {
            assertThat(isUnconfirmed(pipeline.analyze(frame))).isFalse();
        }
    }

    @Test
    void picturesThatDoNotFollowOneAnotherHaveNothingToBeConfirmedBy() throws IOException {
        List<Boolean> unconfirmed = new ArrayList<>();
        try (EmotionPipeline pipeline = pipeline(second -> UNSURE)
                .source(new Pictures(OptionalDouble.empty()))
                .build()) {
            pipeline.run(result -> unconfirmed.add(isUnconfirmed(result)));
        }
        assertThat(unconfirmed).containsExactly(false, false, false);
    }

    @Test
    void picturesOfAFilmHave() throws IOException {
        List<Boolean> unconfirmed = new ArrayList<>();
        try (EmotionPipeline pipeline = pipeline(second -> UNSURE)
                .source(new Pictures(OptionalDouble.of(10)))
                .build()) {
            pipeline.run(result -> unconfirmed.add(isUnconfirmed(result)));
        }
        assertThat(unconfirmed).containsExactly(true, true, true);
    }

    /** Three files, each a picture. */
    private static final class Pictures implements FrameSource {
        private final OptionalDouble rate;
        private int given;

        Pictures(OptionalDouble rate) {
            this.rate = rate;
        }

        @Override
        public boolean read(FrameBuffer target) {
            if (given == 3) {
                return false;
            }
            target.reshape(64, 48, PixelFormat.GRAY8);
            target.stamp(given * 100_000_000L);
            if (given == 0 || rate.isEmpty()) {
                target.markDiscontinuity();
            }
            given++;
            return true;
        }

        @Override
        public OptionalLong frameCount() {
            return OptionalLong.of(3);
        }

        @Override
        public OptionalDouble frameRate() {
            return rate;
        }

        @Override
        public List<Path> files() {
            return List.of(Path.of("a.png"), Path.of("b.png"), Path.of("c.png"));
        }
    }

    private static List<Boolean> unconfirmed(DoubleUnaryOperator confidence) throws IOException {
        List<Boolean> unconfirmed = new ArrayList<>();
        try (EmotionPipeline pipeline = pipeline(confidence)
                .source(ScriptedFrameSource.frames(15).build())
                .build()) {
            pipeline.run(result -> unconfirmed.add(isUnconfirmed(result)));
        }
        return unconfirmed;
    }

    private static DoubleStream times() {
        return IntStream.range(0, 15).mapToDouble(i -> i / 10.0);
    }

    private static boolean isUnconfirmed(FrameResult result) {
        return result.readings().get(0).quality().orElseThrow().issues().contains(Issue.UNCONFIRMED);
    }

    private static EmotionPipeline.Builder pipeline(DoubleUnaryOperator confidence) {
        FaceDetector detector = frame -> List.of(
                new DetectedFace(new BoundingBox(10, 10, 30, 30), confidence.applyAsDouble(frame.mediaNanos() / 1e9)));
        return EmotionPipeline.builder()
                .detector(detector)
                .classifier(crop -> EmotionScores.uniform())
                .closeAtShutdown(false);
    }
}
