package org.emotion4j.evaluation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.emotion4j.face.BoundingBox;
import org.emotion4j.face.DetectedFace;
import org.emotion4j.face.Landmarks;

/**
 * How well a detector finds the faces that people marked. Immutable and thread-safe; its {@link Builder} is confined to one
 * thread.
 *
 * <p>What counts:
 *
 * <ul>
 *   <li>A <em>face</em> is a marked one of at least the least height that is not marked invalid.
 *   <li>It is <em>found</em> by a detection whose box overlaps its own by an intersection over union of 0.4. The
 *       detections of a picture choose in the order of their confidence, each the face that it overlaps the most among
 *       those that are still free: one detection, one face.
 *   <li>A detection that found no face is a <em>false positive</em> where it is at least 1.2 times the least height and
 *       overlaps no marked face, small and invalid ones included, by 0.2. Whatever lies between the two, and a second box
 *       on one face, is neither.
 * </ul>
 *
 * <p>A ratio over nothing is {@code NaN}. A writer of JSON has to turn it into {@code null}.
 */
public final class DetectionReport {
    /** The intersection over union from which on a detection finds a face. */
    public static final double FOUND_FROM = 0.4;

    /** The intersection over union with some marked face from which on a detection is no false positive. */
    public static final double EXCUSED_FROM = 0.2;

    /** A false positive is at least this many times as high as the smallest face that counts. */
    public static final double FALSE_POSITIVE_HEIGHT = 1.2;

    private static final double PROFILE_BELOW = 0.2;

    private final double minHeight;
    private final long images;
    private final long n;
    private final long found;
    private final long falsePositives;
    private final double landmarkError;
    private final List<CurvePoint> curve;

    private DetectionReport(Builder builder) {
        minHeight = builder.minHeight;
        images = builder.images;
        n = builder.faces;
        found = builder.answers.stream().filter(Answer::right).count();
        falsePositives = builder.answers.size() - found;
        landmarkError = builder.landmarkErrors / builder.facesWithLandmarks;
        curve = curve(builder.answers, n, images);
    }

    /**
     * Starts an empty report.
     *
     * @param minHeight the height in pixels from which on a face counts, 0 or more
     * @return a builder that takes one picture after another
     * @throws IllegalArgumentException if the height is not a number of 0 or more
     */
    public static Builder builder(double minHeight) {
        return new Builder(minHeight);
    }

    /**
     * Returns the height from which on a face counts.
     *
     * @return pixels
     */
    public double minHeight() {
        return minHeight;
    }

    /**
     * Returns how many pictures were looked at.
     *
     * @return 0 or more
     */
    public long images() {
        return images;
    }

    /**
     * Returns how many faces there were to find.
     *
     * @return 0 or more
     */
    public long n() {
        return n;
    }

    /**
     * Returns how many of them were found.
     *
     * @return 0 to {@link #n()}
     */
    public long found() {
        return found;
    }

    /**
     * Returns how many detections are false positives.
     *
     * @return 0 or more
     */
    public long falsePositives() {
        return falsePositives;
    }

    /**
     * Returns the share of the faces that was found.
     *
     * @return 0 to 1; {@code NaN} if there was none to find
     */
    public double recall() {
        return (double) found / n;
    }

    /**
     * Returns the false positives over the pictures.
     *
     * @return 0 or more; {@code NaN} without a picture
     */
    public double falsePositivesPerImage() {
        return (double) falsePositives / images;
    }

    /**
     * Returns the highest recall that some least confidence gives with no more false positives than allowed.
     *
     * @param falsePositivesPerImage how many a picture are allowed, 0 or more
     * @return 0 to 1, 0 where even the most confident detections are too often false; {@code NaN} if there was no face to
     *     find
     */
    public double recallAt(double falsePositivesPerImage) {
        double highest = n == 0 ? Double.NaN : 0;
        for (CurvePoint point : curve) {
            if (point.falsePositivesPerImage() <= falsePositivesPerImage) {
                highest = point.recall();
            }
        }
        return highest;
    }

    /**
     * Returns the area under precision over recall, precision at a recall being the highest at that recall or a higher one
     * (Everingham et al., "The PASCAL Visual Object Classes Challenge: A Retrospective", 2015). It goes as far as the
     * detector's least confidence.
     *
     * @return 0 to 1; {@code NaN} if there was no face to find
     */
    public double averagePrecision() {
        if (n == 0) {
            return Double.NaN;
        }
        double area = 0;
        double precision = 0;
        for (int i = curve.size() - 1; i >= 0; i--) {
            precision = Math.max(precision, curve.get(i).precision());
            double from = i == 0 ? 0 : curve.get(i - 1).recall();
            area += precision * (curve.get(i).recall() - from);
        }
        return area;
    }

    /**
     * Returns how far the landmarks are from the marked ones, over the faces that were found and have both: the mean
     * distance of the five points (eyes, tip of the nose, corners of the mouth) over the distance of the marked eyes. Faces
     * in profile, with marked eyes nearer to each other than a fifth of their box's width, are left out: the ratio says
     * nothing there.
     *
     * @return 0 or more; {@code NaN} if no face has both
     */
    public double landmarkError() {
        return landmarkError;
    }

