package org.emotion4j.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.emotion4j.emotion.FacialMovement;
import org.emotion4j.event.FacialEvent;
import org.emotion4j.event.FacialEventDetector;
import org.emotion4j.face.FaceDetector;
import org.emotion4j.face.LandmarkDetector;
import org.emotion4j.frame.FrameSource;
import org.emotion4j.opencv.FrameSources;
import org.emotion4j.opencv.OpenCv;
import org.emotion4j.pipeline.EmotionPipeline;
import org.emotion4j.reading.EmotionReading;
import org.emotion4j.reading.FrameResult;
import org.emotion4j.spi.Stages;

/**
 * Says how well events are found: in films made of two photographs of a person, of which every time is known exactly, with blinks
 * and speech, and in a film that somebody marked.
 *
 * <p>{@code java -cp benchmarks/target/benchmarks.jar org.emotion4j.benchmarks.EventFigures --labels FILE.csv [--people 28]
 * [--seed 1] [--curves DIR]} takes photographs with the columns {@code image,label,second,person,AU1,...}; people are those that
 * training holds out, by the hash of their name. {@code --film FILE --marks FILE.csv} (columns {@code kind,name,onset,offset,must};
 * seconds; only the marked names are judged, and {@code must=0} is neither missed nor false) takes a film.
 */
public final class EventFigures {
    private static final List<String> OPTIONS = List.of("labels", "people", "seed", "film", "marks", "curves");
    private static final double SYNTHETIC_OVERLAP = 0.5;
    private static final double FILM_OVERLAP = 0.3;
    private static final int BLINKS = 8;
    private static final int SENTENCES = 6;
    private static final String NEUTRAL = "neutral";

    private record Row(Path image, String label, boolean compound, String person, List<String> units) {}

    private final EmotionPipeline pipeline;
    private final Optional<Path> curves;

    private EventFigures(EmotionPipeline pipeline, Optional<Path> curves) {
        this.pipeline = pipeline;
        this.curves = curves;
    }

    /**
     * Prints the figures.
     *
     * @param args see above
     * @throws IOException if something cannot be read
     */
    public static void main(String[] args) throws IOException {
        Options options = Options.of(args, OPTIONS, List.of());
        if (options.has("labels") == options.has("film")) {
            System.err.println("give --labels FILE.csv or --film FILE --marks FILE.csv; options: " + OPTIONS);
            System.exit(2);
        }
        OpenCv.load();
        try (FaceDetector detector = Stages.defaultDetector();
                LandmarkDetector landmarks = Stages.defaultLandmarkDetector();
                EmotionPipeline pipeline = EmotionPipeline.withDefaults()) {
            EventFigures figures = new EventFigures(
                    pipeline,
                    Optional.of(options.text("curves", ""))
                            .filter(text -> !text.isEmpty())
                            .map(Path::of));
            if (options.has("film")) {
                figures.film(Path.of(options.text("film", "")), Path.of(options.text("marks", "")));
            } else {
                List<Row> rows = heldOut(rows(Path.of(options.text("labels", ""))), (int) options.number("people", 28));
                figures.morphs(rows, detector, landmarks, options.number("seed", 1));
            }
        }
    }

