package org.emotion4j.djl.training;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.emotion4j.djl.data.Fer2013;
import org.emotion4j.djl.data.LabeledFace;
import org.emotion4j.djl.data.PictureFolder;
import org.emotion4j.djl.data.TrainTestOverlapFilter;
import org.emotion4j.emotion.Emotion;

/**
 * Which faces a network learns from, which ones choose its epoch, and which ones it is measured on. Immutable and
 * thread-safe.
 *
 * @param name a short name
 * @param training the faces to learn from
 * @param mirrored whether to learn from their mirrored copies, too
 * @param validation the faces that are scored after each epoch
 * @param chooseBest whether the best epoch on the validation faces is taken, or the last one
 * @param tests the faces of the final report
 * @param notes what was left out, and other facts for a model card
 */
public record TrainingProtocol(
        String name,
        List<LabeledFace> training,
        boolean mirrored,
        List<LabeledFace> validation,
        boolean chooseBest,
        List<TestSet> tests,
        List<String> notes) {

    /** Of the paper's protocol: the share of pictures that are learned from. */
    private static final double PAPER_TRAINING_SHARE = 0.8;

    /**
     * Faces of the final report.
     *
     * @param name what they are
     * @param faces any number
     */
    public record TestSet(String name, List<LabeledFace> faces) {
        /**
         * Takes a copy.
         *
         * @param name as {@link #name()}
         * @param faces as {@link #faces()}
         */
        public TestSet {
            faces = List.copyOf(faces);
        }
    }

    /**
     * Takes copies.
     *
     * @param name as {@link #name()}
     * @param training as {@link #training()}
     * @param mirrored as {@link #mirrored()}
     * @param validation as {@link #validation()}
     * @param chooseBest as {@link #chooseBest()}
     * @param tests as {@link #tests()}
     * @param notes as {@link #notes()}
     */
    public TrainingProtocol {
        training = List.copyOf(training);
        validation = List.copyOf(validation);
        tests = List.copyOf(tests);
        notes = List.copyOf(notes);
    }

    /**
     * FER2013's own split, honestly: learned from are the Training rows that people saw as faces and that are no copy or
     * mirror image of an evaluation row, with mirrored copies made of what is left; PublicTest chooses the epoch;
     * PrivateTest is the report.
     *
     * @param fer2013 the whole collection
     * @param pilot how many Training rows to learn from, drawn class by class in proportion; 0 for all
     * @param seed what the drawing depends on
     * @return the protocol
     * @throws IllegalArgumentException if {@code pilot} is negative or more than there are
     */
    public static TrainingProtocol official(Fer2013 fer2013, int pilot, long seed) {
        List<LabeledFace> all = fer2013.split(Fer2013.Split.TRAINING);
        List<LabeledFace> faces = fer2013.splitWithoutNonFaces(Fer2013.Split.TRAINING);
        List<LabeledFace> validation = fer2013.split(Fer2013.Split.PUBLIC_TEST);
        List<LabeledFace> test = fer2013.split(Fer2013.Split.PRIVATE_TEST);
        List<LabeledFace> evaluation = new ArrayList<>(validation);
        evaluation.addAll(test);
        TrainTestOverlapFilter.Result leaks = TrainTestOverlapFilter.apply(faces, evaluation);
        List<String> notes = new ArrayList<>();
        notes.add(all.size() + " Training rows; left out: " + (all.size() - faces.size()) + " that are no face, "
                + describe(leaks));
        List<LabeledFace> training = leaks.kept();
        if (pilot > 0) {
            training = sample(training, pilot, seed);
            notes.add("pilot of " + training.size() + " of the " + leaks.kept().size() + " rows left");
        }
        notes.add(training.size() + " faces to learn from and their mirrored copies; epoch chosen on "
                + validation.size() + " PublicTest rows; report on " + test.size() + " PrivateTest rows");
        return new TrainingProtocol(
                "official", training, true, validation, true, List.of(new TestSet("PrivateTest", test)), notes);
    }

    /**
     * The paper's: all rows of the collection are doubled by mirroring and only then split at random, 80 to 20, so that the
     * mirror image of four test pictures in five is learned from. The report tells those from the pictures of which
     * neither mirror image nor copy is among the training pictures. The last epoch counts, since there is nothing honest
     * to choose one on.
     *
     * @param fer2013 the whole collection
     * @param pilot how many rows to take of it, drawn class by class in proportion; 0 for all
     * @param seed what drawing and split depend on
     * @return the protocol
     * @throws IllegalArgumentException if {@code pilot} is negative or more than there are
     */
    public static TrainingProtocol paper(Fer2013 fer2013, int pilot, long seed) {
        List<LabeledFace> faces = pilot > 0 ? sample(fer2013.faces(), pilot, seed) : fer2013.faces();
        int count = faces.size();
        List<Integer> order = new ArrayList<>(2 * count);
        for (int i = 0; i < 2 * count; i++) {
            order.add(i);
        }
        Collections.shuffle(order, new Random(seed));
        int trained = (int) Math.round(2 * count * PAPER_TRAINING_SHARE);
        boolean[] isTrained = new boolean[2 * count];
        List<LabeledFace> training = new ArrayList<>(trained);
        for (int index : order.subList(0, trained)) {
            isTrained[index] = true;
            training.add(copy(faces, index));
        }
        List<LabeledFace> test = new ArrayList<>();
        List<LabeledFace> leaked = new ArrayList<>();
        List<LabeledFace> unmirrored = new ArrayList<>();
        for (int index : order.subList(trained, 2 * count)) {
            LabeledFace face = copy(faces, index);
            test.add(face);
            (isTrained[(index + count) % (2 * count)] ? leaked : unmirrored).add(face);
        }
        TrainTestOverlapFilter.Result unseen = TrainTestOverlapFilter.apply(unmirrored, training);
        List<TestSet> tests = new ArrayList<>();
        tests.add(new TestSet("the paper's test part", test));
        tests.add(new TestSet("of these, mirror image learned from", leaked));
        tests.add(new TestSet("of these, neither mirror image nor copy learned from", unseen.kept()));
        if (pilot > 0) {
            List<LabeledFace> official = fer2013.split(Fer2013.Split.PRIVATE_TEST);
            tests.add(new TestSet(
                    "PrivateTest without copies of what was learned from",
                    TrainTestOverlapFilter.apply(official, training).kept()));
        }
        List<String> notes = List.of(
                count + " rows, doubled by mirroring to " + 2 * count + ", then split at random into " + training.size()
                        + " to learn from and " + test.size() + " to test on",
                leaked.size() + " test pictures have their mirror image among the training pictures, "
                        + unmirrored.size() + " do not; of those left out of the honest figure: " + describe(unseen));
        return new TrainingProtocol("paper", training, false, test, false, tests, notes);
    }

    /**
     * A folder of pictures: its own split where there is one, else 80 to 10 to 10 drawn class by class; copies and mirror
     * images of validation and test pictures are left out of the training.
     *
     * @param folder the pictures
     * @param pilot how many training pictures to learn from, drawn class by class in proportion; 0 for all
     * @param seed what drawing and split depend on
     * @return the protocol
     * @throws IllegalArgumentException if {@code pilot} is negative or more than there are
     */
    public static TrainingProtocol folder(PictureFolder folder, int pilot, long seed) {
        PictureFolder.Parts parts = folder.parts(seed);
        List<LabeledFace> evaluation = new ArrayList<>(parts.validation());
        evaluation.addAll(parts.test());
        TrainTestOverlapFilter.Result leaks = TrainTestOverlapFilter.apply(parts.training(), evaluation);
        List<LabeledFace> training = pilot > 0 ? sample(leaks.kept(), pilot, seed) : leaks.kept();
        List<String> notes = new ArrayList<>();
        notes.add(parts.training().size() + " training pictures; left out: " + describe(leaks));
        Set<Emotion> missing = EnumSet.allOf(Emotion.class);
        training.forEach(face -> missing.remove(face.label()));
        if (!missing.isEmpty()) {
            notes.add("no pictures to learn from of "
                    + missing.stream().map(Emotion::label).collect(Collectors.joining(", "))
                    + ": what is not shown is forgotten, also by weights that knew it");
        }
        notes.add(training.size() + " faces to learn from and their mirrored copies; epoch chosen on "
                + parts.validation().size() + " validation pictures; report on "
                + parts.test().size() + " test pictures");
        return new TrainingProtocol(
                "folder", training, true, parts.validation(), true, List.of(new TestSet("test", parts.test())), notes);
    }

    /**
     * Draws faces class by class, each class in proportion to its share.
     *
     * @param faces where from
     * @param count how many
     * @param seed what the drawing depends on
     * @return as many faces as asked, in the order of {@code faces}
     * @throws IllegalArgumentException if {@code count} is negative or more than there are
     */
    static List<LabeledFace> sample(List<LabeledFace> faces, int count, long seed) {
        if (count < 0 || count > faces.size()) {
            throw new IllegalArgumentException("pilot is " + count + ", expected 0 to " + faces.size());
        }
        Map<Emotion, List<Integer>> classes = new EnumMap<>(Emotion.class);
        for (int i = 0; i < faces.size(); i++) {
            classes.computeIfAbsent(faces.get(i).label(), key -> new ArrayList<>())
                    .add(i);
        }
        Random random = new Random(seed);
        List<Integer> drawn = new ArrayList<>();
        List<Remainder> remainders = new ArrayList<>();
        classes.forEach((label, indices) -> {
            Collections.shuffle(indices, random);
            double share = (double) count * indices.size() / faces.size();
            drawn.addAll(indices.subList(0, (int) share));
            if ((int) share < indices.size()) {
                remainders.add(new Remainder(share - (int) share, indices.get((int) share)));
            }
        });
        remainders.sort(Comparator.comparingDouble(Remainder::size).reversed());
        for (int i = 0; drawn.size() < count; i++) {
            drawn.add(remainders.get(i).next());
        }
        return drawn.stream().sorted().map(faces::get).toList();
    }

    /** What rounding down took from a class, and the face that it would have been. */
    private record Remainder(double size, int next) {}

    private static LabeledFace copy(List<LabeledFace> faces, int index) {
        return index < faces.size()
                ? faces.get(index)
                : faces.get(index - faces.size()).mirrored();
    }

    private static String describe(TrainTestOverlapFilter.Result leaks) {
        return String.format(
                Locale.ROOT,
                "%d identical, %d mirrored identical, %d near copies, %d mirrored near copies (correlation %.2f or more)",
                leaks.identical(),
                leaks.mirrored(),
                leaks.near(),
                leaks.nearMirrored(),
                TrainTestOverlapFilter.NEAR);
    }
}
