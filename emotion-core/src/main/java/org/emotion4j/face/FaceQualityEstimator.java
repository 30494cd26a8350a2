package org.emotion4j.face;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.emotion4j.face.FaceQuality.Issue;
import org.emotion4j.frame.AffineTransform;
import org.emotion4j.frame.ImageTransform;
import org.emotion4j.frame.PixelFormat;

/**
 * Judges the picture of a face by its crop, as the classifier gets it, and its landmarks. Confined to one thread.
 *
 * <p>The curves and limits are measured: faces of FER2013's PublicTest were blurred, reduced, darkened and so on, and
 * the share counted for which our expression network says the same as before; for the pose, how often it hits by how far
 * the head is turned, against straight ahead (beyond 36 degrees the line is drawn on, since the labels thin out). {@link Issue#TOO_SMALL} and
 * {@link Issue#TURNED_AWAY} begin where a quarter of the readings is lost (below 18 pixels, beyond 39 degrees). The tables are in
 * {@code docs/models/landmarks.md}. Blur, darkness, glare and lack of contrast begin earlier, where anybody sees them and
 * hardly a portrait of two collections has them; {@link Issue#LOW_DETECTION_CONFIDENCE} where a quarter of what the default
 * detector found is no face (below 0.6); see "Issues" there. {@link Issue#NOT_UPRIGHT} goes by the roll of the landmarks, which
 * {@link UprightFaces} sets right. {@link Issue#UNCONFIRMED} is not judged here: one picture does not tell.
 */
public final class FaceQualityEstimator {
    private static final int SIDE = 48;

    /** A crop up to this size is judged as it is: scaled to 48x48, it would lose a fifth of its sharpness. */
    private static final int LARGEST_SIDE = 64;

    /**
     * By which power of the crop's side the sharpness falls. Of 150 photographed faces, reduced to sides of 10 to 300 pixels
     * and blurred in two degrees, crops of 56x56 have 0.905 of the sharpness of crops of 48x48 (the medians of 15 groups by
     * size and blur are 0.88 to 0.96; 2026-11-28).
     */
    private static final double SHARPNESS_BY_SIDE = 0.65;

    /** What lies nearer to the border of the crop is hair or background; in parts of the side. */
    private static final double BORDER = 4.0 / SIDE;

    private static final Curve BY_SIZE =
            Curve.of(8, 0.45, 12, 0.61, 16, 0.73, 20, 0.78, 24, 0.82, 32, 0.88, 40, 0.91, 64, 1);
    private static final Curve BY_SHARPNESS = Curve.of(
            0.35, 0.38, 0.4, 0.6, 0.46, 0.7, 0.54, 0.75, 0.64, 0.8, 0.79, 0.84, 0.95, 0.89, 1.21, 0.94, 1.6, 1);
    private static final Curve BY_TURN =
            Curve.of(4.4, 1, 10, 0.95, 16, 0.93, 23, 0.9, 30, 0.87, 36, 0.79, 60, 0.45, 90, 0.2);
    private static final Curve BY_BRIGHTNESS = Curve.of(
            0.02, 0.23, 0.03, 0.38, 0.04, 0.59, 0.06, 0.71, 0.1, 0.78, 0.13, 0.83, 0.19, 0.87, 0.27, 0.92, 0.38, 0.95,
            0.54, 1, 0.69, 0.95, 0.8, 0.84, 0.86, 0.75, 0.91, 0.68, 0.95, 0.58, 1, 0.3);
    private static final Curve BY_CONTRAST =
            Curve.of(0.009, 0.23, 0.014, 0.46, 0.02, 0.65, 0.029, 0.76, 0.048, 0.85, 0.076, 0.91, 0.115, 0.95, 0.19, 1);

    /**
     * The share of the default detector's faces that are faces, by its confidence: 481 on the 244 pictures of WIDER FACE that are
     * held out.
     */
    private static final Curve BY_DETECTION = Curve.of(0.415, 0.42, 0.5, 0.78, 0.6, 0.92, 0.675, 1);

    /** Where a quarter of the readings is lost, for size and pose. */
    private static final double LIMIT = 0.75;

