package org.emotion4j.djl;

import static org.emotion4j.stage.internal.BuilderOptions.once;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.emotion4j.djl.nets.MtcnnNetwork;
import org.emotion4j.djl.nets.NetworkFile;
import org.emotion4j.djl.runtime.DjlRuntime;
import org.emotion4j.face.BoundingBox;
import org.emotion4j.face.DetectedFace;
import org.emotion4j.face.EyePositions;
import org.emotion4j.face.FaceDetector;
import org.emotion4j.face.Landmarks;
import org.emotion4j.face.internal.NonMaximumSuppression;
import org.emotion4j.face.internal.NonMaximumSuppression.Overlap;
import org.emotion4j.frame.Frame;
import org.emotion4j.frame.FrameBuffer;
import org.emotion4j.frame.ImageTransform;
import org.emotion4j.frame.PixelFormat;
import org.emotion4j.frame.Pixels;
import org.emotion4j.spi.Weights;
import org.emotion4j.stage.BundledModel;
import org.emotion4j.stage.StageException;
import org.emotion4j.stage.StageMetadata;
import org.jspecify.annotations.Nullable;

/**
 * Faces and five landmarks by MTCNN (Zhang et al. 2016, "Joint Face Detection and Alignment Using Multitask Cascaded
 * Convolutional Networks"): P-Net proposes boxes on a pyramid of the picture, R-Net refines them, O-Net says the last word
 * and gives the landmarks. The networks run on Deep Java Library's PyTorch engine.
 *
 * <p>Confined to one thread at a time. All candidates of R-Net and of O-Net go through the network together, and no more
 * than {@link Builder#maxCandidates} of them, so time and memory are bounded whatever the picture shows. A picture of more
 * than 4 million pixels is looked at reduced by a whole number, in which no face under 12 pixels is looked for. Native memory is that of the weights and inputs, and during a call that
 * of one forward pass.
 *
 * <pre>{@code
 * try (MtcnnFaceDetector detector = MtcnnFaceDetector.bundled()) {
 *     List<DetectedFace> faces = detector.detect(frame);
 * }
 * }</pre>
 */
public final class MtcnnFaceDetector implements FaceDetector {
    /** The folder of the bundled weights. */
    static final String BUNDLED = "mtcnn";

    /** The side of P-Net's window, and how far two windows are apart. */
    private static final int WINDOW = 12;

    private static final int STRIDE = 2;

    private static final int MAX_PIXELS = 1 << 22;
    private static final int POINTS = 5;

    /** Overlaps above which the lesser box goes: in one level of the pyramid, after P-Net and R-Net, after O-Net. */
    private static final double LEVEL_OVERLAP = 0.5;

    private static final double STAGE_OVERLAP = 0.7;

    /** Of one level, how many more windows are compared than proposals are kept. */
    private static final int WINDOWS_PER_CANDIDATE = 8;

    /** Measured with the teacher's points on 157 found faces of training pictures; medians, made symmetric. */
    private static final EyePositions EYES = EyePositions.level(0.279, 0.380);

    private static final Comparator<DetectedFace> LARGEST_FIRST = Comparator.<DetectedFace>comparingDouble(
                    face -> -face.box().area())
            .thenComparingDouble(face -> face.box().y())
            .thenComparingDouble(face -> face.box().x());

    private final MtcnnStage pnet;
    private final MtcnnStage rnet;
    private final MtcnnStage onet;
    private final int minFace;
    private final double scaleFactor;
    private final float[] thresholds;
    private final NonMaximumSuppression inLevel;
    private final NonMaximumSuppression inStage;
    private final NonMaximumSuppression last;
    private final StageMetadata metadata;
    private final String settings;
    private final IntegralImage means = new IntegralImage();
    private final FrameBuffer reduced = FrameBuffer.standalone();
    private final Candidates windows = new Candidates();
    private final Candidates proposals = new Candidates();
    private boolean closed;

