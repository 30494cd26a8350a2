package org.emotion4j.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.emotion4j.emotion.EmotionClassifier;
import org.emotion4j.emotion.EmotionScores;
import org.emotion4j.event.EventDetector;
import org.emotion4j.event.FacialEvent;
import org.emotion4j.event.SessionEvent;
import org.emotion4j.face.BoundingBox;
import org.emotion4j.face.DetectedFace;
import org.emotion4j.face.FaceDetector;
import org.emotion4j.frame.ScriptedFrameSource;
import org.emotion4j.reading.FrameResult;
import org.emotion4j.session.SessionEnd;
import org.junit.jupiter.api.Test;

/** Eight seconds at 30 frames a second, of which each picture's brightness is its number: a smile from 3 to 5 s, one from 7 s on. */
final class EventListenerTest {
    private static final int FRAMES = 240;
    private static final EmotionClassifier SMILES = crop -> {
        int index = (crop.pixels().get(crop.pixels().capacity() / 2) & 0xff) - 10;
        double time = index / 30.0;
        double once = Math.max(0, Math.min(1, Math.min((time - 3) / 0.4, (5 - time) / 0.4)));
        float smile = (float) (0.9 * Math.max(once, Math.max(0, Math.min(1, (time - 7) / 0.4))));
        return EmotionScores.ofWeights(0.01f, 0.01f, 0.01f, 0.02f + smile, 0.01f, 0.01f, 1 - smile);
    };

    private final SessionFixture fixture = new SessionFixture();
    private final List<SessionEvent> told = Collections.synchronizedList(new ArrayList<>());

    @Test
    void aRunTellsOfAnEventWhenItHasEndedAndClosesWhatIsUnderWayAtTheEnd() throws IOException {
        List<Long> frames = new ArrayList<>();
        List<Long> whenTold = new ArrayList<>();
        try (EmotionPipeline pipeline = models(SessionFixture.ONE_FACE)) {
            pipeline.session(film().build())
                    .onEvent(event -> {
                        told.add(event);
                        whenTold.add(frames.get(frames.size() - 1));
                    })
                    .run(result -> frames.add(result.mediaNanos()));
        }

        assertThat(told).extracting(each -> each.event().name()).containsExactly("happy", "happy");
        assertThat(told).allMatch(SessionEvent::ofSubject);
        FacialEvent first = told.get(0).event();
        assertThat(first.onsetNanos() / 1e9).isCloseTo(3, within(0.1));
        assertThat(first.offsetNanos() / 1e9).isCloseTo(5, within(0.1));
        assertThat(first.isTalkingKnown()).isFalse();
        assertThat((whenTold.get(0) - first.offsetNanos()) / 1e9).isBetween(0.0, 0.5);
        assertThat(told.get(1).event().offsetNanos() / 1e9).isCloseTo((FRAMES - 1) / 30.0, within(0.001));
    }

    @Test
    void aSessionOnThreadsOfItsOwnHasTheSameEventsAndHasToldThemAllWhenItIsComplete() throws Exception {
        List<SessionEvent> ofRun = new ArrayList<>();
        try (EmotionPipeline pipeline = models(SessionFixture.ONE_FACE)) {
            pipeline.session(film().build()).onEvent(ofRun::add).run(result -> {});
            try (EmotionSession session = fixture.session(pipeline, film().build())
                    .overflow(OverflowPolicy.BLOCK)
                    .onEvent(told::add)
                    .start()) {
                session.awaitCompletion();
                assertThat(told).hasSize(2).isEqualTo(ofRun);
            }
        }
    }

    @Test
    void eachFaceHasEventsAndTheSessionsOwnAreMarked() throws IOException {
        FaceDetector two = frame -> List.of(
                new DetectedFace(new BoundingBox(2, 10, 24, 24), 1),
                new DetectedFace(new BoundingBox(38, 10, 20, 20), 1));
        try (EmotionPipeline pipeline = models(two)) {
            pipeline.session(film().build()).onEvent(told::add).run(result -> {});
        }

        assertThat(told).extracting(SessionEvent::faceId).containsExactly(1, 2, 1, 2);
        assertThat(told).extracting(SessionEvent::ofSubject).containsExactly(true, false, true, false);
    }

    @Test
    void aCutEndsWhatIsUnderWay() throws IOException {
        try (EmotionPipeline pipeline = models(SessionFixture.ONE_FACE)) {
            pipeline.session(film().discontinuityAt(120).build())
                    .onEvent(told::add)
                    .run(result -> {});
        }

        assertThat(told.get(0).event().offsetNanos() / 1e9).isCloseTo(119 / 30.0, within(0.001));
    }

    @Test
    void aSourceThatFailsClosesThemToo() {
        try (EmotionPipeline pipeline = models(SessionFixture.ONE_FACE)) {
            assertThatThrownBy(() -> pipeline.session(film().breaksAt(120).build())
                            .onEvent(told::add)
                            .run(result -> {}))
                    .isInstanceOf(IOException.class);
        }

        assertThat(told).hasSize(1);
    }

