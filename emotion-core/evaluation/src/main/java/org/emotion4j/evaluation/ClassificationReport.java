package org.emotion4j.evaluation;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.emotion4j.emotion.Emotion;
import org.emotion4j.emotion.EmotionScores;
import org.emotion4j.emotion.LabelPolicy;
import org.emotion4j.emotion.ThresholdLabelPolicy;
import org.jspecify.annotations.Nullable;

/**
 * How well a classifier does on labeled faces. Immutable and thread-safe; its {@link Builder} is confined to one thread.
 *
 * <p>Two kinds of answer are kept apart. The plain {@linkplain EmotionScores#top() argmax} always answers: accuracy,
 * precision, recall, F1 and the calibration error are its figures. A {@link LabelPolicy} may answer "no clear
 * expression": coverage and selective accuracy are its figures.
 *
 * <p>A ratio over nothing is {@code NaN}, in an empty report all of them. A writer of JSON has to turn it into
 * {@code null}.
 */
public final class ClassificationReport {
    /** The number of bins of the expected calibration error, as in Guo et al. 2017. */
    public static final int CALIBRATION_BINS = 15;

    private final ConfusionMatrix confusion;
    private final ConfusionMatrix argmaxConfusion;
    private final long ignored;
    private final double ece;
    private final List<ClassFigures> classes;

    private ClassificationReport(Builder builder) {
        confusion = ConfusionMatrix.of(builder.answers);
        argmaxConfusion = ConfusionMatrix.of(builder.argmaxAnswers);
        ignored = builder.ignored;
        ece = builder.calibration.expectedError();
        classes = Emotion.all().stream().map(this::figures).toList();
    }

    /**
     * Starts an empty report.
     *
     * @return a builder that takes one face after another
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Returns how many labeled pictures count: with a face or without, but not the ignored ones.
     *
     * @return 0 or more
     */
    public long n() {
        return confusion.total();
    }

    /**
     * Returns in how many of them a face was found and scored.
     *
     * @return 0 to {@link #n()}
     */
    public long found() {
        return argmaxConfusion.total();
    }

    /**
     * Returns how many pictures were left out on purpose.
     *
     * @return 0 or more; not part of {@link #n()}
     */
    public long ignored() {
        return ignored;
    }

    /**
     * Returns how often the argmax is right where a face was found.
     *
     * @return 0 to 1; {@code NaN} if no face was found
     */
    public double accuracy() {
        return (double) argmaxConfusion.correct() / found();
    }

    /**
     * Returns how often the argmax is right among all pictures, an unfound face counted as wrong.
     *
     * @return 0 to 1; {@code NaN} if {@link #n()} is 0
     */
    public double accuracyOverAll() {
        return (double) argmaxConfusion.correct() / n();
    }

    /**
     * Returns the unweighted mean of F1 over the classes that occur among the found faces. A class that does not occur
     * is left out, even where it was answered; those answers lower the F1 of the classes they belong to.
     *
     * @return 0 to 1; {@code NaN} if no face was found
     */
    public double macroF1() {
        return meanOverOccurring(ClassFigures::f1);
    }

    /**
     * Returns the unweighted mean of recall (also called unweighted average recall or balanced accuracy) over the
     * classes that occur among the found faces.
     *
     * @return 0 to 1; {@code NaN} if no face was found
     */
    public double meanRecall() {
        return meanOverOccurring(ClassFigures::recall);
    }

    /**
     * Returns for how many of the found faces the label policy gave an expression.
     *
     * @return 0 to 1; {@code NaN} if no face was found
     */
    public double coverage() {
        return (double) answered() / found();
    }

    /**
     * Returns how often the label policy is right where it gave an expression.
     *
     * @return 0 to 1; {@code NaN} if it gave none
     */
    public double selectiveAccuracy() {
        return (double) confusion.correct() / answered();
    }

