package org.emotion4j.window;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.emotion4j.analysis.BriefMoment;
import org.emotion4j.analysis.SessionSummary;
import org.emotion4j.emotion.Affect;
import org.emotion4j.emotion.Emotion;
import org.emotion4j.emotion.EmotionScores;
import org.emotion4j.reading.EmotionReading;

/**
 * The curve of a session of any length in bounded memory: time is divided into equal bins, and when there are too many, each
 * two become one. Thread-safe.
 */
final class ExpressionTrack {
    /** The most bins; no screen shows more. */
    static final int MAX_BINS = 600;

    private static final long FIRST_WIDTH_NANOS = 200_000_000;
    private static final int NO_CLEAR = EmotionScores.SIZE;
    private static final int NO_FACE = NO_CLEAR + 1;
    private static final int KINDS = NO_FACE + 1;

    private final int[][] counts = new int[MAX_BINS][KINDS];
    private final float[][] sums = new float[MAX_BINS][EmotionScores.SIZE];
    private final long[] times = new long[KINDS];
    private final long[] frameCounts = new long[KINDS];
    private final long[] untimed = new long[KINDS];
    private long binNanos = FIRST_WIDTH_NANOS;
    private long endNanos;
    private long frames;
    private long timed;
    private long cuts;
    private int gaps;
    private long lastNanos = -1;
    private int lastKind = NO_FACE;
    private Optional<Affect> lastAffect = Optional.empty();
    private double valence;
    private double arousal;
    private double labeled;
    private BriefMoment.Finder brief = new BriefMoment.Finder();
    private long origin;

    /**
     * Adds a frame.
     *
     * @param nanos its time since the session began, in nanoseconds; what is before the latest one is counted and not timed
     * @param cut whether it does not follow from the one before
     * @param reading of the face that counts; empty where there is none
     */
    synchronized void add(long nanos, boolean cut, Optional<EmotionReading> reading) {
        if (nanos < 0) {
            return;
        }
        while (nanos / binNanos >= MAX_BINS) {
            merge();
        }
        int kind = reading.map(each -> each.label().map(Emotion::ordinal).orElse(NO_CLEAR))
                .orElse(NO_FACE);
        int bin = (int) (nanos / binNanos);
        counts[bin][kind]++;
        reading.ifPresent(each -> {
            for (Emotion emotion : Emotion.all()) {
                sums[bin][emotion.ordinal()] += each.scores().get(emotion);
            }
        });
        cuts += cut && frames > 0 ? 1 : 0;
        if (cut || reading.isEmpty() || nanos - lastNanos > SessionSummary.LONGEST_FRAME.toNanos()) {
            brief.interrupt();
        }
        reading.ifPresent(each -> {
            origin = each.mediaNanos() - nanos;
            brief.add(each);
        });
        count(nanos, kind);
        lastAffect = reading.filter(each -> each.label().isPresent()).map(each -> Affect.of(each.scores()));
    }

    /** A frame lasts until the next; one before a gap, and the last one, as long as frames do on average. */
    private void count(long nanos, int kind) {
        long longest = SessionSummary.LONGEST_FRAME.toNanos();
        if (lastNanos >= 0 && nanos > lastNanos) {
            long step = nanos - lastNanos;
            if (step > longest) {
                gaps++;
                untimed[lastKind]++;
            } else {
                times[lastKind] += step;
                lastAffect.ifPresent(place -> {
                    valence += place.valence() * step;
                    arousal += place.arousal() * step;
                    labeled += step;
                });
                timed++;
            }
        }
        frames++;
        frameCounts[kind]++;
        lastKind = kind;
        lastNanos = Math.max(lastNanos, nanos);
        endNanos = Math.max(endNanos, nanos);
    }

