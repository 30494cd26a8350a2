package org.emotion4j.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.emotion4j.emotion.BrightnessClassifier;
import org.emotion4j.emotion.ExponentialSmoother;
import org.emotion4j.emotion.LabelPolicy;
import org.emotion4j.emotion.MovingAverageSmoother;
import org.emotion4j.emotion.SubjectBaseline;
import org.emotion4j.emotion.TemporalSmoother;
import org.emotion4j.emotion.ThresholdLabelPolicy;
import org.emotion4j.event.EventDetector;
import org.emotion4j.event.FacialEventDetector;
import org.emotion4j.event.SessionEvent;
import org.emotion4j.face.BrightAreaDetector;
import org.emotion4j.face.EyeFaceAligner;
import org.emotion4j.face.EyePositions;
import org.emotion4j.face.FaceAligner;
import org.emotion4j.face.IouFaceTracker;
import org.emotion4j.face.LandmarkDetector;
import org.emotion4j.face.MotionFaceTracker;
import org.emotion4j.face.ReducedFaceDetector;
import org.emotion4j.frame.ScriptedFrameSource;
import org.emotion4j.reading.SubjectRule;
import org.emotion4j.recording.CsvSessionRecorder;
import org.emotion4j.recording.SessionInfo;
import org.emotion4j.recording.SessionMetadata;
import org.emotion4j.recording.SessionReader;
import org.emotion4j.session.PipelineSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A session can be repeated from its record alone. */
class PipelineRecordTest {
    @TempDir
    private Path folder;

    /** Of each option of the builder: a value that is not the default, and what of it has to stand in session.json. */
    private record Option(Object value, String... inTheRecord) {}

    @Test
    void everyOptionOfTheBuilderIsInTheRecord() throws Exception {
        Map<String, Option> options = options();
        Map<String, Option> ofSession = sessionOptions();
        EmotionPipeline.Builder builder = EmotionPipeline.builder();
        setAll(builder, options, Set.of("trackers", "smoothers", "recorderFrom"));
        try (EmotionPipeline pipeline = builder.build()) {
            SessionBuilder session = pipeline.session();
            setAll(
                    session,
                    ofSession,
                    Set.of("recorder", "recorderFrom", "tracker", "smoother", "subject", "storeOthers"));
            try (EmotionSession started = session.start()) {
                started.awaitCompletion();
            }
        }
        String json = Files.readString(folder.resolve("session.json"));
        options.forEach((name, option) -> assertThat(json).as(name).contains(option.inTheRecord()));
        ofSession.forEach((name, option) -> assertThat(json).as(name).contains(option.inTheRecord()));
    }

    @Test
    void whatASessionWasGivenInPlaceOfThePipelinesIsInItsRecord() throws IOException {
        try (EmotionPipeline pipeline = EmotionPipeline.builder()
                .detector(BrightAreaDetector.atFullSize())
                .classifier(new BrightnessClassifier())
                .trackers(() -> IouFaceTracker.of(0.44, Duration.ofSeconds(1)))
                .smoothers(() -> MovingAverageSmoother.over(Duration.ofMillis(456)))
                .closeAtShutdown(false)
                .build()) {
            pipeline.session(ScriptedFrameSource.frames(2).build())
                    .smoother(MovingAverageSmoother.over(Duration.ofMillis(300)))
                    .subject(SubjectRule.face(2))
                    .storeOthers(true)
                    .recorder(CsvSessionRecorder.create(folder))
                    .run(result -> {});
        }
        PipelineSettings settings = recorded();
        assertThat(settings.option(PipelineSettings.MODE)).contains("run");
        assertThat(settings.option("subject")).contains(SubjectRule.face(2).toString());
        assertThat(settings.option("storeOthers")).contains("true");
        assertThat(settings.stage("smoother").orElseThrow().setting("window")).contains("PT0.3S");
        assertThat(settings.stage("tracker").orElseThrow().setting("minOverlap"))
                .contains("0.44");
        assertThat(settings.stage("source").orElseThrow().name()).isEqualTo("ScriptedFrameSource");
        assertThat(settings.stage("recorder").orElseThrow().name()).isEqualTo("csv");
    }

    @Test
    void theReaderGivesTheSettingsBackWithTheirTypes() throws IOException {
        try (EmotionPipeline pipeline = plain().smoother(MovingAverageSmoother.over(Duration.ofMillis(300)))
                .labelPolicy(new ThresholdLabelPolicy(0.85, 0.8, 0.05))
                .detectEvery(5)
                .redetectWhenUncertain(0.25)
                .skipUnchangedFrames(3)
                .recorder(CsvSessionRecorder.create(folder))
                .build()) {
            pipeline.run(result -> {});
        }
        PipelineSettings settings = recorded();
        assertThat(settings.detectEvery()).isEqualTo(5);
        assertThat(settings.redetectWhenUncertain()).isEqualTo(0.25);
        assertThat(settings.skipUnchangedFrames()).isEqualTo(3);
        assertThat(settings.hasLandmarks()).isFalse();
        assertThat(settings.overflow()).as("a run drops nothing").isEmpty();
        assertThat(settings.stage("smoother").orElseThrow().setting("window")).contains("PT0.3S");
        assertThat(settings.stage("labelPolicy").orElseThrow().settings())
                .containsExactly(
                        Map.entry("enter", "0.85"), Map.entry("hold", "0.8"), Map.entry("switchMargin", "0.05"));
        assertThat(settings.stage("tracker").orElseThrow().settings())
                .containsExactly(Map.entry("lostAfter", "PT2S"), Map.entry("newFaceConfidence", "0.0"));
    }

