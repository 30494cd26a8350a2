package org.emotion4j.face;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.emotion4j.stage.StageMetadata;
import org.jspecify.annotations.Nullable;

/**
 * Follows faces by how they move: where each is expected next, and the pairing of expected and found faces that fits best
 * as a whole. Ids survive missed detections, faces that pass before one another, and fast movements. Nothing of the
 * pictures is looked at, so nothing in it could tell who somebody is.
 *
 * <p>A frame's faces are paired in steps, each with what the steps before left over: faces of the frame before with boxes
 * that are no surprise; faces that were missed or hidden likewise; both with what they can have reached since they were seen
 * last, standing still, going on, or stopping on the way; and second boxes with their like of the frame before. Motion
 * model and pairing are those of SORT (Bewley et al. 2016) with the observation-centric repairs of OC-SORT (Cao et al.
 * 2023), in media time.
 *
 * <p>A detection that fits no known face is a new one and gets an id at once, except where it covers a face that is
 * known: such a second box is left out until it has moved away, or has been there for half a second and covers the other
 * only partly. So is a detection below the least confidence of a new face. At most {@value #MAX_FACES} faces of a frame are
 * followed, the surest; others are left out.
 *
 * <p>Confined to one thread.
 */
public final class MotionFaceTracker implements FaceTracker {
    /** How long a face may be out of sight before its id is given up. */
    public static final Duration DEFAULT_LOST_AFTER = Duration.ofSeconds(2);

    /** The most faces of a frame that are followed. */
    public static final int MAX_FACES = 128;

    private static final int MAX_TRACKS = 2 * MAX_FACES;

    /** More than any plausible box surprises, so that as many faces as possible go on as expected. */
    private static final double SURPRISE_MOST = 40;

    /** How much more it takes to believe in a face that was hidden, behind another say, than in one just missed. */
    private static final double HIDDEN_SURPRISE = 7;

    /** A face may be sqrt(0.6) sides from where it is expected, or 2.2 times as large, or a little of both. */
    private static final double NEAR = 0.6;

    /** What counts against a face that was out of sight, when one that was not could be the same. */
    private static final double UNSEEN = 0.15;

    /** How far beside its way a face may be found again, in sides: a start, what each second adds, and no more than that. */
    private static final double REACH = 1;

    private static final double REACH_A_SECOND = 2;
    private static final double REACH_MOST = 2;

    /** By how much of its way a fast face may be beside it. */
    private static final double REACH_OF_WAY = 0.3;

    private static final double SIZE_RATIO_MOST = Math.log(2.2);

    private static final double COVERS_FROM = 0.4;
    private static final double CONTAINS_FROM = 0.7;
    private static final double SAME_FROM = 0.5;
    private static final double SAME_WITHIN = 0.8;

    private static final double SECOND_BOX_SECONDS = 0.5;
    private static final double SECOND_BOX_SHARE = 0.6;

    private final Duration lostAfter;
    private final double newFaceConfidence;
    private final List<Track> tracks = new ArrayList<>();
    private final List<Track> rows = new ArrayList<>();
    private final HungarianAssignment assignment = new HungarianAssignment();
    private final int[] columns = new int[MAX_FACES];
    private int[] followed = new int[MAX_FACES];
    private int lastId;
    private long updates;
    private long lastNanos;

    private MotionFaceTracker(Duration lostAfter, double newFaceConfidence) {
        this.lostAfter = lostAfter;
        this.newFaceConfidence = newFaceConfidence;
    }

    /**
     * Follows faces and gives one up after two seconds out of sight; every detection may be a new face.
     *
     * @return a new tracker
     */
    public static MotionFaceTracker ofDefaults() {
        return of(DEFAULT_LOST_AFTER, 0);
    }

    /**
     * Follows faces.
     *
     * @param lostAfter how long a face may be out of sight, 0 to one hour of media time
     * @param newFaceConfidence the confidence from which on a detection may be a new face, 0 to 1; one below it is used to
     *     follow a known face and otherwise left out, so that a detector may be set to a low threshold without new faces
     *     that are none (ByteTrack; Zhang et al. 2022)
     * @return a new tracker
     * @throws IllegalArgumentException if an argument is out of its range
     */
    public static MotionFaceTracker of(Duration lostAfter, double newFaceConfidence) {
        if (lostAfter.isNegative() || lostAfter.compareTo(Duration.ofHours(1)) > 0) {
            throw new IllegalArgumentException("lostAfter is " + lostAfter + ", expected PT0S to PT1H");
        }
        if (!(newFaceConfidence >= 0 && newFaceConfidence <= 1)) {
            throw new IllegalArgumentException("newFaceConfidence is " + newFaceConfidence + ", expected 0 to 1");
        }
        return new MotionFaceTracker(lostAfter, newFaceConfidence);
    }