    /**
     * Returns what each least confidence would give, for every confidence that occurs.
     *
     * @return points with falling confidence, and therefore with recall and false positives that do not fall
     */
    public List<CurvePoint> curve() {
        return curve;
    }

    /**
     * Writes the report for people. An undefined figure is a hyphen.
     *
     * @return lines ended by a line feed, with a dot as decimal sign whatever the locale
     */
    public String toText() {
        return String.format(
                        Locale.ROOT,
                        "faces of %.0f px and more  %d in %d pictures, %d found",
                        minHeight,
                        n,
                        images,
                        found)
                + '\n'
                + line("recall", recall())
                + line("false positives a picture", falsePositivesPerImage())
                + line("landmark error", landmarkError);
    }

    @Override
    public String toString() {
        return "DetectionReport[images=" + images + ", n=" + n + ", found=" + found + ", falsePositives="
                + falsePositives + "]";
    }

    private static String line(String name, double value) {
        return String.format(Locale.ROOT, "%-26s ", name)
                + (Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%.3f", value))
                + '\n';
    }

    private static List<CurvePoint> curve(List<Answer> answers, long n, long images) {
        List<Answer> sorted = answers.stream()
                .sorted(Comparator.comparingDouble(Answer::confidence).reversed())
                .toList();
        List<CurvePoint> points = new ArrayList<>();
        long right = 0;
        for (int i = 0; i < sorted.size(); i++) {
            right += sorted.get(i).right() ? 1 : 0;
            double confidence = sorted.get(i).confidence();
            if (i + 1 == sorted.size() || sorted.get(i + 1).confidence() < confidence) {
                double asked = i + 1;
                points.add(new CurvePoint(confidence, (double) right / n, right / asked, (asked - right) / images));
            }
        }
        return List.copyOf(points);
    }

    /**
     * What the detector would do if it kept only detections of a least confidence.
     *
     * @param confidence the least confidence
     * @param recall the share of the faces that is found; {@code NaN} if there was none to find
     * @param precision faces found over faces found and false positives
     * @param falsePositivesPerImage false positives over pictures
     */
    public record CurvePoint(double confidence, double recall, double precision, double falsePositivesPerImage) {}

    /** Takes pictures one after another. */
    public static final class Builder {
        private static final Comparator<DetectedFace> SUREST_FIRST =
                Comparator.comparingDouble(DetectedFace::confidence).reversed();

        private final double minHeight;
        private final List<Answer> answers = new ArrayList<>();
        private long images;
        private long faces;
        private long facesWithLandmarks;
        private double landmarkErrors;

        private Builder(double minHeight) {
            if (!(minHeight >= 0 && minHeight < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException("minHeight is " + minHeight + ", expected a number of 0 or more");
            }
            this.minHeight = minHeight;
        }

        /**
         * Adds a picture.
         *
         * @param marked the faces that people marked, all of them; may be empty
         * @param detected what the detector found in it; may be empty
         * @return this builder
         */
        public Builder add(List<MarkedFace> marked, List<DetectedFace> detected) {
            images++;
            List<MarkedFace> free = new ArrayList<>(marked);
            free.removeIf(face -> face.invalid() || face.box().height() < minHeight);
            faces += free.size();
            for (DetectedFace face : detected.stream().sorted(SUREST_FIRST).toList()) {
                int best = mostOverlapped(face.box(), free);
                if (best >= 0) {
                    compare(free.remove(best), face);
                    answers.add(new Answer(face.confidence(), true));
                } else if (isFalse(face.box(), marked)) {
                    answers.add(new Answer(face.confidence(), false));
                }
            }
            return this;
        }

        /**
         * Makes the report of what was added so far.
         *
         * @return a report
         */
        public DetectionReport build() {
            return new DetectionReport(this);
        }

        private static int mostOverlapped(BoundingBox box, List<MarkedFace> faces) {
            int best = -1;
            double most = FOUND_FROM;
            for (int i = 0; i < faces.size(); i++) {
                double overlap = box.iou(faces.get(i).box());
                if (overlap > most || (best < 0 && overlap == most)) {
                    best = i;
                    most = overlap;
                }
            }
            return best;
        }

        private boolean isFalse(BoundingBox box, List<MarkedFace> marked) {
            return box.height() >= FALSE_POSITIVE_HEIGHT * minHeight
                    && marked.stream().allMatch(face -> box.iou(face.box()) < EXCUSED_FROM);
        }

        private void compare(MarkedFace truth, DetectedFace face) {
            if (truth.landmarks().isPresent() && face.landmarks().isPresent()) {
                Landmarks is = face.landmarks().get().toFivePoints();
                Landmarks should = truth.landmarks().get().toFivePoints();
                double sum = 0;
                for (int i = 0; i < should.size(); i++) {
                    sum += Math.hypot(is.x(i) - should.x(i), is.y(i) - should.y(i));
                }
                double eyes = Math.hypot(should.x(1) - should.x(0), should.y(1) - should.y(0));
                if (eyes > 0 && eyes >= PROFILE_BELOW * truth.box().width()) {
                    landmarkErrors += sum / should.size() / eyes;
                    facesWithLandmarks++;
                }
            }
        }
    }

    private record Answer(double confidence, boolean right) {}
}
