package org.emotion4j.opencv;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Deque;
import java.util.Locale;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.emotion4j.frame.Frame;
import org.emotion4j.frame.FrameBuffer;
import org.emotion4j.frame.FrameUnreadableException;
import org.emotion4j.frame.PixelFormat;
import org.emotion4j.frame.Pixels;
import org.opencv.core.CvException;
import org.opencv.core.Mat;
import org.opencv.core.MatOfByte;
import org.opencv.imgcodecs.Imgcodecs;
import org.opencv.imgproc.Imgproc;

/**
 * Pictures in and out: files, encoded bytes and {@link BufferedImage}s to frames, and pixels back to files and images.
 *
 * <p>JPEG, PNG, BMP, GIF (its first picture), TIFF, still WebP, HEIC and AVIF are read, told apart by their content and not
 * by their name, into {@link PixelFormat#BGR24}, upright whatever the Exif orientation says. 16 bits a channel are rounded to 8.
 * The alpha channel of PNG, WebP and GIF is blended over white; that of BMP and TIFF is left out. CMYK and YCCK JPEGs are
 * taken as Adobe writes them (inverted); ICC profiles are not applied. HEIC and AVIF need FFmpeg's natives on the class
 * path, as videos do; their tiles are put together, turned and mirrored as the file says.
 *
 * <p>A picture whose data is damaged is refused and not shown half gray. What damage a format hides is in docs/sources.md.
 * Stateless and thread-safe.
 */
public final class Pictures {
    /** Decoders with memory for a file, as many as were at work at the same time. */
    private static final Deque<PictureDecoder> IDLE = new ConcurrentLinkedDeque<>();

    private Pictures() {}

    /**
     * Reads a picture file.
     *
     * @param file the file
     * @return a {@link PixelFormat#BGR24} frame at media time 0 that belongs to no pool, marked as a discontinuity; its
     *     origin is {@link #origin the path as given}
     * @throws FrameUnreadableException if there is no such file, or it is no picture, damaged, cut short, or has more
     *     than {@link FrameBuffer#MAX_PIXELS}; the message names file and cause
     * @throws org.emotion4j.stage.StageException if OpenCV's native code does not load
     */
    public static Frame read(Path file) throws FrameUnreadableException {
        try (FrameBuffer buffer = FrameBuffer.standalone()) {
            new PictureDecoder().decode(file, buffer);
            buffer.origin(origin(file));
            buffer.markDiscontinuity();
            return buffer.toFrame();
        }
    }

    /**
     * Names a file as the frame that is read from it does: the path as given. Where the system's encoding cannot express
     * its letters (a POSIX locale), these are taken from the file's bytes, so that two files never have one name.
     *
     * @param file the file
     * @return its {@link Frame#origin()}
     */
    public static String origin(Path file) {
        return Origins.of(file);
    }

    /**
     * Decodes a picture from the bytes of a file.
     *
     * @param bytes a whole file
     * @return as {@link #read(Path)}, without an origin
     * @throws FrameUnreadableException if these bytes are no picture that can be read; the message names the cause
     * @throws org.emotion4j.stage.StageException if OpenCV's native code does not load
     */
    public static Frame decode(byte[] bytes) throws FrameUnreadableException {
        return decode(bytes, FrameBuffer.MAX_PIXELS);
    }

    /**
     * Decodes a picture of somebody whom you do not trust: a file of a few kilobytes can claim a hundred million pixels. What
     * is larger than you allow is refused by the file's header, before there is memory for it; a HEIC or AVIF after it was
     * decoded.
     *
     * @param bytes a whole file
     * @param maxPixels the most pixels that are decoded, 1 to {@link FrameBuffer#MAX_PIXELS}
     * @return as {@link #read(Path)}, without an origin
     * @throws PictureTooLargeException if the picture has more pixels
     * @throws FrameUnreadableException as {@link #decode(byte[])}
     * @throws IllegalArgumentException if the limit is out of its range
     * @throws org.emotion4j.stage.StageException if OpenCV's native code does not load
     */
    public static Frame decode(byte[] bytes, long maxPixels) throws FrameUnreadableException {
        try (FrameBuffer buffer = FrameBuffer.standalone()) {
            new PictureDecoder(maxPixels).decode(bytes, bytes.length + " bytes", buffer);
            buffer.markDiscontinuity();
            return buffer.toFrame();
        }
    }

