package org.emotion4j.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.emotion4j.face.DetectedFace;
import org.emotion4j.face.FaceDetector;
import org.emotion4j.face.LandmarkDetector;
import org.emotion4j.face.Landmarks;
import org.emotion4j.frame.Frame;
import org.emotion4j.opencv.Pictures;
import org.opencv.core.Core;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.MatOfFloat6;
import org.opencv.core.MatOfPoint;
import org.opencv.core.MatOfPoint2f;
import org.opencv.core.Point;
import org.opencv.core.Rect;
import org.opencv.core.Scalar;
import org.opencv.core.Size;
import org.opencv.imgcodecs.Imgcodecs;
import org.opencv.imgproc.Imgproc;
import org.opencv.imgproc.Subdiv2D;

/**
 * Faces of one person between two photographs: the outline of triangles between landmarks moves from one to the other (piecewise
 * affine), the pictures fade over. Lids may be drawn down as well.
 */
final class FaceMorph {
    /** A photograph and the points that are moved: 68 landmarks and eight at the picture's edge. */
    static final class Photo {
        final Mat pixels;
        final Point[] points;

        private Photo(Mat pixels, Point[] points) {
            this.pixels = pixels;
            this.points = points;
        }

        /**
         * Reads a photograph.
         *
         * @param file the picture
         * @param detector finds its largest face
         * @param landmarks marks it
         * @return the photograph, or empty where no face is found
         */
        static Optional<Photo> read(java.nio.file.Path file, FaceDetector detector, LandmarkDetector landmarks) {
            try (Frame frame = Pictures.read(file)) {
                Optional<Landmarks> marked = detector.detect(frame).stream()
                        .max(java.util.Comparator.comparingDouble(
                                (DetectedFace face) -> face.box().area()))
                        .flatMap(face -> landmarks.locate(frame, face));
                return marked.map(points -> new Photo(Imgcodecs.imread(file.toString()), withEdge(points, frame)));
            } catch (org.emotion4j.frame.FrameUnreadableException e) {
                throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
            }
        }

        private static Point[] withEdge(Landmarks marked, Frame frame) {
            List<Point> points = new ArrayList<>();
            for (int i = 0; i < marked.size(); i++) {
                points.add(new Point(marked.x(i), marked.y(i)));
            }
            double right = frame.width() - 1;
            double bottom = frame.height() - 1;
            for (double[] at : new double[][] {{0, 0}, {.5, 0}, {1, 0}, {0, .5}, {1, .5}, {0, 1}, {.5, 1}, {1, 1}}) {
                points.add(new Point(at[0] * right, at[1] * bottom));
            }
            return points.toArray(Point[]::new);
        }
    }

    private static final int NOSE_BASE = 33;
    private static final int[][] LIDS = {{37, 41}, {38, 40}, {43, 47}, {44, 46}};
    private static final int[][] LASHES = {{36, 37, 38, 39}, {42, 43, 44, 45}};
    /** In widths of an eye. */
    private static final double SKIN_ABOVE = 0.16;

    private static final double LID_BELOW = 0.08;
    private static final int FIRST_OF_EYES = 36;
    private static final int FIRST_OF_MOUTH = 48;
    private static final int FIRST_OF_JAW = 4;
    private static final int LAST_OF_JAW = 12;
    private static final int LANDMARKS = 68;

    private final Photo rest;
    private final Photo other;
    private final boolean mouthOnly;
    private final int[][] triangles;

    private FaceMorph(Photo rest, Photo other, boolean mouthOnly) {
        this.rest = rest;
        this.other = other;
        this.mouthOnly = mouthOnly;
        this.triangles = triangles(rest.points, other.points, rest.pixels.size());
    }

    /** From one photograph to the other. */
    static FaceMorph between(Photo rest, Photo other) {
        return new FaceMorph(rest, other, false);
    }

    /** The mouth and chin alone go over to the other photograph, as in speech. */
    static FaceMorph ofMouth(Photo rest, Photo other) {
        return new FaceMorph(rest, other, true);
    }