    // What anybody sees at a glance, though only a sixth to a tenth of the readings is lost: of 810 ordinary portraits
    // 3 are less
    // sharp, none is darker or has less contrast, one is brighter.
    private static final double LEAST_SHARPNESS = 0.9;
    private static final double LEAST_BRIGHTNESS = 0.16;
    private static final double MOST_BRIGHTNESS = 0.8;
    private static final double LEAST_CONTRAST = 0.05;

    /** Of the faces below it a quarter are none: 26 % on the 244 pictures that are held out. */
    private static final double SURE = 0.6;

    /** Degrees. */
    private static final double MOST_ROLL = 60;

    /**
     * From which yaw on, in degrees, the detector's five points are believed where others see less: networks that draw 68 points
     * draw a profile as if it were turned by 25 to 40. Of 5,207 frontal faces of two collections (CFEE, UTKFace) the detector
     * saw three turned by more than 45; the 169 faces of WIDER FACE above 55 are profiles or nearly so.
     */
    private static final double FAR = 50;

    /** One immutable set for each combination of issues, so that a face costs no new one. */
    private static final List<Set<Issue>> COMBINATIONS = combinations();

    private final FaceCrop small = FaceCrop.allocate(CropSpec.fer2013());
    private final int[] gray = new int[LARGEST_SIDE * LARGEST_SIDE];
    private int side = SIDE;

    /** Makes an estimator; it keeps a crop's worth of memory. */
    public FaceQualityEstimator() {}

    /**
     * Judges one face.
     *
     * @param crop the face as an aligner cut it out, with its {@linkplain FaceCrop#fromFrame() map}
     * @param face the same face in the frame, with landmarks if there are any
     * @return its quality
     */
    public FaceQuality assess(FaceCrop crop, DetectedFace face) {
        return assess(crop, face, face);
    }

    /**
     * Judges one face whose landmarks somebody else than its detector has located.
     *
     * @param crop the face as an aligner cut it out, with its {@linkplain FaceCrop#fromFrame() map}
     * @param face the same face in the frame, with those landmarks
     * @param detected as its detector gave it: where its landmarks show a head in profile, its pose is theirs
     * @return its quality
     */
    public FaceQuality assess(FaceCrop crop, DetectedFace face, DetectedFace detected) {
        double faceSize =
                tightSide(crop.spec()) / Math.sqrt(Math.abs(crop.fromFrame().determinant()));
        read(crop);
        double sharpness = sharpness();
        double brightness = brightness();
        double contrast = contrast(brightness);
        Optional<HeadPose> pose = pose(face, detected);
        double bySize = BY_SIZE.at(faceSize);
        double bySharpness = BY_SHARPNESS.at(sharpness);
        double byTurn = pose.isPresent() ? BY_TURN.at(pose.get().turn()) : 1;
        double byDetection = BY_DETECTION.at(face.confidence());
        double byBrightness = BY_BRIGHTNESS.at(brightness);
        double byContrast = BY_CONTRAST.at(contrast);
        boolean upright = pose.isEmpty() || Math.abs(pose.get().roll()) <= MOST_ROLL;
        int issues = bit(Issue.TOO_SMALL, bySize < LIMIT)
                | bit(Issue.BLURRED, sharpness < LEAST_SHARPNESS)
                | bit(Issue.TURNED_AWAY, byTurn < LIMIT)
                | bit(Issue.TOO_DARK, brightness < LEAST_BRIGHTNESS)
                | bit(Issue.TOO_BRIGHT, brightness > MOST_BRIGHTNESS)
                | bit(Issue.LOW_CONTRAST, contrast < LEAST_CONTRAST)
                | bit(Issue.NOT_UPRIGHT, !upright)
                | bit(Issue.LOW_DETECTION_CONFIDENCE, face.confidence() < SURE);
        // A small face is a blurred crop and a dark one has no contrast: of such a pair only the worse counts.
        double overall = Math.min(bySize, bySharpness) * Math.min(byBrightness, byContrast) * byTurn * byDetection;
        return new FaceQuality(overall, faceSize, sharpness, brightness, contrast, pose, COMBINATIONS.get(issues));
    }

    @SuppressWarnings("ReferenceEquality") // saves the pose of a face that nobody located anew
    private static Optional<HeadPose> pose(DetectedFace face, DetectedFace detected) {
        Optional<HeadPose> pose = face.landmarks().flatMap(HeadPose::of);
        if (face == detected) {
            return pose;
        }
        double seen = pose.map(each -> Math.abs(each.yaw())).orElse(0.0);
        return detected.landmarks()
                .flatMap(HeadPose::of)
                .filter(each -> Math.abs(each.yaw()) >= FAR && Math.abs(each.yaw()) > seen)
                .or(() -> pose);
    }

