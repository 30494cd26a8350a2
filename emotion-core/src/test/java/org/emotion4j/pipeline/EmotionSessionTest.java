package org.emotion4j.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.emotion4j.face.DetectedFace;
import org.emotion4j.face.FaceDetector;
import org.emotion4j.frame.Frame;
import org.emotion4j.frame.FrameUnreadableException;
import org.emotion4j.frame.PixelFormat;
import org.emotion4j.frame.ScriptedFrameSource;
import org.emotion4j.reading.FrameResult;
import org.emotion4j.session.SessionRecorder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
class EmotionSessionTest {
    private final SessionFixture fixture = new SessionFixture();

    @Test
    void analysesRecordsAndDeliversEveryFrameOfAFileInOrder() throws Exception {
        MemoryRecorder recorder = new MemoryRecorder();
        try (EmotionPipeline pipeline = fixture.pipeline(
                                ScriptedFrameSource.frames(500).build())
                        .recorder(recorder)
                        .build();
                EmotionSession session = fixture.session(pipeline).start(fixture.results::add)) {
            RunSummary summary = session.awaitCompletion();

            assertThat(summary.framesAnalyzed()).isEqualTo(500);
            assertThat(summary.readings()).isEqualTo(500);
            assertThat(summary.interrupted()).isFalse();
            assertThat(recorder.indices())
                    .isEqualTo(LongStream.range(0, 500).boxed().toList());
            assertThat(fixture.results).extracting(FrameResult::index).isEqualTo(recorder.indices());
            assertThat(session.metrics().dropped()).isZero();
            assertThat(session.metrics().recorded()).isEqualTo(500);
        }
        assertThat(recorder.isClosed()).isTrue();
    }

    @Test
    void givesTheSameReadingsAsARunOnTheCallersThread() throws Exception {
        List<FrameResult> ofRun = new ArrayList<>();
        try (EmotionPipeline pipeline =
                fixture.pipeline(ScriptedFrameSource.frames(50).build()).build()) {
            pipeline.run(ofRun::add);
        }
        try (EmotionPipeline pipeline =
                        fixture.pipeline(ScriptedFrameSource.frames(50).build()).build();
                EmotionSession session = fixture.session(pipeline).start(fixture.results::add)) {
            session.awaitCompletion();
        }
        assertThat(fixture.results)
                .extracting(FrameResult::readings)
                .isEqualTo(ofRun.stream().map(FrameResult::readings).toList());
    }

    @Test
    void dropsTheOldestFramesOfALiveSourceWhileTheAnalysisIsBusy() throws Exception {
        Gate analysis = new Gate();
        ConductedSource camera = ConductedSource.live();
        try (EmotionPipeline pipeline =
                        fixture.pipeline(camera, gated(analysis)).build();
                EmotionSession session = fixture.session(pipeline).start(fixture.results::add)) {
            camera.picture(0, 0);
            analysis.awaitArrival();
            feed(camera, 1, 10);
            analysis.open();
            camera.ends();
            session.awaitCompletion();

            assertThat(fixture.results).extracting(FrameResult::index).containsExactly(0L, 8L, 9L);
            SessionMetrics metrics = session.metrics();
            assertThat(metrics.captured()).isEqualTo(10);
            assertThat(metrics.processed()).isEqualTo(3);
            assertThat(metrics.dropped()).isEqualTo(7);
        }
    }

    @Test
    void keepsTheCutThatADroppedFrameShowed() throws Exception {
        Gate analysis = new Gate();
        ConductedSource camera = ConductedSource.live();
        try (EmotionPipeline pipeline =
                        fixture.pipeline(camera, gated(analysis)).build();
                EmotionSession session = fixture.session(pipeline).start(fixture.results::add)) {
            camera.picture(0, 0);
            analysis.awaitArrival();
            camera.cut(33, 1);
            feed(camera, 2, 6);
            analysis.open();
            camera.ends();
            session.awaitCompletion();
        }
        assertThat(fixture.results).extracting(FrameResult::index).containsExactly(0L, 4L, 5L);
        assertThat(fixture.results).extracting(FrameResult::discontinuity).containsExactly(false, true, false);
    }

