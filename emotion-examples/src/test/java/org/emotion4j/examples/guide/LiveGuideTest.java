package org.emotion4j.examples.guide;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.emotion4j.NeedsLoopback;
import org.emotion4j.cli.demo.SamplePortrait;
import org.emotion4j.frame.Frame;
import org.emotion4j.frame.FrameSource;
import org.emotion4j.frame.PushFrameSource;
import org.emotion4j.opencv.Pictures;
import org.emotion4j.pipeline.EmotionPipeline;
import org.emotion4j.pipeline.EmotionSession;
import org.emotion4j.pipeline.FrameViewer;
import org.emotion4j.pipeline.OverflowPolicy;
import org.emotion4j.pipeline.RunSummary;
import org.emotion4j.pipeline.StopMode;
import org.emotion4j.reading.FrameResult;
import org.emotion4j.recording.FrameJson;
import org.emotion4j.session.SessionEnd;
import org.emotion4j.stream.ReadingServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("native")
final class LiveGuideTest {
    private static final List<String> THREADS = Stream.of(
                    "capture", "analysis", "recording", "subscriber", "events", "watchdog")
            .map(name -> "emotion4j-" + name)
            .toList();

    private static EmotionPipeline models;

    @BeforeAll
    static void load() {
        models = EmotionPipeline.withDefaults();
    }

    @AfterAll
    static void close() {
        models.close();
    }

    @Test
    void aCameraIsShownAndRead() throws Exception {
        BlockingQueue<BufferedImage> shown = new LinkedBlockingQueue<>();
        BlockingQueue<String> lines = new LinkedBlockingQueue<>();
        View view = new View() {
            @Override
            public void show(BufferedImage picture) {
                shown.add(picture);
            }

            @Override
            public void show(List<String> readings) {
                lines.addAll(readings);
            }
        };
        PushFrameSource device = PushFrameSource.ofDefaults();
        FrameSource camera = device;
        // guide:begin
        EmotionSession session = models.session(camera)
                .preview(frame -> view.show(Pictures.toBufferedImage(frame)))
                .start(result -> view.show(
                        result.readings().stream().map(Object::toString).toList()));
        // guide:end
        try (SamplePortrait portrait = portrait()) {
            device.offer(portrait.picture(), 0);
            assertThat(shown.take().getWidth()).isEqualTo(portrait.picture().width());
            assertThat(lines.take()).startsWith("face 1: ");
            assertThat(ownThreads()).contains("emotion4j-preview").containsAll(THREADS);
        }
        device.end();
        session.awaitCompletion();
    }

    @Test
    void picturesAreHandedOver() throws Exception {
        byte[] jpeg = SamplePortrait.encoded(SamplePortrait.NAMES.get(0));
        long takenAtNanos = 40_000_000;
        BlockingQueue<String> sent = new LinkedBlockingQueue<>();
        Socket socket = sent::add;
        // guide:begin
        PushFrameSource call =
                PushFrameSource.builder().capacity(1).origin("call 7").build();
        EmotionSession session = models.session(call).start(result -> socket.send(FrameJson.write(result)));
        // guide:end
        // guide:begin
        try (Frame picture = Pictures.decode(jpeg, 1920 * 1080)) {
            call.offer(picture, takenAtNanos);
        }
        // guide:end
        assertThat(sent.take()).contains("\"mediaTimeMs\":40.0");
        assertThat(ownThreads()).containsAll(THREADS);
        // guide:begin
        call.end();
        session.stop(StopMode.DRAIN);
        // guide:end
        RunSummary summary = session.awaitCompletion();
        assertThat(summary.end()).isEqualTo(SessionEnd.FINISHED);
        assertThat(summary.framesAnalyzed()).isEqualTo(1);
    }

    @Test
    void aSlowSubscriberAsksForWhatItCanTake() throws Exception {
        PushFrameSource call = PushFrameSource.builder()
                .overflow(PushFrameSource.Overflow.BLOCK)
                .build();
        CountDownLatch over = new CountDownLatch(1);
        List<FrameResult> stored = new ArrayList<>();
        Archive archive = new Archive() {
            @Override
            public void store(FrameResult result) {
                stored.add(result);
            }

            @Override
            public void finish() {
                over.countDown();
            }
        };
        EmotionSession session =
                models.session(call).overflow(OverflowPolicy.BLOCK).start();
        session.results().subscribe(new OneAtATime(archive));
        try (SamplePortrait portrait = portrait()) {
            for (int i = 0; i < 3; i++) {
                call.offer(portrait.picture(), i * 1_000_000L);
            }
        }
        call.end();
        session.awaitCompletion();
        over.await();
        assertThat(stored).extracting(FrameResult::mediaNanos).containsExactly(0L, 1_000_000L, 2_000_000L);
    }

