package org.emotion4j.opencv;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.emotion4j.emotion.Emotion;
import org.emotion4j.face.BoundingBox;
import org.emotion4j.face.Landmarks;
import org.emotion4j.frame.Frame;
import org.emotion4j.frame.FrameBuffer;
import org.emotion4j.frame.ImageTransform;
import org.emotion4j.frame.PixelFormat;
import org.emotion4j.frame.Pixels;
import org.opencv.core.Mat;
import org.opencv.core.Point;
import org.opencv.core.Scalar;
import org.opencv.core.Size;
import org.opencv.imgproc.Imgproc;

/**
 * Draws faces onto pictures: the box, landmarks, and a plate with id, expression and confidence in the color of the
 * expression. Line and letter sizes follow the size of the picture. Text is black or white, whichever reads better on
 * its plate; the box has a dark rim, so that it shows on light and dark pictures.
 *
 * <p>Confined to one thread. Needs no fonts of the host.
 */
public final class Annotator implements AutoCloseable {
    private static final int FONT = Imgproc.FONT_HERSHEY_SIMPLEX;

    /** The height of a capital letter at font scale 1, in pixels. */
    private static final double CAPITAL_HEIGHT = 21;

    private static final double MIN_CAPITALS = 8;

    private static final int NO_CLEAR_RGB = 0x666666;
    private static final int FACE_RGB = 0xFFFFFF;
    private static final Scalar RIM = new Scalar(32, 32, 32);

    private final FrameMats frames = new FrameMats();
    private boolean open = true;

    private Annotator() {}

    /**
     * Makes an annotator.
     *
     * @return an annotator
     * @throws org.emotion4j.stage.StageException if OpenCV's native code does not load
     */
    public static Annotator create() {
        OpenCv.load();
        return new Annotator();
    }

    /**
     * Returns the color of an expression, here and wherever else one is drawn: Okabe and Ito's palette ("Color Universal
     * Design", 2008), which people with color vision deficiencies tell apart.
     *
     * @param label the expression, or empty for "no clear expression"
     * @return {@code 0xRRGGBB}
     */
    public static int colorOf(Optional<Emotion> label) {
        return label.map(Annotator::colorOf).orElse(NO_CLEAR_RGB);
    }

    private static int colorOf(Emotion label) {
        return switch (label) {
            case ANGRY -> 0xD55E00;
            case DISGUST -> 0x009E73;
            case FEAR -> 0xCC79A7;
            case HAPPY -> 0xF0E442;
            case SAD -> 0x0072B2;
            case SURPRISE -> 0x56B4E9;
            case NEUTRAL -> 0xC8C8C8;
        };
    }

    /**
     * Draws onto a copy.
     *
     * @param picture any pixels; they stay as they are
     * @param faces what to draw; later ones over earlier ones
     * @return a {@link PixelFormat#BGR24} frame that belongs to no pool, which the caller closes
     * @throws IllegalStateException if this annotator was closed
     */
    public Frame annotate(Pixels picture, List<Annotation> faces) {
        try (FrameBuffer copy = FrameBuffer.standalone()) {
            copy.reshape(picture.width(), picture.height(), PixelFormat.BGR24);
            ImageTransform.convert(picture, copy);
            draw(copy, faces);
            return copy.toFrame();
        }
    }

    /**
     * Draws onto the pixels themselves.
     *
     * @param picture pixels in {@link PixelFormat#BGR24}; changed
     * @param faces what to draw; later ones over earlier ones
     * @throws IllegalArgumentException if the pixels have another format
     * @throws IllegalStateException if this annotator was closed
     */
    public void draw(Pixels picture, List<Annotation> faces) {
        if (!open) {
            throw new IllegalStateException("this annotator was closed; make another");
        }
        if (picture.format() != PixelFormat.BGR24) {
            throw new IllegalArgumentException(
                    "the picture is " + picture.format() + ", expected BGR24; annotate(…) converts a copy");
        }
        Mat canvas = frames.over(picture);
        Pen pen = new Pen(canvas, faces);
        faces.forEach(pen::box);
        faces.forEach(pen::plate); // plates last, so that no box crosses a text
    }

    @Override
    public void close() {
        open = false;
        frames.close();
    }

    private static String textOf(Annotation face) {
        List<String> parts = new ArrayList<>();
        face.id().ifPresent(id -> parts.add("#" + id));
        face.reading().ifPresent(reading -> {
            parts.add(reading.label().map(Emotion::label).orElse("no clear"));
            parts.add(Math.round(reading.confidence() * 100) + "%");
        });
        return String.join(" ", parts);
    }

