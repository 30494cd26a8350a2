package org.emotion4j.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.emotion4j.frame.FrameSource;
import org.emotion4j.frame.FrameUnreadableException;
import org.emotion4j.frame.PixelFormat;
import org.emotion4j.reading.FrameResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
@SuppressWarnings("try") // a session that is only started and closed
class SourceMonitoringTest {
    private static final Duration NO_PAUSE = Duration.ZERO;

    /**
     * For tests that turn the clock while the source waits to be told what to give: the watchdog, which comes by on its own,
     * would rightly call that a read that hangs.
     */
    private static final SourceMonitoring FREEZES_ONLY =
            SourceMonitoring.forLive().withStalledAfter(Duration.ofHours(1));

    private final SessionFixture fixture = new SessionFixture();
    private final SessionFixture.HandTicker ticker = new SessionFixture.HandTicker();
    private final MemoryRecorder recorder = new MemoryRecorder();
    private final ConductedSource first = ConductedSource.live();
    private final ConductedSource second = ConductedSource.live();

    @Test
    void reportsAReadThatHangsAndGoesOnWhenItComesBack() throws Exception {
        try (EmotionPipeline pipeline = watched().build();
                EmotionSession session = fixture.session(pipeline)
                        .watch(SourceMonitoring.forLive())
                        .start(fixture.results::add)) {
            CountDownLatch asked = new CountDownLatch(1);
            CountDownLatch release = new CountDownLatch(1);
            first.picture(1_000, 1);
            fixture.awaitResult();
            first.act(target -> {
                asked.countDown();
                await(release);
                target.reshape(64, 48, PixelFormat.GRAY8).put(0, (byte) 9);
                target.stamp(TimeUnit.MILLISECONDS.toNanos(7_000));
                return true;
            });
            await(asked);
            ticker.turn(Duration.ofMillis(4_900));
            session.checkSource();
            assertThat(fixture.events).isEmpty();
            ticker.turn(Duration.ofMillis(100));
            session.checkSource();

            assertThat(fixture.awaitEvent(SourceEvent.Kind.STALLED).message()).isEqualTo("no picture for 5.0 s");
            release.countDown();
            fixture.awaitEvent(SourceEvent.Kind.RESUMED);
            assertThat(fixture.awaitResult().discontinuity()).isTrue();
            assertThat(recorder.awaitMark()).isEqualTo("1000 gap begins: source stalled");
            assertThat(recorder.awaitMark()).isEqualTo("7000 gap of 6.0 s ends");
        }
    }

    @Test
    void opensAStalledSourceAnewAndLeavesTheHangingThreadAlone() throws Exception {
        try (EmotionPipeline pipeline = watched().build();
                EmotionSession session = fixture.session(pipeline)
                        .watch(SourceMonitoring.forLive().withReconnect(to(second)))
                        .start(fixture.results::add)) {
            first.picture(1_000, 1).hangs();
            fixture.awaitResult();
            first.awaitHanging();
            ticker.turn(Duration.ofSeconds(5));
            session.checkSource();

            fixture.awaitEvent(SourceEvent.Kind.STALLED);
            fixture.awaitEvent(SourceEvent.Kind.ABANDONED);
            fixture.awaitEvent(SourceEvent.Kind.RECONNECTING);
            second.picture(0, 2).picture(33, 3);
            fixture.awaitEvent(SourceEvent.Kind.RECONNECTED);
            FrameResult afterGap = fixture.awaitResult();
            assertThat(afterGap.discontinuity()).isTrue();
            assertThat(afterGap.mediaNanos())
                    .as("the new source's times go on behind the gap")
                    .isEqualTo(Duration.ofSeconds(6).toNanos());
            assertThat(fixture.awaitResult().mediaNanos())
                    .isEqualTo(Duration.ofMillis(6_033).toNanos());
            assertThat(session.metrics().abandonedThreads()).isEqualTo(1);
            assertThat(session.metrics().reconnects()).isEqualTo(1);

            pipeline.close();
            assertThat(first.isClosed())
                    .as("never closed under the feet of its thread")
                    .isFalse();
            first.letGo();
            assertThat(first.awaitClosed()).as("closed by its own thread").isEqualTo("emotion4j-capture");
            assertThat(second.isClosed()).isTrue();
        }
    }