    private void merge() {
        for (int i = 0; i < MAX_BINS; i++) {
            int from = 2 * i;
            for (int kind = 0; kind < KINDS; kind++) {
                counts[i][kind] = from < MAX_BINS ? counts[from][kind] + counts[from + 1][kind] : 0;
            }
            for (int emotion = 0; emotion < EmotionScores.SIZE; emotion++) {
                sums[i][emotion] = from < MAX_BINS ? sums[from][emotion] + sums[from + 1][emotion] : 0;
            }
        }
        binNanos *= 2;
    }

    /** Forgets everything. */
    synchronized void clear() {
        for (int i = 0; i < MAX_BINS; i++) {
            Arrays.fill(counts[i], 0);
            Arrays.fill(sums[i], 0);
        }
        Arrays.fill(times, 0);
        Arrays.fill(frameCounts, 0);
        Arrays.fill(untimed, 0);
        timed = 0;
        cuts = 0;
        binNanos = FIRST_WIDTH_NANOS;
        endNanos = 0;
        frames = 0;
        gaps = 0;
        lastNanos = -1;
        lastKind = NO_FACE;
        lastAffect = Optional.empty();
        valence = 0;
        arousal = 0;
        labeled = 0;
        brief = new BriefMoment.Finder();
    }

    /** What there is now, for drawing. */
    synchronized Curve curve() {
        int size = frames == 0 ? 0 : (int) (endNanos / binNanos) + 1;
        Bin[] bins = new Bin[size];
        List<Picture> pictures = new ArrayList<>();
        long seen = 0;
        int before = -1;
        for (int i = 0; i < size; i++) {
            bins[i] = bin(i);
            if (bins[i].kind() != Kind.GAP) {
                hold(bins, before, i);
                before = i;
                pictures.add(new Picture(seen + 1, i * binNanos, bins[i]));
                seen += Arrays.stream(counts[i]).sum();
            }
        }
        return new Curve(binNanos, endNanos, List.of(bins), arePictures() ? pictures : List.of());
    }

    /** Whether no frame follows from the one before it: a folder of pictures, or one alone. */
    private boolean arePictures() {
        return frames > 0 && cuts == frames - 1;
    }

    /** Few frames a second are no gap: what was shown holds until the next one, for as long as in a summary. */
    private void hold(Bin[] bins, int from, int to) {
        boolean gap = (to - from - 1) * binNanos > SessionSummary.LONGEST_FRAME.toNanos();
        for (int i = from + 1; i < to && from >= 0 && !gap; i++) {
            bins[i] = bins[from];
        }
    }

    /** For how long what was shown; for sessions that are not recorded. */
    synchronized Totals totals() {
        List<BriefMoment> moments = brief.moments().stream()
                .map(moment ->
                        new BriefMoment(moment.fromNanos() - origin, moment.length(), moment.emotion(), moment.peak()))
                .toList();
        return new Totals(
                Duration.ofNanos(
                        endNanos + (timed == 0 ? 0 : Arrays.stream(times).sum() / timed)),
                frames,
                Emotion.all().stream().map(emotion -> time(emotion.ordinal())).toList(),
                time(NO_CLEAR),
                time(NO_FACE),
                gaps,
                Arrays.stream(frameCounts).boxed().toList(),
                arePictures(),
                labeled > 0 ? Optional.of(new Affect(valence / labeled, arousal / labeled)) : Optional.empty(),
                moments);
    }

    private Duration time(int kind) {
        long known = Arrays.stream(times).sum();
        long without = untimed[kind] + (frames > 0 && kind == lastKind ? 1 : 0);
        return Duration.ofNanos(times[kind] + (timed == 0 ? 0 : known / timed * without));
    }