    private void morphs(List<Row> rows, FaceDetector detector, LandmarkDetector landmarks, long seed)
            throws IOException {
        EventMatches expressions = new EventMatches(SYNTHETIC_OVERLAP);
        EventMatches blinks = new EventMatches(SYNTHETIC_OVERLAP);
        double talked = 0;
        int falseWhileTalking = 0;
        int unmarked = 0;
        Map<String, List<Row>> people =
                rows.stream().collect(Collectors.groupingBy(Row::person, TreeMap::new, Collectors.toList()));
        long number = seed * 1000;
        for (List<Row> pictures : people.values()) {
            Map<Row, FaceMorph.Photo> photos = new LinkedHashMap<>();
            for (Row row : pictures) {
                FaceMorph.Photo.read(row.image, detector, landmarks).ifPresent(photo -> photos.put(row, photo));
            }
            Optional<FaceMorph.Photo> rest = photos.entrySet().stream()
                    .filter(entry -> entry.getKey().label.equals(NEUTRAL))
                    .map(Map.Entry::getValue)
                    .findFirst();
            if (rest.isEmpty() || photos.size() < 2) {
                continue;
            }
            FaceMorph still = FaceMorph.between(rest.get(), rest.get());
            number++;
            MorphClip acted = acted(rest.get(), still, photos, number);
            expressions.add(acted.truths(), kept(events(acted, "acted-" + number), List.of("expression", "movement")));
            MorphClip blinking = blinking(still, number);
            blinks.add(blinking.truths(), kept(events(blinking, "blinks-" + number), List.of("blink", "eyes-closed")));
            Optional<MorphClip> talking = talking(rest.get(), still, photos, number);
            if (talking.isPresent()) {
                List<FacialEvent> spoken = kept(events(talking.get(), "talking-" + number), List.of("expression"));
                falseWhileTalking += (int)
                        spoken.stream().filter(event -> !event.isWhileTalking()).count();
                unmarked += spoken.size();
                talked += talking.get().seconds() / 60;
            }
        }
        expressions.print();
        System.out.println();
        blinks.print();
        System.out.printf(
                Locale.ROOT,
                "%nspeech: %.1f minutes, %d expressions that do not count as speech (%.2f a minute), %d in all%n",
                talked,
                falseWhileTalking,
                falseWhileTalking / Math.max(talked, 1e-9),
                unmarked);
    }

    private static MorphClip acted(
            FaceMorph.Photo rest, FaceMorph still, Map<Row, FaceMorph.Photo> photos, long number) {
        MorphClip clip = new MorphClip(still, number);
        clip.rest(2, 3);
        photos.forEach((row, photo) -> {
            if (!row.compound && !row.label.equals(NEUTRAL)) {
                List<MorphClip.Truth> names = new ArrayList<>();
                names.add(new MorphClip.Truth(FacialEvent.Kind.EXPRESSION, row.label, 0, 0));
                row.units.forEach(unit -> names.add(new MorphClip.Truth(FacialEvent.Kind.MOVEMENT, unit, 0, 0)));
                clip.gesture(FaceMorph.between(rest, photo), names);
                clip.rest(1, 2);
            }
        });
        return clip;
    }

    private static MorphClip blinking(FaceMorph still, long number) {
        MorphClip clip = new MorphClip(still, number);
        clip.rest(2, 3);
        for (int i = 0; i < BLINKS; i++) {
            clip.blink();
            clip.rest(0.7, 3);
        }
        return clip;
    }

    private static Optional<MorphClip> talking(
            FaceMorph.Photo rest, FaceMorph still, Map<Row, FaceMorph.Photo> photos, long number) {
        Optional<FaceMorph.Photo> open = photos.entrySet().stream()
                .filter(entry -> entry.getKey().units.containsAll(List.of("AU25", "AU26"))
                        && !entry.getKey().units.contains("AU12"))
                .map(Map.Entry::getValue)
                .findFirst();
        return open.map(mouth -> {
            Random random = new Random(number);
            FaceMorph speech = FaceMorph.ofMouth(rest, mouth);
            MorphClip clip = new MorphClip(still, number);
            clip.rest(2, 3);
            for (int sentence = 0; sentence < SENTENCES; sentence++) {
                int syllables = 5 + random.nextInt(15);
                for (int i = 0; i < syllables; i++) {
                    clip.syllable(speech);
                    clip.rest(0, 0.08);
                }
                clip.rest(0.5, 2);
            }
            return clip;
        });
    }

