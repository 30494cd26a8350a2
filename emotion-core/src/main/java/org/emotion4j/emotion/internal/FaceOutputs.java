package org.emotion4j.emotion.internal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.emotion4j.emotion.EmotionScores;
import org.emotion4j.emotion.FaceAnswers;
import org.emotion4j.emotion.FaceClassifier;
import org.emotion4j.emotion.FacialMovement;
import org.emotion4j.emotion.FacialMovements;
import org.emotion4j.face.HeadPose;
import org.emotion4j.face.Occlusion;
import org.emotion4j.stage.StageException;

/**
 * What a network tells beside the scores, for whoever writes a {@link FaceClassifier}: which outputs these are, how many numbers
 * each has for a face, and what they mean. Immutable.
 *
 * <table>
 * <caption>Outputs; a network need not have them</caption>
 * <tr><th>name</th><th>numbers a face</th><th>meaning</th></tr>
 * <tr><td>{@value #UNITS}</td><td>15</td><td>intensities of 0 to 1, in the order of {@link FacialMovement#all()}</td></tr>
 * <tr><td>{@value #POSE}</td><td>3</td><td>degrees: yaw to the right of the picture, pitch downwards, roll to the left</td></tr>
 * <tr><td>{@value #EYES}</td><td>2</td><td>0 open to 1 closed, the eye at the left of the picture first</td></tr>
 * <tr><td>{@value #COVERED}</td><td>2</td><td>probabilities that the lower and the upper half is hidden</td></tr>
 * </table>
 */
public final class FaceOutputs {
    /** Facial movements. */
    public static final String UNITS = "units";

    /** Where the head is turned to. */
    public static final String POSE = "pose";

    /** Closed eyes. */
    public static final String EYES = "eyes";

    /** What is hidden. */
    public static final String COVERED = "covered";

    private static final float[] NONE = {};
    private static final Map<String, Integer> WIDTHS = widths();

    private final List<String> names;

    /**
     * Looks for outputs with these names.
     *
     * @param outputs all that the network has
     */
    public FaceOutputs(List<String> outputs) {
        names = WIDTHS.keySet().stream().filter(outputs::contains).toList();
    }

    private static Map<String, Integer> widths() {
        Map<String, Integer> widths = new LinkedHashMap<>();
        widths.put(UNITS, FacialMovement.COUNT);
        widths.put(POSE, 3);
        widths.put(EYES, 2);
        widths.put(COVERED, 2);
        return widths;
    }

    /**
     * Returns which of the outputs the network has.
     *
     * @return names, in the order of the table
     */
    public List<String> names() {
        return names;
    }

    /**
     * Returns how many numbers an output has for each face.
     *
     * @param name one of {@link #names()}
     * @return 2 to 15
     */
    public int width(String name) {
        Integer width = WIDTHS.get(name);
        if (width == null) {
            throw new IllegalArgumentException(name + " is none of " + WIDTHS.keySet());
        }
        return width;
    }

    /**
     * Puts together what the network says of each face.
     *
     * @param network its name, for messages
     * @param scores the expressions, as {@link CropBatch#scores} gives them
     * @param numbers for each of {@link #names()} what the network gave, face by face
     * @return the answers in the order of the scores
     * @throws StageException if a number is out of its range; the network's weights are damaged then
     */
    public List<FaceAnswers> answers(String network, List<EmotionScores> scores, Map<String, float[]> numbers) {
        List<FaceAnswers> answers = new ArrayList<>(scores.size());
        for (int face = 0; face < scores.size(); face++) {
            FaceAnswers answer = FaceAnswers.of(scores.get(face));
            try {
                if (names.contains(COVERED)) {
                    answer = answer.with(new Occlusion(of(numbers, COVERED, face, 0), of(numbers, COVERED, face, 1)));
                }
                if (names.contains(UNITS) && names.contains(POSE) && names.contains(EYES)) {
                    answer = answer.with(movements(numbers, face));
                }
            } catch (IllegalArgumentException e) {
                throw new StageException(
                        network + " gave for face " + (face + 1) + ": " + e.getMessage() + "; its weights are damaged",
                        e);
            }
            answers.add(answer);
        }
        return answers;
    }

    private FacialMovements movements(Map<String, float[]> numbers, int face) {
        float[] intensities = new float[FacialMovement.COUNT];
        for (int i = 0; i < intensities.length; i++) {
            intensities[i] = of(numbers, UNITS, face, i);
        }
        HeadPose pose = new HeadPose(
                within(of(numbers, POSE, face, 0), 90),
                within(-of(numbers, POSE, face, 1), 90),
                within(-of(numbers, POSE, face, 2), 180));
        return FacialMovements.of(intensities, of(numbers, EYES, face, 0), of(numbers, EYES, face, 1), pose);
    }

    /** A network may go a little beyond what a head can do; what is no number stays none and is refused. */
    private static double within(double degrees, double most) {
        return Math.max(-most, Math.min(most, degrees));
    }

    private float of(Map<String, float[]> numbers, String name, int face, int index) {
        float[] all = numbers.getOrDefault(name, NONE);
        int place = face * width(name) + index;
        if (place >= all.length) {
            throw new IllegalArgumentException("no " + name);
        }
        return all[place];
    }
}
