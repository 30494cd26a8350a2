package org.emotion4j.recording;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.emotion4j.emotion.Emotion;
import org.emotion4j.emotion.ThresholdLabelPolicy;
import org.emotion4j.recording.RowColumn.Part;
import org.emotion4j.stage.StageMetadata;
import org.jspecify.annotations.Nullable;

/**
 * Whether the cells of one row belong together: those of a part are all there or all empty, scores add up to 1, the confidence is
 * that of the expression, and the expression is one that the recorded label policy gives for these scores. Confined to one thread.
 */
final class RowSense {
    /** As {@code EmotionScores.of} takes them. */
    private static final double SUM_TOLERANCE = 0.001;

    /** A confidence has four decimals, a score five. */
    private static final double CONFIDENCE_TOLERANCE = 1e-4;

    /** Twice what a score loses by its five decimals. */
    private static final double SCORE_TOLERANCE = 2e-5;

    private final List<Together> parts;
    private final List<String> header;
    private final int face;
    private final int expression;
    private final int confidence;
    private final int[] scores;
    private final List<int[]> groups;
    private final Optional<StageMetadata> policy;
    private final double[] values = new double[Emotion.all().size()];

    /** The columns of a part that a header has. */
    private record Together(Part part, int[] columns) {
        static Together of(Part part, List<String> header) {
            return new Together(
                    part,
                    RowColumn.of(part).stream()
                            .filter(column -> !column.mayBeEmptyText())
                            .mapToInt(column -> header.indexOf(column.name()))
                            .filter(index -> index >= 0)
                            .toArray());
        }
    }

    RowSense(List<String> header, Optional<StageMetadata> policy) {
        this.header = header;
        this.policy = policy;
        this.face = header.indexOf("face_id");
        this.expression = header.indexOf("expression");
        this.confidence = header.indexOf("confidence");
        this.scores = Emotion.labels().stream().mapToInt(header::indexOf).toArray();
        int[] raw = Emotion.labels().stream()
                .mapToInt(label -> header.indexOf("raw_" + label))
                .toArray();
        this.groups = List.of(scores, raw);
        this.parts =
                Stream.of(Part.values()).map(part -> Together.of(part, header)).toList();
    }

    /** The columns of a row's scores, smoothed and raw. */
    List<int[]> scoreColumns() {
        return groups;
    }

    /**
     * Makes sure that all cells are there that have to be, and no others.
     *
     * @throws DamageException if one is missing or too many
     */
    void requireParts(RowCells row) throws DamageException {
        boolean hasFace = !row.isEmpty(face);
        for (Together each : parts) {
            Part part = each.part();
            int empty = firstWhere(row, each.columns(), true);
            int filled = firstWhere(row, each.columns(), false);
            if (part.isOfFace() && !hasFace) {
                if (filled >= 0) {
                    throw changed("face_id is empty, and " + header.get(filled) + " is \""
                            + Texts.onOneLine(row.text(filled)) + "\", which only a face has");
                }
            } else if (empty >= 0 && (!part.isOptional() || filled >= 0)) {
                throw changed("has nothing in " + header.get(empty)
                        + (part.isOptional() ? ", and something in " + header.get(filled) : ""));
            }
        }
        requireWord(row, hasFace);
    }

    /** An exact word: synonyms are for labels of data sets. */
    private void requireWord(RowCells row, boolean hasFace) throws DamageException {
        if (row.is(expression, CsvSessionRecorder.NONE)
                || (hasFace && row.indexIn(Emotion.labels(), expression) >= 0)) {
            return;
        }
        throw new DamageException("expression is \"" + Texts.onOneLine(row.text(expression)) + "\", expected "
                + (hasFace ? "one of " + Emotion.labels() + " or " : "") + "\"" + CsvSessionRecorder.NONE + "\""
                + (hasFace ? "" : " without a face")
                + "; rows of a recorder have no other, and no crash leaves that: another program has changed the file");
    }

