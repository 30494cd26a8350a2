package org.emotion4j.face;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.emotion4j.stage.StageMetadata;

/**
 * Follows faces by the overlap of their boxes: of all pairs of a known and a new face the one with the highest
 * intersection over union is taken first, down to a least overlap. A face that is not seen keeps its place for a while,
 * so that a missed detection does not change its id. Simple, and enough for people who sit still; faces that cross or move
 * fast are what {@link MotionFaceTracker} is for.
 *
 * <p>Confined to one thread.
 */
public final class IouFaceTracker implements FaceTracker {
    /** The least overlap of one face in two frames. */
    public static final double DEFAULT_MIN_OVERLAP = 0.3;

    /** How long a face may be out of sight before its id is given up. */
    public static final Duration DEFAULT_LOST_AFTER = Duration.ofMillis(500);

    private static final Comparator<Pair> BEST_FIRST = Comparator.comparingDouble(Pair::overlap)
            .reversed()
            .thenComparingInt(pair -> pair.track.id)
            .thenComparingInt(Pair::face);

    private final double minOverlap;
    private final Duration lostAfter;
    private final List<Track> tracks = new ArrayList<>();
    private final List<Pair> pairs = new ArrayList<>();
    private final long lostNanos;
    private int lastId;
    private long updates;

    private IouFaceTracker(double minOverlap, Duration lostAfter) {
        this.minOverlap = minOverlap;
        this.lostAfter = lostAfter;
        this.lostNanos = lostAfter.toNanos();
    }

    /**
     * Follows faces with a least overlap of 0.3 and gives one up after half a second out of sight.
     *
     * @return a new tracker
     */
    public static IouFaceTracker ofDefaults() {
        return of(DEFAULT_MIN_OVERLAP, DEFAULT_LOST_AFTER);
    }

    /**
     * Follows faces.
     *
     * @param minOverlap the least intersection over union of one face in two frames, above 0 and at most 1
     * @param lostAfter how long a face may be out of sight, 0 to one hour of media time
     * @return a new tracker
     * @throws IllegalArgumentException if an argument is out of its range
     */
    public static IouFaceTracker of(double minOverlap, Duration lostAfter) {
        if (!(minOverlap > 0 && minOverlap <= 1)) {
            throw new IllegalArgumentException("minOverlap is " + minOverlap + ", expected above 0 and at most 1");
        }
        if (lostAfter.isNegative() || lostAfter.compareTo(Duration.ofHours(1)) > 0) {
            throw new IllegalArgumentException("lostAfter is " + lostAfter + ", expected PT0S to PT1H");
        }
        return new IouFaceTracker(minOverlap, lostAfter);
    }

    @Override
    public Tracks update(long mediaNanos, List<DetectedFace> faces) {
        List<Integer> lost = giveUp(mediaNanos);
        int[] ids = new int[faces.size()];
        updates++;
        pair(faces);
        for (int i = 0; i < pairs.size(); i++) {
            Pair pair = pairs.get(i);
            if (ids[pair.face] == 0 && pair.track.lastUpdate != updates) {
                ids[pair.face] = pair.track.id;
                pair.track.see(updates, mediaNanos, faces.get(pair.face).box());
            }
        }
        TrackedFace[] tracked = new TrackedFace[ids.length];
        for (int i = 0; i < ids.length; i++) {
            if (ids[i] == 0) {
                ids[i] = start(mediaNanos, faces.get(i).box());
            }
            tracked[i] = new TrackedFace(ids[i], faces.get(i));
        }
        return new Tracks(List.of(tracked), lost);
    }

    @Override
    public void reset() {
        tracks.clear();
    }

    @Override
    public StageMetadata metadata() {
        return StageMetadata.ofClass(IouFaceTracker.class)
                .withSetting("minOverlap", minOverlap)
                .withSetting("lostAfter", lostAfter);
    }

    @Override
    public String toString() {
        return "IouFaceTracker[minOverlap=" + minOverlap + ", lostAfter=" + lostAfter + "]";
    }

    private List<Integer> giveUp(long mediaNanos) {
        List<Integer> lost = List.of();
        for (int i = tracks.size() - 1; i >= 0; i--) {
            if (mediaNanos - tracks.get(i).lastSeen > lostNanos) {
                lost = lost.isEmpty() ? new ArrayList<>() : lost;
                lost.add(0, tracks.remove(i).id);
            }
        }
        return lost;
    }

    /** Fills the list that is kept from frame to frame, so that a frame leaves little garbage. */
    private void pair(List<DetectedFace> faces) {
        pairs.clear();
        for (int t = 0; t < tracks.size(); t++) {
            Track track = tracks.get(t);
            for (int i = 0; i < faces.size(); i++) {
                double overlap = track.box.iou(faces.get(i).box());
                if (overlap >= minOverlap) {
                    pairs.add(new Pair(track, i, overlap));
                }
            }
        }
        pairs.sort(BEST_FIRST);
    }

    private int start(long mediaNanos, BoundingBox box) {
        tracks.add(new Track(++lastId, updates, mediaNanos, box));
        return lastId;
    }

    private static final class Track {
        private final int id;
        private long lastUpdate;
        private long lastSeen;
        private BoundingBox box;

        Track(int id, long update, long mediaNanos, BoundingBox box) {
            this.id = id;
            this.lastUpdate = update;
            this.lastSeen = mediaNanos;
            this.box = box;
        }

        /** By number, not by time: two frames may have the same time. */
        void see(long update, long mediaNanos, BoundingBox where) {
            lastUpdate = update;
            lastSeen = mediaNanos;
            box = where;
        }
    }

    private record Pair(Track track, int face, double overlap) {}
}
