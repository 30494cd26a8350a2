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
 * Draws faces onto pictures: the box, landmarks, and a plate with id, expression and confidence in the colour of the
 * expression. Line and letter sizes follow the size of the picture. Text is black or white, whichever reads better on
 * its plate; the box has a dark rim, so that it shows on light and dark pictures.
 *
 * <p>Confined to one thread. Needs no fonts of the host.
 */
public final class Annotator implements AutoCloseable {
    private static final int FONT = Imgproc.FONT_HERSHEY_SIMPLEX;

    /** The height of a capital letter at font scale 1, in pixels. */
    private static final double CAPITAL_HEIGHT = 21;

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
     * Returns the colour of an expression, here and wherever else one is drawn: Okabe and Ito's palette ("Color Universal
     * Design", 2008), which people with colour vision deficiencies tell apart.
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
        Pen pen = new Pen(canvas);
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
        private final double fontScale;
        private final int fontWeight;
        private final int padding;

        Pen(Mat canvas) {
            this.canvas = canvas;
            double side = Math.min(canvas.rows(), canvas.cols());
            line = (int) Math.max(1, Math.round(side / 240));
            double capitals = Math.max(8, side / 36);
            fontScale = capitals / CAPITAL_HEIGHT;
            fontWeight = (int) Math.max(1, Math.round(capitals / 10));
            padding = (int) Math.max(2, Math.round(capitals / 3));
        }

        void box(Annotation face) {
            BoundingBox box = face.box();
            Point upperLeft = new Point(Math.round(box.x()), Math.round(box.y()));
            Point lowerRight = new Point(Math.round(box.right()), Math.round(box.bottom()));
            Imgproc.rectangle(canvas, upperLeft, lowerRight, RIM, line + 2, Imgproc.LINE_AA);
            Imgproc.rectangle(canvas, upperLeft, lowerRight, bgr(rgbOf(face)), line, Imgproc.LINE_AA);
            face.landmarks().ifPresent(landmarks -> points(landmarks, bgr(rgbOf(face))));
        }

        private void points(Landmarks landmarks, Scalar color) {
            for (int i = 0; i < landmarks.size(); i++) {
                Point point = new Point(landmarks.x(i), landmarks.y(i));
                Imgproc.circle(canvas, point, line + 1, RIM, Imgproc.FILLED, Imgproc.LINE_AA);
                Imgproc.circle(canvas, point, line, color, Imgproc.FILLED, Imgproc.LINE_AA);
            }
        }

        /** The plate stands on the box; where there is no room above, it hangs into it. Never outside the picture. */
        void plate(Annotation face) {
            String text = textOf(face);
            if (text.isEmpty()) {
                return;
            }
            int[] baseline = new int[1];
            Size size = Imgproc.getTextSize(text, FONT, fontScale, fontWeight, baseline);
            double width = size.width + 2 * padding;
            double height = size.height + 2 * padding;
            double left = clamp(Math.round(face.box().x()), canvas.cols() - width);
            double above = Math.round(face.box().y()) - height;
            double top = clamp(above >= 0 ? above : Math.round(face.box().y()), canvas.rows() - height);
            int rgb = rgbOf(face);
            Imgproc.rectangle(
                    canvas, new Point(left, top), new Point(left + width, top + height), bgr(rgb), Imgproc.FILLED);
            Imgproc.putText(
                    canvas,
                    text,
                    new Point(left + padding, top + padding + size.height),
                    FONT,
                    fontScale,
                    inkOn(rgb),
                    fontWeight,
                    Imgproc.LINE_AA);
        }

        private static double clamp(double value, double max) {
            return Math.max(0, Math.min(value, max));
        }
    }
}
