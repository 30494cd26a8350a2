package org.emotion4j.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.emotion4j.emotion.EmotionScores;
import org.emotion4j.emotion.TemporalSmoother;
import org.emotion4j.face.DetectedFace;
import org.emotion4j.face.FaceDetector;
import org.emotion4j.face.IouFaceTracker;
import org.emotion4j.frame.Frame;
import org.emotion4j.frame.PixelFormat;
import org.emotion4j.frame.ScriptedFrameSource;
import org.emotion4j.reading.EmotionReading;
import org.emotion4j.reading.FrameResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One set of models, and many who use it at the same time. */
@Timeout(300)
class SharedPipelineTest {
    private final SessionFixture fixture = new SessionFixture();
    private final ConductedSource one = ConductedSource.live();
    private final ConductedSource other = ConductedSource.live();
    private final BlockingQueue<FrameResult> ofOther = new LinkedBlockingQueue<>();

    @Test
    void twoSessionsAtOnceHaveFacesRecordsAndEndsOfTheirOwn() throws Exception {
        MemoryRecorder first = new MemoryRecorder();
        MemoryRecorder second = new MemoryRecorder();
        try (EmotionPipeline pipeline = models().build();
                EmotionSession here =
                        fixture.session(pipeline, one).recorder(first).start(fixture.results::add);
                EmotionSession there =
                        fixture.session(pipeline, other).recorder(second).start(ofOther::add)) {
            for (int i = 0; i < 10; i++) {
                one.picture(33L * i, i);
                other.picture(40L * i, i);
                assertThat(idOf(fixture.awaitResult())).isEqualTo(1);
                assertThat(idOf(SessionFixture.await(ofOther, "result"))).isEqualTo(1);
            }
            one.ends();
            assertThat(here.awaitCompletion().framesAnalyzed()).isEqualTo(10);
            assertThat(one.isClosed()).isTrue();
            assertThat(first.isClosed()).isTrue();
            assertThat(second.isClosed()).as("the other goes on").isFalse();
            assertThat(there.completion()).isNotDone();

            other.picture(1_000, 1).ends();
            assertThat(there.awaitCompletion().framesAnalyzed()).isEqualTo(11);
            assertThat(second.results).hasSize(11);
            assertThat(second.isClosed()).isTrue();
        }
    }

    @Test
    void aSessionOfItsOwnGivesTheReadingsOfAPipelineForItAlone() throws IOException {
        List<FrameResult> alone = new ArrayList<>();
        try (EmotionPipeline pipeline =
                fixture.pipeline(ScriptedFrameSource.frames(20).build()).build()) {
            pipeline.run(alone::add);
        }
        try (EmotionPipeline pipeline = models().build()) {
            for (int i = 0; i < 3; i++) {
                List<FrameResult> shared = new ArrayList<>();
                pipeline.session(ScriptedFrameSource.frames(20).build()).run(shared::add);
                assertThat(shared)
                        .extracting(FrameResult::readings)
                        .isEqualTo(alone.stream().map(FrameResult::readings).toList());
            }
        }
    }

    @Test
    void choosingAFaceInOneSessionLeavesTheOtherAlone() throws Exception {
        try (EmotionPipeline pipeline = models().build();
                EmotionSession here = fixture.session(pipeline, one).start(fixture.results::add);
                EmotionSession there = fixture.session(pipeline, other).start(ofOther::add)) {
            one.picture(0, 1);
            other.picture(0, 1);
            fixture.awaitResult();
            SessionFixture.await(ofOther, "result");
            here.choose(org.emotion4j.reading.SubjectRule.face(7));
            one.picture(33, 2);
            other.picture(33, 2);
            assertThat(fixture.awaitResult().subject().orElseThrow().faceId()).isEmpty();
            assertThat(SessionFixture.await(ofOther, "result")
                            .subject()
                            .orElseThrow()
                            .faceId())
                    .hasValue(1);
            assertThat(there.subject()).hasValue(1);
        }
    }

