package org.emotion4j.opencv;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.ServiceLoader;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import org.emotion4j.file.FileKind;
import org.emotion4j.frame.FrameBuffer;
import org.emotion4j.frame.FrameUnreadableException;
import org.emotion4j.frame.PixelFormat;
import org.emotion4j.spi.StillPictureProvider;
import org.emotion4j.stage.StageException;
import org.jspecify.annotations.Nullable;
import org.opencv.core.Core;
import org.opencv.core.CvException;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.imgcodecs.Imgcodecs;
import org.opencv.imgproc.Imgproc;

/**
 * Turns a picture file into upright blue-green-red pixels of 8 bits a channel. Keeps the memory for the file's bytes.
 * Confined to one thread.
 */
final class PictureDecoder {
    private static final long MAX_FILE_BYTES = 1L << 30;

    /** OpenCV's own limit of a side (CV_IO_MAX_IMAGE_WIDTH, CV_IO_MAX_IMAGE_HEIGHT). */
    private static final int MAX_SIDE = 1 << 20;

    private long maxPixels;
    private ByteBuffer file = ByteBuffer.allocateDirect(0);
    private @Nullable StillPictureProvider phonePictures;

    PictureDecoder() {
        this(FrameBuffer.MAX_PIXELS);
    }

    /** One that refuses larger pictures by their headers, before there is memory for their pixels. */
    PictureDecoder(long maxPixels) {
        this.maxPixels = checked(maxPixels);
        OpenCv.load();
    }

    /** The same decoder, for pictures of at most so many pixels from now on. */
    PictureDecoder limitedTo(long pixels) {
        maxPixels = checked(pixels);
        return this;
    }

    private static long checked(long maxPixels) {
        if (maxPixels < 1 || maxPixels > FrameBuffer.MAX_PIXELS) {
            throw new IllegalArgumentException(
                    "maxPixels is " + maxPixels + ", expected 1 to " + FrameBuffer.MAX_PIXELS);
        }
        return maxPixels;
    }

    void decode(Path path, FrameBuffer target) throws FrameUnreadableException {
        String origin = Origins.of(path);
        try {
            if (!Files.exists(path)) {
                throw new FrameUnreadableException(origin, "there is no such file");
            }
            if (Files.isDirectory(path)) {
                throw new FrameUnreadableException(origin, "a folder, not a picture");
            }
            if (!Files.isRegularFile(path)) {
                throw new FrameUnreadableException(origin, PictureFiles.PIPE);
            }
            try (FileChannel channel = FileChannel.open(path)) {
                long size = channel.size();
                if (size > MAX_FILE_BYTES) {
                    throw new FrameUnreadableException(
                            origin, "the file has " + size + " bytes; at most " + MAX_FILE_BYTES + " are read");
                }
                prepare((int) size);
                while (file.hasRemaining() && channel.read(file) >= 0) {
                    // Until all is read; a file that shrinks meanwhile is found out by its header.
                }
                file.flip();
            }
        } catch (FrameUnreadableException e) {
            throw e;
        } catch (IOException e) {
            throw new FrameUnreadableException(origin, "the file cannot be read (" + e + ")", e);
        }
        decode(origin, target);
    }

    void decode(byte[] bytes, String origin, FrameBuffer target) throws FrameUnreadableException {
        prepare(bytes.length);
        file.put(bytes).flip();
        decode(origin, target);
    }

    private void prepare(int size) {
        if (file.capacity() < size) {
            file = ByteBuffer.allocateDirect(size);
        }
        file.clear().limit(size);
    }

    private void decode(String origin, FrameBuffer target) throws FrameUnreadableException {
        FileKind kind = FileKind.of(file);
        if (kind == FileKind.HEIC || kind == FileKind.AVIF) {
            decodeAsFromAPhone(kind, origin, target);
            return;
        }
        PictureHeader header = PictureHeader.read(origin, file);
        requireSize(origin, header.width(), header.height());
        PictureData.check(origin, file, header);
        if (header.kind() == FileKind.GIF) {
            decodeWithImageIo(origin, target);
            return;
        }
        Mat bytes = new Mat(1, file.limit(), CvType.CV_8UC1, file);
        Mat decoded = new Mat();
        try {
            // The orientation is ours to apply: OpenCV does not where it is asked for the alpha channel.
            decoded = Imgcodecs.imdecode(
                    bytes,
                    header.alpha()
                            ? Imgcodecs.IMREAD_UNCHANGED
                            : Imgcodecs.IMREAD_COLOR | Imgcodecs.IMREAD_IGNORE_ORIENTATION);
            if (decoded.empty()) {
                throw new FrameUnreadableException(
                        origin,
                        "the " + header.kind() + " cannot be decoded: it is damaged or of a rare kind; save it anew as"
                                + " PNG or JPEG");
            }
            toBgr8(origin, decoded);
            turnUpright(decoded, header.orientation(), target);
        } catch (CvException e) {
            throw new FrameUnreadableException(
                    origin, "the " + header.kind() + " cannot be decoded (" + firstLine(e) + ")", e);
        } finally {
            bytes.release();
            decoded.release();
        }
    }