    @Override
    public Tracks update(long mediaNanos, List<DetectedFace> faces) {
        updates++;
        List<Integer> lost = advance(mediaNanos);
        @Nullable Track[] owners = new @Nullable Track[faces.size()];
        int count = choose(faces);
        pair(faces, count, owners, Step.EXPECTED);
        pair(faces, count, owners, Step.HIDDEN);
        pair(faces, count, owners, Step.POSSIBLE);
        pair(faces, count, owners, Step.SECOND_BOXES);
        for (int i = 0; i < count; i++) {
            int face = followed[i];
            if (owners[face] == null && faces.get(face).confidence() >= newFaceConfidence) {
                owners[face] = start(mediaNanos, faces, face, count, owners);
            }
        }
        List<TrackedFace> tracked = new ArrayList<>(count);
        for (int face = 0; face < owners.length; face++) {
            Track owner = owners[face];
            if (owner != null && (owner.id != 0 || isFace(owner, mediaNanos))) {
                owner.id = owner.id == 0 ? ++lastId : owner.id;
                tracked.add(new TrackedFace(owner.id, faces.get(face)));
            }
        }
        return new Tracks(tracked, dropMost(lost));
    }

    @Override
    public void reset() {
        tracks.clear();
    }

    @Override
    public StageMetadata metadata() {
        return StageMetadata.ofClass(MotionFaceTracker.class)
                .withSetting("lostAfter", lostAfter)
                .withSetting("newFaceConfidence", newFaceConfidence);
    }

    @Override
    public String toString() {
        return "MotionFaceTracker[lostAfter=" + lostAfter + ", newFaceConfidence=" + newFaceConfidence + "]";
    }

    /** Gives up what was out of sight too long, and moves the others to where they are expected. */
    private List<Integer> advance(long mediaNanos) {
        double seconds = tracks.isEmpty() ? 0 : Math.max(0, mediaNanos - lastNanos) / 1e9;
        lastNanos = mediaNanos;
        List<Integer> lost = List.of();
        for (int i = tracks.size() - 1; i >= 0; i--) {
            Track track = tracks.get(i);
            if (mediaNanos - track.lastSeen > lostAfter.toNanos() || (track.id == 0 && !track.isFresh(mediaNanos))) {
                tracks.remove(i);
                lost = withId(lost, track);
            } else {
                track.motion.advance(seconds);
            }
        }
        return lost;
    }

    private static List<Integer> withId(List<Integer> lost, Track track) {
        if (track.id == 0) {
            return lost;
        }
        List<Integer> ids = lost.isEmpty() ? new ArrayList<>() : lost;
        ids.add(0, track.id);
        return ids;
    }

    /** The faces that are followed, in the detector's order: all, or the surest. */
    private int choose(List<DetectedFace> faces) {
        int count = Math.min(faces.size(), MAX_FACES);
        if (faces.size() <= MAX_FACES) {
            for (int i = 0; i < count; i++) {
                followed[i] = i;
            }
        } else {
            List<Integer> surest = new ArrayList<>();
            for (int i = 0; i < faces.size(); i++) {
                surest.add(i);
            }
            surest.sort(Comparator.comparingDouble((Integer i) -> -faces.get(i).confidence()));
            followed = surest.subList(0, count).stream()
                    .mapToInt(Integer::intValue)
                    .sorted()
                    .toArray();
        }
        return count;
    }