    @Test
    void closingThePipelineEndsAllSessionsAndClosesTheModelsLast() throws Exception {
        List<String> closed = new ArrayList<>();
        FaceDetector detector = closing(() -> closed.add("detector, " + one.isClosed() + ", " + other.isClosed()));
        EmotionPipeline pipeline = fixture.models(detector).build();
        EmotionSession here = fixture.session(pipeline, one).start(fixture.results::add);
        EmotionSession there = fixture.session(pipeline, other).start(ofOther::add);
        one.picture(0, 0);
        other.picture(0, 0);
        fixture.awaitResult();
        SessionFixture.await(ofOther, "result");
        pipeline.close();

        assertThat(here.completion()).isCompletedWithValueMatching(RunSummary::interrupted);
        assertThat(there.completion()).isCompletedWithValueMatching(RunSummary::interrupted);
        assertThat(closed).containsExactly("detector, true, true");
    }

    /** Each would wait for the other's end, and neither could end. */
    @Test
    void listenersOfTwoSessionsMayCloseThePipelineAtTheSameTime() throws Exception {
        CompletableFuture<EmotionPipeline> self = new CompletableFuture<>();
        CountDownLatch both = new CountDownLatch(2);
        CountDownLatch closed = new CountDownLatch(1);
        EmotionPipeline pipeline = fixture.models(closing(closed::countDown)).build();
        self.complete(pipeline);
        for (ConductedSource source : List.of(one, other)) {
            fixture.session(pipeline, source).start(result -> {
                both.countDown();
                awaitUninterrupted(both);
                self.join().close();
            });
            source.picture(0, 0);
        }
        assertThat(closed.await(2, TimeUnit.MINUTES)).isTrue();
        assertThat(one.isClosed()).isTrue();
        assertThat(other.isClosed()).isTrue();
    }

