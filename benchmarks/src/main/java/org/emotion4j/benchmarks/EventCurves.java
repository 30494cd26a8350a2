package org.emotion4j.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.emotion4j.emotion.Emotion;
import org.emotion4j.emotion.EmotionScores;
import org.emotion4j.emotion.FacialMovement;
import org.emotion4j.emotion.FacialMovements;
import org.emotion4j.event.FacialEvent;
import org.emotion4j.event.FacialEventDetector;
import org.emotion4j.face.HeadPose;
import org.emotion4j.frame.FrameSource;
import org.emotion4j.pipeline.EmotionPipeline;
import org.emotion4j.reading.EmotionReading;

/** What the networks said of one face of a film, frame by frame, and what there was to find: rules are tried on it in no time. */
final class EventCurves {
    private static final String TRUTH = "#truth";

    private record Sample(long nanos, EmotionScores scores, Optional<FacialMovements> movements) {}

    private final String name;
    private final List<MorphClip.Truth> truths;
    private final List<Sample> samples;
    private final Optional<List<FacialEvent>> found;

    private EventCurves(
            String name, List<MorphClip.Truth> truths, List<Sample> samples, Optional<List<FacialEvent>> found) {
        this.name = name;
        this.truths = List.copyOf(truths);
        this.samples = samples;
        this.found = found;
    }

    /** The same film with the events that something else found: a file of its name, {@code kind,name,onset,offset} a line. */
    EventCurves withEventsOf(Path folder) throws IOException {
        List<FacialEvent> events = new ArrayList<>();
        for (String line : Files.readAllLines(folder.resolve(name + ".csv"), StandardCharsets.UTF_8)) {
            String[] cells = line.split(",");
            long onset = Math.round(Double.parseDouble(cells[2]) * 1e9);
            events.add(FacialEvent.of(
                            FacialEvent.Kind.valueOf(cells[0]),
                            cells[1],
                            onset,
                            onset,
                            Math.round(Double.parseDouble(cells[3]) * 1e9),
                            1,
                            0)
                    .withTalking(false));
        }
        return new EventCurves(name, truths, samples, Optional.of(events));
    }

    /** Has a film read; of several faces the one that was there first counts. The source is closed. */
    static EventCurves of(EmotionPipeline pipeline, String name, FrameSource source, List<MorphClip.Truth> truths)
            throws IOException {
        List<Sample> samples = new ArrayList<>();
        pipeline.session(source).run(result -> result.readings().stream()
                .min(Comparator.comparingInt(EmotionReading::faceId))
                .ifPresent(
                        reading -> samples.add(new Sample(reading.mediaNanos(), reading.raw(), reading.movements()))));
        return new EventCurves(name, truths, samples, Optional.empty());
    }

    String name() {
        return name;
    }

    List<MorphClip.Truth> truths() {
        return truths;
    }

    double seconds() {
        return samples.isEmpty() ? 0 : (samples.get(samples.size() - 1).nanos - samples.get(0).nanos) / 1e9;
    }

    /** Finds events by the library's rules, or says what something else found. */
    List<FacialEvent> events() {
        if (found.isPresent()) {
            return found.get();
        }
        FacialEventDetector detector = new FacialEventDetector();
        List<FacialEvent> events = new ArrayList<>();
        for (Sample sample : samples) {
            events.addAll(detector.accept(sample.nanos, sample.scores, sample.movements));
        }
        events.addAll(detector.interrupt());
        return events;
    }

    void write(Path folder) throws IOException {
        List<String> lines = new ArrayList<>();
        for (MorphClip.Truth truth : truths) {
            lines.add(String.format(
                    Locale.ROOT,
                    "%s,%s,%s,%.4f,%.4f",
                    TRUTH,
                    truth.kind().name(),
                    truth.name(),
                    truth.onset(),
                    truth.offset()));
        }
        samples.forEach(sample -> lines.add(line(sample)));
        Files.createDirectories(folder);
        Files.write(folder.resolve(name + ".csv"), lines);
    }

    static List<EventCurves> readAll(Path folder) throws IOException {
        List<EventCurves> all = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.sorted().toList()) {
                all.add(read(file));
            }
        }
        return all;
    }

    private static EventCurves read(Path file) throws IOException {
        List<MorphClip.Truth> truths = new ArrayList<>();
        List<Sample> samples = new ArrayList<>();
        for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
            String[] cells = line.split(",");
            if (cells[0].equals(TRUTH)) {
                truths.add(new MorphClip.Truth(
                        FacialEvent.Kind.valueOf(cells[1]),
                        cells[2],
                        Double.parseDouble(cells[3]),
                        Double.parseDouble(cells[4])));
            } else {
                samples.add(sample(cells));
            }
        }
        return new EventCurves(file.getFileName().toString().replace(".csv", ""), truths, samples, Optional.empty());
    }

    private static String line(Sample sample) {
        StringBuilder line = new StringBuilder(Long.toString(sample.nanos));
        Emotion.all().forEach(emotion -> line.append(String.format(Locale.ROOT, ",%.6f", sample.scores.get(emotion))));
        sample.movements.ifPresent(moving -> {
            FacialMovement.all()
                    .forEach(each -> line.append(String.format(Locale.ROOT, ",%.5f", moving.intensity(each))));
            line.append(String.format(
                    Locale.ROOT,
                    ",%.5f,%.5f,%.2f,%.2f,%.2f",
                    moving.leftEyeClosed(),
                    moving.rightEyeClosed(),
                    moving.headPose().yaw(),
                    moving.headPose().pitch(),
                    moving.headPose().roll()));
        });
        return line.toString();
    }

    private static Sample sample(String[] cells) {
        int scores = Emotion.all().size();
        float[] numbers = new float[cells.length - 1];
        for (int i = 1; i < cells.length; i++) {
            numbers[i - 1] = Float.parseFloat(cells[i]);
        }
        EmotionScores seen = EmotionScores.of(java.util.Arrays.copyOf(numbers, scores));
        Optional<FacialMovements> movements = Optional.empty();
        if (numbers.length > scores) {
            int rest = scores + FacialMovement.COUNT;
            movements = Optional.of(FacialMovements.of(
                    java.util.Arrays.copyOfRange(numbers, scores, rest),
                    numbers[rest],
                    numbers[rest + 1],
                    new HeadPose(numbers[rest + 2], numbers[rest + 3], numbers[rest + 4])));
        }
        return new Sample(Long.parseLong(cells[0]), seen, movements);
    }
}
