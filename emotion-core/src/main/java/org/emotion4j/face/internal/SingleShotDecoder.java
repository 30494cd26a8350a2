package org.emotion4j.face.internal;

import static org.emotion4j.stage.internal.BuilderOptions.once;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.emotion4j.face.BoundingBox;
import org.emotion4j.face.DetectedFace;
import org.emotion4j.face.EyePositions;
import org.emotion4j.face.FaceDetector;
import org.emotion4j.face.Landmarks;
import org.emotion4j.frame.FloatPlanes;
import org.emotion4j.frame.Frame;
import org.emotion4j.frame.PixelWindows;

/**
 * What lies around the network of a single-shot face detector, whatever computes it: how far a frame is reduced before,
 * and which faces its answers are. Keeps its memory from frame to frame; confined to one thread.
 *
 * <p>The network gets red, green and blue planes of 0 to 255, sides multiples of 32, or the windows of its first convolution over
 * them, and answers at strides of 8, 16 and 32 pixels with 15 planes each: the logit of the score, x and y of the box's center from the middle of the
 * location, the logarithms of its width and height, and x and y of five points from the middle of the location; all but
 * the score in strides. The score is the IoU that the box is expected to have with the face, so that one number ranks
 * both.
 */
public final class SingleShotDecoder {
    /** The strides of the three answers. */
    public static final List<Integer> STRIDES = List.of(8, 16, 32);

    /** What a network file calls its outputs, in the same order. */
    public static final List<String> OUTPUTS =
            STRIDES.stream().map(stride -> "stride" + stride).toList();

    /** Planes of an answer. */
    public static final int CHANNELS = 15;

    /** The smallest face that is looked for is that many pixels high where the network sees it, or as high as it is. */
    public static final int SMALLEST_SEEN = 32;

    /** Where the eyes lie in the boxes, for faces whose points were lost on the way: medians, see the model card. */
    public static final EyePositions EYES_IN_BOX = EyePositions.level(0.27, 0.389);

    /** The network gets no more pixels than that, however large the frame: its memory and time are bounded. */
    public static final int MAX_PIXELS = 1 << 21;

    /** A box may be that much lower than the smallest face: boxes are not exact to the pixel. */
    private static final double CLOSE_UP_REACH = 0.2;

    private static final double TOLERANCE = 0.8;

    /**
     * No side of an input is smaller, in pixels: at stride 32, OpenCV 4.9's convolutions read memory that nobody wrote
     * where a map is one column or row.
     */
    public static final int LEAST_SIDE = 64;

    private static final int MAX_CANDIDATES = 1_000;
    private static final double MAX_LOG_SIZE = 5;

    /** Ties are broken by place, so that the same picture gives the same list. */
    private static final Comparator<DetectedFace> LARGEST_FIRST = Comparator.<DetectedFace>comparingDouble(
                    face -> -face.box().area())
            .thenComparingDouble(face -> face.box().y())
            .thenComparingDouble(face -> face.box().x());

    private final int minFaceSize;
    private final double scoreThreshold;
    private final double nmsThreshold;
    private final int maxFaces;
    private final NonMaximumSuppression suppression;
    private final String settings;
    private final FloatPlanes planes = new FloatPlanes();
    private final PixelWindows windows = new PixelWindows();
    private ReducedSize size = new ReducedSize(0, 0, 0, 0, 0);

    private float[] boxes = new float[0];
    private float[] scores = new float[0];
    private int[] places = new int[0];
    private int candidates;

    private SingleShotDecoder(Builder builder) {
        this(builder.minFaceSize, builder.scoreThreshold, builder.nmsThreshold, builder.maxFaces, builder.toString());
    }

    private SingleShotDecoder(
            int minFaceSize, double scoreThreshold, double nmsThreshold, int maxFaces, String settings) {
        this.minFaceSize = minFaceSize;
        this.scoreThreshold = scoreThreshold;
        this.nmsThreshold = nmsThreshold;
        this.maxFaces = maxFaces;
        this.suppression =
                NonMaximumSuppression.of(nmsThreshold, NonMaximumSuppression.Overlap.UNION, MAX_CANDIDATES, maxFaces);
        this.settings = settings;
    }

    /**
     * Starts to describe a search.
     *
     * @return a builder with the defaults
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Makes another search with the same settings and memory of its own, for another thread.
     *
     * @return a search that has seen nothing yet
     */
    public SingleShotDecoder another() {
        return new SingleShotDecoder(minFaceSize, scoreThreshold, nmsThreshold, maxFaces, settings);
    }

    /**
     * Makes the network's input of a frame: so far reduced that the smallest face looked for is still
     * {@link #SMALLEST_SEEN} pixels high, never enlarged.
     *
     * @param frame any size and pixel format
     * @return the input; valid until the next call
     */
    public FloatPlanes input(Frame frame) {
        reduce(frame);
        planes.fill(frame, size.width(), size.height(), size.paddedWidth(), size.paddedHeight());
        return planes;
    }

