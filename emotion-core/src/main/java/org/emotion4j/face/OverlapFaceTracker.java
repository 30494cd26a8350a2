package org.emotion4j.face;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Follows faces by the overlap of their boxes: of all pairs of a known and a new face the one with the highest
 * intersection over union is taken first, down to a least overlap. A face that is not seen keeps its place for a while,
 * so that a missed detection does not change its id.
 *
 * <p>Confined to one thread.
 */
public final class OverlapFaceTracker implements FaceTracker {
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
    private int lastId;

    private OverlapFaceTracker(double minOverlap, Duration lostAfter) {
        this.minOverlap = minOverlap;
        this.lostAfter = lostAfter;
    }

    /**
     * Follows faces with a least overlap of 0.3 and gives one up after half a second out of sight.
     *
     * @return a new tracker
     */
    public static OverlapFaceTracker ofDefaults() {
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
    public static OverlapFaceTracker of(double minOverlap, Duration lostAfter) {
        if (!(minOverlap > 0 && minOverlap <= 1)) {
            throw new IllegalArgumentException("minOverlap is " + minOverlap + ", expected above 0 and at most 1");
        }
        if (lostAfter.isNegative() || lostAfter.compareTo(Duration.ofHours(1)) > 0) {
            throw new IllegalArgumentException("lostAfter is " + lostAfter + ", expected PT0S to PT1H");
        }
        return new OverlapFaceTracker(minOverlap, lostAfter);
    }

    @Override
    public Tracks update(long mediaNanos, List<DetectedFace> faces) {
        List<Integer> lost = giveUp(mediaNanos);
        int[] ids = new int[faces.size()];
        Set<Track> taken = new HashSet<>();
        for (Pair pair : pairs(faces)) {
            if (ids[pair.face] == 0 && taken.add(pair.track)) {
                ids[pair.face] = pair.track.id;
                pair.track.see(mediaNanos, faces.get(pair.face).box());
            }
        }
        List<TrackedFace> tracked = new ArrayList<>(ids.length);
        for (int i = 0; i < ids.length; i++) {
            if (ids[i] == 0) {
                ids[i] = start(mediaNanos, faces.get(i).box());
            }
            tracked.add(new TrackedFace(ids[i], faces.get(i)));
        }
        return new Tracks(tracked, lost);
    }

    @Override
    public void reset() {
        tracks.clear();
    }

    @Override
    public String toString() {
        return "OverlapFaceTracker[minOverlap=" + minOverlap + ", lostAfter=" + lostAfter + "]";
    }

    private List<Integer> giveUp(long mediaNanos) {
        List<Integer> lost = new ArrayList<>();
        tracks.removeIf(track -> {
            boolean gone = mediaNanos - track.lastSeen > lostAfter.toNanos();
            if (gone) {
                lost.add(track.id);
            }
            return gone;
        });
        return lost;
    }

    private List<Pair> pairs(List<DetectedFace> faces) {
        List<Pair> pairs = new ArrayList<>();
        for (Track track : tracks) {
            for (int i = 0; i < faces.size(); i++) {
                double overlap = track.box.iou(faces.get(i).box());
                if (overlap >= minOverlap) {
                    pairs.add(new Pair(track, i, overlap));
                }
            }
        }
        pairs.sort(BEST_FIRST);
        return pairs;
    }

    private int start(long mediaNanos, BoundingBox box) {
        tracks.add(new Track(++lastId, mediaNanos, box));
        return lastId;
    }

    private static final class Track {
        private final int id;
        private long lastSeen;
        private BoundingBox box;

        Track(int id, long lastSeen, BoundingBox box) {
            this.id = id;
            this.lastSeen = lastSeen;
            this.box = box;
        }

        void see(long mediaNanos, BoundingBox where) {
            lastSeen = mediaNanos;
            box = where;
        }
    }

    private record Pair(Track track, int face, double overlap) {}
}
