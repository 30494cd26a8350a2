package org.emotion4j.face;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.emotion4j.frame.AffineTransform;
import org.emotion4j.frame.Frame;
import org.emotion4j.frame.FrameBuffer;
import org.emotion4j.frame.FrameBufferPool;
import org.emotion4j.frame.ImageTransform;
import org.emotion4j.frame.Pixels;
import org.emotion4j.stage.internal.FreeCores;

/**
 * Finds out which way up faces are that a detector found, and gives those that are tilted, on their side or upside down
 * landmarks that are turned as they are. A network trained on upright faces finds an upside-down one as well, less surely, and
 * draws upright landmarks on it: its expression would then be read off the wrong way up.
 *
 * <p>Faces that the detector is sure of (0.84 or more) are upright and cost nothing: to the surest of 332 portraits upside down
 * or on their side it gave 0.73, of 25 photographs 0.78. The others are looked at once more in {@linkplain FaceDetector#detectCloseUp close-ups}: as they
 * are, and where that is not convincing (below 0.8) turned by quarters, and by 45, 135, … degrees too where one of these is
 * better or the face as it is does not reach 0.7, which hardly any tilted one does; the turn counts under which the
 * detector is the surest, by 0.1 at least. A session does that when a face appears and every second while it is in doubt; a face that was found
 * turned has one close-up in every frame.
 *
 * <p>Measured on the portraits of two collections, 250 of them found upright, none taken for turned; of those found after the
 * whole picture was turned, 99 % of those upside down and 83 % of those on their side were noticed (2026-11-30,
 * {@code docs/models/single-shot.md}). Confined to one thread.
 */
public final class UprightFaces {
    /** The detector's faces are about 60 pixels high in it. */
    private static final int CLOSE_UP = 96;

    private static final double MIDDLE = (CLOSE_UP - 1) / 2.0;

    /** How wide what is cut out of the frame is, in widths of a close-up: enough to turn one in it. */
    private static final double PATCH = Math.sqrt(2);

    /** How long the side of a close-up is, in longer sides of the box. */
    private static final double MARGIN = 1.6;

    private static final double SURE = 0.84;
    private static final double CONVINCING = 0.8;
    private static final double NOT_TILTED = 0.7;
    private static final double AHEAD = 0.1;
    private static final double STEP = 45;
    private static final List<Double> QUARTERS = List.of(90.0, 180.0, 270.0);
    private static final List<Double> BETWEEN = List.of(45.0, 135.0, 225.0, 315.0);
    private static final double SAME = 0.3;
    private static final long EVERY_NANOS = 1_000_000_000L;

    private final FaceDetector detector;
    /** For each thread at work one for the patch and one for what is cut out of it. */
    private final FrameBufferPool buffers = FrameBufferPool.ofSize(2 * FreeCores.count());

    private List<Known> known = List.of();

    /**
     * Makes a check of one detector's faces.
     *
     * @param detector who found them; one that gives no {@linkplain FaceDetector#detectCloseUp close-ups} has its faces back as
     *     they are
     */
    public UprightFaces(FaceDetector detector) {
        this.detector = detector;
    }

    /**
     * Looks at the faces of a single picture.
     *
     * @param frame the picture
     * @param faces what the detector found in it
     * @return the same faces in the same order; those that are not upright with the box of the close-up and five landmarks
     *     turned as they are, all others the very same objects
     */
    public List<DetectedFace> of(Frame frame, List<DetectedFace> faces) {
        if (faces.stream().allMatch(face -> face.confidence() >= SURE)) {
            return faces;
        }
        return List.copyOf(together(faces, face -> {
            double degrees = face.confidence() >= SURE ? 0 : turnOf(frame, face);
            return degrees == 0 ? face : turned(frame, face, degrees);
        }));
    }

    /** On the cores that are free, where the detector can be asked by several threads. */
    private <T, R> List<R> together(List<T> all, Function<T, R> work) {
        return detector.isThreadSafe()
                ? FreeCores.map(all, work)
                : all.stream().map(work).toList();
    }

    /**
     * Looks at the faces of the next frame of a session; remembers which way up a face was.
     *
     * @param frame the frame
     * @param faces what the detector found in it
     * @return as {@link #of}
     */
    public List<DetectedFace> next(Frame frame, List<DetectedFace> faces) {
        if (known.isEmpty() && faces.stream().allMatch(face -> face.confidence() >= SURE)) {
            return faces;
        }
        List<Looked> looked = together(faces, face -> {
            Known now = known(frame, face);
            return new Looked(now, now.degrees == 0 ? face : turned(frame, face, now.degrees));
        });
        known = looked.stream()
                .map(Looked::known)
                .filter(now -> now.checkedAt != Known.NEVER)
                .toList();
        return looked.stream().map(Looked::face).toList();
    }

    /** Forgets the frames before. */
    public void reset() {
        known = List.of();
    }

    private Known known(Frame frame, DetectedFace face) {
        Known before = null;
        for (Known candidate : known) {
            if (candidate.box.iou(face.box()) >= (before == null ? SAME : before.box.iou(face.box()))) {
                before = candidate;
            }
        }
        boolean doubtful = face.confidence() < SURE;
        long age = before == null ? Long.MAX_VALUE : Math.abs(frame.mediaNanos() - before.checkedAt);
        if (before != null && age < EVERY_NANOS) {
            return new Known(face.box(), before.degrees, before.checkedAt);
        }
        return doubtful
                ? new Known(face.box(), turnOf(frame, face), frame.mediaNanos())
                : new Known(face.box(), 0, Known.NEVER);
    }

