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
import org.emotion4j.face.FaceDetector;
import org.emotion4j.face.LandmarkDetector;
import org.emotion4j.frame.FrameSource;
import org.emotion4j.opencv.FrameSources;
import org.emotion4j.opencv.OpenCv;
import org.emotion4j.pipeline.EmotionPipeline;
import org.emotion4j.spi.Stages;

/**
 * Says how well events are found: in films made of two photographs of a person, of which every time is known exactly, with blinks
 * and speech, and in a film that somebody marked.
 *
 * <p>{@code java -cp benchmarks/target/benchmarks.jar org.emotion4j.benchmarks.EventFigures --labels FILE.csv [--people 28]
 * [--seed 1] [--clips acted,blinks,talking] [--curves DIR] [--training]} takes photographs with the columns
 * {@code image,label,second,person,AU1,...}; people are those that training holds out, by the hash of their name, or with
 * {@code --training} as many of the others. {@code --film FILE --marks FILE.csv} (columns {@code kind,name,onset,offset,must};
 * seconds; only the marked names are judged, and {@code must=0} is neither missed nor false) takes a film. What the networks
 * said is written to {@code --curves DIR}, and {@code --replay DIR} finds events in it without asking them again; with
 * {@code --found DIR}, there or beside {@code --film}, events are those of its files of the same names ({@code kind,name,onset,offset} in seconds, of whatever
 * found them) and not those of the library's rules.
 */
public final class EventFigures {
    private static final List<String> OPTIONS =
            List.of("labels", "people", "seed", "film", "marks", "curves", "replay", "clips", "found");
    private static final double SYNTHETIC_OVERLAP = 0.5;
    private static final double FILM_OVERLAP = 0.3;
    private static final int HELD_OUT = 28;
    private static final String TRAINING = "training";
    private static final int BLINKS_EACH = 8;
    private static final int SENTENCES = 6;
    private static final String NEUTRAL = "neutral";
    private static final String ACTED = "acted";
    private static final String BLINKS = "blinks";
    private static final String TALKING = "talking";

    private record Row(Path image, String label, boolean compound, String person, List<String> units) {}

    private EventFigures() {}

    /**
     * Prints the figures.
     *
     * @param args see above
     * @throws IOException if something cannot be read
     */
    public static void main(String[] args) throws IOException {
        Options options = Options.of(args, OPTIONS, List.of(TRAINING));
        if (options.has("replay")) {
            List<EventCurves> all = EventCurves.readAll(Path.of(options.text("replay", "")));
            if (options.has("found")) {
                List<EventCurves> others = new ArrayList<>();
                for (EventCurves curves : all) {
                    others.add(curves.withEventsOf(Path.of(options.text("found", ""))));
                }
                all = others;
            }
            score(all);
            return;
        }
        if (options.has("labels") == options.has("film")) {
            System.err.println(
                    "give --labels FILE.csv, --film FILE --marks FILE.csv, or --replay DIR; options: " + OPTIONS);
            System.exit(2);
        }
        OpenCv.load();
        Optional<Path> folder =
                options.has("curves") ? Optional.of(Path.of(options.text("curves", ""))) : Optional.empty();
        try (EmotionPipeline pipeline = EmotionPipeline.withDefaults()) {
            if (options.has("film")) {
                Optional<Path> found =
                        options.has("found") ? Optional.of(Path.of(options.text("found", ""))) : Optional.empty();
                film(pipeline, Path.of(options.text("film", "")), Path.of(options.text("marks", "")), folder, found);
            } else {
                List<Row> rows = people(rows(Path.of(options.text("labels", ""))), options.has(TRAINING), (int)
                        options.number("people", HELD_OUT));
                List<String> kinds = List.of(options.text("clips", ACTED + "," + BLINKS + "," + TALKING)
                        .split(","));
                score(filmed(pipeline, rows, kinds, options.number("seed", 1), folder));
            }
        }
    }