    @Test
    void aRunThatIsGoingOnEndsWhenAnotherThreadClosesThePipeline() throws Exception {
        MemoryRecorder recorder = new MemoryRecorder();
        ConductedSource file = ConductedSource.file();
        Gate listening = new Gate();
        EmotionPipeline pipeline = models().build();
        CompletableFuture<RunSummary> run = CompletableFuture.supplyAsync(() -> {
            try {
                return pipeline.session(file).recorder(recorder).run(result -> listening.pass());
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
        file.pictures(2);
        listening.awaitArrival();
        pipeline.close();
        assertThat(recorder.isClosed()).isTrue();
        assertThat(file.isClosed()).isTrue();
        listening.open();
        assertThatThrownBy(run::join).hasMessageContaining("this pipeline was closed");
        assertThat(recorder.results).hasSize(1);
    }

    @Test
    void aSessionIsStartedOnce() throws Exception {
        try (EmotionPipeline pipeline = models().build()) {
            SessionBuilder session = fixture.session(pipeline, one);
            try (EmotionSession started = session.start(fixture.results::add)) {
                assertThatIllegalStateException()
                        .isThrownBy(session::start)
                        .withMessageContaining("started already; a session has one life");
                assertThatIllegalStateException().isThrownBy(() -> session.run(result -> {}));
                assertThat(one.isClosed()).as("it is still the first one's").isFalse();
                one.picture(0, 0).ends();
                assertThat(started.awaitCompletion().framesAnalyzed()).isEqualTo(1);
            }
        }
    }

    @Test
    void aClosedPipelineStartsNothingAndClosesWhatItWasGiven() {
        EmotionPipeline pipeline = models().build();
        pipeline.close();
        MemoryRecorder recorder = new MemoryRecorder();
        assertThatIllegalStateException()
                .isThrownBy(
                        () -> fixture.session(pipeline, one).recorder(recorder).start())
                .withMessage("this pipeline was closed");
        assertThat(one.isClosed()).isTrue();
        assertThat(recorder.isClosed()).isTrue();
    }

    @Test
    void oneTrackerServesOneSessionAtATime() throws Exception {
        try (EmotionPipeline pipeline =
                        models().tracker(IouFaceTracker.ofDefaults()).build();
                EmotionSession first = fixture.session(pipeline, one).start()) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> fixture.session(pipeline, other).start())
                    .withMessageContaining("serves another session; give the builder trackers");
            assertThat(other.isClosed()).isTrue();
            ConductedSource third = ConductedSource.live().pictures(1).ends();
            assertThat(fixture.session(pipeline, third)
                            .tracker(IouFaceTracker.ofDefaults())
                            .start()
                            .awaitCompletion()
                            .framesAnalyzed())
                    .isEqualTo(1);
            one.ends();
            first.awaitCompletion();
            ConductedSource fourth = ConductedSource.live().pictures(1).ends();
            assertThat(fixture.session(pipeline, fourth)
                            .start()
                            .awaitCompletion()
                            .framesAnalyzed())
                    .isEqualTo(1);
        }
    }

    @Test
    void suppliersGiveEachSessionItsOwn() throws Exception {
        AtomicInteger smoothers = new AtomicInteger();
        try (EmotionPipeline pipeline = models().smoothers(() -> {
                    smoothers.incrementAndGet();
                    return TemporalSmoother.none();
                })
                .trackers(IouFaceTracker::ofDefaults)
                .build()) {
            int built = smoothers.get();
            for (int i = 0; i < 3; i++) {
                pipeline.session(ScriptedFrameSource.frames(1).build()).run(fixture.results::add);
            }
            assertThat(smoothers.get() - built).isEqualTo(3);
            assertThat(fixture.results).extracting(SharedPipelineTest::idOf).containsOnly(1);
        }
    }

    @Test
    void optionsForStartAreRefusedByRun() {
        try (EmotionPipeline pipeline = models().build()) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> pipeline.session(one)
                            .overflow(OverflowPolicy.BLOCK)
                            .queueCapacity(3)
                            .preview(frame -> {})
                            .run(result -> {}))
                    .withMessage(
                            "set for start, and without meaning for run, which takes one frame after the other on the"
                                    + " caller's thread: overflow, queueCapacity, preview");
            assertThat(one.isClosed()).isTrue();
            assertThatIllegalStateException()
                    .isThrownBy(() -> pipeline.session(other).storeOthers(true).run(result -> {}))
                    .withMessage("without meaning for a run without a recorder: storeOthers");
        }
    }

    @Test
    void optionsOfThePipelineThatWouldMeanNothingAreRefused() {
        MemoryRecorder recorder = new MemoryRecorder();
        assertThatIllegalStateException()
                .isThrownBy(() -> models().redetectWhenUncertain(0.3).build())
                .withMessageContaining("redetectWhenUncertain is set to 0.3 without detectEvery above 1");
        assertThatIllegalStateException()
                .isThrownBy(() -> models().recorder(recorder).build())
                .withMessageContaining("recorder is set without a source");
        assertThat(recorder.isClosed()).isTrue();
        assertThatIllegalStateException()
                .isThrownBy(() -> models().tracker(IouFaceTracker.ofDefaults()).trackers(IouFaceTracker::ofDefaults))
                .withMessageStartingWith("tracker was set already to ");
    }

    @Test
    void threadsAreInAThreadSafeStageTogether() throws Exception {
        Gate inside = new Gate();
        FaceDetector together = new FaceDetector() {
            @Override
            public List<DetectedFace> detect(Frame frame) {
                inside.pass();
                return SessionFixture.ONE_FACE.detect(frame);
            }

            @Override
            public boolean isThreadSafe() {
                return true;
            }
        };
        try (EmotionPipeline pipeline = fixture.models(together).build()) {
            List<CompletableFuture<FrameResult>> requests = List.of(requested(pipeline), requested(pipeline));
            inside.awaitArrival();
            inside.awaitArrival();
            inside.open();
            for (CompletableFuture<FrameResult> request : requests) {
                assertThat(request.get(2, TimeUnit.MINUTES).readings()).hasSize(1);
            }
        }
    }

    @Test
    void threadsAreInAnyOtherStageOneAfterTheOther() throws Exception {
        Gate inside = new Gate();
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        FaceDetector alone = frame -> {
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            inside.pass();
            now.decrementAndGet();
            return SessionFixture.ONE_FACE.detect(frame);
        };
        try (EmotionPipeline pipeline = fixture.models(alone).build()) {
            CompletableFuture<FrameResult> first = requested(pipeline);
            inside.awaitArrival();
            CompletableFuture<FrameResult> second = new CompletableFuture<>();
            Thread waiting = new Thread(() -> second.complete(analyzed(pipeline)));
            waiting.start();
            Awaitility.await().atMost(Duration.ofMinutes(2)).until(() -> waiting.getState() == Thread.State.WAITING);
            assertThat(now).hasValue(1);
            inside.open();
            assertThat(first.get(2, TimeUnit.MINUTES).readings()).hasSize(1);
            assertThat(second.get(2, TimeUnit.MINUTES).readings()).hasSize(1);
            assertThat(most).hasValue(1);
        }
    }

    @Test
    void closeWaitsForARequestAndRefusesTheNext() throws Exception {
        Gate inside = new Gate();
        AtomicInteger closedDuring = new AtomicInteger();
        AtomicInteger now = new AtomicInteger();
        FaceDetector detector = new FaceDetector() {
            @Override
            public List<DetectedFace> detect(Frame frame) {
                now.incrementAndGet();
                inside.pass();
                now.decrementAndGet();
                return List.of();
            }

            @Override
            public void close() {
                closedDuring.set(now.get() + 1);
            }
        };
        EmotionPipeline pipeline = fixture.models(detector).build();
        CompletableFuture<FrameResult> request = requested(pipeline);
        inside.awaitArrival();
        Thread closing = new Thread(pipeline::close);
        closing.start();
        Awaitility.await().atMost(Duration.ofMinutes(2)).until(() -> closing.getState() == Thread.State.WAITING);
        assertThat(closedDuring).hasValue(0);
        inside.open();
        assertThat(request.get(2, TimeUnit.MINUTES).readings()).isEmpty();
        closing.join();
        assertThat(closedDuring).hasValue(1);
        assertThatIllegalStateException().isThrownBy(() -> analyzed(pipeline)).withMessage("this pipeline was closed");
    }

    @Test
    void aStageThatClosesThePipelineItIsUsedByDoesNotWaitForItself() throws Exception {
        CompletableFuture<EmotionPipeline> self = new CompletableFuture<>();
        CountDownLatch closed = new CountDownLatch(1);
        FaceDetector detector = new FaceDetector() {
            @Override
            public List<DetectedFace> detect(Frame frame) {
                self.join().close();
                return List.of();
            }

            @Override
            public void close() {
                closed.countDown();
            }
        };
        EmotionPipeline pipeline = fixture.models(detector).build();
        self.complete(pipeline);
        assertThat(analyzed(pipeline).readings()).isEmpty();
        assertThat(closed.getCount()).isZero();
    }

    private EmotionPipeline.Builder models() {
        return fixture.models(SessionFixture.ONE_FACE);
    }

    private static CompletableFuture<FrameResult> requested(EmotionPipeline pipeline) {
        CompletableFuture<FrameResult> answer = new CompletableFuture<>();
        new Thread(() -> answer.complete(analyzed(pipeline))).start();
        return answer;
    }

    private static FrameResult analyzed(EmotionPipeline pipeline) {
        try (Frame frame = Frame.of(64, 48, PixelFormat.GRAY8, new byte[64 * 48])) {
            return pipeline.analyze(frame);
        }
    }

    private static int idOf(FrameResult result) {
        EmotionReading reading = result.readings().get(0);
        assertThat(reading.raw()).isEqualTo(EmotionScores.uniform());
        return reading.faceId();
    }

    private static FaceDetector closing(Runnable close) {
        return new FaceDetector() {
            @Override
            public List<DetectedFace> detect(Frame frame) {
                return SessionFixture.ONE_FACE.detect(frame);
            }

            @Override
            public void close() {
                close.run();
            }
        };
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            assertThat(latch.await(2, TimeUnit.MINUTES)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