    private Bin bin(int index) {
        int[] count = counts[index];
        int all = 0;
        int best = NO_FACE;
        for (int kind = 0; kind < KINDS; kind++) {
            all += count[kind];
            if (count[kind] > count[best]) {
                best = kind;
            }
        }
        if (all == 0) {
            return Bin.GAP;
        }
        int faces = all - count[NO_FACE];
        float[] means = new float[EmotionScores.SIZE];
        for (int emotion = 0; emotion < means.length && faces > 0; emotion++) {
            means[emotion] = sums[index][emotion] / faces;
        }
        Kind kind = best == NO_FACE ? Kind.NO_FACE : best == NO_CLEAR ? Kind.NO_CLEAR : Kind.EXPRESSION;
        return new Bin(kind, kind == Kind.EXPRESSION ? Optional.of(Emotion.all().get(best)) : Optional.empty(), means);
    }

    /** What a bin shows. */
    enum Kind {
        /** No frame was analyzed. */
        GAP,
        /** Mostly no face. */
        NO_FACE,
        /** Mostly a face without a clear expression. */
        NO_CLEAR,
        /** Mostly an expression. */
        EXPRESSION
    }

    /**
     * One stretch of time.
     *
     * @param kind what it shows
     * @param predominant the expression that most of its frames show
     * @param means mean score of each expression over the frames with a face, 0 to 1
     */
    record Bin(Kind kind, Optional<Emotion> predominant, float[] means) {
        static final Bin GAP = new Bin(Kind.GAP, Optional.empty(), new float[EmotionScores.SIZE]);

        boolean hasFace() {
            return kind == Kind.NO_CLEAR || kind == Kind.EXPRESSION;
        }
    }

    /**
     * A picture of a folder, or several of very many.
     *
     * @param number which of them, from 1
     * @param nanos when it was shown
     * @param bin what it shows
     */
    record Picture(long number, long nanos, Bin bin) {}

    /**
     * The whole session.
     *
     * @param binNanos how long a bin is
     * @param endNanos when the latest frame was
     * @param bins from the start to the end
     * @param pictures where no frame follows from the one before it, each for itself; empty of a film
     */
    record Curve(long binNanos, long endNanos, List<Bin> bins, List<Picture> pictures) {
        static final Curve EMPTY = new Curve(1, 0, List.of(), List.of());

        private static final long ALONE_NANOS = 1_000_000_000;

        Curve {
            pictures = List.copyOf(pictures);
        }

        /** How far it is from one to the next: a picture is shown as long as those before it were, a film goes on by bins. */
        long stepNanos() {
            int count = pictures.size();
            return count == 0 ? binNanos : count == 1 ? ALONE_NANOS : endNanos / (count - 1);
        }

        /** Up to where it is drawn: the last picture has as much room as the others. */
        long drawnNanos() {
            return pictures.isEmpty() ? endNanos : endNanos + stepNanos();
        }

        /** The picture that is shown at a moment; empty of a film. */
        Optional<Picture> picture(long nanos) {
            return pictures.stream().filter(each -> each.nanos() <= nanos).reduce((one, later) -> later);
        }

        Optional<Bin> at(long nanos) {
            if (!pictures.isEmpty()) {
                return picture(nanos).map(Picture::bin);
            }
            long index = nanos / binNanos;
            return nanos < 0 || index >= bins.size() ? Optional.empty() : Optional.of(bins.get((int) index));
        }
    }

    /**
     * Times by what was shown.
     *
     * @param length from the start to the end of the last frame
     * @param frames frames analyzed
     * @param expressions one time for each expression, in class order
     * @param noClear with a face and without a clear expression
     * @param noFace without a face
     * @param gaps how often nothing was analyzed for more than a second
     * @param counts how many frames showed what: the expressions in class order, no clear expression, no face
     * @param pictures whether these are pictures that do not follow from one another, so that counts mean something and
     *     times do not
     * @param affect mean valence and arousal of the time with a clear expression
     * @param briefMoments expressions that were too short for a label, by the session's time
     */
    record Totals(
            Duration length,
            long frames,
            List<Duration> expressions,
            Duration noClear,
            Duration noFace,
            int gaps,
            List<Long> counts,
            boolean pictures,
            Optional<Affect> affect,
            List<BriefMoment> briefMoments) {}
}
