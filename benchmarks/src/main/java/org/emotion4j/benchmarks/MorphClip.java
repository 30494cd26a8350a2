package org.emotion4j.benchmarks;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.emotion4j.event.FacialEvent;
import org.emotion4j.frame.FrameBuffer;
import org.emotion4j.frame.FrameSource;
import org.emotion4j.frame.PixelFormat;
import org.opencv.core.Core;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.MatOfByte;
import org.opencv.core.MatOfInt;
import org.opencv.core.Scalar;
import org.opencv.imgcodecs.Imgcodecs;
import org.opencv.imgproc.Imgproc;

/**
 * A film of one person that was never filmed: from rest to other photographs and back, with known times. A hand that is not quite
 * still, light that flickers, noise and compression as a webcam's. The same seed gives the same film.
 */
final class MorphClip implements FrameSource {
    static final double FRAMES_PER_SECOND = 30;

    private static final double NOISE = 3;
    private static final int JPEG_QUALITY = 75;

    /** Something that is to be found, with its exact times. */
    record Truth(FacialEvent.Kind kind, String name, double onset, double offset) {}

    private record Gesture(
            FaceMorph morph, double from, double rise, double hold, double fall, double peak, boolean lids) {
        double at(double time) {
            double since = time - from;
            if (since <= 0 || since >= rise + hold + fall) {
                return 0;
            }
            double share = since < rise ? since / rise : since <= rise + hold ? 1 : (rise + hold + fall - since) / fall;
            return share * peak;
        }
    }

    private final Random random;
    private final List<Gesture> gestures = new ArrayList<>();
    private final List<Truth> truths = new ArrayList<>();
    private final FaceMorph still;
    private double end;
    private int given;

    MorphClip(FaceMorph still, long seed) {
        this.still = still;
        this.random = new Random(seed);
        Core.setRNGSeed((int) seed);
    }

    /** What there is to find. */
    List<Truth> truths() {
        return List.copyOf(truths);
    }

    double seconds() {
        return end;
    }

    /** Nothing moves for a while. */
    void rest(double least, double most) {
        end += between(least, most);
    }

    /** An expression or movement comes, stays and goes. */
    void gesture(FaceMorph morph, List<Truth> names) {
        Gesture gesture = new Gesture(morph, end, between(0.3, 1.0), between(0.5, 2.0), between(0.3, 1.0), 1, false);
        add(gesture);
        for (Truth name : names) {
            truths.add(new Truth(name.kind(), name.name(), gesture.from, end));
        }
    }

    /** The eyes close and open again. */
    void blink() {
        Gesture gesture = new Gesture(still, end, between(0.06, 0.1), between(0.03, 0.12), between(0.1, 0.2), 1, true);
        add(gesture);
        truths.add(new Truth(FacialEvent.Kind.BLINK, "blink", gesture.from, end));
    }

    /** The mouth opens and closes for a syllable. */
    void syllable(FaceMorph mouth) {
        double half = between(0.07, 0.15);
        add(new Gesture(mouth, end, half, 0, half, between(0.3, 0.8), false));
    }

    private void add(Gesture gesture) {
        gestures.add(gesture);
        end = gesture.from + gesture.rise + gesture.hold + gesture.fall;
    }

    private double between(double least, double most) {
        return least + random.nextDouble() * (most - least);
    }

    @Override
    public boolean read(FrameBuffer target) {
        double time = given / FRAMES_PER_SECOND;
        if (time >= end) {
            return false;
        }
        Mat drawn = drawn(time);
        Mat seen = filmed(drawn, time);
        drawn.release();
        ByteBuffer pixels = target.reshape(seen.cols(), seen.rows(), PixelFormat.BGR24);
        byte[] bytes = new byte[seen.cols() * seen.rows() * 3];
        seen.get(0, 0, bytes);
        seen.release();
        pixels.duplicate().put(bytes);
        target.stamp(Math.round(time * 1e9));
        given++;
        return true;
    }

    private Mat drawn(double time) {
        FaceMorph morph = still;
        double share = 0;
        double closed = 0;
        for (Gesture gesture : gestures) {
            double now = gesture.at(time);
            if (now > 0 && gesture.lids) {
                closed = now;
            } else if (now > 0) {
                morph = gesture.morph;
                share = now;
            }
        }
        return morph.at(share, closed);
    }

    private Mat filmed(Mat drawn, double time) {
        Mat moved = new Mat();
        Mat transform = new Mat(2, 3, CvType.CV_64F);
        transform.put(0, 0, 1, 0, 1.5 * Math.sin(0.9 * time), 0, 1, 1.2 * Math.sin(1.3 * time + 1));
        Imgproc.warpAffine(
                drawn, moved, transform, drawn.size(), Imgproc.INTER_LINEAR, Core.BORDER_REPLICATE, Scalar.all(0));
        Mat noise = new Mat(drawn.size(), CvType.CV_16SC3);
        Core.randn(noise, 0, NOISE);
        Mat lit = new Mat();
        moved.convertTo(lit, CvType.CV_16SC3, 1 + 0.02 * Math.sin(7 * time), 0);
        Core.add(lit, noise, lit);
        lit.convertTo(moved, CvType.CV_8UC3);
        MatOfByte file = new MatOfByte();
        MatOfInt quality = new MatOfInt(Imgcodecs.IMWRITE_JPEG_QUALITY, JPEG_QUALITY);
        Imgcodecs.imencode(".jpg", moved, file, quality);
        Mat seen = Imgcodecs.imdecode(file, Imgcodecs.IMREAD_COLOR);
        for (Mat each : List.of(moved, transform, noise, lit, file, quality)) {
            each.release();
        }
        return seen;
    }
}
