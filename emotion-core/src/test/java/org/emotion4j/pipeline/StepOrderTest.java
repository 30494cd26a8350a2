package org.emotion4j.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.emotion4j.emotion.EmotionClassifier;
import org.emotion4j.emotion.EmotionScores;
import org.emotion4j.emotion.TemporalSmoother;
import org.emotion4j.face.BoundingBox;
import org.emotion4j.face.DetectedFace;
import org.emotion4j.face.FaceCrop;
import org.emotion4j.face.FaceDetector;
import org.emotion4j.face.FaceTracker;
import org.emotion4j.face.TrackedFace;
import org.emotion4j.frame.ScriptedFrameSource;
import org.emotion4j.reading.EmotionReading;
import org.emotion4j.reading.FrameResult;
import org.emotion4j.stage.StageException;
import org.junit.jupiter.api.Test;

/** Who is who is known before a face is cut out and scored. */
class StepOrderTest {
    private static final FaceDetector TWO_BOXES_ON_ONE_FACE = frame -> List.of(
            new DetectedFace(new BoundingBox(10, 10, 20, 20), 1),
            new DetectedFace(new BoundingBox(11, 10, 18, 20), 0.7));

    private final List<FrameResult> results = new ArrayList<>();

    @Test
    void aFaceThatTheTrackerLeavesOutIsNotScored() throws IOException {
        List<Integer> scored = new ArrayList<>();
        EmotionClassifier counting = new EmotionClassifier() {
            @Override
            public EmotionScores classify(FaceCrop crop) {
                return EmotionScores.uniform();
            }

            @Override
            public List<EmotionScores> classifyAll(List<FaceCrop> crops) {
                scored.add(crops.size());
                return EmotionClassifier.super.classifyAll(crops);
            }
        };
        try (EmotionPipeline pipeline = pipeline(TWO_BOXES_ON_ONE_FACE, counting)
                .tracker(new FirstAlone())
                .build()) {
            pipeline.run(results::add);
        }
        assertThat(scored).containsExactly(1, 1, 1);
        assertThat(results).extracting(result -> result.readings().size()).containsExactly(1, 1, 1);
    }

    /** Two faces may be equal: what the tracker gives is taken as it is, not looked for among the detector's. */
    @Test
    void facesThatAreEqualKeepTheIdsThatTheTrackerGaveThem() throws IOException {
        DetectedFace face = new DetectedFace(new BoundingBox(10, 10, 20, 20), 1);
        try (EmotionPipeline pipeline = pipeline(frame -> List.of(face, face), crop -> EmotionScores.uniform())
                .tracker(new LastFirst())
                .build()) {
            pipeline.run(results::add);
        }
        assertThat(results.get(0).readings()).extracting(EmotionReading::faceId).containsExactly(2, 1);
    }

    /** The tracker is asked once a frame, so what it says of a frame that fails later has to be remembered. */
    @Test
    void aFaceThatIsGivenUpInAFrameThatFailsIsForgotten() throws IOException {
        List<Integer> forgotten = new ArrayList<>();
        TemporalSmoother smoother = new TemporalSmoother() {
            @Override
            public EmotionScores smooth(int faceId, long mediaNanos, EmotionScores raw) {
                return raw;
            }

            @Override
            public void forget(int faceId) {
                forgotten.add(faceId);
            }
        };
        int[] calls = {0};
        EmotionClassifier failsOnce = crop -> {
            if (++calls[0] == 2) {
                throw new StageException("scripted: engine hiccup");
            }
            return EmotionScores.uniform();
        };
        try (EmotionPipeline pipeline = pipeline(SessionFixture.ONE_FACE, failsOnce)
                .tracker(new ANewFaceEachFrame())
                .smoother(smoother)
                .build()) {
            pipeline.run(results::add);
        }
        assertThat(results).hasSize(2);
        assertThat(forgotten).containsExactly(1, 2);
        assertThat(results.get(1).subject().orElseThrow().faceId()).hasValue(3);
    }

    private static EmotionPipeline.Builder pipeline(FaceDetector detector, EmotionClassifier classifier) {
        return EmotionPipeline.builder()
                .source(ScriptedFrameSource.frames(3).build())
                .detector(detector)
                .classifier(classifier)
                .closeAtShutdown(false);
    }

    private static final class FirstAlone implements FaceTracker {
        @Override
        public Tracks update(long mediaNanos, List<DetectedFace> faces) {
            return new Tracks(List.of(new TrackedFace(1, faces.get(0))), List.of());
        }

        @Override
        public void reset() {}
    }

    private static final class LastFirst implements FaceTracker {
        @Override
        public Tracks update(long mediaNanos, List<DetectedFace> faces) {
            return new Tracks(List.of(new TrackedFace(2, faces.get(0)), new TrackedFace(1, faces.get(1))), List.of());
        }

        @Override
        public void reset() {}
    }

    private static final class ANewFaceEachFrame implements FaceTracker {
        private int id;

        @Override
        public Tracks update(long mediaNanos, List<DetectedFace> faces) {
            List<Integer> lost = id == 0 ? List.of() : List.of(id);
            return new Tracks(List.of(new TrackedFace(++id, faces.get(0))), lost);
        }

        @Override
        public void reset() {}
    }
}
