package org.emotion4j.djl;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.emotion4j.frame.Frame;
import org.emotion4j.frame.PixelFormat;

/** Real pictures: the eight portraits of the AdminLTE web jar, and, where they are at hand, the shared ones. */
final class Portraits {
    static final List<String> NAMES = List.of(
            "user1-128x128.jpg",
            "user2-160x160.jpg",
            "user3-128x128.jpg",
            "user4-128x128.jpg",
            "user5-128x128.jpg",
            "user6-128x128.jpg",
            "user7-128x128.jpg",
            "user8-128x128.jpg");

    private static final String FOLDER = "/META-INF/resources/webjars/AdminLTE/3.2.0/dist/img/";

    private Portraits() {}

    static Frame frame(String name) {
        try (InputStream in = Portraits.class.getResourceAsStream(FOLDER + name)) {
            if (in == null) {
                throw new IOException(FOLDER + name + " is not on the test class path");
            }
            return frame(ImageIO.read(in));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Frame frame(Path file) throws IOException {
        return frame(ImageIO.read(file.toFile()));
    }

    /** Portraits side by side, each enlarged by its own whole number, on gray. */
    static Frame row(int width, int height, List<String> names, int... factors) {
        byte[] pixels = new byte[width * height * 3];
        Arrays.fill(pixels, (byte) 90);
        int left = 0;
        for (int i = 0; i < names.size(); i++) {
            try (Frame portrait = frame(names.get(i))) {
                int factor = factors[i];
                for (int y = 0; y < portrait.height() * factor && y < height; y++) {
                    for (int x = 0; x < portrait.width() * factor && left + x < width; x++) {
                        int from = y / factor * portrait.stride() + x / factor * 3;
                        portrait.pixels().get(from, pixels, (y * width + left + x) * 3, 3);
                    }
                }
                left += portrait.width() * factor;
            }
        }
        return Frame.of(width, height, PixelFormat.RGB24, pixels);
    }

    private static Frame frame(BufferedImage image) {
        byte[] pixels = new byte[image.getWidth() * image.getHeight() * 3];
        boolean gray = image.getRaster().getNumBands() == 1;
        int out = 0;
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                // getRGB takes gray for linear light and brightens it
                int rgb = gray ? 0x010101 * image.getRaster().getSample(x, y, 0) : image.getRGB(x, y);
                pixels[out++] = (byte) (rgb >> 16);
                pixels[out++] = (byte) (rgb >> 8);
                pixels[out++] = (byte) rgb;
            }
        }
        return Frame.of(image.getWidth(), image.getHeight(), PixelFormat.RGB24, pixels);
    }

    /** Returns a file beside the repository, and skips the test where it is absent. */
    static Path shared(String path) {
        Path root = Path.of("").toAbsolutePath();
        while (root != null && !Files.exists(root.resolve(".ci"))) {
            root = root.getParent();
        }
        Path file = root == null ? Path.of(path) : root.resolveSibling("shared").resolve(path);
        assumeTrue(Files.exists(file), "skipped: ../shared/" + path + " is not at hand");
        return file;
    }
}
