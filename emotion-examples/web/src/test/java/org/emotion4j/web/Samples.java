package org.emotion4j.web;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.emotion4j.frame.Frame;
import org.emotion4j.opencv.OpenCv;
import org.emotion4j.opencv.Pictures;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.Size;
import org.opencv.videoio.VideoWriter;
import org.opencv.videoio.Videoio;

/** Pictures and films of the portraits that AdminLTE's web jar brings along. */
final class Samples {
    static final int WIDTH = 320;
    static final int HEIGHT = 240;
    private static final String FOLDER = "META-INF/resources/webjars/AdminLTE/3.2.0/dist/img/";

    private Samples() {}

    /** A JPEG of 128x128 pixels with one face. */
    static byte[] portrait(int number) {
        String name = FOLDER + "user" + number + (number == 2 ? "-160x160.jpg" : "-128x128.jpg");
        try (InputStream in = Samples.class.getClassLoader().getResourceAsStream(name)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A picture as a camera gives it: somebody before a wall. */
    static byte[] cameraPicture(int number, int index) {
        try {
            BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_3BYTE_BGR);
            Graphics2D pen = image.createGraphics();
            pen.setColor(new Color(0xA0, 0xA8, 0xB0));
            pen.fillRect(0, 0, WIDTH, HEIGHT);
            pen.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
            BufferedImage portrait = ImageIO.read(new ByteArrayInputStream(portrait(number)));
            int sway = (int) Math.round(6 * Math.sin(index / 9.0));
            pen.drawImage(portrait, 70 + sway, 30, 180, 180, null);
            pen.dispose();
            ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
            ImageIO.write(image, "jpg", jpeg);
            return jpeg.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A film of one portrait with 25 pictures a second: MJPEG in an AVI, which OpenCV can write. */
    static byte[] film(Path folder, int frames) {
        OpenCv.load();
        Path file = folder.resolve("sample-" + frames + ".avi");
        VideoWriter writer = new VideoWriter(
                file.toString(),
                Videoio.CAP_OPENCV_MJPEG,
                VideoWriter.fourcc('M', 'J', 'P', 'G'),
                25,
                new Size(WIDTH, HEIGHT));
        Mat mat = new Mat(HEIGHT, WIDTH, CvType.CV_8UC3);
        try (Frame frame = Pictures.decode(cameraPicture(1, 0))) {
            byte[] bytes = new byte[WIDTH * HEIGHT * 3];
            frame.pixels().get(0, bytes);
            mat.put(0, 0, bytes);
            for (int i = 0; i < frames; i++) {
                writer.write(mat);
            }
            writer.release();
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            mat.release();
        }
    }
}