    private static int rgbOf(Annotation face) {
        return face.reading().map(reading -> colorOf(reading.label())).orElse(FACE_RGB);
    }

    private static Scalar bgr(int rgb) {
        return new Scalar(rgb & 0xFF, rgb >> 8 & 0xFF, rgb >> 16 & 0xFF);
    }

    /** Black on light plates, white on dark ones, by BT.601 luma. */
    private static Scalar inkOn(int rgb) {
        double luma = 0.299 * (rgb >> 16 & 0xFF) + 0.587 * (rgb >> 8 & 0xFF) + 0.114 * (rgb & 0xFF);
        return luma > 130 ? new Scalar(0, 0, 0) : new Scalar(255, 255, 255);
    }

    /** Draws onto one picture, in sizes that suit it. */
    private static final class Pen {
        private final Mat canvas;
        private final int line;
        private final double largestCapitals;
        /** What a plate had better not cover: boxes, and the plates drawn so far. */
        private final List<BoundingBox> taken = new ArrayList<>();

        Pen(Mat canvas, List<Annotation> faces) {
            this.canvas = canvas;
            double side = Math.min(canvas.rows(), canvas.cols());
            line = (int) Math.max(1, Math.round(side / 240));
            largestCapitals = side / 36;
            faces.forEach(face -> taken.add(face.box()));
        }

        void box(Annotation face) {
            BoundingBox box = face.box();
            Point upperLeft = new Point(Math.round(box.x()), Math.round(box.y()));
            Point lowerRight = new Point(Math.round(box.right()), Math.round(box.bottom()));
            Imgproc.rectangle(canvas, upperLeft, lowerRight, RIM, line + 2);
            Imgproc.rectangle(canvas, upperLeft, lowerRight, bgr(rgbOf(face)), line);
            face.landmarks().ifPresent(landmarks -> points(landmarks, bgr(rgbOf(face))));
        }

        private void points(Landmarks landmarks, Scalar color) {
            for (int i = 0; i < landmarks.size(); i++) {
                Point point = new Point(landmarks.x(i), landmarks.y(i));
                Imgproc.circle(canvas, point, line + 1, RIM, Imgproc.FILLED, Imgproc.LINE_AA);
                Imgproc.circle(canvas, point, line, color, Imgproc.FILLED, Imgproc.LINE_AA);
            }
        }

        /** The plate stands on the box, hangs below it or lies in it: where it covers least. Never outside the picture. */
        void plate(Annotation face) {
            String text = textOf(face);
            if (text.isEmpty()) {
                return;
            }
            BoundingBox box = face.box();
            double capitals = Math.max(MIN_CAPITALS, Math.min(largestCapitals, box.width() / 8));
            double fontScale = capitals / CAPITAL_HEIGHT;
            int weight = (int) Math.max(1, Math.round(capitals / 10));
            double padding = Math.max(2, Math.round(capitals / 3));
            Size size = Imgproc.getTextSize(text, FONT, fontScale, weight, new int[1]);
            BoundingBox plate = place(box, size.width + 2 * padding, size.height + 2 * padding);
            taken.add(plate);
            int rgb = rgbOf(face);
            Imgproc.rectangle(
                    canvas,
                    new Point(plate.x(), plate.y()),
                    new Point(plate.right(), plate.bottom()),
                    bgr(rgb),
                    Imgproc.FILLED);
            Imgproc.putText(
                    canvas,
                    text,
                    new Point(plate.x() + padding, plate.y() + padding + size.height),
                    FONT,
                    fontScale,
                    inkOn(rgb),
                    weight,
                    Imgproc.LINE_AA);
        }

        private BoundingBox place(BoundingBox box, double width, double height) {
            double left = clamp(Math.round(box.x()), canvas.cols() - width);
            double above = Math.round(box.y()) - height;
            double below = Math.round(box.bottom());
            double inside = Math.round(box.y());
            BoundingBox best = new BoundingBox(left, clamp(above, canvas.rows() - height), width, height);
            for (double top : new double[] {below, inside}) {
                BoundingBox other = new BoundingBox(left, clamp(top, canvas.rows() - height), width, height);
                if (covered(other) < covered(best)) {
                    best = other;
                }
            }
            return best;
        }

        private double covered(BoundingBox plate) {
            double sum = 0;
            for (BoundingBox other : taken) {
                sum += plate.intersection(other);
            }
            return sum;
        }

        private static double clamp(double value, double max) {
            return Math.max(0, Math.min(value, max));
        }
    }
}
