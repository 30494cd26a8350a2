package org.emotion4j.benchmarks;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;
import org.emotion4j.frame.Frame;
import org.emotion4j.frame.FrameBuffer;
import org.emotion4j.frame.ImageTransform;
import org.emotion4j.frame.PixelFormat;

/**
 * Frames with faces that a fresh machine has: the portraits of the AdminLTE web jar, pasted in varying places and sizes
 * onto a shaded background. The same seed gives the same frames.
 */
final class PortraitFrames {
    private static final String FOLDER = "/META-INF/resources/webjars/AdminLTE/3.2.0/dist/img/";
    private static final List<String> FILES = List.of(
            "user1-128x128.jpg",
            "user2-160x160.jpg",
            "user3-128x128.jpg",
            "user4-128x128.jpg",
            "user5-128x128.jpg",
            "user6-128x128.jpg",
            "user7-128x128.jpg",
            "user8-128x128.jpg");

    private PortraitFrames() {}

    /**
     * Draws frames.
     *
     * @param width columns
     * @param height rows
     * @param faces faces a frame, each in a cell of a grid
     * @param count how many frames
     * @param seed for places and sizes
     * @return open BGR frames that belong to no pool
     */
    static List<Frame> draw(int width, int height, int faces, int count, long seed) {
        Random random = new Random(seed);
        List<Frame> portraits = FILES.stream().map(PortraitFrames::read).toList();
        List<Frame> frames = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            FrameBuffer buffer = background(width, height, random);
            int columns = (int) Math.ceil(Math.sqrt(faces));
            int rows = (faces + columns - 1) / columns;
            int cellWidth = width / columns;
            int cellHeight = height / rows;
            for (int face = 0; face < faces; face++) {
                int side = (int) (Math.min(cellWidth, cellHeight) * (0.6 + 0.35 * random.nextDouble()));
                int x = face % columns * cellWidth + random.nextInt(cellWidth - side + 1);
                int y = face / columns * cellHeight + random.nextInt(cellHeight - side + 1);
                paste(portraits.get(random.nextInt(portraits.size())), buffer, x, y, side);
            }
            buffer.stamp(i * 33_333_333L);
            frames.add(buffer.toFrame());
        }
        return frames;
    }

    private static FrameBuffer background(int width, int height, Random random) {
        FrameBuffer buffer = FrameBuffer.standalone();
        ByteBuffer pixels = buffer.reshape(width, height, PixelFormat.BGR24);
        int base = 60 + random.nextInt(100);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int value = base + 40 * x / width + 30 * y / height + random.nextInt(4);
                for (int c = 0; c < 3; c++) {
                    pixels.put((y * width + x) * 3 + c, (byte) value);
                }
            }
        }
        return buffer;
    }

    private static void paste(Frame portrait, FrameBuffer target, int x, int y, int side) {
        FrameBuffer scaled = FrameBuffer.standalone();
        scaled.reshape(side, side, PixelFormat.BGR24);
        ImageTransform.resize(portrait, scaled);
        for (int row = 0; row < side; row++) {
            target.pixels()
                    .put((y + row) * target.stride() + x * 3, scaled.pixels(), row * scaled.stride(), scaled.stride());
        }
    }

    private static Frame read(String file) {
        try (InputStream in = PortraitFrames.class.getResourceAsStream(FOLDER + file)) {
            if (in == null) {
                throw new IllegalStateException(FOLDER + file + " is not on the class path");
            }
            BufferedImage image = ImageIO.read(in);
            byte[] pixels = new byte[image.getWidth() * image.getHeight() * 3];
            int i = 0;
            for (int rgb : image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth())) {
                pixels[i++] = (byte) rgb;
                pixels[i++] = (byte) (rgb >> 8);
                pixels[i++] = (byte) (rgb >> 16);
            }
            return Frame.of(image.getWidth(), image.getHeight(), PixelFormat.BGR24, pixels);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