    @Test
    void dropsTheNewestFramesWhereAskedTo() throws Exception {
        Gate analysis = new Gate();
        ConductedSource camera = ConductedSource.live();
        try (EmotionPipeline pipeline =
                        fixture.pipeline(camera, gated(analysis)).build();
                EmotionSession session = fixture.session(pipeline)
                        .overflow(OverflowPolicy.DROP_NEWEST)
                        .start(fixture.results::add)) {
            camera.picture(0, 0);
            analysis.awaitArrival();
            feed(camera, 1, 10);
            analysis.open();
            camera.ends();
            session.awaitCompletion();
        }
        assertThat(fixture.results).extracting(FrameResult::index).containsExactly(0L, 1L, 2L);
    }

    @Test
    void aSlowListenerLosesResultsOfALiveSourceAndHoldsNobodyUp() throws Exception {
        Gate listening = new Gate();
        MemoryRecorder recorder = new MemoryRecorder();
        CountDownLatch analyzed = new CountDownLatch(200);
        ConductedSource camera = ConductedSource.live();
        Gate analysis = new Gate();
        try (EmotionPipeline pipeline = fixture.pipeline(camera, gated(analysis))
                        .recorder(recorder)
                        .build();
                EmotionSession session = fixture.session(pipeline).start(result -> {
                    listening.pass();
                    fixture.results.add(result);
                })) {
            for (int i = 0; i < 200; i++) {
                camera.picture(33L * i, i);
                analysis.awaitArrival();
                analysis.letPass(1);
                analyzed.countDown();
            }
            camera.ends();
            listening.open();
            session.awaitCompletion();

            assertThat(analyzed.getCount()).isZero();
            assertThat(recorder.results).hasSize(200);
            assertThat(session.metrics().resultsDropped()).isPositive();
            assertThat(fixture.results.size() + session.metrics().resultsDropped())
                    .isEqualTo(200);
        }
    }

    @Test
    void countsAListenerThatThrowsAndCallsItAgain() throws Exception {
        try (EmotionPipeline pipeline =
                        fixture.pipeline(ScriptedFrameSource.frames(5).build()).build();
                EmotionSession session = fixture.session(pipeline).start(result -> {
                    throw new IllegalStateException("the chart is gone");
                })) {
            assertThat(session.awaitCompletion().framesAnalyzed()).isEqualTo(5);
            assertThat(session.metrics().listenerFailures()).isEqualTo(5);
        }
    }

    @Test
    void goesOnWithoutARecorderWhoseDiskIsFullAndKeepsWhatWasRecorded() throws Exception {
        MemoryRecorder recorder = new MemoryRecorder(3);
        try (EmotionPipeline pipeline = fixture.pipeline(
                                ScriptedFrameSource.frames(10).build())
                        .recorder(recorder)
                        .build();
                EmotionSession session = fixture.session(pipeline).start(fixture.results::add)) {
            RunSummary summary = session.awaitCompletion();

            assertThat(summary.framesAnalyzed()).isEqualTo(10);
            assertThat(summary.recordingFailure())
                    .hasValueSatisfying(cause -> assertThat(cause).hasMessage("No space left on device"));
            assertThat(recorder.indices()).containsExactly(0L, 1L, 2L);
            assertThat(fixture.results).hasSize(10);
        }
    }

    @Test
    void countsReportsAndSkipsAFrameThatCannotBeReadOrAnalyzed() throws Exception {
        List<FrameFailure> failures = new ArrayList<>();
        CountDownLatch reported = new CountDownLatch(2);
        FaceDetector choosy = frame -> {
            if (frame.mediaNanos() == TimeUnit.MILLISECONDS.toNanos(200)) {
                throw new IllegalStateException("cannot look at this");
            }
            return List.of();
        };
        try (EmotionPipeline pipeline = fixture.pipeline(
                                ScriptedFrameSource.frames(4).unreadableAt(1).build(), choosy)
                        .onFrameFailure(failure -> {
                            failures.add(failure);
                            reported.countDown();
                        })
                        .build();
                EmotionSession session = fixture.session(pipeline).start(fixture.results::add)) {
            RunSummary summary = session.awaitCompletion();

            assertThat(summary.framesAnalyzed()).isEqualTo(2);
            assertThat(summary.framesWithoutFace()).isEqualTo(2);
            assertThat(summary.framesFailed()).isEqualTo(2);
            assertThat(reported.await(2, TimeUnit.MINUTES)).isTrue();
            assertThat(failures).extracting(FrameFailure::index).containsExactlyInAnyOrder(1L, 2L);
        }
    }