    /**
     * Draws a face.
     *
     * @param share 0 the one photograph to 1 the other
     * @param closed how far the lids are down, 0 to 1
     * @return the picture, which the caller releases
     */
    Mat at(double share, double closed) {
        Point[] shape = shape(share);
        Point[] shut = closed > 0 ? withLidsDown(shape, closed) : shape;
        Mat drawn = warped(rest, shape, shut);
        if (share > 0) {
            Mat second = warped(other, shape, shut);
            if (mouthOnly) {
                blendBelow(drawn, second, shape[NOSE_BASE].y, share);
            } else {
                Core.addWeighted(drawn, 1 - share, second, share, 0, drawn);
            }
            second.release();
        }
        if (closed > 0) {
            drawLashes(drawn, shut);
        }
        return drawn;
    }

    private Point[] shape(double share) {
        Point[] shape = new Point[rest.points.length];
        for (int i = 0; i < shape.length; i++) {
            boolean moves = !mouthOnly || i >= FIRST_OF_MOUTH && i < LANDMARKS || i >= FIRST_OF_JAW && i <= LAST_OF_JAW;
            shape[i] = between(rest.points[i], other.points[i], moves ? share : 0);
        }
        return shape;
    }

    private static Point[] withLidsDown(Point[] shape, double closed) {
        Point[] shut = shape.clone();
        for (int[] lid : LIDS) {
            double wide = Math.hypot(shape[39].x - shape[36].x, shape[39].y - shape[36].y);
            Point shutAt = new Point(shape[lid[1]].x, shape[lid[1]].y + LID_BELOW * wide);
            shut[lid[0]] = between(shape[lid[0]], shutAt, closed);
        }
        return shut;
    }

    private static Point between(Point a, Point b, double share) {
        return new Point(a.x + share * (b.x - a.x), a.y + share * (b.y - a.y));
    }

    private static void blendBelow(Mat drawn, Mat second, double edge, double share) {
        double soft = drawn.rows() / 20.0;
        for (int y = 0; y < drawn.rows(); y++) {
            double part = share * Math.max(0, Math.min(1, (y - edge) / soft + 0.5));
            Mat row = drawn.row(y);
            Mat other = second.row(y);
            Core.addWeighted(row, 1 - part, other, part, 0, row);
            row.release();
            other.release();
        }
    }

    /** The eye stays as it is, and the skin above it is drawn over it as far as the lid is down. */
    private Mat warped(Photo photo, Point[] shape, Point[] shut) {
        Mat target = photo.pixels.clone();
        Rect all = new Rect(0, 0, target.cols(), target.rows());
        for (int[] corners : triangles) {
            drawTriangle(photo.pixels, at(photo.points, corners), at(shape, corners), all, target);
        }
        Point[] skin = withLidsUp(photo.points);
        for (int[] corners : shut == shape ? new int[0][] : triangles) {
            if (isLid(corners)) {
                drawTriangle(photo.pixels, at(skin, corners), at(shut, corners), all, target);
            }
        }
        return target;
    }

    /** Marked lids lie on the lashes or within the eye; the skin that is drawn over it begins above. */
    private static Point[] withLidsUp(Point[] points) {
        Point[] up = points.clone();
        for (int[] lid : LIDS) {
            double wide = Math.hypot(points[39].x - points[36].x, points[39].y - points[36].y);
            up[lid[0]] = new Point(points[lid[0]].x, points[lid[0]].y - SKIN_ABOVE * wide);
        }
        return up;
    }

    private static void drawLashes(Mat target, Point[] shut) {
        for (int[] line : LASHES) {
            MatOfPoint lashes = new MatOfPoint(
                    java.util.Arrays.stream(line).mapToObj(i -> shut[i]).toArray(Point[]::new));
            Imgproc.polylines(target, List.of(lashes), false, new Scalar(30, 30, 40), 1, Imgproc.LINE_AA);
            lashes.release();
        }
    }

    private static Point[] at(Point[] points, int[] corners) {
        return new Point[] {points[corners[0]], points[corners[1]], points[corners[2]]};
    }

    private static boolean isLid(int[] corners) {
        boolean moves = false;
        boolean eyeAlone = true;
        for (int corner : corners) {
            eyeAlone &= corner >= FIRST_OF_EYES && corner < FIRST_OF_MOUTH;
            for (int[] lid : LIDS) {
                moves |= corner == lid[0];
            }
        }
        return moves && !eyeAlone;
    }