    private static double tightSide(CropSpec spec) {
        return spec.width() / (1 + 2 * spec.margin());
    }

    /** Takes the tight part of the crop as gray pixels: a small square as it is, all else as 48x48. */
    private void read(FaceCrop crop) {
        CropSpec spec = crop.spec();
        FaceCrop source = crop;
        boolean asItIs = spec.width() == spec.height()
                && spec.width() >= SIDE
                && spec.width() <= LARGEST_SIDE
                && spec.margin() == 0
                && spec.format() == PixelFormat.GRAY8;
        if (!asItIs) {
            double scaleX = SIDE * (1 + 2 * spec.margin()) / spec.width();
            double scaleY = SIDE * (1 + 2 * spec.margin()) / spec.height();
            double shiftX = SIDE / 2.0 - scaleX * spec.width() / 2;
            double shiftY = SIDE / 2.0 - scaleY * spec.height() / 2;
            ImageTransform.warp(crop, new AffineTransform(scaleX, 0, shiftX, 0, scaleY, shiftY), small);
            source = small;
        }
        side = source.width();
        ByteBuffer pixels = source.pixels();
        for (int i = 0; i < side * side; i++) {
            gray[i] = pixels.get(i) & 0xff;
        }
    }

    private double sharpness() {
        long fine = 0;
        long coarse = 0;
        for (int y = 1; y < side - 1; y++) {
            for (int x = 1; x < side - 1; x++) {
                int i = y * side + x;
                int laplacian = 4 * gray[i] - gray[i - 1] - gray[i + 1] - gray[i - side] - gray[i + side];
                int dx = gray[i + 1] - gray[i - 1];
                int dy = gray[i + side] - gray[i - side];
                fine += (long) laplacian * laplacian;
                coarse += (long) dx * dx + (long) dy * dy;
            }
        }
        return coarse == 0 ? 0 : Math.sqrt(4.0 * fine / coarse) * Math.pow((double) side / SIDE, SHARPNESS_BY_SIDE);
    }

    private double brightness() {
        int border = border();
        long sum = 0;
        for (int y = border; y < side - border; y++) {
            for (int x = border; x < side - border; x++) {
                sum += gray[y * side + x];
            }
        }
        return sum / (255.0 * (side - 2 * border) * (side - 2 * border));
    }

    private double contrast(double mean) {
        int border = border();
        double sum = 0;
        for (int y = border; y < side - border; y++) {
            for (int x = border; x < side - border; x++) {
                double difference = gray[y * side + x] / 255.0 - mean;
                sum += difference * difference;
            }
        }
        return Math.sqrt(sum / ((side - 2 * border) * (side - 2 * border)));
    }

    private int border() {
        return (int) Math.round(BORDER * side);
    }

    private static int bit(Issue issue, boolean set) {
        return set ? 1 << issue.ordinal() : 0;
    }

    private static List<Set<Issue>> combinations() {
        List<Set<Issue>> combinations = new ArrayList<>();
        for (int bits = 0; bits < 1 << Issue.values().length; bits++) {
            EnumSet<Issue> issues = EnumSet.noneOf(Issue.class);
            for (Issue issue : Issue.values()) {
                if ((bits & (1 << issue.ordinal())) != 0) {
                    issues.add(issue);
                }
            }
            combinations.add(Set.copyOf(issues));
        }
        return List.copyOf(combinations);
    }

    /** Straight lines between measured points; level beyond the first and the last. */
    private static final class Curve {
        private final double[] points;

        private Curve(double[] points) {
            this.points = points;
        }

        static Curve of(double... points) {
            return new Curve(points);
        }

        double at(double x) {
            int last = points.length - 2;
            if (!(x > points[0])) {
                return points[1];
            }
            for (int i = 2; i <= last; i += 2) {
                if (x <= points[i]) {
                    double share = (x - points[i - 2]) / (points[i] - points[i - 2]);
                    return points[i - 1] + share * (points[i + 1] - points[i - 1]);
                }
            }
            return points[last + 1];
        }
    }
}