    @Test
    void noticesTheSamePictureForEverAndStartsAfreshWhenItChanges() throws Exception {
        try (EmotionPipeline pipeline = watched().build();
                EmotionSession session =
                        fixture.session(pipeline).watch(FREEZES_ONLY).start(fixture.results::add)) {
            first.picture(0, 1);
            fixture.awaitResult();
            ticker.turn(Duration.ofSeconds(9));
            first.picture(9_000, 1);
            fixture.awaitResult();
            ticker.turn(Duration.ofSeconds(1));
            first.picture(10_000, 1).picture(10_033, 1);
            assertThat(fixture.awaitEvent(SourceEvent.Kind.FROZEN).message()).isEqualTo("the same picture for 10.0 s");
            first.picture(10_066, 2);
            fixture.awaitEvent(SourceEvent.Kind.RESUMED);

            FrameResult alive = fixture.awaitResult();
            assertThat(alive.mediaNanos()).isEqualTo(Duration.ofMillis(10_066).toNanos());
            assertThat(alive.discontinuity()).isTrue();
            assertThat(session.metrics().skipped()).isEqualTo(2);
            assertThat(recorder.awaitMark()).isEqualTo("10000 gap begins: source frozen");
            assertThat(recorder.awaitMark()).isEqualTo("10066 gap of 0.07 s ends");
        }
    }

    @Test
    void opensAFrozenSourceAnew() throws Exception {
        try (EmotionPipeline pipeline = watched().build();
                EmotionSession session = fixture.session(pipeline)
                        .watch(FREEZES_ONLY.withReconnect(to(second)))
                        .start(fixture.results::add)) {
            first.picture(0, 1);
            fixture.awaitResult();
            ticker.turn(Duration.ofSeconds(10));
            first.picture(10_000, 1);
            fixture.awaitEvent(SourceEvent.Kind.FROZEN);
            fixture.awaitEvent(SourceEvent.Kind.RECONNECTING);
            assertThat(first.awaitClosed()).isEqualTo("emotion4j-capture");
            second.picture(0, 2).ends();
            fixture.awaitEvent(SourceEvent.Kind.RECONNECTED);
            assertThat(fixture.awaitResult().discontinuity()).isTrue();
            assertThat(session.metrics().reconnects()).isPositive();
        }
    }

    @Test
    void takesSoManyErrorsInARowAndNoMore() {
        try (EmotionPipeline pipeline = watched().build();
                EmotionSession session = fixture.session(pipeline)
                        .watch(SourceMonitoring.forLive().withErrorsInRow(3))
                        .start(fixture.results::add)) {
            first.unreadable()
                    .unreadable()
                    .picture(0, 1)
                    .unreadable()
                    .unreadable()
                    .unreadable();

            assertThatThrownBy(session::awaitCompletion)
                    .isInstanceOf(IOException.class)
                    .hasMessage("3 pictures in a row could not be read")
                    .hasRootCauseInstanceOf(FrameUnreadableException.class);
            assertThat(session.metrics().failed()).isEqualTo(5);
            assertThat(session.metrics().processed()).isEqualTo(1);
        }
    }

    @Test
    void aLiveSourceThatEndsOrFailsIsOpenedAnewUntilTheAttemptsAreUsedUp() throws Exception {
        Queue<FrameSource> sources = new ArrayDeque<>(List.of(second));
        ReconnectPolicy twice = ReconnectPolicy.with(() -> {
                    if (sources.isEmpty()) {
                        throw new IOException("no such device");
                    }
                    return sources.remove();
                })
                .withPauses(NO_PAUSE, NO_PAUSE)
                .withAttempts(2);
        try (EmotionPipeline pipeline = watched().build();
                EmotionSession session = fixture.session(pipeline)
                        .watch(SourceMonitoring.forLive().withReconnect(twice))
                        .start(fixture.results::add)) {
            first.picture(0, 1).ends();
            fixture.awaitResult();
            fixture.awaitEvent(SourceEvent.Kind.ENDED);
            fixture.awaitEvent(SourceEvent.Kind.RECONNECTING);
            second.picture(0, 2);
            fixture.awaitEvent(SourceEvent.Kind.RECONNECTED);
            second.fails(new IOException("cable"));
            fixture.awaitEvent(SourceEvent.Kind.FAILED);
            fixture.awaitEvent(SourceEvent.Kind.RECONNECTING);
            fixture.awaitEvent(SourceEvent.Kind.FAILED);
            fixture.awaitEvent(SourceEvent.Kind.RECONNECTING);
            fixture.awaitEvent(SourceEvent.Kind.FAILED);

            assertThatThrownBy(session::awaitCompletion)
                    .isInstanceOf(IOException.class)
                    .hasMessage("no such device");
            assertThat(session.metrics().processed()).isEqualTo(2);
        }
    }

