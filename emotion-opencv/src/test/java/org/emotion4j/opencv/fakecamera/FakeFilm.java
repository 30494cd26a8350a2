package org.emotion4j.opencv.fakecamera;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;
import org.emotion4j.frame.Pixels;
import org.emotion4j.opencv.OpenCv;
import org.emotion4j.opencv.Portraits;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.MatOfByte;
import org.opencv.core.MatOfInt;
import org.opencv.core.Rect;
import org.opencv.core.Scalar;
import org.opencv.core.Size;
import org.opencv.imgcodecs.Imgcodecs;
import org.opencv.imgproc.Imgproc;

/**
 * What the fake camera sees: a portrait before a wall, and in the upper left corner the picture's number in black and
 * white squares, so that a test knows which picture it was given.
 */
public final class FakeFilm {
    private static final int SQUARE = 16;
    private static final int BITS = 8;

    private FakeFilm() {}

    /**
     * Writes a film for one format and size.
     *
     * @param root the camera's folder
     * @param mode {@code MJPG-640x480} or {@code YUYV-640x480}
     * @param pictures how many, at most 256; then it begins again
     */
    public static void write(Path root, String mode, int pictures) throws IOException {
        write(root, mode, pictures, picture -> picture);
    }

    /**
     * Writes a film whose pictures, once encoded, are changed.
     *
     * @param change what is done to the bytes of each
     */
    public static void write(Path root, String mode, int pictures, UnaryOperator<byte[]> change) throws IOException {
        OpenCv.load();
        String[] parts = mode.split("[-x]");
        int width = Integer.parseInt(parts[1]);
        int height = Integer.parseInt(parts[2]);
        Mat scene = scene(width, height);
        IntFunction<byte[]> encoder = parts[0].equals("MJPG")
                ? number -> jpeg(numbered(scene, number))
                : number -> yuyv(numbered(scene, number));
        Path film = Files.createDirectories(root.resolve("film")).resolve(mode);
        try (OutputStream out = Files.newOutputStream(film)) {
            for (int i = 0; i < pictures; i++) {
                byte[] picture = change.apply(encoder.apply(i));
                out.write(ByteBuffer.allocate(4)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putInt(picture.length)
                        .array());
                out.write(picture);
            }
        }
    }

    private static Mat scene(int width, int height) throws IOException {
        Mat scene = new Mat(height, width, CvType.CV_8UC3, new Scalar(150, 160, 170));
        Mat portrait =
                Imgcodecs.imdecode(new MatOfByte(Portraits.bytes(Portraits.NAMES.get(0))), Imgcodecs.IMREAD_COLOR);
        int side = height * 3 / 4;
        Imgproc.resize(portrait, portrait, new Size(side, side));
        portrait.copyTo(scene.submat(new Rect((width - side) / 2, height - side, side, side)));
        return scene;
    }

    private static Mat numbered(Mat scene, int number) {
        Mat picture = scene.clone();
        for (int bit = 0; bit < BITS; bit++) {
            double gray = (number >> bit & 1) == 1 ? 235 : 20;
            picture.submat(new Rect(bit * SQUARE, 0, SQUARE, SQUARE)).setTo(Scalar.all(gray));
        }
        return picture;
    }

    /**
     * Tells which picture of the film a frame shows.
     *
     * @param frame what the source gave
     * @param mirrored whether left and right are swapped
     */
    public static int numberIn(Pixels frame, boolean mirrored) {
        int number = 0;
        for (int bit = 0; bit < BITS; bit++) {
            int x = bit * SQUARE + SQUARE / 2;
            int at = SQUARE / 2 * frame.stride() + 3 * (mirrored ? frame.width() - 1 - x : x);
            number |= ((frame.pixels().get(at) & 0xFF) > 128 ? 1 : 0) << bit;
        }
        return number;
    }

    private static byte[] jpeg(Mat picture) {
        MatOfByte bytes = new MatOfByte();
        Imgcodecs.imencode(".jpg", picture, bytes, new MatOfInt(Imgcodecs.IMWRITE_JPEG_QUALITY, 85));
        return bytes.toArray();
    }

    /** Brightness of each pixel, color of each second (BT.601, as OpenCV reads it). */
    private static byte[] yuyv(Mat picture) {
        Mat planes = new Mat();
        Imgproc.cvtColor(picture, planes, Imgproc.COLOR_BGR2YUV_I420);
        int width = picture.cols();
        int height = picture.rows();
        byte[] i420 = new byte[width * height * 3 / 2];
        planes.get(0, 0, i420);
        byte[] packed = new byte[2 * width * height];
        int u = width * height;
        int v = u + width * height / 4;
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int color = y / 2 * (width / 2) + x / 2;
                packed[2 * (y * width + x)] = i420[y * width + x];
                packed[2 * (y * width + x) + 1] = i420[(x % 2 == 0 ? u : v) + color];
            }
        }
        return packed;
    }

    /** As USB cameras write: Huffman tables are those of the standard and left out (ITU-T T.81, Annex K), and so is the end. */
    public static byte[] withoutTablesAndEnd(byte[] jpeg) {
        byte[] kept = jpeg.clone();
        int length = jpeg.length - 2;
        for (int at = 2; (kept[at + 1] & 0xFF) != 0xDA; ) {
            int segment = 2 + ((kept[at + 2] & 0xFF) << 8 | kept[at + 3] & 0xFF);
            if ((kept[at + 1] & 0xFF) == 0xC4) {
                System.arraycopy(kept, at + segment, kept, at, length - at - segment);
                length -= segment;
            } else {
                at += segment;
            }
        }
        return Arrays.copyOf(kept, length);
    }
}
