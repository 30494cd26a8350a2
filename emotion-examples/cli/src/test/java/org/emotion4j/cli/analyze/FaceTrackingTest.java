package org.emotion4j.cli.analyze;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.emotion4j.face.BoundingBox;
import org.emotion4j.face.DetectedFace;
import org.emotion4j.face.FaceDetector;
import org.emotion4j.face.FaceTracker;
import org.emotion4j.face.MotionFaceTracker;
import org.emotion4j.face.TrackedFace;
import org.emotion4j.ffmpeg.VideoFrameSource;
import org.emotion4j.frame.Frame;
import org.emotion4j.frame.FrameBuffer;
import org.emotion4j.frame.FrameSource;
import org.emotion4j.frame.ImageTransform;
import org.emotion4j.frame.PixelFormat;
import org.emotion4j.spi.Stages;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The default detector and the default tracker on real faces, where the clips are at hand. */
@Tag("native")
final class FaceTrackingTest {
    private static final int TILE = 240;
    private static final int WIDTH = 960;
    private static final int HEIGHT = 300;
    private static final int FRAMES = 100;

    @Test
    void onePersonBeforeAWebcamIsOneFaceWithOneId() throws IOException {
        Path clip = shared("video/webcam-acting.mp4");
        FaceTracker tracker = MotionFaceTracker.ofDefaults();
        int frames = 0;
        int one = 0;
        FrameBuffer buffer = FrameBuffer.standalone();
        try (FrameSource source = VideoFrameSource.open(clip);
                FaceDetector detector = Stages.defaultDetector()) {
            while (frames < 150 && source.read(buffer)) {
                try (Frame frame = buffer.toFrame()) {
                    List<TrackedFace> faces = tracker.update(frame.mediaNanos(), detector.detect(frame))
                            .faces();
                    one += faces.size() == 1 && faces.get(0).id() == 1 ? 1 : 0;
                    frames++;
                }
                buffer = FrameBuffer.standalone();
            }
        }
        assertThat((double) one / frames).isGreaterThanOrEqualTo(0.95);
    }

    @Test
    void twoPersonsWhoChangeSidesKeepTheirIds() throws IOException {
        assertThat(switches(0.2, 0.8, 0.8, 0.2)).isZero();
    }

    @Test
    void twoPersonsWhoChangeSidesTheOtherWayRoundKeepTheirIds() throws IOException {
        assertThat(switches(0.8, 0.2, 0.2, 0.8)).isZero();
    }

    /** The first clip is in front; places are fractions of the picture's width, at the start and at the end. */
    private static int switches(double frontFrom, double frontTo, double backFrom, double backTo) throws IOException {
        List<Frame> front = tiles(shared("video/expressions/happy.mp4"));
        List<Frame> back = tiles(shared("video/expressions/neutral.mp4"));
        FaceTracker tracker = MotionFaceTracker.ofDefaults();
        Map<Boolean, Integer> ids = new HashMap<>();
        int switches = 0;
        int seen = 0;
        try (FaceDetector detector = Stages.defaultDetector()) {
            for (int i = 0; i < FRAMES; i++) {
                double share = (double) i / (FRAMES - 1);
                int frontX = (int) (WIDTH * (frontFrom + share * (frontTo - frontFrom))) - TILE / 2;
                int backX = (int) (WIDTH * (backFrom + share * (backTo - backFrom))) - TILE / 2;
                List<DetectedFace> faces;
                try (Frame scene = compose(back.get(i), backX, front.get(i), frontX)) {
                    faces = detector.detect(scene);
                }
                for (TrackedFace face : tracker.update(i * 40_000_000L, faces).faces()) {
                    double x = face.face().box().centerX() - TILE / 2.0;
                    boolean isFront = Math.abs(x - frontX) < Math.abs(x - backX);
                    if (!isFront && hides(frontX, face.face().box())) {
                        continue;
                    }
                    Integer before = ids.put(isFront, face.id());
                    switches += before != null && before != face.id() ? 1 : 0;
                    seen++;
                }
            }
        }
        front.forEach(Frame::close);
        back.forEach(Frame::close);
        assertThat(seen).as("faces found").isGreaterThan(FRAMES);
        return switches;
    }

    /** A box that reaches into the front picture belongs to no face for certain. */
    private static boolean hides(int frontX, BoundingBox box) {
        return box.x() < frontX + TILE && box.right() > frontX;
    }

    private static Frame compose(Frame back, int backX, Frame front, int frontX) {
        byte[] pixels = new byte[3 * WIDTH * HEIGHT];
        Arrays.fill(pixels, (byte) 90);
        paste(back, backX, pixels);
        paste(front, frontX, pixels);
        return Frame.of(WIDTH, HEIGHT, PixelFormat.BGR24, pixels);
    }

    private static void paste(Frame tile, int left, byte[] pixels) {
        ByteBuffer source = tile.pixels();
        for (int y = 0; y < TILE; y++) {
            for (int x = 0; x < TILE; x++) {
                for (int c = 0; c < 3; c++) {
                    pixels[3 * ((y + 30) * WIDTH + left + x) + c] = source.get(y * tile.stride() + 3 * x + c);
                }
            }
        }
    }

    private static List<Frame> tiles(Path clip) throws IOException {
        List<Frame> tiles = new ArrayList<>();
        FrameBuffer buffer = FrameBuffer.standalone();
        try (FrameSource source = VideoFrameSource.open(clip)) {
            while (tiles.size() < FRAMES && source.read(buffer)) {
                try (Frame frame = buffer.toFrame()) {
                    FrameBuffer tile = FrameBuffer.standalone();
                    tile.reshape(TILE, TILE, PixelFormat.BGR24);
                    ImageTransform.resize(frame, tile);
                    tiles.add(tile.toFrame());
                }
                buffer = FrameBuffer.standalone();
            }
        }
        assertThat(tiles).hasSize(FRAMES);
        return tiles;
    }

    private static Path shared(String path) {
        Path root = Path.of("").toAbsolutePath();
        while (root != null && !Files.exists(root.resolve(".ci"))) {
            root = root.getParent();
        }
        Path file = root == null
                ? Path.of(path)
                : root.resolveSibling("shared/data").resolve(path);
        assumeTrue(Files.exists(file), "skipped: ../shared/data/" + path + " is not at hand");
        return file;
    }
}