    private MtcnnFaceDetector(List<MtcnnStage> stages, Builder builder, StageMetadata metadata) {
        this.pnet = stages.get(0);
        this.rnet = stages.get(1);
        this.onet = stages.get(2);
        this.minFace = builder.minFace;
        this.scaleFactor = builder.scaleFactor;
        this.thresholds = builder.thresholds.clone();
        int most = builder.maxCandidates;
        this.inLevel = NonMaximumSuppression.of(LEVEL_OVERLAP, Overlap.UNION, WINDOWS_PER_CANDIDATE * most, most);
        this.inStage = NonMaximumSuppression.of(STAGE_OVERLAP, Overlap.UNION, WINDOWS_PER_CANDIDATE * most, most);
        this.last = NonMaximumSuppression.of(STAGE_OVERLAP, Overlap.SMALLER, most, most);
        this.settings = builder.toString();
        this.metadata = metadata.withSettings(settings);
    }

    /**
     * Loads the bundled weights with the defaults.
     *
     * @return a new detector, which the caller closes
     * @throws StageException if the engine does not start or the weights are damaged
     */
    public static MtcnnFaceDetector bundled() {
        return builder().build();
    }

    /**
     * Starts to describe a detector.
     *
     * @return a builder with the defaults
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Finds the faces in a frame of any size and pixel format.
     *
     * @param frame the picture; valid during the call only
     * @return the faces with landmarks, the largest box first
     * @throws IllegalStateException if this detector was closed
     * @throws StageException if the engine fails
     */
    @Override
    public List<DetectedFace> detect(Frame frame) {
        if (closed) {
            throw new IllegalStateException("this face detector was closed; make another");
        }
        int factor = 1;
        while ((long) (frame.width() / factor) * (frame.height() / factor) > MAX_PIXELS) {
            factor++;
        }
        Pixels picture = factor == 1 ? frame : reduced(frame, factor);
        means.load(picture);
        Candidates candidates = propose(Math.max(WINDOW, (double) minFace / factor));
        candidates = refine(candidates);
        return judge(candidates, (double) frame.width() / picture.width(), (double) frame.height() / picture.height());
    }

    private Pixels reduced(Frame frame, int factor) {
        reduced.reshape(Math.max(1, frame.width() / factor), Math.max(1, frame.height() / factor), frame.format());
        ImageTransform.resize(frame, reduced);
        return reduced;
    }

    /** P-Net on every level of the pyramid. */
    private Candidates propose(double smallest) {
        proposals.clear();
        double scale = WINDOW / smallest;
        double side = Math.min(means.width(), means.height()) * scale;
        while (side >= WINDOW) {
            proposeAt(scale);
            scale *= scaleFactor;
            side *= scaleFactor;
        }
        Candidates kept = proposals.chosen(inStage.keep(proposals.boxes, proposals.scores, proposals.size));
        kept.shift(0);
        kept.makeSquare();
        return kept.within(means.width(), means.height());
    }

    private void proposeAt(double scale) {
        int rows = (int) (means.height() * scale + 1);
        int columns = (int) (means.width() * scale + 1);
        float[][] outputs = pnet.level(means, rows, columns);
        float[] logits = outputs[0];
        int plane = logits.length / 2;
        int across = cells(columns);
        if (plane != across * cells(rows)) {
            throw new IllegalStateException("P-Net gave " + plane + " cells for " + columns + "x" + rows);
        }
        float least = (float) Math.log(thresholds[0] / (1 - thresholds[0]));
        float divisor = (float) scale;
        windows.clear();
        for (int cell = 0; cell < plane; cell++) {
            float logit = logits[plane + cell] - logits[cell];
            if (logit >= least) {
                int x = STRIDE * (cell % across) + 1;
                int y = STRIDE * (cell / across) + 1;
                windows.add(
                        (float) Math.floor(x / divisor),
                        (float) Math.floor(y / divisor),
                        (float) Math.floor((x + WINDOW - 1) / divisor),
                        (float) Math.floor((y + WINDOW - 1) / divisor),
                        probability(logit),
                        outputs[1],
                        cell,
                        plane);
            }
        }
        proposals.addAll(windows, inLevel.keep(windows.boxes, windows.scores, windows.size));
    }