    private void film(Path film, Path marks) throws IOException {
        List<MorphClip.Truth> must = new ArrayList<>();
        List<MorphClip.Truth> may = new ArrayList<>();
        for (String line : Files.readAllLines(marks, StandardCharsets.UTF_8)) {
            String[] cells = line.split(",");
            if (line.startsWith("#") || cells[0].equals("kind")) {
                continue;
            }
            MorphClip.Truth truth = new MorphClip.Truth(
                    FacialEvent.Kind.valueOf(cells[0].toUpperCase(Locale.ROOT).replace('-', '_')),
                    cells[1],
                    Double.parseDouble(cells[2]),
                    Double.parseDouble(cells[3]));
            (cells[4].equals("1") ? must : may).add(truth);
        }
        List<String> names = must.stream().map(MorphClip.Truth::name).toList();
        List<FacialEvent> found;
        try (FrameSource source = FrameSources.parse(film.toString())) {
            found = events(source, film.getFileName().toString()).stream()
                    .filter(event -> names.contains(event.name()))
                    .filter(event -> may.stream().noneMatch(each -> isIn(event, each)))
                    .toList();
        }
        EventMatches matches = new EventMatches(FILM_OVERLAP);
        matches.add(must, found);
        found.forEach(System.out::println);
        matches.print();
    }

    private static boolean isIn(FacialEvent event, MorphClip.Truth truth) {
        return event.name().equals(truth.name())
                && event.onsetNanos() / 1e9 < truth.offset()
                && event.offsetNanos() / 1e9 > truth.onset();
    }

    private List<FacialEvent> events(FrameSource source, String name) throws IOException {
        FacialEventDetector detector = new FacialEventDetector();
        List<FacialEvent> events = new ArrayList<>();
        List<String> lines = new ArrayList<>();
        pipeline.session(source).run(result -> {
            first(result).ifPresent(reading -> {
                events.addAll(detector.accept(reading.mediaNanos(), reading.raw(), reading.movements()));
                lines.add(line(reading));
            });
        });
        events.addAll(detector.interrupt());
        if (curves.isPresent()) {
            Files.createDirectories(curves.get());
            Files.write(curves.get().resolve(name + ".csv"), lines);
        }
        return events;
    }

    private static Optional<EmotionReading> first(FrameResult result) {
        return result.readings().stream().min(Comparator.comparingInt(EmotionReading::faceId));
    }

    private static String line(EmotionReading reading) {
        StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "%.3f", reading.mediaNanos() / 1e9));
        for (int i = 0; i < 7; i++) {
            line.append(String.format(
                    Locale.ROOT,
                    ",%.3f",
                    reading.raw().get(org.emotion4j.emotion.Emotion.all().get(i))));
        }
        reading.movements().ifPresent(moving -> {
            FacialMovement.all()
                    .forEach(each -> line.append(String.format(Locale.ROOT, ",%.3f", moving.intensity(each))));
            line.append(String.format(
                    Locale.ROOT,
                    ",%.3f,%.1f,%.1f",
                    moving.eyesClosed(),
                    moving.headPose().yaw(),
                    moving.headPose().pitch()));
        });
        return line.toString();
    }

    private static List<FacialEvent> kept(List<FacialEvent> events, List<String> kinds) {
        return events.stream()
                .filter(event -> kinds.contains(event.kind().code()))
                .toList();
    }

    private static List<Row> rows(Path file) throws IOException {
        List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
        List<String> header = Arrays.asList(lines.get(0).split(",", -1));
        List<String> units =
                FacialMovement.all().stream().map(FacialMovement::code).toList();
        List<Row> rows = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            String[] cells = line.split(",", -1);
            rows.add(new Row(
                    file.resolveSibling(cells[header.indexOf("image")]),
                    cells[header.indexOf("label")],
                    !cells[header.indexOf("second")].isEmpty(),
                    cells[header.indexOf("person")],
                    units.stream()
                            .filter(unit -> !cells[header.indexOf(unit)].isEmpty())
                            .toList()));
        }
        return rows;
    }

    /** The people that training never sees: the first by the hash of their name, as in face_data.py. */
    private static List<Row> heldOut(List<Row> rows, int people) {
        List<String> names = rows.stream()
                .map(Row::person)
                .distinct()
                .sorted(Comparator.comparingLong(EventFigures::hash).thenComparing(name -> name))
                .limit(people)
                .toList();
        return rows.stream().filter(row -> names.contains(row.person)).toList();
    }

    private static long hash(String name) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
            return java.nio.ByteBuffer.wrap(digest).getInt() & 0xFFFFFFFFL;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