    private void pair(List<DetectedFace> faces, int count, @Nullable Track[] owners, Step step) {
        rows.clear();
        for (int i = 0; i < tracks.size(); i++) {
            Track track = tracks.get(i);
            if (track.lastUpdate != updates && step.isFor(track, updates)) {
                rows.add(track);
            }
        }
        int free = 0;
        for (int i = 0; i < count; i++) {
            if (owners[followed[i]] == null) {
                columns[free++] = followed[i];
            }
        }
        if (rows.isEmpty() || free == 0) {
            return;
        }
        assignment.start(rows.size(), free);
        for (int column = 0; column < free; column++) {
            BoundingBox box = faces.get(columns[column]).box();
            boolean onAnother = step != Step.EXPECTED && coversSeen(box);
            for (int row = 0; row < rows.size(); row++) {
                Track track = rows.get(row);
                if (!onAnother || track.id == 0 || track.wasSeen(updates - 1)) {
                    assignment.gain(row, column, step.gain(track, box, updates, lastNanos));
                }
            }
        }
        int[] answer = assignment.solve(rows.size());
        for (int row = 0; row < rows.size(); row++) {
            if (answer[row] != HungarianAssignment.ALONE) {
                int face = columns[answer[row]];
                owners[face] = rows.get(row);
                rows.get(row).see(updates, lastNanos, faces.get(face).box(), step == Step.POSSIBLE);
            }
        }
    }

    /** A new face, or a second box on one that is known or surer. */
    private Track start(long mediaNanos, List<DetectedFace> faces, int face, int count, @Nullable Track[] owners) {
        BoundingBox box = faces.get(face).box();
        boolean second = coversKnown(box, mediaNanos);
        for (int i = 0; i < count && !second; i++) {
            int other = followed[i];
            double surer = faces.get(other).confidence() - faces.get(face).confidence();
            second = owners[other] == null
                    && (surer > 0 || (surer == 0 && other < face))
                    && covers(box, faces.get(other).box());
        }
        Track track = new Track(second ? 0 : ++lastId, updates, mediaNanos, box);
        tracks.add(track);
        return track;
    }

    /** A second box on a face that is in sight is not one that was hidden. */
    private boolean coversSeen(BoundingBox box) {
        for (int i = 0; i < tracks.size(); i++) {
            Track track = tracks.get(i);
            if (track.id != 0 && track.wasSeen(updates) && covers(box, track.box)) {
                return true;
            }
        }
        return false;
    }

    private boolean coversKnown(BoundingBox box, long mediaNanos) {
        for (int i = 0; i < tracks.size(); i++) {
            Track track = tracks.get(i);
            if (track.id != 0 && track.isFresh(mediaNanos) && covers(box, track.where(updates))) {
                return true;
            }
        }
        return false;
    }

    /** Whether a second box has turned out to be a face of its own. */
    private boolean isFace(Track candidate, long mediaNanos) {
        boolean apart = true;
        for (int i = 0; i < tracks.size(); i++) {
            Track track = tracks.get(i);
            if (track.id != 0 && track.isFresh(mediaNanos)) {
                BoundingBox where = track.where(updates);
                if (same(candidate.box, where)) {
                    return false;
                }
                apart &= !covers(candidate.box, where);
            }
        }
        return apart
                || ((mediaNanos - candidate.firstSeen) / 1e9 >= SECOND_BOX_SECONDS
                        && candidate.sights >= SECOND_BOX_SHARE * (updates - candidate.firstUpdate + 1));
    }

    private static boolean covers(BoundingBox a, BoundingBox b) {
        return a.iou(b) >= COVERS_FROM || a.intersection(b) >= CONTAINS_FROM * Math.min(a.area(), b.area());
    }

    private static boolean same(BoundingBox a, BoundingBox b) {
        return a.iou(b) >= SAME_FROM || a.intersection(b) >= SAME_WITHIN * Math.min(a.area(), b.area());
    }

    /** Keeps the number of tracks bounded, whatever a detector finds: those go first that were seen the longest ago. */
    private List<Integer> dropMost(List<Integer> lost) {
        List<Integer> all = lost;
        while (tracks.size() > MAX_TRACKS) {
            Track oldest = tracks.get(0);
            for (int i = 1; i < tracks.size(); i++) {
                if (tracks.get(i).lastUpdate < oldest.lastUpdate) {
                    oldest = tracks.get(i);
                }
            }
            tracks.remove(oldest);
            all = withId(all, oldest);
        }
        return all;
    }

    private enum Step {
        /** Faces of the frame before, where they are expected. */
        EXPECTED,
        /** Faces that were missed or hidden, where they are expected. */
        HIDDEN,
        /** Both, where they can have got to. */
        POSSIBLE,
        SECOND_BOXES;