    /** Gives the degrees by which a picture has to be turned clockwise for this face to be upright; 0 in doubt. */
    private double turnOf(Frame frame, DetectedFace face) {
        try (FrameBuffer patch = buffers.tryAcquire().orElseGet(FrameBuffer::standalone)) {
            // Reduced once, to the scale of the close-ups: turning it then takes one sample a pixel.
            BoundingBox box = face.box();
            double shrink = Math.min(1, scale(box));
            int side = (int) Math.ceil(PATCH * CLOSE_UP * shrink / scale(box)) + 1;
            double left = Math.rint(box.centerX() - side / shrink / 2);
            double top = Math.rint(box.centerY() - side / shrink / 2);
            patch.reshape(side, side, frame.format());
            patch.stamp(frame.mediaNanos());
            ImageTransform.warp(frame, new AffineTransform(shrink, 0, -left * shrink, 0, shrink, -top * shrink), patch);
            return turnOf(
                    patch,
                    new BoundingBox(
                            (box.x() - left) * shrink,
                            (box.y() - top) * shrink,
                            box.width() * shrink,
                            box.height() * shrink));
        }
    }

    private double turnOf(FrameBuffer patch, BoundingBox box) {
        double straight = confidence(patch, box, 0);
        if (straight >= CONVINCING) {
            return 0;
        }
        Turn best = surer(patch, box, new Turn(0, straight + AHEAD), QUARTERS);
        if (best.degrees == 0 && straight >= NOT_TILTED) {
            return 0;
        }
        best = surer(patch, box, best, BETWEEN);
        if (best.degrees == 0) {
            return 0;
        }
        return surer(patch, box, best, List.of(best.degrees - STEP / 2, best.degrees + STEP / 2)).degrees;
    }

    /** The turn under which the detector is the surest: the one known so far, or one of these. */
    private Turn surer(FrameBuffer patch, BoundingBox box, Turn known, List<Double> turns) {
        Turn best = known;
        for (Turn turn : together(turns, degrees -> new Turn(degrees, confidence(patch, box, degrees)))) {
            if (turn.confidence > best.confidence) {
                best = turn;
            }
        }
        return best;
    }

    private double confidence(FrameBuffer patch, BoundingBox box, double degrees) {
        return confidence(closeUp(patch, patch.mediaNanos(), toCloseUp(box, degrees)));
    }

    private static double confidence(Optional<DetectedFace> face) {
        return face.map(DetectedFace::confidence).orElse(0.0);
    }

    private DetectedFace turned(Frame frame, DetectedFace face, double degrees) {
        AffineTransform toCloseUp = toCloseUp(face.box(), degrees);
        Optional<DetectedFace> found = closeUp(frame, frame.mediaNanos(), toCloseUp);
        Optional<Landmarks> points = found.flatMap(DetectedFace::landmarks).map(Landmarks::toFivePoints);
        if (points.isPresent()) {
            AffineTransform back = toCloseUp.inverse();
            return new DetectedFace(
                    mapped(found.get().box(), back, degrees),
                    face.confidence(),
                    Optional.of(points.get().mapped(back)));
        }
        // Lost in this frame alone: the landmarks it has, turned with it.
        AffineTransform turn =
                about(face.box(), -degrees, 1, face.box().centerX(), face.box().centerY());
        return face.landmarks()
                .map(own -> face.withLandmarks(own.toFivePoints().mapped(turn)))
                .orElse(face);
    }

    private Optional<DetectedFace> closeUp(Pixels from, long mediaNanos, AffineTransform toCloseUp) {
        try (FrameBuffer target = buffers.tryAcquire().orElseGet(FrameBuffer::standalone)) {
            target.reshape(CLOSE_UP, CLOSE_UP, from.format());
            ImageTransform.warp(from, toCloseUp, target);
            target.stamp(mediaNanos);
            try (Frame picture = target.toFrame()) {
                return detector.detectCloseUp(picture);
            }
        }
    }

    private static AffineTransform toCloseUp(BoundingBox box, double degrees) {
        return about(box, degrees, scale(box), MIDDLE, MIDDLE);
    }

    private static double scale(BoundingBox box) {
        return CLOSE_UP / (MARGIN * Math.max(box.width(), box.height()));
    }

    /** Turned clockwise and scaled about the middle of a box, which comes to lie at (x, y). */
    private static AffineTransform about(BoundingBox box, double degrees, double scale, double x, double y) {
        double cosine = scale * Math.cos(Math.toRadians(degrees));
        double sine = scale * Math.sin(Math.toRadians(degrees));
        return new AffineTransform(
                cosine,
                -sine,
                x - cosine * box.centerX() + sine * box.centerY(),
                sine,
                cosine,
                y - sine * box.centerX() - cosine * box.centerY());
    }

    /** As high and wide as the face is in the picture: of a head on its side the other way round. */
    private static BoundingBox mapped(BoundingBox box, AffineTransform back, double degrees) {
        double scale = Math.sqrt(back.determinant());
        boolean onItsSide = Math.abs(Math.sin(Math.toRadians(degrees))) > Math.sqrt(0.5);
        double width = scale * (onItsSide ? box.height() : box.width());
        double height = scale * (onItsSide ? box.width() : box.height());
        double x = back.applyX(box.centerX(), box.centerY());
        double y = back.applyY(box.centerX(), box.centerY());
        return new BoundingBox(x - width / 2, y - height / 2, width, height);
    }

    /** A turn clockwise, and how sure the detector is under it. */
    private record Turn(double degrees, double confidence) {}

    /** A face that was looked at, as it is given back. */
    private record Looked(Known known, DetectedFace face) {}

    /**
     * What was found out about a face.
     *
     * @param degrees the turn that makes it upright
     * @param checkedAt media time, or {@link #NEVER} for one that the detector was sure of
     */
    private record Known(BoundingBox box, double degrees, long checkedAt) {
        static final long NEVER = Long.MIN_VALUE;
    }
}