    /**
     * Returns the expected calibration error: the mean distance between confidence and accuracy of the argmax, over 15
     * bins of confidence of equal width, each weighted by its share of the faces (Naeini et al. 2015, "Obtaining Well
     * Calibrated Probabilities Using Bayesian Binning"; Guo et al. 2017, "On Calibration of Modern Neural Networks").
     * Bin {@code m} of 1 to 15 holds the confidences in {@code ((m - 1) / 15, m / 15]}.
     *
     * @return 0 to 1; {@code NaN} if no face was found
     */
    public double ece() {
        return ece;
    }

    /**
     * Returns the answers of the label policy, with the "no clear" and the "no face" column.
     *
     * @return a matrix of {@link #n()} pictures
     */
    public ConfusionMatrix confusion() {
        return confusion;
    }

    /**
     * Returns the answers of the argmax for the found faces; the last two columns are 0.
     *
     * @return a matrix of {@link #found()} faces
     */
    public ConfusionMatrix argmaxConfusion() {
        return argmaxConfusion;
    }

    /**
     * Returns the figures of each class by argmax over the found faces.
     *
     * @return seven in class order
     */
    public List<ClassFigures> classes() {
        return classes;
    }

    /**
     * Returns the figures of one class by argmax over the found faces.
     *
     * @param emotion the class
     * @return its figures
     */
    public ClassFigures of(Emotion emotion) {
        return classes.get(emotion.ordinal());
    }

    /**
     * Writes the report for people: the overall figures, a table of the classes, and the confusion matrix of the label
     * policy. An undefined figure is a hyphen.
     *
     * @return lines ended by a line feed, with a dot as decimal sign whatever the locale
     */
    public String toText() {
        StringBuilder text = new StringBuilder();
        text.append("pictures             ").append(n());
        text.append(" (face found in ").append(found()).append("; ignored besides: ");
        text.append(ignored).append(")\n");
        line(text, "accuracy", accuracy(), "argmax, of the found faces");
        line(text, "accuracy over all", accuracyOverAll(), "an unfound face is wrong");
        line(text, "macro-F1", macroF1(), "mean over the classes that occur");
        line(text, "mean recall", meanRecall(), "mean over the classes that occur");
        line(text, "coverage", coverage(), "found faces with a clear expression");
        line(text, "selective accuracy", selectiveAccuracy(), "of those with a clear expression");
        line(text, "calibration error", ece, "expected, " + CALIBRATION_BINS + " bins");
        text.append('\n');
        text.append(
                String.format(Locale.ROOT, "%-13s %9s %9s %9s %9s", "class", "precision", "recall", "F1", "support"));
        text.append('\n');
        for (ClassFigures figures : classes) {
            text.append(String.format(
                    Locale.ROOT,
                    "%-13s %9s %9s %9s %9d",
                    figures.emotion().label(),
                    number(figures.precision()),
                    number(figures.recall()),
                    number(figures.f1()),
                    figures.support()));
            text.append('\n');
        }
        return text.append('\n').append(confusion.toText()).toString();
    }

    @Override
    public String toString() {
        return "ClassificationReport[n=" + n() + ", found=" + found() + ", ignored=" + ignored + ", accuracy="
                + number(accuracy()) + ", macroF1=" + number(macroF1()) + "]";
    }

    private long answered() {
        return found() - confusion.columnSum(ConfusionMatrix.NO_CLEAR);
    }

    private ClassFigures figures(Emotion emotion) {
        return new ClassFigures(
                emotion,
                argmaxConfusion.precision(emotion),
                argmaxConfusion.recall(emotion),
                argmaxConfusion.f1(emotion),
                argmaxConfusion.rowSum(emotion));
    }

    private double meanOverOccurring(ToDoubleFunction<ClassFigures> figure) {
        return classes.stream()
                .filter(figures -> figures.support() > 0)
                .mapToDouble(figure)
                .average()
                .orElse(Double.NaN);
    }