    @Test
    void aListenerThatThrowsEndsARun() {
        try (EmotionPipeline pipeline = models(SessionFixture.ONE_FACE)) {
            assertThatThrownBy(() -> pipeline.session(film().build())
                            .onEvent(event -> {
                                throw new IllegalStateException("no more paper");
                            })
                            .run(result -> {}))
                    .hasMessage("no more paper");
        }
    }

    @Test
    void aListenerThatThrowsIsCountedAndCalledAgainByASession() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        try (EmotionPipeline pipeline = models(SessionFixture.ONE_FACE);
                EmotionSession session = fixture.session(pipeline, film().build())
                        .overflow(OverflowPolicy.BLOCK)
                        .onEvent(event -> {
                            calls.incrementAndGet();
                            throw new IllegalStateException("no more paper");
                        })
                        .start()) {
            assertThat(session.awaitCompletion().end()).isEqualTo(SessionEnd.FINISHED);
            assertThat(calls).hasValue(2);
            assertThat(session.metrics().listenerFailures()).isEqualTo(2);
        }
    }

    @Test
    void aSlowEventListenerHoldsNoLiveFrameUp() throws Exception {
        Gate listening = new Gate();
        ConductedSource camera = ConductedSource.live();
        try (EmotionPipeline pipeline = models(SessionFixture.ONE_FACE);
                EmotionSession session = fixture.session(pipeline, camera)
                        .eventDetectors(() -> everyFrame())
                        .onEvent(event -> {
                            listening.pass();
                            told.add(event);
                        })
                        .start(fixture.results::add)) {
            for (int i = 0; i < 20; i++) {
                camera.picture(33L * i, i);
                fixture.awaitResult();
            }
            camera.ends();
            listening.open();
            session.awaitCompletion();
        }

        assertThat(told).hasSize(20);
    }

    @Test
    void anEventListenerThatHangsIsLeftBehind() throws Exception {
        Gate listening = new Gate();
        ConductedSource camera = ConductedSource.live();
        try (EmotionPipeline pipeline = fixture.pipeline(camera).build()) {
            EmotionSession session = fixture.impatientSession(pipeline)
                    .eventDetectors(() -> everyFrame())
                    .onEvent(event -> listening.pass())
                    .start(fixture.results::add);
            camera.picture(0, 1);
            fixture.awaitResult();
            listening.awaitArrival();
            session.close();

            assertThat(session.completion()).isDone();
            assertThat(session.metrics().abandonedThreads()).isEqualTo(1);
            listening.open();
        }
    }

    @Test
    void detectorsOfOnesOwnAreAskedInPlaceOfTheLibrarysOneForEachFace() throws IOException {
        AtomicInteger made = new AtomicInteger();
        try (EmotionPipeline pipeline = models(SessionFixture.ONE_FACE)) {
            pipeline.session(film().build())
                    .eventDetectors(() -> {
                        made.incrementAndGet();
                        return everyFrame();
                    })
                    .onEvent(told::add)
                    .run(result -> {});
        }

        assertThat(made).hasValue(1);
        assertThat(told).hasSize(FRAMES);
    }

    @Test
    void aDetectorThatThrowsIsNotAskedAgainAndCostsNoFrame() throws IOException {
        AtomicInteger asked = new AtomicInteger();
        List<FrameResult> results = new ArrayList<>();
        try (EmotionPipeline pipeline = models(SessionFixture.ONE_FACE)) {
            RunSummary summary = pipeline.session(film().build())
                    .eventDetectors(() -> (nanos, scores, movements) -> {
                        asked.incrementAndGet();
                        throw new IllegalStateException("cannot judge this");
                    })
                    .onEvent(told::add)
                    .run(results::add);
            assertThat(summary.framesFailed()).isZero();
        }

        assertThat(asked).hasValue(1);
        assertThat(results).hasSize(FRAMES);
    }

    @Test
    void withoutAListenerNobodyLooksForEvents() throws Exception {
        AtomicInteger made = new AtomicInteger();
        try (EmotionPipeline pipeline = models(SessionFixture.ONE_FACE);
                EmotionSession session = fixture.session(pipeline, film().build())
                        .eventDetectors(() -> {
                            made.incrementAndGet();
                            return everyFrame();
                        })
                        .start()) {
            session.awaitCompletion();
        }

        assertThat(made).hasValue(0);
    }

    @Test
    void detectorsThatNobodyAsksAreRefused() {
        try (EmotionPipeline pipeline = models(SessionFixture.ONE_FACE)) {
            SessionBuilder session = pipeline.session(film().build()).eventDetectors(() -> everyFrame());
            assertThatThrownBy(() -> session.run(result -> {}))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("eventDetectors");
        }
    }

    private static EventDetector everyFrame() {
        return (nanos, scores, movements) ->
                List.of(FacialEvent.of(FacialEvent.Kind.EXPRESSION, "happy", nanos, nanos, nanos, 1, 0));
    }

    private EmotionPipeline models(FaceDetector detector) {
        return EmotionPipeline.builder()
                .detector(detector)
                .classifier(SMILES)
                .closeAtShutdown(false)
                .build();
    }

    private static ScriptedFrameSource.Builder film() {
        return ScriptedFrameSource.frames(FRAMES).every(Duration.ofNanos(33_333_333));
    }
}