    /**
     * Decodes into memory that is used again and again, for a camera's pictures: as {@link #decode(byte[], long)}.
     *
     * @param bytes a whole file
     * @param maxPixels the most pixels that are decoded, 1 to {@link FrameBuffer#MAX_PIXELS}
     * @param target gets size and pixels of the picture; where this throws its content is not defined
     * @throws PictureTooLargeException if the picture has more pixels
     * @throws FrameUnreadableException if these bytes are no picture that can be read; the message names the cause
     * @throws IllegalArgumentException if {@code maxPixels} is out of its range
     */
    public static void decode(byte[] bytes, long maxPixels, FrameBuffer target) throws FrameUnreadableException {
        PictureDecoder polled = IDLE.poll();
        PictureDecoder decoder = polled == null ? new PictureDecoder(maxPixels) : polled;
        try {
            decoder.limitedTo(maxPixels).decode(bytes, bytes.length + " bytes", target);
        } finally {
            IDLE.push(decoder);
        }
    }

    /**
     * Copies an image of any type into a frame. Transparency is blended over white. Gray images keep the values of their
     * samples: {@link BufferedImage#getRGB} would brighten them, since it takes them for linear light. Needs no native
     * code.
     *
     * @param image the image
     * @return a {@link PixelFormat#BGR24} frame at media time 0 that belongs to no pool, marked as a discontinuity
     * @throws IllegalArgumentException if the image has more than {@link FrameBuffer#MAX_PIXELS}
     */
    public static Frame toFrame(BufferedImage image) {
        try (FrameBuffer buffer = FrameBuffer.standalone()) {
            copy(image, buffer);
            buffer.markDiscontinuity();
            return buffer.toFrame();
        }
    }

    /**
     * Copies pixels into an image, for Java2D and Swing. Needs no native code.
     *
     * @param pixels the pixels
     * @return {@link BufferedImage#TYPE_BYTE_GRAY} for gray, otherwise {@link BufferedImage#TYPE_3BYTE_BGR}
     */
    public static BufferedImage toBufferedImage(Pixels pixels) {
        PixelFormat format = pixels.format();
        int width = pixels.width();
        BufferedImage image = new BufferedImage(
                width,
                pixels.height(),
                format == PixelFormat.GRAY8 ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_3BYTE_BGR);
        ByteBuffer from = pixels.pixels();
        byte[] row = new byte[width * format.bytesPerPixel()];
        for (int y = 0; y < pixels.height(); y++) {
            from.get(y * pixels.stride(), row);
            if (format == PixelFormat.BGR24) {
                swapRedAndBlue(row);
            }
            image.getRaster().setDataElements(0, y, width, 1, row);
        }
        return image;
    }

    /**
     * Writes pixels into a picture file. An existing file is replaced.
     *
     * @param pixels the pixels
     * @param file the file; its name ends in {@code .png}, {@code .jpg} or {@code .jpeg} (quality 95)
     * @throws IllegalArgumentException if the name ends otherwise
     * @throws IOException if the file cannot be written
     * @throws org.emotion4j.stage.StageException if OpenCV's native code does not load
     */
    public static void write(Pixels pixels, Path file) throws IOException {
        String name = file.toString().toLowerCase(Locale.ROOT);
        String ending = name.substring(name.lastIndexOf('.') + 1);
        switch (ending) {
            case "png", "jpg", "jpeg" -> Files.write(file, encode(pixels, "." + ending));
            default ->
                throw new IllegalArgumentException(
                        "cannot write " + file + ": the name has to end in .png, .jpg or .jpeg");
        }
    }

    /**
     * Encodes pixels as PNG.
     *
     * @param pixels the pixels
     * @return the bytes of a file
     * @throws IOException if OpenCV cannot encode them
     * @throws org.emotion4j.stage.StageException if OpenCV's native code does not load
     */
    public static byte[] encodePng(Pixels pixels) throws IOException {
        return encode(pixels, ".png");
    }

