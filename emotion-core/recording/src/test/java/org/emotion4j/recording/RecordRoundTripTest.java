package org.emotion4j.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.emotion4j.emotion.Emotion;
import org.emotion4j.emotion.EmotionScores;
import org.emotion4j.face.BoundingBox;
import org.emotion4j.face.DetectedFace;
import org.emotion4j.face.FaceQuality;
import org.emotion4j.face.HeadPose;
import org.emotion4j.frame.MediaTime;
import org.emotion4j.reading.EmotionReading;
import org.emotion4j.reading.FrameResult;
import org.emotion4j.reading.StageTimings;

/** What the recorder takes comes back; what would not come back is refused at the door, and the record goes on. */
class RecordRoundTripTest {
    @Property(tries = 80)
    void anySequenceOfFramesThatIsTakenComesBackRowByRow(@ForAll("sequences") List<FrameResult> frames)
            throws IOException {
        inFolder(folder -> {
            List<FrameResult> taken = new ArrayList<>();
            try (CsvSessionRecorder recorder = CsvSessionRecorder.create(folder)) {
                for (FrameResult frame : frames) {
                    try {
                        recorder.record(frame);
                        taken.add(frame);
                    } catch (IllegalArgumentException e) {
                        assertThat(e).hasMessageMatching("(?s).*(expected|recorded already).*");
                    }
                }
            }
            assertThat(read(folder)).hasSameSizeAs(taken);
            List<RecordedFrame> read = read(folder);
            for (int i = 0; i < taken.size(); i++) {
                requireSame(read.get(i), taken.get(i));
            }
        });
    }

    @Example
    void numbersThatAreNoneAreRefusedAndTheRecordGoesOn() throws IOException {
        inFolder(folder -> {
            try (CsvSessionRecorder recorder = CsvSessionRecorder.create(folder)) {
                recorder.record(frame(0, 0, "a", List.of(reading(quality(0.5)))));
                assertThatThrownBy(
                                () -> recorder.record(frame(1, 1_000_000, "a", List.of(reading(quality(Double.NaN))))))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("brightness is NaN");
                recorder.record(frame(2, 2_000_000, "a", List.of()));
            }
            assertThat(read(folder)).extracting(RecordedFrame::index).containsExactly(0L, 2L);
        });
    }

    @Example
    void aClocksTimeIsRefused() throws IOException {
        inFolder(folder -> {
            try (CsvSessionRecorder recorder = CsvSessionRecorder.create(folder)) {
                assertThatThrownBy(() -> recorder.record(frame(0, 1_790_000_000_000_000_000L, "", List.of())))
                        .hasMessageContaining("media time")
                        .hasMessageContaining("not a clock's");
            }
        });
    }

    @Example
    void aFrameWhoseFacesComeInTwoPartsIsRefused() throws IOException {
        inFolder(folder -> {
            EmotionReading one = SampleFrames.reading(1, 0, Emotion.SAD);
            EmotionReading two = SampleFrames.reading(2, 0, Emotion.SAD);
            EmotionReading three = SampleFrames.reading(3, 0, Emotion.SAD);
            try (CsvSessionRecorder recorder = CsvSessionRecorder.create(folder)) {
                recorder.record(frame(4, 0, "", List.of(one)));
                recorder.record(frame(4, 0, "", List.of(one, two)));
                assertThatThrownBy(() -> recorder.record(frame(4, 0, "", List.of(three))))
                        .hasMessageContaining("recorded already");
                assertThatThrownBy(() -> recorder.record(frame(5, 0, "", List.of(two, two))))
                        .hasMessageContaining("face 2 twice");
            }
            assertThat(read(folder)).extracting(each -> each.readings().size()).containsExactly(1, 2);
        });
    }

    @Example
    void rowsAndPipelinesHaveOneRangeOfTimes() {
        assertThat(RowBounds.MOST_NANOS).isEqualTo(MediaTime.MOST_NANOS);
    }

    private static void requireSame(RecordedFrame read, FrameResult frame) {
        assertThat(read.index()).isEqualTo(frame.index());
        assertThat((double) read.mediaNanos()).isCloseTo(frame.mediaNanos(), within(500.0 + 1e-10));
        assertThat(read.wallTime().toEpochMilli()).isEqualTo(frame.wallTime().toEpochMilli());
        assertThat(read.origin()).isEqualTo(Texts.onOneLine(frame.origin()));
        assertThat(read.discontinuity()).isEqualTo(frame.discontinuity());
        assertThat(read.readings()).hasSameSizeAs(frame.readings());
        for (int i = 0; i < read.readings().size(); i++) {
            requireSame(read.readings().get(i), frame.readings().get(i));
        }
    }