        boolean isFor(Track track, long update) {
            return switch (this) {
                case EXPECTED -> track.id != 0 && track.wasSeen(update - 1);
                case HIDDEN -> track.id != 0 && !track.wasSeen(update - 1);
                case POSSIBLE -> track.id != 0;
                case SECOND_BOXES -> track.id == 0;
            };
        }

        double gain(Track track, BoundingBox box, long update, long mediaNanos) {
            return switch (this) {
                case EXPECTED, HIDDEN -> track.expects(box, update);
                case POSSIBLE, SECOND_BOXES -> track.canBe(box, update, mediaNanos);
            };
        }
    }

    /** A face, or with id 0 a second box on one. */
    private static final class Track {
        private static final double FRESH_SECONDS = 0.5;

        private final KalmanFaceMotion motion;
        private final long firstUpdate;
        private final long firstSeen;
        private int id;
        private int sights = 1;
        private long lastUpdate;
        private long lastSeen;
        private BoundingBox box;
        private double velocityX;
        private double velocityY;

        Track(int id, long update, long mediaNanos, BoundingBox box) {
            this.id = id;
            this.motion = new KalmanFaceMotion(box);
            this.firstUpdate = update;
            this.firstSeen = mediaNanos;
            this.lastUpdate = update;
            this.lastSeen = mediaNanos;
            this.box = box;
        }

        void see(long update, long mediaNanos, BoundingBox where, boolean surprising) {
            motion.see(where, box, (mediaNanos - lastSeen) / 1e9, surprising);
            velocityX = motion.velocityX();
            velocityY = motion.velocityY();
            lastUpdate = update;
            lastSeen = mediaNanos;
            box = where;
            sights++;
        }

        boolean isFresh(long mediaNanos) {
            return (mediaNanos - lastSeen) / 1e9 <= FRESH_SECONDS;
        }

        /** Where it is seen in this update, or expected. */
        BoundingBox where(long update) {
            return lastUpdate == update ? box : motion.box();
        }

        boolean wasSeen(long update) {
            return lastUpdate == update;
        }

        double expects(BoundingBox there, long update) {
            return SURPRISE_MOST - motion.surprise(there) - (isHidden(update) ? HIDDEN_SURPRISE : 0);
        }

        /** Not merely missed once. */
        private boolean isHidden(long update) {
            return update - lastUpdate > 2;
        }

        /**
         * How well a face found somewhere can be this one: above 0 near where it is expected, or near the way from where it
         * was seen last to where its velocity then would have brought it by now.
         */
        double canBe(BoundingBox there, long update, long mediaNanos) {
            double seconds = (mediaNanos - lastSeen) / 1e9;
            double unseen = isHidden(update) ? UNSEEN : 0;
            return Math.max(nearness(there), NEAR * reaches(there, seconds)) - unseen;
        }

        private double nearness(BoundingBox there) {
            double side = KalmanFaceMotion.side(there);
            double growth = Math.log(side / motion.side());
            double dx = there.centerX() - motion.centerX();
            double dy = there.centerY() - motion.centerY();
            return NEAR - (dx * dx + dy * dy) / (side * motion.side()) - growth * growth;
        }

        private double reaches(BoundingBox there, double seconds) {
            double wayX = velocityX * seconds;
            double wayY = velocityY * seconds;
            double dx = there.centerX() - box.centerX();
            double dy = there.centerY() - box.centerY();
            double length = wayX * wayX + wayY * wayY;
            double along = length == 0 ? 0 : Math.max(0, Math.min(1, (dx * wayX + dy * wayY) / length));
            double growth = Math.log(KalmanFaceMotion.side(there) / KalmanFaceMotion.side(box)) / SIZE_RATIO_MOST;
            double reach = REACH_OF_WAY * Math.sqrt(length)
                    + Math.min(REACH_MOST, REACH + REACH_A_SECOND * seconds)
                            * Math.sqrt(KalmanFaceMotion.side(there) * KalmanFaceMotion.side(box));
            double beside = Math.hypot(dx - along * wayX, dy - along * wayY) / reach;
            return Math.abs(growth) > 1 ? 0 : 1 - beside * beside - 0.3 * growth * growth;
        }
    }
}
