package org.emotion4j.window;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.emotion4j.emotion.Emotion;
import org.emotion4j.emotion.EmotionScores;
import org.emotion4j.face.BoundingBox;
import org.emotion4j.reading.EmotionReading;
import org.emotion4j.recording.RecordedFrame;

/**
 * What a record says of each of its frames, of the face that it is about, in some sixty bytes a frame: two hours are a few
 * megabytes. Immutable once {@link Builder#build() built}.
 */
final class FrameTable {
    private static final byte NO_FACE = -1;
    private static final byte NO_CLEAR = EmotionScores.SIZE;
    private static final int BOX = 4;

    private final int size;
    private final long[] times;
    private final byte[] labels;
    private final boolean[] poor;
    private final float[] scores;
    private final float[] boxes;
    private final String[] origins;

    private FrameTable(Builder builder) {
        size = builder.size;
        times = Arrays.copyOf(builder.times, size);
        labels = Arrays.copyOf(builder.labels, size);
        poor = Arrays.copyOf(builder.poor, size);
        scores = Arrays.copyOf(builder.scores, size * EmotionScores.SIZE);
        boxes = Arrays.copyOf(builder.boxes, size * BOX);
        origins = Arrays.copyOf(builder.origins, size);
    }

    /**
     * What a frame shows of the face that the session is about.
     *
     * @param mediaNanos when, in nanoseconds of media time
     * @param face whether the face is there
     * @param label what it shows; empty without a clear expression, and without a face
     * @param shares the scores in class order; none without a face
     * @param poor whether the picture of the face is too poor to rely on
     * @param box where the face is, in pixels of the picture
     * @param origin file or device
     */
    record Moment(
            long mediaNanos,
            boolean face,
            Optional<Emotion> label,
            double[] shares,
            boolean poor,
            Optional<BoundingBox> box,
            String origin) {}

    /** Takes frames in the order of the record. Confined to one thread. */
    static final class Builder {
        private int size;
        private long[] times = new long[1 << 12];
        private byte[] labels = new byte[1 << 12];
        private boolean[] poor = new boolean[1 << 12];
        private float[] scores = new float[EmotionScores.SIZE << 12];
        private float[] boxes = new float[BOX << 12];
        private String[] origins = new String[1 << 12];

        /** Adds a frame; one whose time does not go on is left out, because nobody could go to it. */
        void add(RecordedFrame frame) {
            if (size > 0 && frame.mediaNanos() <= times[size - 1]) {
                return;
            }
            if (size == times.length) {
                grow();
            }
            times[size] = frame.mediaNanos();
            boolean same = size > 0 && frame.origin().equals(origins[size - 1]);
            origins[size] = same ? origins[size - 1] : frame.origin();
            Optional<EmotionReading> subject = frame.subject();
            labels[size] = subject.map(reading ->
                            (byte) (int) reading.label().map(Emotion::ordinal).orElse((int) NO_CLEAR))
                    .orElse(NO_FACE);
            subject.ifPresent(this::add);
            size++;
        }

        private void add(EmotionReading reading) {
            poor[size] = !reading.isReadable();
            for (Emotion emotion : Emotion.all()) {
                scores[size * EmotionScores.SIZE + emotion.ordinal()] =
                        reading.scores().get(emotion);
            }
            BoundingBox box = reading.face().box();
            boxes[size * BOX] = (float) box.x();
            boxes[size * BOX + 1] = (float) box.y();
            boxes[size * BOX + 2] = (float) box.width();
            boxes[size * BOX + 3] = (float) box.height();
        }

        private void grow() {
            times = Arrays.copyOf(times, 2 * size);
            labels = Arrays.copyOf(labels, 2 * size);
            poor = Arrays.copyOf(poor, 2 * size);
            scores = Arrays.copyOf(scores, 2 * size * EmotionScores.SIZE);
            boxes = Arrays.copyOf(boxes, 2 * size * BOX);
            origins = Arrays.copyOf(origins, 2 * size);
        }

        int size() {
            return size;
        }

        FrameTable build() {
            return new FrameTable(this);
        }
    }

    int size() {
        return size;
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** The media time of the first frame; 0 without any. */
    long firstNanos() {
        return size == 0 ? 0 : times[0];
    }

    /** The media time of the last frame; 0 without any. */
    long lastNanos() {
        return size == 0 ? 0 : times[size - 1];
    }

    /** From the first frame to the end of the last one, which lasts as long as frames do on average. */
    Duration length() {
        long span = lastNanos() - firstNanos();
        return Duration.ofNanos(size < 2 ? span : span + span / (size - 1));
    }

    long nanos(int index) {
        return times[index];
    }

    /** The frame that is shown at a moment: the last one that has begun, the first one before all of them. */
    int at(long mediaNanos) {
        int found = Arrays.binarySearch(times, mediaNanos);
        return Math.max(0, found >= 0 ? found : -found - 2);
    }

    String origin(int index) {
        return origins[index];
    }

    Moment moment(int index) {
        byte label = labels[index];
        boolean face = label != NO_FACE;
        double[] shares = new double[face ? EmotionScores.SIZE : 0];
        for (int i = 0; i < shares.length; i++) {
            shares[i] = scores[index * EmotionScores.SIZE + i];
        }
        return new Moment(
                times[index],
                face,
                face && label != NO_CLEAR ? Optional.of(Emotion.all().get(label)) : Optional.empty(),
                shares,
                poor[index],
                face ? Optional.of(box(index)) : Optional.empty(),
                origins[index]);
    }

    private BoundingBox box(int index) {
        return new BoundingBox(
                boxes[index * BOX], boxes[index * BOX + 1], boxes[index * BOX + 2], boxes[index * BOX + 3]);
    }
}