    private static void requireSame(EmotionReading read, EmotionReading recorded) {
        assertThat(read.faceId()).isEqualTo(recorded.faceId());
        assertThat(read.label()).isEqualTo(recorded.label());
        BoundingBox box = read.face().box();
        BoundingBox original = recorded.face().box();
        assertThat(box.x()).isCloseTo(original.x(), within(0.0501));
        assertThat(box.y()).isCloseTo(original.y(), within(0.0501));
        assertThat(box.width()).isCloseTo(original.width(), within(0.1));
        assertThat(box.height()).isCloseTo(original.height(), within(0.1));
        assertThat(read.face().confidence()).isCloseTo(recorded.face().confidence(), within(5.01e-5));
        for (Emotion emotion : Emotion.all()) {
            assertThat(read.scores().get(emotion)).isCloseTo(recorded.scores().get(emotion), within(4e-5f));
            assertThat(read.raw().get(emotion)).isCloseTo(recorded.raw().get(emotion), within(4e-5f));
        }
        assertThat(read.quality().isPresent()).isEqualTo(recorded.quality().isPresent());
        if (read.quality().isPresent()) {
            FaceQuality one = read.quality().get();
            FaceQuality other = recorded.quality().orElseThrow();
            assertThat(one.overall()).isCloseTo(other.overall(), within(5.01e-4));
            assertThat(one.faceSize()).isCloseTo(other.faceSize(), within(0.0501));
            assertThat(one.sharpness()).isCloseTo(other.sharpness(), within(5.01e-4));
            assertThat(one.brightness()).isCloseTo(other.brightness(), within(5.01e-4));
            assertThat(one.contrast()).isCloseTo(other.contrast(), within(5.01e-4));
            assertThat(one.issues()).isEqualTo(other.issues());
            assertThat(one.headPose().isPresent()).isEqualTo(other.headPose().isPresent());
            one.headPose().ifPresent(pose -> assertThat(pose.yaw())
                    .isCloseTo(other.headPose().orElseThrow().yaw(), within(0.0501)));
        }
    }

    @Provide
    Arbitrary<List<FrameResult>> sequences() {
        Arbitrary<Long> indices = Arbitraries.oneOf(
                Arbitraries.longs().between(0, 5),
                Arbitraries.longs().between(0, Long.MAX_VALUE),
                Arbitraries.just(-1L));
        Arbitrary<Long> times = Arbitraries.oneOf(
                Arbitraries.longs().between(-2_000, 2_000),
                Arbitraries.longs().between(-3_000_000_000L, 7_200_000_000_000L),
                Arbitraries.longs(),
                Arbitraries.of(
                        MediaTime.MOST_NANOS,
                        -MediaTime.MOST_NANOS,
                        MediaTime.MOST_NANOS + 1,
                        1_790_000_000_000_000_000L,
                        Long.MIN_VALUE,
                        Long.MAX_VALUE));
        Arbitrary<Instant> clocks = Arbitraries.oneOf(
                Arbitraries.longs()
                        .between(-62_135_596_800_000L, 253_402_300_799_999L)
                        .map(Instant::ofEpochMilli),
                Arbitraries.of(
                        Instant.MIN, Instant.MAX, Instant.EPOCH, Instant.parse("2026-11-28T10:00:00.999999999Z")));
        Arbitrary<String> origins = Arbitraries.oneOf(
                Arbitraries.strings().ofMaxLength(40),
                Arbitraries.strings()
                        .withChars(",;\"'\n\r\t \u0000\u0085\u2028\uFEFF=+-@")
                        .ofMaxLength(12),
                Arbitraries.of(
                        "", " ", "\uD83D\uDE00.jpg", "\uD83D", "\uDE00x", "x".repeat(10_000), "x".repeat(10_001)));
        Arbitrary<FrameResult> frames = Combinators.combine(
                        indices,
                        times,
                        clocks,
                        origins,
                        Arbitraries.of(true, false),
                        readings().list().ofMaxSize(12))
                .as((index, nanos, clock, origin, cut, faces) -> new FrameResult(
                        index, nanos, clock, origin, 640, 480, cut, faces, new StageTimings(1, 2, 3, 6)));
        return frames.list().ofMinSize(1).ofMaxSize(8);
    }