    /** How many windows P-Net has along a side: a 3x3 convolution, a 2x2 pooling, two 3x3 convolutions. */
    private static int cells(int side) {
        return (side - 2 + 1) / 2 - 4;
    }

    private Candidates refine(Candidates candidates) {
        if (candidates.size == 0) {
            return candidates;
        }
        float[][] outputs = rnet.crops(means, candidates);
        Candidates passed = passed(candidates, outputs, thresholds[1], new int[candidates.size]);
        Candidates kept = passed.chosen(inStage.keep(passed.boxes, passed.scores, passed.size));
        kept.shift(1);
        kept.makeSquare();
        return kept.within(means.width(), means.height());
    }

    private List<DetectedFace> judge(Candidates candidates, double scaleX, double scaleY) {
        if (candidates.size == 0) {
            return List.of();
        }
        float[][] outputs = onet.crops(means, candidates);
        int[] origins = new int[candidates.size];
        Candidates passed = passed(candidates, outputs, thresholds[2], origins);
        double[][] points = new double[passed.size][];
        for (int i = 0; i < passed.size; i++) {
            points[i] = points(passed, i, outputs[2], origins[i] * 2 * POINTS, scaleX, scaleY);
        }
        passed.shift(1);
        List<DetectedFace> faces = new ArrayList<>();
        for (int i : last.keep(passed.boxes, passed.scores, passed.size)) {
            face(passed, i, points[i], scaleX, scaleY).ifPresent(faces::add);
        }
        faces.sort(LARGEST_FIRST);
        return List.copyOf(faces);
    }

    /** Those above the threshold, with this network's scores and offsets; {@code origins} gets where they came from. */
    private static Candidates passed(Candidates candidates, float[][] outputs, float threshold, int[] origins) {
        Candidates passed = new Candidates();
        for (int i = 0; i < candidates.size; i++) {
            float score = probability(outputs[0][2 * i + 1] - outputs[0][2 * i]);
            if (score > threshold) {
                origins[passed.size] = i;
                float[] boxes = candidates.boxes;
                passed.add(
                        boxes[4 * i],
                        boxes[4 * i + 1],
                        boxes[4 * i + 2],
                        boxes[4 * i + 3],
                        score,
                        outputs[1],
                        4 * i,
                        1);
            }
        }
        return passed;
    }

    private static float probability(float logit) {
        return (float) (1 / (1 + Math.exp(-logit)));
    }

    /** O-Net's points are fractions of the box it was given, five x, then five y. */
    private static double[] points(
            Candidates given, int index, float[] fractions, int at, double scaleX, double scaleY) {
        float[] boxes = given.boxes;
        float width = boxes[4 * index + 2] - boxes[4 * index] + 1;
        float height = boxes[4 * index + 3] - boxes[4 * index + 1] + 1;
        double[] points = new double[2 * POINTS];
        for (int i = 0; i < POINTS; i++) {
            points[2 * i] = (fractions[at + i] * width + boxes[4 * index] - 1) * scaleX;
            points[2 * i + 1] = (fractions[at + POINTS + i] * height + boxes[4 * index + 1] - 1) * scaleY;
        }
        return points;
    }

    private Optional<DetectedFace> face(Candidates found, int index, double[] points, double scaleX, double scaleY) {
        float left = found.boxes[4 * index];
        float top = found.boxes[4 * index + 1];
        float right = found.boxes[4 * index + 2];
        float bottom = found.boxes[4 * index + 3];
        if (!(right > Math.max(left, 0) && bottom > Math.max(top, 0))
                || left >= means.width()
                || top >= means.height()) {
            return Optional.empty();
        }
        BoundingBox box = new BoundingBox(
                left * scaleX, top * scaleY, ((double) right - left) * scaleX, ((double) bottom - top) * scaleY);
        return Optional.of(new DetectedFace(
                box, found.scores[index], Optional.of(Landmarks.of(Landmarks.Scheme.FIVE_POINTS, points))));
    }