    private static void drawTriangle(Mat source, Point[] from, Point[] to, Rect all, Mat target) {
        Rect place = clipped(to, all);
        if (place.width < 1 || place.height < 1 || area(to) < 0.05 || area(from) < 0.05) {
            return;
        }
        Point[] moved = new Point[to.length];
        Point[] corners = new Point[to.length];
        for (int i = 0; i < to.length; i++) {
            moved[i] = new Point(to[i].x - place.x, to[i].y - place.y);
            corners[i] = new Point(Math.round(moved[i].x), Math.round(moved[i].y));
        }
        MatOfPoint2f a = new MatOfPoint2f(from);
        MatOfPoint2f b = new MatOfPoint2f(moved);
        Mat transform = Imgproc.getAffineTransform(a, b);
        Mat patch = new Mat();
        Imgproc.warpAffine(
                source, patch, transform, place.size(), Imgproc.INTER_LINEAR, Core.BORDER_REPLICATE, Scalar.all(0));
        Mat mask = Mat.zeros(place.size(), CvType.CV_8U);
        MatOfPoint outline = new MatOfPoint(corners);
        Imgproc.fillConvexPoly(mask, outline, Scalar.all(255));
        Mat window = target.submat(place);
        patch.copyTo(window, mask);
        for (Mat each : List.of(a, b, transform, patch, mask, outline, window)) {
            each.release();
        }
    }

    private static Rect clipped(Point[] corners, Rect all) {
        double left = Math.min(corners[0].x, Math.min(corners[1].x, corners[2].x));
        double top = Math.min(corners[0].y, Math.min(corners[1].y, corners[2].y));
        double right = Math.max(corners[0].x, Math.max(corners[1].x, corners[2].x));
        double bottom = Math.max(corners[0].y, Math.max(corners[1].y, corners[2].y));
        int x = Math.max(all.x, (int) Math.floor(left));
        int y = Math.max(all.y, (int) Math.floor(top));
        int toX = Math.min(all.width, (int) Math.ceil(right) + 1);
        int toY = Math.min(all.height, (int) Math.ceil(bottom) + 1);
        return new Rect(x, y, Math.max(0, toX - x), Math.max(0, toY - y));
    }

    private static double area(Point[] c) {
        return Math.abs((c[1].x - c[0].x) * (c[2].y - c[0].y) - (c[2].x - c[0].x) * (c[1].y - c[0].y)) / 2;
    }

    /** Delaunay's triangles of the mean shape, as places of their corners. */
    private static int[][] triangles(Point[] one, Point[] two, Size size) {
        Point[] mean = new Point[one.length];
        Subdiv2D division = new Subdiv2D(new Rect(0, 0, (int) size.width, (int) size.height));
        for (int i = 0; i < one.length; i++) {
            Point middle = between(one[i], two[i], 0.5);
            mean[i] = new Point(
                    Math.max(0, Math.min(size.width - 1, middle.x)), Math.max(0, Math.min(size.height - 1, middle.y)));
            division.insert(mean[i]);
        }
        MatOfFloat6 found = new MatOfFloat6();
        division.getTriangleList(found);
        float[] corners = new float[(int) found.total() * found.channels()];
        found.get(0, 0, corners);
        found.release();
        List<int[]> result = new ArrayList<>();
        for (int i = 0; i + 5 < corners.length; i += 6) {
            int a = nearest(mean, corners[i], corners[i + 1]);
            int b = nearest(mean, corners[i + 2], corners[i + 3]);
            int c = nearest(mean, corners[i + 4], corners[i + 5]);
            if (a >= 0 && b >= 0 && c >= 0 && a != b && b != c && a != c) {
                result.add(new int[] {a, b, c});
            }
        }
        return result.toArray(int[][]::new);
    }

    private static int nearest(Point[] points, double x, double y) {
        for (int i = 0; i < points.length; i++) {
            if (Math.hypot(points[i].x - x, points[i].y - y) < 0.05) {
                return i;
            }
        }
        return -1;
    }
}