    private static Arbitrary<EmotionReading> readings() {
        Arbitrary<Double> places = Arbitraries.oneOf(
                Arbitraries.doubles().between(-50, 5_000),
                Arbitraries.of(-1e9, 1e9, 1e12, -1e300, Double.MAX_VALUE, -0.0, 0.04999));
        Arbitrary<Double> sides = Arbitraries.oneOf(
                Arbitraries.doubles().between(1, 5_000),
                Arbitraries.of(Double.MIN_VALUE, 0.001, 0.04, 1e9, 1e10, 1e300));
        Arbitrary<BoundingBox> boxes =
                Combinators.combine(places, places, sides, sides).as(BoundingBox::new);
        Arbitrary<Double> shares =
                Arbitraries.oneOf(Arbitraries.doubles().between(0, 1), Arbitraries.of(0.0, 1.0, -0.0));
        return Combinators.combine(
                        Arbitraries.oneOf(Arbitraries.integers().between(0, 9), Arbitraries.of(Integer.MAX_VALUE, -1)),
                        boxes,
                        shares,
                        scores(),
                        scores(),
                        Arbitraries.of(Emotion.class).optional(),
                        qualities().optional())
                .as((id, box, sure, raw, scores, label, quality) ->
                        new EmotionReading(id, 0, new DetectedFace(box, sure), raw, scores, label, quality));
    }

    private static Arbitrary<EmotionScores> scores() {
        Arbitrary<EmotionScores> mixed = Arbitraries.floats()
                .between(0, 1)
                .array(float[].class)
                .ofSize(EmotionScores.SIZE)
                .map(weights -> {
                    weights[0] += 1e-6f;
                    return EmotionScores.ofWeights(weights);
                });
        return Arbitraries.oneOf(mixed, Arbitraries.of(Emotion.class).map(EmotionScores::certain));
    }

    private static Arbitrary<FaceQuality> qualities() {
        Arbitrary<Double> shares = Arbitraries.doubles().between(0, 1);
        Arbitrary<Double> measures = Arbitraries.oneOf(
                Arbitraries.doubles().between(0, 3_000), Arbitraries.of(0.0, 1e9, 1e10, -0.01, Double.NaN));
        Arbitrary<Double> lights =
                Arbitraries.oneOf(shares, Arbitraries.of(1.0, 1.01, -1.0, Double.NaN, Double.POSITIVE_INFINITY));
        Arbitrary<HeadPose> poses = Combinators.combine(
                        Arbitraries.doubles().between(-90, 90),
                        Arbitraries.doubles().between(-90, 90),
                        Arbitraries.doubles().between(-180, 180))
                .as(HeadPose::new);
        Arbitrary<Set<FaceQuality.Issue>> issues =
                Arbitraries.of(FaceQuality.Issue.class).set();
        return Combinators.combine(shares, measures, measures, lights, shares, poses.optional(), issues)
                .as(FaceQuality::new);
    }

    private static FaceQuality quality(double brightness) {
        return new FaceQuality(0.5, 100, 1, brightness, 0.2, Optional.empty(), Set.of());
    }

    private static EmotionReading reading(FaceQuality quality) {
        return new EmotionReading(
                1,
                0,
                new DetectedFace(new BoundingBox(1, 2, 3, 4), 0.5),
                EmotionScores.uniform(),
                EmotionScores.uniform(),
                Optional.empty(),
                Optional.of(quality));
    }

    private static FrameResult frame(long index, long nanos, String origin, List<EmotionReading> readings) {
        return new FrameResult(
                index, nanos, SampleFrames.START, origin, 640, 480, false, readings, new StageTimings(1, 2, 3, 6));
    }

    private static List<RecordedFrame> read(Path folder) throws IOException {
        List<RecordedFrame> frames = new ArrayList<>();
        try (SessionReader reader = SessionReader.open(folder)) {
            reader.forEachRemaining(frames::add);
            assertThat(reader.problems()).isEmpty();
        }
        return frames;
    }

    /** Properties have no temporary folders of their own. */
    private static void inFolder(Work work) throws IOException {
        Path folder = Files.createTempDirectory("emotion4j-round-trip");
        try {
            work.in(folder);
        } finally {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private interface Work {
        void in(Path folder) throws IOException;
    }
}
