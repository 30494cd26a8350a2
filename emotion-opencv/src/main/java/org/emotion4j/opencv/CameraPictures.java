package org.emotion4j.opencv;

import java.io.IOException;
import java.util.Arrays;
import org.emotion4j.frame.FrameBuffer;
import org.emotion4j.frame.FrameUnreadableException;
import org.emotion4j.frame.PixelFormat;
import org.jspecify.annotations.Nullable;
import org.opencv.core.Core;
import org.opencv.core.CvException;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.imgproc.Imgproc;
import org.opencv.videoio.VideoCapture;
import org.opencv.videoio.VideoWriter;
import org.opencv.videoio.Videoio;

/**
 * Takes pictures out of a capture, into the memory of frames. OpenCV gives of a broken JPEG what it can decode, and of one
 * that it cannot decode at all the picture before, each as if it were whole. Under V4L2, JPEGs are therefore taken as they
 * are, looked through and decoded here. Confined to one thread at a time.
 */
final class CameraPictures implements AutoCloseable {
    /** What some cameras leave out after whole data; behind an end that is there it is no harm. */
    private static final byte[] END_OF_IMAGE = {(byte) 0xFF, (byte) 0xD9};

    private final VideoCapture capture;
    private final String origin;
    private final boolean mirrored;
    private final int width;
    private final int height;
    private final FrameMats mats = new FrameMats();
    private final @Nullable PictureDecoder jpegs;
    private final Mat compressed = new Mat();

    CameraPictures(VideoCapture capture, String origin, boolean mirrored) {
        this.capture = capture;
        this.origin = origin;
        this.mirrored = mirrored;
        this.width = (int) capture.get(Videoio.CAP_PROP_FRAME_WIDTH);
        this.height = (int) capture.get(Videoio.CAP_PROP_FRAME_HEIGHT);
        this.jpegs =
                CameraOpening.isV4l2(capture) && givesJpegs(capture) && capture.set(Videoio.CAP_PROP_CONVERT_RGB, 0)
                        ? new PictureDecoder()
                        : null;
    }

    private static boolean givesJpegs(VideoCapture capture) {
        int format = (int) capture.get(Videoio.CAP_PROP_FOURCC);
        return format == VideoWriter.fourcc('M', 'J', 'P', 'G') || format == VideoWriter.fourcc('J', 'P', 'E', 'G');
    }

    int width() {
        return width;
    }

    int height() {
        return height;
    }

    /**
     * Reads the picture that was grabbed.
     *
     * @param target gets its pixels
     * @throws FrameUnreadableException if this picture is broken; the next may be whole
     * @throws IOException if the camera's pictures are of a kind that is not read
     */
    void retrieve(FrameBuffer target) throws IOException {
        try {
            if (jpegs == null) {
                retrievePixels(target);
            } else {
                retrieveJpeg(jpegs, target);
            }
        } catch (CvException e) {
            throw broken(e);
        }
        if (mirrored) {
            Mat inTarget = mats.over(target);
            Core.flip(inTarget, inTarget, 1);
        }
    }

    private FrameUnreadableException broken(@Nullable Throwable cause) {
        return new FrameUnreadableException(
                origin,
                "a picture came broken; where that goes on, another cable or socket, or a smaller size, may help",
                cause);
    }

    private void retrieveJpeg(PictureDecoder decoder, FrameBuffer target) throws FrameUnreadableException {
        if (!capture.retrieve(compressed) || compressed.empty()) {
            throw broken(null);
        }
        int length = (int) compressed.total();
        byte[] bytes = new byte[length];
        compressed.get(0, 0, bytes);
        bytes = Arrays.copyOf(bytes, length + END_OF_IMAGE.length);
        System.arraycopy(END_OF_IMAGE, 0, bytes, length, END_OF_IMAGE.length);
        try {
            decoder.decode(bytes, origin, target);
        } catch (FrameUnreadableException e) {
            throw broken(e);
        }
    }

    /** Lets OpenCV convert into the target's own memory; a camera that changed its size meanwhile costs a copy. */
    private void retrievePixels(FrameBuffer target) throws IOException {
        target.reshape(width, height, PixelFormat.BGR24);
        Mat picture = mats.over(target);
        long address = picture.dataAddr();
        if (!capture.retrieve(picture) || picture.empty()) {
            throw broken(null);
        }
        if (picture.dataAddr() != address) {
            copyElsewhere(picture, target);
        }
    }

    /** OpenCV has put other memory under the header: the picture has another size or format than was granted. */
    private void copyElsewhere(Mat picture, FrameBuffer target) throws IOException {
        Mat kept = new Mat();
        try {
            picture.copyTo(kept);
            mats.close();
            target.reshape(kept.cols(), kept.rows(), PixelFormat.BGR24);
            Mat to = mats.over(target);
            if (kept.type() == CvType.CV_8UC3) {
                kept.copyTo(to);
            } else if (kept.type() == CvType.CV_8UC1) {
                Imgproc.cvtColor(kept, to, Imgproc.COLOR_GRAY2BGR);
            } else {
                throw new IOException(origin + ": gives pictures as " + CvType.typeToString(kept.type())
                        + ", expected 8 bits of color or gray; try another size");
            }
        } finally {
            kept.release();
        }
    }

    @Override
    public void close() {
        mats.close();
        compressed.release();
    }
}