    /**
     * Makes the input of a network whose first convolution gets its windows.
     *
     * @param frame any size and pixel format
     * @return the same picture as that of {@link #input}; valid until the next call
     */
    public PixelWindows windows(Frame frame) {
        reduce(frame);
        windows.fill(frame, size.width(), size.height(), size.paddedWidth(), size.paddedHeight());
        return windows;
    }

    private void reduce(Frame frame) {
        int width = frame.width();
        int height = frame.height();
        if (!size.isOf(width, height)) {
            size = ReducedSize.of(width, height, minFaceSize > 0 ? minFaceSize : defaultMinFaceSize(width, height));
        }
    }

    /**
     * 40 pixels, but at most a sixth of a small frame's shorter side and at least a sixteenth of a large one's: the
     * small faces cost the most to look for and are read the worst.
     *
     * @param width columns of the frame
     * @param height rows of the frame
     * @return height of the smallest face, in pixels of the frame
     */
    public static double defaultMinFaceSize(int width, int height) {
        double side = Math.min(width, height);
        return Math.max(side / 16, Math.min(40, side / 6));
    }

    /**
     * Reads the network's answers to the last input.
     *
     * @param answers of strides 8, 16 and 32: {@value #CHANNELS} planes of {@code height / stride} rows of
     *     {@code width / stride} floats
     * @return the faces in pixels of the frame, the largest first
     * @throws IllegalArgumentException if the answers are not of that size, or of one a number is not finite: then this
     *     is no network of that kind, or its weights are damaged
     */
    public List<DetectedFace> faces(List<float[]> answers) {
        candidates = 0;
        if (answers.size() != STRIDES.size()) {
            throw new IllegalArgumentException("got " + answers.size() + " answers, expected " + STRIDES.size());
        }
        for (int level = 0; level < answers.size(); level++) {
            collect(answers.get(level), level);
        }
        int[] kept = suppression.keep(boxes, scores, candidates);
        List<DetectedFace> faces = new ArrayList<>(kept.length);
        for (int candidate : kept) {
            face(candidate, answers).ifPresent(faces::add);
        }
        faces.sort(LARGEST_FIRST);
        return List.copyOf(faces);
    }

    private void collect(float[] answer, int level) {
        int stride = STRIDES.get(level);
        int columns = size.paddedWidth() / stride;
        int locations = columns * (size.paddedHeight() / stride);
        if (answer.length != CHANNELS * locations) {
            throw new IllegalArgumentException(
                    "got " + answer.length + " numbers at stride " + stride + " for an input of " + size.paddedWidth()
                            + "x" + size.paddedHeight() + ", expected " + CHANNELS * locations);
        }
        float least = (float) Math.log(scoreThreshold / (1 - scoreThreshold));
        for (int i = 0; i < locations; i++) {
            float logit = answer[i];
            if (logit >= least) {
                add(answer, level, stride, columns, locations, i);
            } else if (Float.isNaN(logit)) {
                throw new IllegalArgumentException("a score at stride " + stride + " is not a number");
            }
        }
    }

    private void add(float[] answer, int level, int stride, int columns, int locations, int i) {
        if (candidates == scores.length) {
            grow();
        }
        double x = (i % columns + 0.5 + answer[locations + i]) * stride;
        double y = (i / columns + 0.5 + answer[2 * locations + i]) * stride;
        double halfWidth = Math.exp(Math.min(MAX_LOG_SIZE, answer[3 * locations + i])) * stride / 2;
        double halfHeight = Math.exp(Math.min(MAX_LOG_SIZE, answer[4 * locations + i])) * stride / 2;
        if (!Double.isFinite(x + y + halfWidth + halfHeight)) {
            throw new IllegalArgumentException("a box at stride " + stride + " is not finite");
        }
        boxes[4 * candidates] = (float) (x - halfWidth);
        boxes[4 * candidates + 1] = (float) (y - halfHeight);
        boxes[4 * candidates + 2] = (float) (x + halfWidth);
        boxes[4 * candidates + 3] = (float) (y + halfHeight);
        scores[candidates] = answer[i];
        places[candidates] = i * STRIDES.size() + level;
        candidates++;
    }

    private void grow() {
        int capacity = Math.max(256, 2 * scores.length);
        boxes = Arrays.copyOf(boxes, 4 * capacity);
        scores = Arrays.copyOf(scores, capacity);
        places = Arrays.copyOf(places, capacity);
    }

    private Optional<DetectedFace> face(int candidate, List<float[]> answers) {
        double x = boxes[4 * candidate] * size.scaleX();
        double y = boxes[4 * candidate + 1] * size.scaleY();
        double width = boxes[4 * candidate + 2] * size.scaleX() - x;
        double height = boxes[4 * candidate + 3] * size.scaleY() - y;
        boolean outside = x + width <= 0 || y + height <= 0 || x >= size.frameWidth() || y >= size.frameHeight();
        if (outside || !(width > 0) || height < TOLERANCE * size.smallest()) {
            return Optional.empty();
        }
        double score = 1 / (1 + Math.exp(-scores[candidate]));
        int level = places[candidate] % STRIDES.size();
        return Optional.of(new DetectedFace(
                new BoundingBox(x, y, width, height),
                score,
                Optional.of(points(answers.get(level), STRIDES.get(level), places[candidate] / STRIDES.size()))));
    }