    private static void line(StringBuilder text, String name, double value, String meaning) {
        text.append(String.format(Locale.ROOT, "%-20s %-7s %s", name, number(value), meaning));
        text.append('\n');
    }

    private static String number(double value) {
        return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%.4f", value);
    }

    /**
     * The figures of one class by argmax over the found faces.
     *
     * @param emotion the class
     * @param precision how many of the answers with it were right; {@code NaN} if it was never answered
     * @param recall how many of its faces were answered with it; {@code NaN} if it does not occur
     * @param f1 the harmonic mean of both; 0 if it was never right, {@code NaN} if it neither occurs nor was answered
     * @param support how many of the found faces show it
     */
    public record ClassFigures(Emotion emotion, double precision, double recall, double f1, long support) {}

    /** Takes labeled faces one after another. Confined to one thread. */
    public static final class Builder {
        private final long[][] answers = new long[ConfusionMatrix.ROWS][ConfusionMatrix.COLUMNS];
        private final long[][] argmaxAnswers = new long[ConfusionMatrix.ROWS][ConfusionMatrix.COLUMNS];
        private final Calibration calibration = new Calibration();
        private @Nullable LabelPolicy labelPolicy;
        private long ignored;

        private Builder() {}

        /**
         * Sets who says "no clear expression"; {@link ThresholdLabelPolicy#ofDefaults()} otherwise. Each face is decided
         * on its own, without a previous label.
         *
         * @param policy the policy
         * @return this
         * @throws IllegalStateException if a policy was set before, or a face was already added
         */
        public Builder labelPolicy(LabelPolicy policy) {
            if (labelPolicy != null) {
                throw new IllegalStateException(
                        "labelPolicy was already set or used: " + labelPolicy + "; set it once, before the first face");
            }
            labelPolicy = policy;
            return this;
        }

        /**
         * Adds a face that was found and scored.
         *
         * @param truth its true expression
         * @param scores the classifier's scores
         * @return this
         */
        public Builder add(Emotion truth, EmotionScores scores) {
            if (labelPolicy == null) {
                labelPolicy = ThresholdLabelPolicy.ofDefaults();
            }
            Emotion top = scores.top();
            int answer = labelPolicy
                    .decide(scores, Optional.empty())
                    .map(Emotion::ordinal)
                    .orElse(ConfusionMatrix.NO_CLEAR);
            answers[truth.ordinal()][answer]++;
            argmaxAnswers[truth.ordinal()][top.ordinal()]++;
            calibration.add(scores.confidence(), top == truth);
            return this;
        }

        /**
         * Adds a picture in which no face was found.
         *
         * @param truth its true expression
         * @return this
         */
        public Builder addNoFace(Emotion truth) {
            answers[truth.ordinal()][ConfusionMatrix.NO_FACE]++;
            return this;
        }

        /**
         * Counts a picture that is left out on purpose, because of its label for example.
         *
         * @return this
         */
        public Builder addIgnored() {
            ignored++;
            return this;
        }

        /**
         * Computes the figures of what was added so far. More may be added for a later report.
         *
         * @return the report
         */
        public ClassificationReport build() {
            return new ClassificationReport(this);
        }
    }

    /** Confidence and accuracy in bins of equal width. */
    private static final class Calibration {
        private final double[] confidence = new double[CALIBRATION_BINS];
        private final long[] correct = new long[CALIBRATION_BINS];
        private long faces;

        void add(double value, boolean right) {
            int bin = (int) Math.ceil(value * CALIBRATION_BINS) - 1;
            int inRange = Math.max(0, Math.min(CALIBRATION_BINS - 1, bin));
            confidence[inRange] += value;
            correct[inRange] += right ? 1 : 0;
            faces++;
        }

        /** A bin's share times the distance of its means is the distance of its sums over all faces. */
        double expectedError() {
            double sum = 0;
            for (int bin = 0; bin < CALIBRATION_BINS; bin++) {
                sum += Math.abs(correct[bin] - confidence[bin]);
            }
            return sum / faces;
        }
    }
}
