package org.emotion4j.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.emotion4j.cli.demo.SamplePortrait;
import org.emotion4j.opencv.OpenCv;
import org.opencv.core.Mat;
import org.opencv.imgcodecs.Imgcodecs;
import org.opencv.videoio.VideoWriter;
import org.opencv.videoio.Videoio;

/** Runs the command line within this process, and makes what it works on. */
public final class Cli {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Cli() {}

    /** What a command did. */
    public record Result(int exitCode, String out, String err) {
        public JsonNode json() {
            return parse(out);
        }

        /** What it printed, an object a line. */
        public List<JsonNode> jsonLines() {
            return out.lines().map(Cli::parse).toList();
        }
    }

    /** Runs a command. */
    public static Result run(Object... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exitCode = EmotionCli.run(
                new PrintWriter(out),
                new PrintWriter(err),
                Stream.of(args).map(Object::toString).toArray(String[]::new));
        return new Result(exitCode, out.toString(), err.toString());
    }

    public static JsonNode parse(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException("no JSON: " + text, e);
        }
    }

    /** Writes a portrait under a name of its own. */
    public static Path portrait(int number, Path file) throws IOException {
        Files.createDirectories(file.getParent());
        return Files.write(file, SamplePortrait.encoded(SamplePortrait.NAMES.get(number - 1)));
    }

    /** A portrait turned by 180 degrees, as a PNG. */
    public static Path upsideDown(int number, Path file) throws IOException {
        Path upright = portrait(number, file.resolveSibling("upright-" + number + ".jpg"));
        BufferedImage picture = ImageIO.read(upright.toFile());
        BufferedImage turned = new BufferedImage(picture.getWidth(), picture.getHeight(), BufferedImage.TYPE_3BYTE_BGR);
        for (int y = 0; y < picture.getHeight(); y++) {
            for (int x = 0; x < picture.getWidth(); x++) {
                turned.setRGB(picture.getWidth() - 1 - x, picture.getHeight() - 1 - y, picture.getRGB(x, y));
            }
        }
        Files.delete(upright);
        ImageIO.write(turned, "png", file.toFile());
        return file;
    }

    /** Writes a film of a portrait, 25 pictures a second: MJPEG in an AVI, which OpenCV can write. */
    public static Path film(Path file, int frames) throws IOException {
        Files.createDirectories(file.getParent());
        Path picture = portrait(
                1, file.resolveSibling(file.getFileName() + "-portrait").resolve("p.jpg"));
        OpenCv.load();
        Mat portrait = Imgcodecs.imread(picture.toString());
        VideoWriter writer = new VideoWriter(
                file.toString(), Videoio.CAP_OPENCV_MJPEG, VideoWriter.fourcc('M', 'J', 'P', 'G'), 25, portrait.size());
        for (int i = 0; i < frames; i++) {
            writer.write(portrait);
        }
        writer.release();
        portrait.release();
        return file;
    }

    /** Writes a picture of one color: no face in it. */
    public static Path even(int gray, int side, Path file) throws IOException {
        BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(new Color(gray, gray, gray));
        graphics.fillRect(0, 0, side, side);
        graphics.dispose();
        Files.createDirectories(file.getParent());
        ImageIO.write(image, "png", file.toFile());
        return file;
    }

    /** Lists the names of the files in a folder. */
    public static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