    @Test
    void aGapBeginsOnceInTheRecordHoweverManyAttemptsFailInIt() throws Exception {
        AtomicInteger attempts = new AtomicInteger();
        ReconnectPolicy atLast = ReconnectPolicy.with(() -> {
                    if (attempts.incrementAndGet() < 5) {
                        throw new IOException("no such device");
                    }
                    return second;
                })
                .withPauses(NO_PAUSE, NO_PAUSE);
        try (EmotionPipeline pipeline = watched().build();
                EmotionSession session = fixture.session(pipeline)
                        .watch(SourceMonitoring.forLive().withReconnect(atLast))
                        .start(fixture.results::add)) {
            first.picture(1_000, 1);
            fixture.awaitResult();
            first.fails(new IOException("cable"));
            second.picture(0, 2);
            fixture.awaitResult();
            second.ends();
            session.stop(StopMode.DRAIN);
        }
        assertThat(attempts).hasValueGreaterThanOrEqualTo(5);
        assertThat(recorder.awaitMark()).isEqualTo("1000 gap begins: source failed");
        assertThat(recorder.awaitMark()).endsWith("ends");
    }

    @Test
    void aLiveSourceThatEndsEndsTheSessionWhereNobodyAskedForMore() throws Exception {
        try (EmotionPipeline pipeline = watched().build();
                EmotionSession session = fixture.session(pipeline)
                        .watch(SourceMonitoring.forLive())
                        .start(fixture.results::add)) {
            first.picture(0, 1).ends();
            assertThat(session.awaitCompletion().framesAnalyzed()).isEqualTo(1);
            fixture.awaitEvent(SourceEvent.Kind.ENDED);
        }
    }

    @Test
    void stopDoesNotWaitForALongPause() throws Exception {
        ReconnectPolicy slow = ReconnectPolicy.with(() -> second).withPauses(Duration.ofHours(1), Duration.ofHours(1));
        try (EmotionPipeline pipeline = watched().build();
                EmotionSession session = fixture.session(pipeline)
                        .watch(SourceMonitoring.forLive().withReconnect(slow))
                        .start(fixture.results::add)) {
            first.picture(0, 1).ends();
            fixture.awaitEvent(SourceEvent.Kind.ENDED);
            fixture.awaitEvent(SourceEvent.Kind.RECONNECTING);
            session.stop(StopMode.DRAIN);
            assertThat(session.completion()).isCompleted();
            assertThat(session.metrics().abandonedThreads()).isZero();
        }
    }

    @Test
    void closeReturnsThoughAReadHangsAndTheSourceIsClosedByItsOwnThreadLater() throws Exception {
        EmotionPipeline pipeline = fixture.pipeline(first, SessionFixture.ONE_FACE)
                .recorder(recorder)
                .ticker(ticker)
                .build();
        EmotionSession session = fixture.impatientSession(pipeline)
                .watch(SourceMonitoring.forLive())
                .stopWithin(Duration.ofSeconds(6))
                .start(fixture.results::add);
        first.hangs();
        first.awaitHanging();
        pipeline.close();

        assertThat(session.completion()).isCompletedWithValueMatching(RunSummary::interrupted);
        assertThat(session.metrics().abandonedThreads()).isEqualTo(1);
        assertThat(first.isClosed()).isFalse();
        assertThat(recorder.isClosed()).isTrue();
        fixture.awaitEvent(SourceEvent.Kind.ABANDONED);
        first.letGo();
        assertThat(first.awaitClosed()).isEqualTo("emotion4j-capture");
    }

    @Test
    void pausesDoubleUpToTheLongest() {
        ReconnectPolicy reconnect = ReconnectPolicy.with(() -> second);
        assertThat(IntStream.rangeClosed(1, 8).mapToObj(reconnect::pauseBefore).map(Duration::toSeconds))
                .containsExactly(1L, 2L, 4L, 8L, 16L, 30L, 30L, 30L);
        assertThat(reconnect.withPauses(NO_PAUSE, Duration.ofSeconds(1)).pauseBefore(1_000_000))
                .isEqualTo(NO_PAUSE);
    }

    @Test
    void refusesTimesAndCountsThatAreOutOfRange() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SourceMonitoring.forLive().withStalledAfter(NO_PAUSE))
                .withMessage("stalledAfter is PT0S, expected PT0.001S to PT1H");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SourceMonitoring.forLive().withErrorsInRow(0))
                .withMessage("errorsInRow is 0, expected 1 or more");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> to(second).withPauses(Duration.ofSeconds(2), Duration.ofSeconds(1)))
                .withMessageContaining("longestPause is PT1S");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> to(second).withAttempts(0))
                .withMessage("attempts is 0, expected 1 or more");
    }

    private EmotionPipeline.Builder watched() {
        return fixture.pipeline(first).recorder(recorder).ticker(ticker);
    }

    private static ReconnectPolicy to(FrameSource... sources) {
        BlockingQueue<FrameSource> queue = new LinkedBlockingQueue<>(List.of(sources));
        return ReconnectPolicy.with(() -> {
                    FrameSource next = queue.poll();
                    if (next == null) {
                        throw new IOException("no such device");
                    }
                    return next;
                })
                .withPauses(NO_PAUSE, NO_PAUSE);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(2, TimeUnit.MINUTES)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