    /** Makes films of each person and has them read. */
    private static List<EventCurves> filmed(
            EmotionPipeline pipeline, List<Row> rows, List<String> kinds, long seed, Optional<Path> folder)
            throws IOException {
        List<EventCurves> all = new ArrayList<>();
        Map<String, List<Row>> people =
                rows.stream().collect(Collectors.groupingBy(Row::person, TreeMap::new, Collectors.toList()));
        long number = seed * 1000;
        try (FaceDetector detector = Stages.defaultDetector();
                LandmarkDetector landmarks = Stages.defaultLandmarkDetector()) {
            for (Map.Entry<String, List<Row>> person : people.entrySet()) {
                number++;
                for (Map.Entry<String, MorphClip> clip :
                        clips(person.getValue(), detector, landmarks, number).entrySet()) {
                    if (!kinds.contains(clip.getKey())) {
                        continue;
                    }
                    EventCurves curves = EventCurves.of(
                            pipeline,
                            person.getKey() + "-" + clip.getKey(),
                            clip.getValue(),
                            clip.getValue().truths());
                    if (folder.isPresent()) {
                        curves.write(folder.get());
                    }
                    all.add(curves);
                }
            }
        }
        return all;
    }

    private static Map<String, MorphClip> clips(
            List<Row> pictures, FaceDetector detector, LandmarkDetector landmarks, long number) {
        Map<Row, FaceMorph.Photo> photos = new LinkedHashMap<>();
        for (Row row : pictures) {
            FaceMorph.Photo.read(row.image, detector, landmarks).ifPresent(photo -> photos.put(row, photo));
        }
        Map<String, MorphClip> clips = new LinkedHashMap<>();
        Optional<FaceMorph.Photo> rest = photos.entrySet().stream()
                .filter(entry -> entry.getKey().label.equals(NEUTRAL))
                .map(Map.Entry::getValue)
                .findFirst();
        rest.ifPresent(calm -> {
            FaceMorph still = FaceMorph.between(calm, calm);
            clips.put(ACTED, acted(calm, still, photos, number));
            clips.put(BLINKS, blinking(still, number));
            talking(calm, still, photos, number).ifPresent(clip -> clips.put(TALKING, clip));
        });
        return clips;
    }

    private static void score(List<EventCurves> all) {
        EventMatches acted = new EventMatches(SYNTHETIC_OVERLAP);
        EventMatches blinks = new EventMatches(SYNTHETIC_OVERLAP);
        double talked = 0;
        int unexplained = 0;
        int spoken = 0;
        for (EventCurves curves : all) {
            List<FacialEvent> events = curves.events();
            if (curves.name().endsWith(ACTED)) {
                acted.add(curves.truths(), kept(events, List.of("expression", "movement")));
            } else if (curves.name().endsWith(BLINKS)) {
                blinks.add(curves.truths(), kept(events, List.of("blink", "eyes-closed")));
            } else if (curves.name().endsWith(TALKING)) {
                List<FacialEvent> expressions = kept(events, List.of("expression"));
                spoken += expressions.size();
                unexplained += (int) expressions.stream()
                        .filter(event -> !event.isWhileTalking())
                        .count();
                talked += curves.seconds() / 60;
            }
        }
        acted.print();
        System.out.println();
        blinks.print();
        System.out.printf(
                Locale.ROOT,
                "%nspeech: %.1f minutes, %d expressions that speech does not explain (%.2f a minute), %d in all%n",
                talked,
                unexplained,
                unexplained / Math.max(talked, 1e-9),
                spoken);
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
        for (int i = 0; i < BLINKS_EACH; i++) {
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

    private static void film(
            EmotionPipeline pipeline, Path film, Path marks, Optional<Path> folder, Optional<Path> elsewhere)
            throws IOException {
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
        EventCurves curves;
        try (FrameSource source = FrameSources.parse(film.toString())) {
            curves = EventCurves.of(pipeline, "film", source, must);
        }
        if (folder.isPresent()) {
            curves.write(folder.get());
        }
        if (elsewhere.isPresent()) {
            curves = curves.withEventsOf(elsewhere.get());
        }
        List<FacialEvent> found = curves.events().stream()
                .filter(event -> names.contains(event.name()))
                .filter(event -> may.stream().noneMatch(each -> isIn(event, each)))
                .toList();
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

    /** The people that training never sees, the first by the hash of their name, as in face_data.py; or those after them. */
    private static List<Row> people(List<Row> rows, boolean training, int people) {
        List<String> names = rows.stream()
                .map(Row::person)
                .distinct()
                .sorted(Comparator.comparingLong(EventFigures::hash).thenComparing(name -> name))
                .skip(training ? HELD_OUT : 0)
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