    @Override
    public EyePositions eyesInBox() {
        return EYES;
    }

    @Override
    public void warmUp() {
        try (Frame blank = Frame.of(320, 240, PixelFormat.BGR24, new byte[320 * 240 * 3])) {
            for (int i = 0; i < 3; i++) {
                detect(blank);
                rnet.warmUp();
                onet.warmUp();
            }
        }
    }

    @Override
    public StageMetadata metadata() {
        return metadata;
    }

    /** For tests: the scopes whose arrays must not become more from call to call. */
    List<NDManager> scopes() {
        return List.of(pnet.scope(), rnet.scope(), onet.scope());
    }

    /** Frees the weights. A second call does nothing. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            pnet.close();
            rnet.close();
            onet.close();
        }
    }

    @Override
    public String toString() {
        return "MtcnnFaceDetector[" + metadata.version().orElse("") + ", " + settings + "]";
    }

    /** Describes a detector. Not thread-safe. Each setting can be made once. */
    public static final class Builder {
        private @Nullable Path file;
        private int minFace = 40;
        private double scaleFactor = 0.709;
        private float[] thresholds = {0.5f, 0.3f, 0.7f};
        private int maxCandidates = 500;
        private String device = "cpu";
        private int threads;
        private final Set<String> set = new LinkedHashSet<>();

        private Builder() {}

        /**
         * Takes weights from a file instead of bundled ones.
         *
         * @param path weights of the three networks, as {@code training/mtcnn_export.py} writes them
         * @return this builder
         * @throws IllegalStateException if it was set before
         */
        public Builder model(Path path) {
            once(set, "model");
            file = path;
            return this;
        }

        /**
         * Sets the smallest face that is looked for: the side of the smallest square window. Smaller faces may still be
         * found. Time grows with the inverse square. By default 40.
         *
         * @param pixels 12 to 4096
         * @return this builder
         * @throws IllegalArgumentException if the number is out of its range
         * @throws IllegalStateException if it was set before
         */
        public Builder minFace(int pixels) {
            once(set, "minFace");
            if (pixels < WINDOW || pixels > 4096) {
                throw new IllegalArgumentException("minFace is " + pixels + ", expected 12 to 4096 pixels");
            }
            minFace = pixels;
            return this;
        }

        /**
         * Sets how much smaller each level of the pyramid is than the one before. By default 0.709: half the area.
         *
         * @param factor 0.3 to 0.95
         * @return this builder
         * @throws IllegalArgumentException if the number is out of its range
         * @throws IllegalStateException if it was set before
         */
        public Builder scaleFactor(double factor) {
            once(set, "scaleFactor");
            if (!(factor >= 0.3 && factor <= 0.95)) {
                throw new IllegalArgumentException("scaleFactor is " + factor + ", expected 0.3 to 0.95");
            }
            scaleFactor = factor;
            return this;
        }

        /**
         * Sets the probabilities from which on a candidate passes P-Net, R-Net and O-Net. The defaults belong to the
         * bundled weights and were chosen on pictures that these were trained on.
         *
         * @param proposal P-Net's, above 0 and below 1
         * @param refinement R-Net's
         * @param output O-Net's; every face's confidence is above it
         * @return this builder
         * @throws IllegalArgumentException if a number is out of its range
         * @throws IllegalStateException if it was set before
         */
        public Builder thresholds(double proposal, double refinement, double output) {
            once(set, "thresholds");
            for (double threshold : new double[] {proposal, refinement, output}) {
                if (!(threshold > 0 && threshold < 1)) {
                    throw new IllegalArgumentException(
                            "a threshold is " + threshold + ", expected above 0 and below 1");
                }
            }
            thresholds = new float[] {(float) proposal, (float) refinement, (float) output};
            return this;
        }