    private Landmarks points(float[] answer, int stride, int i) {
        int columns = size.paddedWidth() / stride;
        int locations = answer.length / CHANNELS;
        double[] points = new double[2 * Landmarks.Scheme.FIVE_POINTS.size()];
        for (int k = 0; k < points.length; k += 2) {
            points[k] = (i % columns + 0.5 + answer[(5 + k) * locations + i]) * stride * size.scaleX();
            points[k + 1] = (i / columns + 0.5 + answer[(6 + k) * locations + i]) * stride * size.scaleY();
        }
        return Landmarks.of(Landmarks.Scheme.FIVE_POINTS, points);
    }

    /**
     * Picks the face of a {@linkplain FaceDetector#detectCloseUp close-up}.
     *
     * @param closeUp the picture
     * @param faces what was found in it
     * @return the one of the highest confidence whose middle is within a fifth of the picture's side of its middle
     */
    public static Optional<DetectedFace> inTheMiddle(Frame closeUp, List<DetectedFace> faces) {
        DetectedFace best = null;
        for (DetectedFace face : faces) {
            double x = face.box().centerX() - (closeUp.width() - 1) / 2.0;
            double y = face.box().centerY() - (closeUp.height() - 1) / 2.0;
            boolean inside = Math.hypot(x, y) < CLOSE_UP_REACH * Math.min(closeUp.width(), closeUp.height());
            if (inside && (best == null || face.confidence() > best.confidence())) {
                best = face;
            }
        }
        return Optional.ofNullable(best);
    }

    @Override
    public String toString() {
        return settings;
    }

    /** Describes a search. Not thread-safe. Each setting can be made once. */
    public static final class Builder {
        private int minFaceSize;
        private double scoreThreshold = 0.4;
        private double nmsThreshold = 0.4;
        private int maxFaces = 200;
        private final List<String> set = new ArrayList<>();

        private Builder() {}

        /**
         * Sets the smallest face that is looked for. Time falls with its square: a frame is reduced until that face is
         * {@link #SMALLEST_SEEN} pixels high.
         *
         * @param pixels height of the box in pixels of the frame, 1 to 10,000; by default 40, but at most a sixth and
         *     at least a sixteenth of the frame's shorter side
         * @return this builder
         * @throws IllegalArgumentException if the number is out of its range
         * @throws IllegalStateException if it was set before
         */
        public Builder minFaceSize(int pixels) {
            minFaceSize = requireRange("minFaceSize", pixels, 10_000);
            return this;
        }

        /**
         * Sets the score from which on a face counts.
         *
         * @param value above 0, below 1; by default 0.4
         * @return this builder
         * @throws IllegalArgumentException if the number is out of its range
         * @throws IllegalStateException if it was set before
         */
        public Builder scoreThreshold(double value) {
            scoreThreshold = requireFraction("scoreThreshold", value);
            return this;
        }

        /**
         * Sets the overlap (IoU) above which two boxes are one face.
         *
         * @param value above 0, below 1; by default 0.4
         * @return this builder
         * @throws IllegalArgumentException if the number is out of its range
         * @throws IllegalStateException if it was set before
         */
        public Builder nmsThreshold(double value) {
            nmsThreshold = requireFraction("nmsThreshold", value);
            return this;
        }

        /**
         * Sets how many faces are given at most, those with the highest scores.
         *
         * @param count 1 to 1,000; by default 200
         * @return this builder
         * @throws IllegalArgumentException if the number is out of its range
         * @throws IllegalStateException if it was set before
         */
        public Builder maxFaces(int count) {
            maxFaces = requireRange("maxFaces", count, 1_000);
            return this;
        }

        /**
         * Says whether the score from which on a face counts was set.
         *
         * @return false as long as it is the default
         */
        public boolean hasScoreThreshold() {
            return set.contains("scoreThreshold");
        }

        /**
         * Makes the search.
         *
         * @return a new search
         */
        public SingleShotDecoder build() {
            return new SingleShotDecoder(this);
        }

        private int requireRange(String option, int value, int max) {
            once(set, option);
            if (value < 1 || value > max) {
                throw new IllegalArgumentException(option + " is " + value + ", expected 1 to " + max);
            }
            return value;
        }

        private double requireFraction(String option, double value) {
            once(set, option);
            if (!(value > 0 && value < 1)) {
                throw new IllegalArgumentException(option + " is " + value + ", expected above 0 and below 1");
            }
            return value;
        }

        @Override
        public String toString() {
            return "minFaceSize=" + (minFaceSize > 0 ? minFaceSize : "auto") + " scoreThreshold=" + scoreThreshold
                    + " nmsThreshold=" + nmsThreshold + " maxFaces=" + maxFaces;
        }
    }
}