    @Test
    void aPictureIsShownWithItsOwnReading() throws Exception {
        PushFrameSource call = PushFrameSource.builder()
                .overflow(PushFrameSource.Overflow.BLOCK)
                .build();
        BlockingQueue<String> pairs = new LinkedBlockingQueue<>();
        Pairs paired = new Pairs((picture, result) -> pairs.add(picture.getWidth() + " at " + result.mediaNanos()));
        EmotionSession session = models.session(call).preview(paired).start(paired::read);
        try (SamplePortrait portrait = portrait();
                SamplePortrait other = SamplePortrait.load(SamplePortrait.NAMES.get(1))) {
            call.offer(portrait.picture(), 7);
            assertThat(pairs.take()).isEqualTo("128 at 7");
            call.offerNewScene(other.picture(), 9);
            assertThat(pairs.take()).isEqualTo("160 at 9");
        }
        call.end();
        session.awaitCompletion();
    }

    @NeedsLoopback
    @Test
    void otherProgramsListen() throws Exception {
        PushFrameSource call = PushFrameSource.ofDefaults();
        int port = 0;
        BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        // guide:begin
        try (ReadingServer server = ReadingServer.builder().port(port).open()) {
            System.err.println("readings at " + server.address() + ", token " + server.token());
            try (EmotionSession session = models.session(call).start(server::publish)) {
                // guide:end
                HttpClient.newHttpClient()
                        .newWebSocketBuilder()
                        .header("Authorization", "Bearer " + server.token())
                        .buildAsync(server.address(), new WebSocket.Listener() {
                            @Override
                            public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
                                heard.add(data.toString());
                                return WebSocket.Listener.super.onText(socket, data, last);
                            }
                        })
                        .join();
                try (SamplePortrait portrait = portrait()) {
                    call.offer(portrait.picture(), 40_000_000);
                }
                assertThat(heard.take()).contains("\"mediaTimeMs\":40.0");
                call.end();
                // guide:begin
                session.awaitCompletion();
            }
        }
        // guide:end
    }

    @Test
    void noMoreRequestsAtOnceThanTheServerHasRoomFor() throws Exception {
        Turns turns = new Turns(models, 1, Duration.ofMillis(1));
        try (SamplePortrait portrait = portrait()) {
            assertThat(turns.analyze(portrait.picture()).orElseThrow().readings())
                    .hasSize(1);
            turns.free.acquire();
            assertThat(turns.analyze(portrait.picture())).isEmpty();
            turns.free.release();
            assertThat(turns.analyze(portrait.picture())).isPresent();
        }
    }

    // guide:begin
    /** Lets so many requests in at once, in the order in which they came, and turns away who waited too long. */
    static final class Turns {
        private final EmotionPipeline models;
        private final Semaphore free;
        private final Duration patience;

        Turns(EmotionPipeline models, int atOnce, Duration patience) {
            this.models = models;
            this.free = new Semaphore(atOnce, true);
            this.patience = patience;
        }

        Optional<FrameResult> analyze(Frame picture) throws InterruptedException {
            if (!free.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                return Optional.empty(); // 503, try again later
            }
            try {
                return Optional.of(models.analyze(picture));
            } finally {
                free.release();
            }
        }
    }
    // guide:end

    // guide:begin
    /** Takes one result after the other, however long it needs; what it has no time for, the session drops and counts. */
    static final class OneAtATime implements Flow.Subscriber<FrameResult> {
        private final Archive archive;
        private Flow.Subscription subscription;

        OneAtATime(Archive archive) {
            this.archive = archive;
        }

        @Override
        public void onSubscribe(Flow.Subscription given) {
            subscription = given;
            subscription.request(1);
        }

        @Override
        public void onNext(FrameResult result) {
            archive.store(result);
            subscription.request(1);
        }

        @Override
        public void onError(Throwable failure) {
            archive.finish();
        }

        @Override
        public void onComplete() {
            archive.finish();
        }
    }
    // guide:end

    // guide:begin
    /** Shows a picture when its reading is there, and not before. */
    static final class Pairs implements FrameViewer {
        private static final int MOST = 8;
        private final Map<Long, BufferedImage> pictures = new LinkedHashMap<>();
        private final Map<Long, FrameResult> results = new LinkedHashMap<>();
        private final Screen screen;

        Pairs(Screen screen) {
            this.screen = screen;
        }

        @Override
        public synchronized void preview(Frame frame) {
            pictures.put(frame.mediaNanos(), Pictures.toBufferedImage(frame));
            show(frame.mediaNanos());
        }

        synchronized void read(FrameResult result) {
            results.put(result.mediaNanos(), result);
            show(result.mediaNanos());
        }

        private void show(long mediaNanos) {
            if (pictures.containsKey(mediaNanos) && results.containsKey(mediaNanos)) {
                screen.show(pictures.remove(mediaNanos), results.remove(mediaNanos));
            }
            // The one was dropped, or the other was not shown: nobody waits for it for ever.
            Stream.of(pictures, results)
                    .filter(waiting -> waiting.size() > MOST)
                    .forEach(waiting ->
                            waiting.remove(waiting.keySet().iterator().next()));
        }
    }
    // guide:end

    private static SamplePortrait portrait() throws IOException {
        return SamplePortrait.load(SamplePortrait.NAMES.get(0));
    }

    private static List<String> ownThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("emotion4j-"))
                .toList();
    }

    private interface View {
        void show(BufferedImage picture);

        void show(List<String> readings);
    }

    private interface Socket {
        void send(String text);
    }

    interface Archive {
        void store(FrameResult result);

        void finish();
    }

    interface Screen {
        void show(BufferedImage picture, FrameResult result);
    }
}
