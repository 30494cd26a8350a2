package org.emotion4j.reading;

import java.math.BigDecimal;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whom a session is about, where several faces are in the picture. Immutable.
 *
 * <p>A rule picks a face once. From then on the session is about that face, wherever it goes and however large it becomes,
 * for as long as the {@link org.emotion4j.face.FaceTracker} follows it. When it was lost, out of the picture for two seconds
 * say, or behind a cut, it is found again
 *
 * <ul>
 *   <li>where it was seen last: one new face alone is within one side of it, at most 2.2 times larger or smaller, and no
 *       other face was seen last any nearer;
 *   <li>or because it is alone: there is one face, and no other was ever in the picture for a second.
 * </ul>
 *
 * <p>Otherwise there is a gap until somebody chooses: a face that was in the picture together with the one of the session is
 * never taken for it. This goes by places and times alone. It recognizes nobody: a person who sits down on another one's
 * chair while nobody is in the picture is taken for that one.
 *
 * <p>Two exceptions hold for {@link #largestFace()}, where nobody has chosen anyone. A face that was there for less than a
 * second, or that the detector is hardly sure of (below {@value #SURE}) while it is sure of another one, does not bind: the
 * largest is picked again. So it is behind a cut, where no face is where the one of the session was. Pictures that do not
 * follow from one another are each for themselves: the rule picks in each of them.
 */
public final class SubjectRule {
    /** From this confidence of a detector on a face is one. */
    public static final double SURE = 0.6;

    private static final SubjectRule LARGEST = new SubjectRule(OptionalInt.empty(), Double.NaN, Double.NaN);
    private static final Pattern POINT = Pattern.compile("\\s*([0-9.]+(?:E-\\d+)?)\\s*,\\s*([0-9.]+(?:E-\\d+)?)\\s*");
    private static final Pattern ID = Pattern.compile("[0-9]{1,10}");

    private final OptionalInt faceId;
    private final double x;
    private final double y;

    private SubjectRule(OptionalInt faceId, double x, double y) {
        this.faceId = faceId;
        this.x = x;
        this.y = y;
    }

    /**
     * The largest face of the first picture that has one.
     *
     * @return the rule that holds where nobody chose
     */
    public static SubjectRule largestFace() {
        return LARGEST;
    }

    /**
     * The face with an id. The same recording that is read with the same settings has the same ids.
     *
     * @param id an id that a tracker gives, 1 or more; until that face is there, nobody is
     * @return the rule
     * @throws IllegalArgumentException if the id is below 1
     */
    public static SubjectRule face(int id) {
        if (id < 1) {
            throw new IllegalArgumentException("face is " + id + ", expected 1 or more");
        }
        return new SubjectRule(OptionalInt.of(id), Double.NaN, Double.NaN);
    }

    /**
     * The face at a place: the first one whose box contains it; of several the one whose middle is nearest.
     *
     * @param x from the left, as a share of the picture's width, 0 to 1
     * @param y from the top, as a share of the picture's height, 0 to 1
     * @return the rule
     * @throws IllegalArgumentException if a share is out of its range
     */
    public static SubjectRule at(double x, double y) {
        if (!(x >= 0 && x <= 1 && y >= 0 && y <= 1)) {
            throw new IllegalArgumentException("the place is " + x + "," + y + ", expected shares of 0 to 1");
        }
        return new SubjectRule(OptionalInt.empty(), x, y);
    }

    /**
     * Reads what {@link #toString()} writes.
     *
     * @param text {@code largest}, an id such as {@code 2}, or a place such as {@code 0.3,0.5}
     * @return the rule
     * @throws IllegalArgumentException if it is none of these
     */
    public static SubjectRule parse(String text) {
        Matcher point = POINT.matcher(text);
        try {
            if (text.equals("largest")) {
                return LARGEST;
            }
            if (ID.matcher(text).matches()) {
                return face(Integer.parseInt(text));
            }
            if (point.matches()) {
                return at(Double.parseDouble(point.group(1)), Double.parseDouble(point.group(2)));
            }
        } catch (NumberFormatException e) {
            // told below
        }
        throw new IllegalArgumentException("the face is \"" + text
                + "\", expected \"largest\", a face's number such as 2, or its place as shares of width and height, such"
                + " as 0.3,0.5");
    }

    /**
     * Tells whether nobody has chosen.
     *
     * @return true of {@link #largestFace()}
     */
    public boolean isLargestFace() {
        return faceId.isEmpty() && Double.isNaN(x);
    }

    /**
     * Returns the id that was asked for.
     *
     * @return empty unless this is {@link #face(int)}
     */
    public OptionalInt faceId() {
        return faceId;
    }

    /**
     * Returns the place from the left.
     *
     * @return 0 to 1; {@code NaN} unless this is {@link #at(double, double)}
     */
    public double x() {
        return x;
    }

    /**
     * Returns the place from the top.
     *
     * @return 0 to 1; {@code NaN} unless this is {@link #at(double, double)}
     */
    public double y() {
        return y;
    }

    /**
     * Says the rule in words.
     *
     * @return for example {@code "the largest face, as nobody chose"}
     */
    public String describe() {
        if (isLargestFace()) {
            return "the largest face, as nobody chose";
        }
        return faceId.isPresent() ? "face " + faceId.getAsInt() : "the face at " + this;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SubjectRule rule
                && faceId.equals(rule.faceId)
                && Double.compare(x, rule.x) == 0
                && Double.compare(y, rule.y) == 0;
    }

    @Override
    public int hashCode() {
        return Objects.hash(faceId, x, y);
    }

    @Override
    public String toString() {
        if (isLargestFace()) {
            return "largest";
        }
        return faceId.isPresent() ? Integer.toString(faceId.getAsInt()) : plain(x) + "," + plain(y);
    }

    /** Without an exponent, which {@link #parse} takes all the same: records were written with one. */
    private static String plain(double share) {
        String text = Double.toString(share);
        return text.contains("E") ? new BigDecimal(text).stripTrailingZeros().toPlainString() : text;
    }
}
