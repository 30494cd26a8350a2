package org.emotion4j.window;

import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.emotion4j.frame.Frame;
import org.emotion4j.frame.FrameBuffer;
import org.emotion4j.frame.FrameSource;
import org.emotion4j.frame.PixelFormat;
import org.emotion4j.opencv.OpenCv;
import org.emotion4j.opencv.Pictures;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.Size;
import org.opencv.videoio.VideoWriter;
import org.opencv.videoio.Videoio;

/** Films and cameras of the sample portraits: somebody sits before a wall and sways a little. */
final class SampleFilm {
    static final int WIDTH = 480;
    static final int HEIGHT = 360;
    static final int RATE = 25;
    private static final String PORTRAITS = "/META-INF/resources/webjars/AdminLTE/3.2.0/dist/img/";

    private SampleFilm() {}

    /** Draws one picture of a film. */
    static BufferedImage picture(List<BufferedImage> portraits, int index) {
        BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_3BYTE_BGR);
        Graphics2D pen = image.createGraphics();
        pen.setPaint(new GradientPaint(0, 0, new Color(0xC9, 0xCF, 0xD6), WIDTH, HEIGHT, new Color(0x8A, 0x94, 0xA0)));
        pen.fillRect(0, 0, WIDTH, HEIGHT);
        pen.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
        int side = 250;
        int sway = (int) Math.round(12 * Math.sin(index / 9.0));
        BufferedImage portrait = portraits.get(index / (2 * RATE) % portraits.size());
        pen.drawImage(portrait, (WIDTH - side) / 2 + sway, HEIGHT - side - 30, side, side, null);
        pen.dispose();
        return image;
    }

    /** Draws one picture of two people, the larger one at the left. */
    static BufferedImage pair(List<BufferedImage> portraits, int index) {
        BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_3BYTE_BGR);
        Graphics2D pen = image.createGraphics();
        pen.setPaint(new GradientPaint(0, 0, new Color(0xC9, 0xCF, 0xD6), WIDTH, HEIGHT, new Color(0x8A, 0x94, 0xA0)));
        pen.fillRect(0, 0, WIDTH, HEIGHT);
        pen.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
        int sway = (int) Math.round(3 * Math.sin(index / 9.0));
        pen.drawImage(portraits.get(0), 10 + sway, 60, 250, 250, null);
        pen.drawImage(portraits.get(1), 270 + sway, 90, 195, 195, null);
        pen.dispose();
        return image;
    }

    static List<BufferedImage> portraits(int... numbers) throws IOException {
        List<BufferedImage> portraits = new ArrayList<>();
        for (int number : numbers) {
            String name = "user" + number + (number == 2 ? "-160x160.jpg" : "-128x128.jpg");
            try (InputStream picture = SampleFilm.class.getResourceAsStream(PORTRAITS + name)) {
                try (Frame portrait = Pictures.decode(picture.readAllBytes())) {
                    portraits.add(Pictures.toBufferedImage(portrait));
                }
            }
        }
        return portraits;
    }

    /** Writes a film with 25 pictures a second: MJPEG in an AVI, which OpenCV can write. */
    static Path write(Path file, Duration length) throws IOException {
        return write(file, length, SampleFilm::picture);
    }

    /** The same of two people. */
    static Path writePair(Path file, Duration length) throws IOException {
        return write(file, length, SampleFilm::pair);
    }

    private static Path write(Path file, Duration length, Painter painter) throws IOException {
        OpenCv.load();
        List<BufferedImage> portraits = portraits(1, 3);
        VideoWriter writer = new VideoWriter(
                file.toString(),
                Videoio.CAP_OPENCV_MJPEG,
                VideoWriter.fourcc('M', 'J', 'P', 'G'),
                RATE,
                new Size(WIDTH, HEIGHT));
        Mat mat = new Mat(HEIGHT, WIDTH, CvType.CV_8UC3);
        for (int i = 0; i < length.toMillis() * RATE / 1000; i++) {
            try (Frame frame = Pictures.toFrame(painter.paint(portraits, i))) {
                byte[] bytes = new byte[WIDTH * HEIGHT * 3];
                frame.pixels().get(0, bytes);
                mat.put(0, 0, bytes);
                writer.write(mat);
            }
        }
        writer.release();
        mat.release();
        return file;
    }

    /** A camera before which somebody sits for so long. */
    static FrameSource camera(Duration length) throws IOException {
        return new Camera(portraits(1, 3), length.toMillis() * RATE / 1000, SampleFilm::picture);
    }

    /** A camera before which two people sit for so long, the larger one at the left. */
    static FrameSource cameraOnTwo(Duration length) throws IOException {
        return new Camera(portraits(1, 3), length.toMillis() * RATE / 1000, SampleFilm::pair);
    }

    /**
     * A film of one portrait that lasts a day: whatever a machine drops of it, the rest shows the same, and none is so slow
     * that it ends before somebody stops it.
     */
    static FrameSource endless() throws IOException {
        return new Camera(portraits(1), Duration.ofDays(1).toSeconds() * RATE, SampleFilm::picture) {
            @Override
            public boolean isLive() {
                return false;
            }
        };
    }

    /** Draws one picture. */
    private interface Painter {
        BufferedImage paint(List<BufferedImage> portraits, int index);
    }

    /** Gives a picture every 40 ms, as long as it is asked. */
    private static class Camera implements FrameSource {
        private final List<BufferedImage> portraits;
        private final Painter painter;
        private final long count;
        private final long start = System.nanoTime();
        private int next;

        Camera(List<BufferedImage> portraits, long count, Painter painter) {
            this.painter = painter;
            this.portraits = portraits;
            this.count = count;
        }

        @Override
        public boolean read(FrameBuffer target) throws IOException {
            if (next >= count) {
                return false;
            }
            long due = start + next * 1_000_000_000L / RATE;
            try {
                Thread.sleep(Math.max(0, (due - System.nanoTime()) / 1_000_000));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
            try (Frame frame = Pictures.toFrame(painter.paint(portraits, next))) {
                byte[] bytes = new byte[WIDTH * HEIGHT * 3];
                frame.pixels().get(0, bytes);
                target.reshape(WIDTH, HEIGHT, PixelFormat.BGR24).put(0, bytes);
            }
            target.stamp(next * 1_000_000_000L / RATE);
            target.origin("sample camera");
            if (next == 0) {
                target.markDiscontinuity();
            }
            next++;
            return true;
        }

        @Override
        public boolean isLive() {
            return true;
        }
    }
}