    @Test
    void skipsAndMarksWhatALiveSourceShowsDuringAPauseAndStartsAfreshBehindIt() throws Exception {
        MemoryRecorder recorder = new MemoryRecorder();
        Gate viewing = new Gate();
        ConductedSource camera = ConductedSource.live();
        try (EmotionPipeline pipeline =
                        fixture.pipeline(camera).recorder(recorder).build();
                EmotionSession session = fixture.session(pipeline)
                        .preview(frame -> viewing.pass())
                        .start(fixture.results::add)) {
            camera.picture(0, 0);
            viewing.awaitArrival();
            fixture.awaitResult();
            session.pause();
            session.pause();
            viewing.letPass(1);
            viewing.open();
            feed(camera, 1, 4);
            session.resume();
            camera.picture(165, 4).picture(198, 5).ends();
            session.awaitCompletion();

            assertThat(session.metrics().skipped()).isEqualTo(3);
            assertThat(fixture.results).extracting(FrameResult::discontinuity).containsExactly(true, false);
            assertThat(recorder.awaitMark()).endsWith("pause");
            assertThat(recorder.awaitMark()).endsWith("resume");
            assertThat(recorder.marks).isEmpty();
        }
    }

    @Test
    void whatWasBeingReadOfAFileWhenThePauseCameIsNotLost() throws Exception {
        ConductedSource file = ConductedSource.file();
        try (EmotionPipeline pipeline = fixture.pipeline(file).build();
                EmotionSession session = fixture.session(pipeline).start(fixture.results::add)) {
            file.picture(0, 0);
            fixture.awaitResult();
            Gate reading = new Gate();
            file.act(target -> {
                reading.pass();
                target.reshape(64, 48, PixelFormat.GRAY8);
                target.stamp(33_000_000L);
                return true;
            });
            reading.awaitArrival();
            session.pause();
            reading.letPass(1);

            assertThat(fixture.awaitResult().discontinuity()).isFalse();
            file.picture(66, 2).ends();
            session.resume();
            assertThat(fixture.awaitResult().discontinuity())
                    .as("behind the pause")
                    .isTrue();
            assertThat(session.awaitCompletion().framesAnalyzed()).isEqualTo(3);
            assertThat(session.metrics().skipped()).isZero();
        }
    }

    @Test
    void doesNotReadAFileOnDuringAPause() throws Exception {
        ConductedSource file = ConductedSource.file();
        try (EmotionPipeline pipeline = fixture.pipeline(file).build();
                EmotionSession session = fixture.session(pipeline).start(fixture.results::add)) {
            session.pause();
            file.picture(0, 0).picture(33, 1).picture(66, 2).ends();
            session.resume();
            assertThat(session.awaitCompletion().framesAnalyzed()).isEqualTo(3);
            assertThat(session.metrics().skipped()).isZero();
        }
    }