        /**
         * Sets O-Net's threshold alone: how sure the detector has to be.
         *
         * @param output above 0 and below 1
         * @return this builder
         * @throws IllegalArgumentException if the number is out of its range
         * @throws IllegalStateException if thresholds were set before
         */
        public Builder outputThreshold(double output) {
            return thresholds(thresholds[0], thresholds[1], output);
        }

        /**
         * Sets how many candidates R-Net and O-Net look at, those with the highest scores. By default 500.
         *
         * @param count 1 to 10000
         * @return this builder
         * @throws IllegalArgumentException if the number is out of its range
         * @throws IllegalStateException if it was set before
         */
        public Builder maxCandidates(int count) {
            once(set, "maxCandidates");
            if (count < 1 || count > 10_000) {
                throw new IllegalArgumentException("maxCandidates is " + count + ", expected 1 to 10000");
            }
            maxCandidates = count;
            return this;
        }

        /**
         * Says what computes; by default the CPU.
         *
         * @param name {@code "cpu"}, {@code "gpu"}, {@code "gpu1"} …; GPUs need the CUDA build of PyTorch's natives
         * @return this builder
         * @throws IllegalStateException if it was set before
         */
        public Builder device(String name) {
            once(set, "device");
            device = name;
            return this;
        }

        /**
         * Sets how many threads compute one network. PyTorch has one such number for the whole process; without this call
         * it is one, or what the host chose with {@code ai.djl.pytorch.num_threads}.
         *
         * @param count 1 to 256
         * @return this builder
         * @throws IllegalArgumentException if the number is out of its range
         * @throws IllegalStateException if it was set before
         */
        public Builder threads(int count) {
            once(set, "threads");
            if (count < 1 || count > 256) {
                throw new IllegalArgumentException("threads is " + count + ", expected 1 to 256");
            }
            threads = count;
            return this;
        }

        /**
         * Loads the weights.
         *
         * @return a new detector, which the caller closes
         * @throws IllegalArgumentException if there is no such device
         * @throws StageException if there are no such weights, they are damaged or of another network, or the engine does
         *     not start
         */
        public MtcnnFaceDetector build() {
            Device chosen = DjlRuntime.device(device);
            if (threads > 0) {
                DjlRuntime.threads(threads);
            }
            if (file == null) {
                BundledModel model = Weights.get(BUNDLED + Weights.PYTORCH);
                return loaded(
                        NetworkFile.parse(model.bytes(), model.origin()), model.origin(), chosen, model.metadata());
            }
            NetworkFile weights = NetworkFile.read(file);
            StageMetadata described = StageMetadata.named(BUNDLED)
                    .withSha256(StageMetadata.sha256(weights.toBytes()))
                    .withVersion(weights.text("version").orElse("unknown"))
                    .withNotes("weights of the user's own: " + file.getFileName());
            return loaded(weights, file.toString(), chosen, described);
        }

        private MtcnnFaceDetector loaded(NetworkFile weights, String origin, Device chosen, StageMetadata described) {
            List<MtcnnStage> stages = new ArrayList<>();
            try {
                for (MtcnnNetwork.Stage stage : MtcnnNetwork.Stage.values()) {
                    stages.add(new MtcnnStage(MtcnnNetwork.of(stage, weights, chosen, origin)));
                }
            } catch (StageException e) {
                stages.forEach(MtcnnStage::close);
                throw e;
            }
            return new MtcnnFaceDetector(stages, this, described.withRuntime(DjlRuntime.describe(chosen)));
        }

        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "minFace=%d scaleFactor=%s thresholds=%s,%s,%s maxCandidates=%d",
                    minFace,
                    scaleFactor,
                    thresholds[0],
                    thresholds[1],
                    thresholds[2],
                    maxCandidates);
        }
    }
}