    private static byte[] encode(Pixels pixels, String ending) throws IOException {
        OpenCv.load();
        Mat picture = new Mat(
                pixels.height(), pixels.width(), FrameMats.type(pixels.format()), pixels.pixels(), pixels.stride());
        Mat converted = new Mat();
        MatOfByte encoded = new MatOfByte();
        try {
            if (pixels.format() == PixelFormat.RGB24) {
                Imgproc.cvtColor(picture, converted, Imgproc.COLOR_RGB2BGR);
            } else {
                picture.copyTo(converted);
            }
            if (!Imgcodecs.imencode(ending, converted, encoded)) {
                throw new IOException(
                        "OpenCV could not encode " + pixels.width() + "x" + pixels.height() + " pixels as " + ending);
            }
            return encoded.toArray();
        } catch (CvException e) {
            throw new IOException("OpenCV could not encode the picture as " + ending, e);
        } finally {
            picture.release();
            converted.release();
            encoded.release();
        }
    }

    /** Copies an image into a buffer, as blue, green, red. */
    static void copy(BufferedImage image, FrameBuffer target) {
        int width = image.getWidth();
        ByteBuffer to = target.reshape(width, image.getHeight(), PixelFormat.BGR24);
        byte[] row = new byte[3 * width];
        Rows rows = Rows.of(image);
        for (int y = 0; y < image.getHeight(); y++) {
            rows.read(y, row);
            to.put(y * row.length, row);
        }
    }

    private static void swapRedAndBlue(byte[] row) {
        for (int i = 0; i + 2 < row.length; i += 3) {
            byte first = row[i];
            row[i] = row[i + 2];
            row[i + 2] = first;
        }
    }

    /** Reads an image row by row as blue, green, red. */
    private interface Rows {
        void read(int y, byte[] bgr);

        static Rows of(BufferedImage image) {
            int space = image.getColorModel().getColorSpace().getType();
            int dataType = image.getRaster().getDataBuffer().getDataType();
            if (image.getType() == BufferedImage.TYPE_3BYTE_BGR) {
                return (y, bgr) -> {
                    image.getRaster().getDataElements(0, y, image.getWidth(), 1, bgr);
                    swapRedAndBlue(bgr);
                };
            }
            if (space == ColorSpace.TYPE_GRAY
                    && (dataType == DataBuffer.TYPE_BYTE || dataType == DataBuffer.TYPE_USHORT)) {
                return gray(image, image.getColorModel().getComponentSize(0));
            }
            int[] argb = new int[image.getWidth()];
            return (y, bgr) -> {
                image.getRGB(0, y, argb.length, 1, argb, 0, argb.length);
                for (int x = 0; x < argb.length; x++) {
                    int alpha = argb[x] >>> 24;
                    bgr[3 * x] = (byte) PictureDecoder.overWhite(argb[x] & 0xFF, alpha);
                    bgr[3 * x + 1] = (byte) PictureDecoder.overWhite(argb[x] >> 8 & 0xFF, alpha);
                    bgr[3 * x + 2] = (byte) PictureDecoder.overWhite(argb[x] >> 16 & 0xFF, alpha);
                }
            };
        }

        private static Rows gray(BufferedImage image, int bits) {
            Raster raster = image.getRaster();
            int max = (1 << bits) - 1;
            boolean hasAlpha = raster.getNumBands() > 1;
            boolean premultiplied = hasAlpha && image.isAlphaPremultiplied();
            int[] samples = new int[image.getWidth() * raster.getNumBands()];
            int step = raster.getNumBands();
            return (y, bgr) -> {
                raster.getPixels(raster.getMinX(), raster.getMinY() + y, image.getWidth(), 1, samples);
                for (int x = 0; x < image.getWidth(); x++) {
                    int value = scaled(samples[x * step], max);
                    int alpha = hasAlpha ? scaled(samples[x * step + 1], max) : 255;
                    byte gray = (byte)
                            (premultiplied
                                    ? Math.min(255, value + 255 - alpha)
                                    : PictureDecoder.overWhite(value, alpha));
                    bgr[3 * x] = gray;
                    bgr[3 * x + 1] = gray;
                    bgr[3 * x + 2] = gray;
                }
            };
        }

        private static int scaled(int sample, int max) {
            return max == 255 ? sample : (int) ((sample * 255L + max / 2) / max);
        }
    }
}