    @Test
    void theDefaultsThatHoldAreInTheRecord() throws IOException, InterruptedException {
        try (EmotionPipeline pipeline =
                        plain().recorder(CsvSessionRecorder.create(folder)).build();
                EmotionSession session = pipeline.start()) {
            session.awaitCompletion();
        }
        PipelineSettings settings = recorded();
        assertThat(settings.option(PipelineSettings.MODE)).contains("session");
        assertThat(settings.overflow()).contains("BLOCK");
        assertThat(settings.queueCapacity()).hasValue(2);
        assertThat(settings.detectEvery()).isEqualTo(1);
        assertThat(settings.stage("smoother").orElseThrow().setting("window")).contains("PT1S");
        assertThat(settings.stage("labelPolicy").orElseThrow().setting("enter")).contains("0.4");
    }

    @Test
    void aLambdaOfTheUsersIsNamedAsSuch() throws IOException {
        try (EmotionPipeline pipeline = plain().smoother((face, time, raw) -> raw)
                .labelPolicy((scores, previous) -> previous)
                .recorder(CsvSessionRecorder.create(folder))
                .build()) {
            pipeline.run(result -> {});
        }
        assertThat(recorded().stage("smoother").orElseThrow().name()).isEqualTo("PipelineRecordTest-lambda");
        assertThat(recorded().stage("labelPolicy").orElseThrow().name()).isEqualTo("PipelineRecordTest-lambda");
    }

    @Test
    void smoothersOfOurOwnSayHowTheyWereSet() {
        assertThat(ExponentialSmoother.withTimeConstant(Duration.ofMillis(250))
                        .metadata()
                        .setting("timeConstant"))
                .contains("PT0.25S");
        assertThat(SubjectBaseline.running()
                        .before(MovingAverageSmoother.ofDefaults())
                        .metadata()
                        .settings())
                .containsEntry("window", "PT1S")
                .containsEntry("baseline", "running")
                .containsEntry("baselineMemory", "PT3M");
        assertThat(TemporalSmoother.none().metadata().name()).isEqualTo("none");
        assertThat(LabelPolicy.argmax().metadata().name()).isEqualTo("argmax");
    }

    private PipelineSettings recorded() throws IOException {
        SessionInfo info = SessionReader.readInfo(folder);
        return info.metadata().pipeline().orElseThrow();
    }

    private static EmotionPipeline.Builder plain() {
        return EmotionPipeline.builder()
                .source(ScriptedFrameSource.frames(2).build())
                .detector(BrightAreaDetector.atFullSize())
                .classifier(new BrightnessClassifier());
    }

    private Map<String, Option> options() throws IOException {
        EyePositions eyes = EyePositions.level(0.31, 0.39);
        Map<String, Option> all = new LinkedHashMap<>();
        all.put("source", new Option(ScriptedFrameSource.frames(2).build(), "\"role\": \"source\""));
        all.put(
                "detector",
                new Option(ReducedFaceDetector.of(BrightAreaDetector.atFullSize(), 333), "\"maxSide\": \"333\""));
        all.put(
                "landmarks",
                new Option(
                        (LandmarkDetector) (frame, face) -> face.landmarks(),
                        "\"role\": \"landmarks\"",
                        "\"PipelineRecordTest-lambda\""));
        all.put("aligner", new Option((FaceAligner) new EyeFaceAligner(eyes), "\"eyesInBox\": \"" + eyes));
        all.put("subject", new Option(SubjectRule.at(0.25, 0.625), "\"subject\": \"0.25,0.625\""));
        all.put("storeOthers", new Option(true, "\"storeOthers\": \"true\""));
        all.put("classifier", new Option(new BrightnessClassifier(), "\"role\": \"classifier\""));
        all.put(
                "tracker",
                new Option(IouFaceTracker.of(0.37, Duration.ofMillis(777)), "\"minOverlap\": \"0.37\"", "PT0.777S"));
        all.put("smoother", new Option(MovingAverageSmoother.over(Duration.ofMillis(321)), "\"window\": \"PT0.321S\""));
        all.put(
                "labelPolicy",
                new Option(
                        new ThresholdLabelPolicy(0.61, 0.52, 0.043),
                        "\"enter\": \"0.61\"",
                        "\"hold\": \"0.52\"",
                        "\"switchMargin\": \"0.043\""));
        all.put(
                "recorder",
                new Option(
                        CsvSessionRecorder.builder(folder)
                                .forceEvery(Duration.ofMillis(432))
                                .create(),
                        "\"forceEvery\": \"PT0.432S\""));
        all.put("onFrameFailure", new Option((Consumer<FrameFailure>) failure -> {}, "\"onFrameFailure\": \"set\""));
        all.put("clock", new Option(Clock.systemUTC(), "\"clock\": \"SystemClock\""));
        all.put("ticker", new Option((LongSupplier) System::nanoTime, "\"ticker\""));
        all.put("detectEvery", new Option(7, "\"detectEvery\": \"7\""));
        all.put("redetectWhenUncertain", new Option(0.35, "\"detectInDoubt\": \"0.35\""));
        all.put("followInCloseUps", new Option(true, "\"followInCloseUps\": \"true\""));
        all.put("skipUnchangedFrames", new Option(2.5, "\"reuseUnchanged\": \"2.5\""));
        all.put("findSceneCuts", new Option(false, "\"findSceneCuts\": \"false\""));
        all.put("closeAtShutdown", new Option(false, "\"closeAtShutdown\": \"false\""));
        return all;
    }