    /**
     * Makes sure that scores are shares of one, smoothed and raw.
     *
     * @throws DamageException if they do not add up to 1
     */
    void requireSums(RowCells row, ColumnDamage[] columns) throws DamageException {
        for (int[] group : scoreColumns()) {
            double sum = 0;
            for (int column : group) {
                sum += row.number(column);
            }
            if (Math.abs(sum - 1) > SUM_TOLERANCE) {
                Optional<String> rounded = notAsRecorded(group, row, columns);
                throw new DamageException(String.format(
                        Locale.ROOT,
                        "%s add up to %.3f instead of 1: %s",
                        rounded.map(cell -> cell + ", and the scores that it belongs to")
                                .orElse("the scores " + header.get(group[0]) + " to "
                                        + header.get(group[group.length - 1])),
                        sum,
                        rounded.isPresent()
                                ? "a spreadsheet has rounded them"
                                : "another program has changed the file"));
            }
        }
    }

    private static Optional<String> notAsRecorded(int[] group, RowCells row, ColumnDamage[] columns) {
        for (int i : group) {
            if (!columns[i].isAsRecorded(row, i)) {
                RowColumn column = columns[i].column();
                return Optional.of(
                        column.name() + " is \"" + row.text(i) + "\" without its " + column.decimals() + " decimals");
            }
        }
        return Optional.empty();
    }

    /**
     * Says what is wrong with the expression of a row with a face.
     *
     * @return null where it is what the scores say
     */
    @Nullable
    String whyNotItsExpression(RowCells row) {
        double top = 0;
        for (int i = 0; i < values.length; i++) {
            values[i] = row.number(scores[i]);
            top = Math.max(top, values[i]);
        }
        int label = row.indexIn(Emotion.labels(), expression);
        double own = label < 0 ? top : values[label];
        double recorded = row.number(confidence);
        if (Math.abs(own - recorded) > CONFIDENCE_TOLERANCE) {
            return String.format(
                    Locale.ROOT,
                    "expression is \"%s\" with the confidence %s, and its score %s: one of them was changed",
                    row.text(expression),
                    row.text(confidence),
                    label < 0 ? "at most " + top : row.text(scores[label]));
        }
        return whyNotByPolicy(row, label < 0 ? Double.NaN : own, top);
    }

    private @Nullable String whyNotByPolicy(RowCells row, double own, double top) {
        if (policy.isEmpty()) {
            return null;
        }
        StageMetadata made = policy.get();
        boolean fits;
        if (made.name().equals("argmax")) {
            fits = own >= top - SCORE_TOLERANCE;
        } else if (made.name().equals(ThresholdLabelPolicy.class.getSimpleName())) {
            fits = fitsThresholds(made, own, top);
        } else {
            return null;
        }
        return fits
                ? null
                : String.format(
                        Locale.ROOT,
                        "expression is \"%s\", which the label policy of session.json (%s) does not give for a score of"
                                + " %.5f and a highest one of %.5f: the word was changed",
                        row.text(expression),
                        made.settings(),
                        Double.isNaN(own) ? 0 : own,
                        top);
    }

    private static boolean fitsThresholds(StageMetadata made, double own, double top) {
        Optional<Double> enter = setting(made, "enter");
        Optional<Double> hold = setting(made, "hold");
        Optional<Double> margin = setting(made, "switchMargin");
        if (enter.isEmpty() || hold.isEmpty() || margin.isEmpty()) {
            return true;
        }
        if (Double.isNaN(own)) {
            return top < enter.get() + SCORE_TOLERANCE;
        }
        boolean entered = own >= top - SCORE_TOLERANCE && own >= enter.get() - SCORE_TOLERANCE;
        boolean held = own >= hold.get() - SCORE_TOLERANCE && top - own <= margin.get() + SCORE_TOLERANCE;
        return entered || held;
    }

    private static Optional<Double> setting(StageMetadata made, String name) {
        try {
            return made.setting(name).map(Double::valueOf);
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static int firstWhere(RowCells row, int[] columns, boolean empty) {
        for (int column : columns) {
            if (row.isEmpty(column) == empty) {
                return column;
            }
        }
        return -1;
    }

    private static DamageException changed(String what) {
        return new DamageException(
                what + ": cells were emptied or have moved, as a spreadsheet or another program leaves them");
    }

    /** Names the columns of a header that came with others that it has not, and what may have become of them. */
    static List<String> missing(List<String> header) {
        List<String> missing = new ArrayList<>(RowColumn.namesThatComeWith(header));
        missing.removeAll(header);
        return missing;
    }
}