    @Test
    void recordsAMarkAtTheTimeOfTheLatestPicture() throws Exception {
        MemoryRecorder recorder = new MemoryRecorder();
        ConductedSource camera = ConductedSource.live();
        try (EmotionPipeline pipeline =
                        fixture.pipeline(camera).recorder(recorder).build();
                EmotionSession session = fixture.session(pipeline).start(fixture.results::add)) {
            camera.picture(1_000, 0);
            fixture.awaitResult();
            session.mark("exposure begins");

            assertThat(recorder.awaitMark()).isEqualTo("1000 exposure begins");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> session.mark(" "))
                    .withMessageContaining("1 to 500");
            camera.ends();
            session.awaitCompletion();
            assertThatIllegalStateException()
                    .isThrownBy(() -> session.mark("late"))
                    .withMessageContaining("ended");
        }
    }

    @Test
    void stopDrainsWhatWasCaptured() throws Exception {
        Gate analysis = new Gate();
        ConductedSource camera = ConductedSource.live();
        try (EmotionPipeline pipeline =
                        fixture.pipeline(camera, gated(analysis)).build();
                EmotionSession session = fixture.session(pipeline).start(fixture.results::add)) {
            camera.picture(0, 0);
            analysis.awaitArrival();
            feed(camera, 1, 3);
            CompletableFuture<Void> stop = CompletableFuture.runAsync(() -> session.stop(StopMode.DRAIN));
            analysis.open();
            stop.get(2, TimeUnit.MINUTES);

            assertThat(session.completion()).isCompletedWithValueMatching(RunSummary::interrupted);
            assertThat(fixture.results).hasSize(3);
        }
    }

    @Test
    void stopDiscardsWhatWaits() throws Exception {
        Gate analysis = new Gate();
        ConductedSource camera = ConductedSource.live();
        try (EmotionPipeline pipeline =
                        fixture.pipeline(camera, gated(analysis)).build();
                EmotionSession session = fixture.session(pipeline).start(fixture.results::add)) {
            camera.picture(0, 0);
            analysis.awaitArrival();
            feed(camera, 1, 3);
            CountDownLatch dropped = new CountDownLatch(1);
            CompletableFuture<Void> stop = CompletableFuture.runAsync(() -> {
                dropped.countDown();
                session.stop(StopMode.DISCARD);
            });
            dropped.await();
            Awaitility.await()
                    .atMost(Duration.ofMinutes(2))
                    .until(() -> session.metrics().waiting() == 0);
            analysis.open();
            stop.get(2, TimeUnit.MINUTES);

            assertThat(session.metrics().processed()).isEqualTo(1);
            assertThat(session.metrics().dropped()).isEqualTo(2);
        }
    }

    @Test
    void carriesTheCauseOfASourcesFailureAndKeepsTheRecord() throws Exception {
        MemoryRecorder recorder = new MemoryRecorder();
        try (EmotionPipeline pipeline = fixture.pipeline(
                                ScriptedFrameSource.frames(5).breaksAt(3).build())
                        .recorder(recorder)
                        .build();
                EmotionSession session = fixture.session(pipeline).start(fixture.results::add)) {
            assertThatThrownBy(session::awaitCompletion)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("broke down at frame 3");
            assertThat(session.completion()).isCompletedExceptionally();
            assertThat(recorder.results).hasSize(3);
            assertThat(fixture.results).hasSize(3);
        }
    }

    @Test
    void anErrorInTheAnalysisEndsTheSessionWithIt() {
        FaceDetector broken = frame -> {
            throw new NoClassDefFoundError("org/opencv/core/Mat");
        };
        ConductedSource camera = ConductedSource.live().pictures(1);
        try (EmotionPipeline pipeline = fixture.pipeline(camera, broken).build();
                EmotionSession session = fixture.session(pipeline)
                        .threads(EmotionSessionTest::quiet)
                        .start(fixture.results::add)) {
            assertThatThrownBy(session::awaitCompletion).isInstanceOf(NoClassDefFoundError.class);
        }
    }

    @Test
    void refusesASecondSessionOrRunUntilTheFirstHasEnded() throws Exception {
        ConductedSource camera = ConductedSource.live();
        try (EmotionPipeline pipeline = fixture.pipeline(camera).build()) {
            EmotionSession session = fixture.session(pipeline).start();
            assertThatIllegalStateException().isThrownBy(pipeline::start).withMessageContaining("running already");
            assertThatIllegalStateException()
                    .isThrownBy(() -> pipeline.run(result -> {}))
                    .withMessageContaining("running already");
            session.close();

            EmotionSession second = fixture.session(pipeline).start(fixture.results::add);
            camera.picture(0, 0).ends();
            assertThat(second.awaitCompletion().framesAnalyzed()).isEqualTo(1);
        }
    }

    @Test
    void canBeStoppedByItsOwnListener() throws Exception {
        CompletableFuture<EmotionSession> self = new CompletableFuture<>();
        ConductedSource camera = ConductedSource.live().pictures(1);
        try (EmotionPipeline pipeline = fixture.pipeline(camera).build();
                EmotionSession session =
                        fixture.session(pipeline).start(result -> self.join().stop(StopMode.DRAIN))) {
            self.complete(session);
            assertThat(session.awaitCompletion().framesAnalyzed()).isEqualTo(1);
        }
    }

    @Test
    void aPipelineClosedByTheListenerClosesItsStagesWhenTheSessionHasEnded() throws Exception {
        ConductedSource camera = ConductedSource.live().pictures(1);
        CompletableFuture<EmotionPipeline> self = new CompletableFuture<>();
        EmotionPipeline pipeline = fixture.pipeline(camera).build();
        EmotionSession session =
                fixture.session(pipeline).start(result -> self.join().close());
        self.complete(pipeline);
        session.awaitCompletion();
        camera.awaitClosed();
        assertThatIllegalStateException().isThrownBy(pipeline::start).withMessageContaining("closed");
    }

    @Test
    void closingThePipelineEndsItsSessionFirst() {
        ConductedSource camera = ConductedSource.live().pictures(3);
        MemoryRecorder recorder = new MemoryRecorder();
        EmotionPipeline pipeline = fixture.pipeline(camera).recorder(recorder).build();
        EmotionSession session = fixture.session(pipeline).start();
        pipeline.close();

        assertThat(session.completion()).isDone();
        assertThat(recorder.isClosed()).isTrue();
        assertThat(camera.isClosed()).isTrue();
    }

    @Test
    void closeReturnsThoughTheAnalysisHangsAndLeavesItsStagesAlone() throws Exception {
        Gate analysis = new Gate();
        CountDownLatch detectorClosed = new CountDownLatch(1);
        FaceDetector hanging = new FaceDetector() {
            @Override
            public List<DetectedFace> detect(Frame frame) {
                analysis.pass();
                return List.of();
            }

            @Override
            public void close() {
                detectorClosed.countDown();
            }
        };
        MemoryRecorder recorder = new MemoryRecorder();
        EmotionPipeline pipeline = fixture.pipeline(ConductedSource.live().pictures(1), hanging)
                .recorder(recorder)
                .build();
        EmotionSession session = fixture.impatientSession(pipeline)
                .stopWithin(Duration.ofSeconds(6))
                .start();
        analysis.awaitArrival();
        session.close();
        pipeline.close();

        assertThat(session.completion()).isDone();
        assertThat(session.metrics().abandonedThreads()).isEqualTo(1);
        assertThat(recorder.isClosed()).isTrue();
        assertThat(detectorClosed.getCount()).isEqualTo(1);
        analysis.open();
    }

    @Test
    void closeReturnsThoughTheListenerHangs() throws Exception {
        Gate listening = new Gate();
        ConductedSource camera = ConductedSource.live().pictures(1);
        EmotionPipeline pipeline =
                fixture.pipeline(camera, SessionFixture.ONE_FACE).build();
        EmotionSession session = fixture.impatientSession(pipeline)
                .stopWithin(Duration.ofSeconds(6))
                .start(result -> listening.pass());
        listening.awaitArrival();
        pipeline.close();

        assertThat(session.metrics().abandonedThreads()).isEqualTo(1);
        assertThat(camera.isClosed()).isTrue();
        listening.open();
    }

    @Test
    void closeReturnsThoughTheRecorderHangsAndLeavesItAlone() throws Exception {
        Gate disk = new Gate();
        CountDownLatch recorderClosed = new CountDownLatch(1);
        var recorder = new SessionRecorder() {
            @Override
            public void record(FrameResult result) {
                disk.pass();
            }

            @Override
            public void close() {
                recorderClosed.countDown();
            }
        };
        ConductedSource camera = ConductedSource.live().pictures(1);
        EmotionPipeline pipeline = fixture.pipeline(camera, SessionFixture.ONE_FACE)
                .recorder(recorder)
                .build();
        EmotionSession session = fixture.impatientSession(pipeline)
                .stopWithin(Duration.ofSeconds(6))
                .start();
        disk.awaitArrival();
        pipeline.close();

        assertThat(session.metrics().abandonedThreads()).isEqualTo(1);
        assertThat(recorderClosed.getCount()).isEqualTo(1);
        assertThat(camera.isClosed()).isTrue();
        disk.open();
    }

    @Test
    void survivesFramesThatChangeSizeAndFormat() throws Exception {
        ConductedSource camera = ConductedSource.live();
        try (EmotionPipeline pipeline = fixture.pipeline(camera).build();
                EmotionSession session =
                        fixture.session(pipeline).overflow(OverflowPolicy.BLOCK).start(fixture.results::add)) {
            camera.picture(0, 1, 64, 48, PixelFormat.GRAY8)
                    .picture(33, 2, 1280, 720, PixelFormat.BGR24)
                    .picture(66, 3, 30, 30, PixelFormat.RGB24)
                    .ends();
            assertThat(session.awaitCompletion().framesAnalyzed()).isEqualTo(3);
        }
        assertThat(fixture.results).extracting(FrameResult::width).containsExactly(64, 1280, 30);
    }

    @Test
    void startsAfreshWhereTimesGoBackAndCountsThoseThatRepeat() throws Exception {
        ConductedSource camera = ConductedSource.live();
        try (EmotionPipeline pipeline = fixture.pipeline(camera).build();
                EmotionSession session =
                        fixture.session(pipeline).overflow(OverflowPolicy.BLOCK).start(fixture.results::add)) {
            camera.picture(100, 1).picture(100, 2).picture(50, 3).picture(80, 4).ends();
            session.awaitCompletion();

            assertThat(session.metrics().outOfOrder()).isEqualTo(2);
        }
        assertThat(fixture.results).extracting(FrameResult::discontinuity).containsExactly(false, false, true, false);
        assertThat(fixture.results)
                .extracting(result -> result.readings().get(0).faceId())
                .containsExactly(1, 1, 2, 2);
    }

    @Test
    void metricsCanBeReadInMidSession() throws Exception {
        ConductedSource camera = ConductedSource.live();
        try (EmotionPipeline pipeline = fixture.pipeline(camera).build();
                EmotionSession session = fixture.session(pipeline)
                        .expectedInterval(Duration.ofMillis(33))
                        .start(fixture.results::add)) {
            camera.picture(0, 0);
            fixture.awaitResult();
            assertThat(session.metrics().latency(PipelineStep.FRAME).count()).isEqualTo(1);
            camera.picture(33, 1);
            fixture.awaitResult();
            SessionMetrics metrics = session.metrics();
            assertThat(metrics.processed()).isEqualTo(2);
            assertThat(metrics.latencies()).containsOnlyKeys(PipelineStep.values());
            assertThat(metrics.latency(PipelineStep.FRAME).count()).isEqualTo(2);
            assertThat(metrics.latency(PipelineStep.LATENCY).maxNanos())
                    .isGreaterThanOrEqualTo(metrics.latency(PipelineStep.WAIT).maxNanos());
        }
    }

    @Test
    void theBuilderChecksSessionOptionsAtOnce() {
        EmotionPipeline pipeline = fixture.pipeline(ConductedSource.live()).build();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> pipeline.session().queueCapacity(0))
                .withMessage("queueCapacity is 0, expected 1 to 100");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> pipeline.session().stopWithin(Duration.ZERO))
                .withMessageContaining("stopWithin is PT0S");
        assertThatIllegalStateException()
                .isThrownBy(
                        () -> pipeline.session().overflow(OverflowPolicy.BLOCK).overflow(OverflowPolicy.BLOCK))
                .withMessage("overflow was set already to BLOCK");
    }

    /** Gives pictures and waits until the session has taken all of them. */
    private static void feed(ConductedSource camera, int from, int to) throws InterruptedException {
        for (int i = from; i < to; i++) {
            camera.picture(33L * i, i);
        }
        CountDownLatch all = new CountDownLatch(1);
        camera.act(target -> {
            all.countDown();
            throw new FrameUnreadableException("conducted", "is unreadable");
        });
        assertThat(all.await(2, TimeUnit.MINUTES)).isTrue();
    }

    /** Its uncaught errors are the test's own. */
    private static Thread quiet(Runnable work) {
        Thread thread = new Thread(work);
        thread.setUncaughtExceptionHandler((dead, cause) -> {});
        return thread;
    }

    private static FaceDetector gated(Gate gate) {
        return frame -> {
            gate.pass();
            return SessionFixture.ONE_FACE.detect(frame);
        };
    }
}
