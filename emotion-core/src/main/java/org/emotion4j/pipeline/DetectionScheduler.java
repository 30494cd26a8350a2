package org.emotion4j.pipeline;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.emotion4j.face.DetectedFace;
import org.emotion4j.frame.Frame;
import org.emotion4j.frame.FrameBufferPool;
import org.emotion4j.frame.Pixels;

/**
 * Decides which frames the detector sees as a whole: every n-th one, or when a face that is tracked in between is lost or gets
 * uncertain; a frame that has not changed is skipped as a whole. All off unless asked for. Confined to one thread.
 */
final class DetectionScheduler {
    private static final int SAMPLES = 1_024;

    /** Of two faces that share that much, a close-up may show the other. */
    private static final double MEETING = 0.2;

    private final int detectEvery;
    private final double redetectWhenUncertain;
    private final double unchangedBelow;
    private final boolean inCloseUps;
    private final FrameBufferPool buffers = FrameBufferPool.ofSize(1);
    private final List<TemplateTracker> shifts = new ArrayList<>();
    private final List<CloseUpTracker> closeUps = new ArrayList<>();
    private final int[] last = new int[SAMPLES];
    private List<DetectedFace> faces = List.of();
    private int sinceDetection;
    private int lastWidth;
    private int lastHeight;

    /** Saves nothing. */
    static DetectionScheduler none() {
        return new DetectionScheduler(1, 0, 0, false);
    }

    /**
     * @param detectEvery 1 for every frame
     * @param redetectWhenUncertain doubt about a followed face beyond which detection does not wait; 0 for never
     * @param unchangedBelow mean absolute difference of 1,024 bytes below which a frame counts as unchanged; 0 for never
     * @param inCloseUps whether faces are followed by the detector's close-ups, and not by how they look
     */
    DetectionScheduler(int detectEvery, double redetectWhenUncertain, double unchangedBelow, boolean inCloseUps) {
        this.detectEvery = detectEvery;
        this.redetectWhenUncertain = redetectWhenUncertain;
        this.unchangedBelow = unchangedBelow;
        this.inCloseUps = inCloseUps;
    }

    void reset() {
        faces = List.of();
        sinceDetection = 0;
        lastWidth = 0;
    }

    /** Finds the faces, or follows those that were found. */
    List<DetectedFace> faces(Frame frame, Models models) {
        if (detectEvery == 1) {
            return models.detect(frame);
        }
        if (faces.isEmpty()
                || ++sinceDetection >= detectEvery
                || !(inCloseUps ? followInCloseUps(frame, models) : followByTemplate(frame))) {
            faces = models.detect(frame);
            sinceDetection = 0;
            if (inCloseUps) {
                beginCloseUps();
            } else {
                beginTemplates(frame);
            }
        }
        return faces;
    }

    private void beginTemplates(Frame frame) {
        for (int i = 0; i < faces.size(); i++) {
            if (shifts.size() <= i) {
                shifts.add(new TemplateTracker());
            }
            shifts.get(i).begin(frame, faces.get(i).box());
        }
    }

    private void beginCloseUps() {
        for (int i = 0; i < faces.size(); i++) {
            if (closeUps.size() <= i) {
                closeUps.add(new CloseUpTracker(buffers));
            }
            closeUps.get(i).begin(faces.get(i));
        }
    }

    /** Follows all faces unless one of them is too doubtful. */
    private boolean followByTemplate(Frame frame) {
        List<DetectedFace> moved = new ArrayList<>(faces.size());
        for (int i = 0; i < faces.size(); i++) {
            moved.add(shifts.get(i).follow(frame, faces.get(i)));
            if (redetectWhenUncertain > 0 && shifts.get(i).doubt() > redetectWhenUncertain) {
                return false;
            }
        }
        faces = moved;
        for (int i = 0; i < faces.size(); i++) {
            shifts.get(i).look(frame, faces.get(i).box());
        }
        return true;
    }

    /** Follows all faces unless one of them is lost, too doubtful, or not to be told from another. */
    private boolean followInCloseUps(Frame frame, Models models) {
        List<DetectedFace> moved = new ArrayList<>(faces.size());
        for (int i = 0; i < faces.size(); i++) {
            Optional<DetectedFace> found = closeUps.get(i).follow(frame, faces.get(i), models);
            if (found.isEmpty()
                    || (redetectWhenUncertain > 0 && closeUps.get(i).doubt() > redetectWhenUncertain)
                    || moved.stream()
                            .anyMatch(other -> other.box().iou(found.get().box()) > MEETING)) {
                return false;
            }
            moved.add(found.get());
        }
        faces = moved;
        return true;
    }

    /**
     * Tells whether a frame shows the same as the last one for which the answer was no, so that a slow change adds up.
     */
    boolean unchanged(Pixels frame) {
        if (unchangedBelow == 0) {
            return false;
        }
        boolean sameSize = frame.width() == lastWidth && frame.height() == lastHeight;
        if (sameSize && difference(frame) < unchangedBelow * SAMPLES) {
            return true;
        }
        for (int i = 0; i < SAMPLES; i++) {
            last[i] = sample(frame, i);
        }
        lastWidth = frame.width();
        lastHeight = frame.height();
        return false;
    }

    private long difference(Pixels frame) {
        long sum = 0;
        for (int i = 0; i < SAMPLES; i++) {
            sum += Math.abs(last[i] - sample(frame, i));
        }
        return sum;
    }

    /** One of 32 x 32 points spread over the picture. */
    private static int sample(Pixels frame, int index) {
        ByteBuffer pixels = frame.pixels();
        int bytes = frame.format().bytesPerPixel();
        int x = (int) ((index % 32 + 0.5) / 32 * frame.width());
        int y = (int) ((index / 32 + 0.5) / 32 * frame.height());
        return pixels.get(y * frame.stride() + x * bytes + bytes / 2) & 0xff;
    }
}