    /** OpenCV 4.9 knows neither of the formats of phones. */
    private void decodeAsFromAPhone(FileKind kind, String origin, FrameBuffer target) throws FrameUnreadableException {
        StillPictureProvider reader = phonePictures(kind, origin);
        try {
            reader.read(file, origin, target);
            requireSize(origin, target.width(), target.height());
        } catch (StageException | LinkageError e) {
            throw new FrameUnreadableException(
                    origin,
                    kind.words() + ", which FFmpeg reads: " + (e instanceof StageException ? e.getMessage() : e)
                            + "; or save the picture as JPEG",
                    e);
        }
    }

    /** Looked for once, at the first such picture. */
    private StillPictureProvider phonePictures(FileKind kind, String origin) throws FrameUnreadableException {
        StillPictureProvider found = phonePictures;
        if (found == null) {
            found = ServiceLoader.load(StillPictureProvider.class)
                    .findFirst()
                    .orElseThrow(() -> new FrameUnreadableException(
                            origin,
                            kind.words()
                                    + ", which FFmpeg reads: add org.emotion4j:emotion-ffmpeg with FFmpeg's natives for"
                                    + " this platform to the class path, or save the picture as JPEG"));
            phonePictures = found;
        }
        return found;
    }

    private void requireSize(String origin, int width, int height) throws FrameUnreadableException {
        if ((long) width * height > maxPixels || width > MAX_SIDE || height > MAX_SIDE) {
            throw new PictureTooLargeException(
                    origin,
                    "the picture has " + width + "x" + height + " pixels; at most " + maxPixels + " in all and "
                            + MAX_SIDE + " a side are read: make it smaller");
        }
    }

    private static void toBgr8(String origin, Mat decoded) throws FrameUnreadableException {
        int depth = decoded.depth();
        if (depth == CvType.CV_16U) {
            decoded.convertTo(decoded, CvType.CV_8U, 1 / 257.0);
        } else if (depth != CvType.CV_8U) {
            throw new FrameUnreadableException(
                    origin,
                    "pixels of type " + CvType.typeToString(decoded.type()) + "; 8 and 16 bits a channel are read");
        }
        switch (decoded.channels()) {
            case 1 -> Imgproc.cvtColor(decoded, decoded, Imgproc.COLOR_GRAY2BGR);
            case 4 -> blendOverWhite(decoded);
            default -> {}
        }
    }

    private static void blendOverWhite(Mat bgra) {
        int width = bgra.cols();
        byte[] from = new byte[4 * width];
        byte[] to = new byte[3 * width];
        Mat bgr = new Mat(bgra.rows(), width, CvType.CV_8UC3);
        try {
            for (int y = 0; y < bgra.rows(); y++) {
                bgra.get(y, 0, from);
                for (int x = 0; x < width; x++) {
                    int alpha = from[4 * x + 3] & 0xFF;
                    for (int c = 0; c < 3; c++) {
                        to[3 * x + c] = (byte) overWhite(from[4 * x + c] & 0xFF, alpha);
                    }
                }
                bgr.put(y, 0, to);
            }
            bgr.assignTo(bgra);
        } finally {
            bgr.release();
        }
    }

    /** Returns a channel, not premultiplied, as it looks on white paper. */
    static int overWhite(int value, int alpha) {
        return (value * alpha + 255 * (255 - alpha) + 127) / 255;
    }

    /** Writes the decoded picture into the frame's memory, turned by its Exif orientation (Exif 2.3, 4.6.4 A). */
    private static void turnUpright(Mat decoded, int orientation, FrameBuffer target) {
        boolean onItsSide = orientation >= 5;
        int width = onItsSide ? decoded.rows() : decoded.cols();
        int height = onItsSide ? decoded.cols() : decoded.rows();
        ByteBuffer memory = target.reshape(width, height, PixelFormat.BGR24);
        Mat upright = new Mat(height, width, CvType.CV_8UC3, memory, 3L * width);
        long address = upright.dataAddr();
        try {
            switch (orientation) {
                case 2 -> Core.flip(decoded, upright, 1);
                case 3 -> Core.flip(decoded, upright, -1);
                case 4 -> Core.flip(decoded, upright, 0);
                case 5 -> Core.transpose(decoded, upright);
                case 6 -> Core.rotate(decoded, upright, Core.ROTATE_90_CLOCKWISE);
                case 7 -> {
                    Core.transpose(decoded, upright);
                    Core.flip(upright, upright, -1);
                }
                case 8 -> Core.rotate(decoded, upright, Core.ROTATE_90_COUNTERCLOCKWISE);
                default -> decoded.copyTo(upright);
            }
            if (upright.dataAddr() != address) {
                throw new IllegalStateException("OpenCV wrote the picture elsewhere than into the frame's memory");
            }
        } finally {
            upright.release();
        }
    }

    /** OpenCV 4.9 knows no GIF. The first picture of an animation is taken. */
    private void decodeWithImageIo(String origin, FrameBuffer target) throws FrameUnreadableException {
        byte[] bytes = new byte[file.limit()];
        file.get(0, bytes);
        try (ImageInputStream stream = ImageIO.createImageInputStream(new ByteArrayInputStream(bytes))) {
            Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName("gif");
            ImageReader reader = readers.next();
            try {
                reader.setInput(stream, true, true);
                requireSize(origin, reader.getWidth(0), reader.getHeight(0));
                BufferedImage image = reader.read(0);
                Pictures.copy(image, target);
            } finally {
                reader.dispose();
            }
        } catch (FrameUnreadableException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw new FrameUnreadableException(origin, "the GIF cannot be decoded (" + e + ")", e);
        }
    }

    private static String firstLine(CvException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("no reason given");
    }
}