    private static Map<String, Option> sessionOptions() {
        Map<String, Option> all = new LinkedHashMap<>();
        all.put("onFrameFailure", new Option((Consumer<FrameFailure>) failure -> {}, "\"onFrameFailure\": \"set\""));
        all.put("onRecordingFailure", new Option((Consumer<Exception>) failure -> {}, "\"onRecordingFailure\""));
        all.put("onEvent", new Option((Consumer<SessionEvent>) event -> {}, "\"onEvent\": \"set\""));
        all.put(
                "eventDetectors",
                new Option((Supplier<EventDetector>) FacialEventDetector::new, "\"eventDetectors\": \"set\""));
        all.put("overflow", new Option(OverflowPolicy.DROP_NEWEST, "\"overflow\": \"DROP_NEWEST\""));
        all.put("queueCapacity", new Option(9, "\"queueCapacity\": \"9\""));
        all.put("preview", new Option((FrameViewer) frame -> {}, "\"preview\": \"set\""));
        all.put(
                "watch",
                new Option(
                        SourceMonitoring.forFiles().withStalledAfter(Duration.ofMillis(12_345)),
                        "stalledAfter PT12.345S"));
        all.put("onSourceEvent", new Option((Consumer<SourceEvent>) event -> {}, "\"onSourceEvent\""));
        all.put("expectedInterval", new Option(Duration.ofMillis(41), "\"expectedInterval\": \"PT0.041S\""));
        all.put("stopWithin", new Option(Duration.ofMillis(8_765), "\"stopWithin\": \"PT8.765S\""));
        all.put("threads", new Option((ThreadFactory) Thread::new, "\"threads\""));
        return all;
    }

    /** Sets every option that a builder has, each of which has to be looked for in the record. */
    private static void setAll(Object builder, Map<String, Option> options, Set<String> elsewhere)
            throws IllegalAccessException, InvocationTargetException {
        Set<String> setters = new HashSet<>();
        for (Method method : builder.getClass().getDeclaredMethods()) {
            if (Modifier.isPublic(method.getModifiers())
                    && method.getReturnType().equals(builder.getClass())
                    && !elsewhere.contains(method.getName())) {
                setters.add(method.getName());
                assertThat(options)
                        .as("the record has to repeat the builder's option %s, and this test to look for it", method)
                        .containsKey(method.getName());
                List<Class<?>> taken = Arrays.asList(method.getParameterTypes());
                assertThat(taken).as(method.getName()).hasSize(1);
                method.invoke(builder, options.get(method.getName()).value());
            }
        }
        assertThat(setters).containsExactlyInAnyOrderElementsOf(options.keySet());
    }

    @Test
    void theSameRecordingGivesTheSameRecord() throws IOException {
        SessionMetadata metadata = SessionMetadata.withoutConsent();
        for (String session : List.of("one", "two")) {
            ScriptedFrameSource.Builder moving =
                    ScriptedFrameSource.frames(8).painted((index, canvas) -> canvas.square(4 + 3 * index, 10, 24, 240));
            try (EmotionPipeline pipeline = EmotionPipeline.builder()
                    .source(moving.unreadableAt(3).discontinuityAt(5).build())
                    .detector(BrightAreaDetector.atFullSize())
                    .classifier(new BrightnessClassifier())
                    .recorder(CsvSessionRecorder.create(folder.resolve(session), metadata))
                    .clock(Clock.fixed(Instant.EPOCH, ZoneOffset.UTC))
                    .build()) {
                pipeline.run(result -> {});
            }
        }
        assertThat(folder.resolve("two/session.csv")).hasSameBinaryContentAs(folder.resolve("one/session.csv"));
    }

    @Test
    void aTrackerOfOursSaysHowItWasSet() {
        assertThat(MotionFaceTracker.of(Duration.ofMillis(1_500), 0.6)
                        .metadata()
                        .settings())
                .containsExactly(Map.entry("lostAfter", "PT1.5S"), Map.entry("newFaceConfidence", "0.6"));
    }
}
