package org.emotion4j.opencv;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.opencv.videoio.VideoCapture;
import org.opencv.videoio.VideoWriter;
import org.opencv.videoio.Videoio;

/** Opens a camera: finds out what is in the way, asks for what was wished, and takes a first picture. */
final class CameraOpening {
    /** Above this, cameras reach their rate over USB only compressed. */
    private static final int UNCOMPRESSED_PIXELS = 640 * 480;

    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(10);

    private final CameraFrameSource.Builder wish;

    CameraOpening(CameraFrameSource.Builder wish) {
        this.wish = wish;
    }

    /** Tells whether a capture goes through V4L2. */
    static boolean isV4l2(VideoCapture capture) {
        return capture.getBackendName().equals("V4L2");
    }

    CameraFrameSource open() throws IOException {
        if (wish.device != null) {
            requireUsable(wish.device);
        }
        OpenCv.load();
        VideoCapture capture = opened(this::openAndTry, wish.timeout == null ? DEFAULT_TIMEOUT : wish.timeout);
        return new CameraFrameSource(capture, origin(), wish);
    }

    private void requireUsable(Path path) throws IOException {
        if (!Camera.isLinux()) {
            throw new FileSystemException(
                    path.toString(), null, "cameras are device files on Linux only; give a number, such as camera:0");
        }
        if (!Files.exists(path)) {
            throw new NoSuchFileException(path.toString(), null, "there is no such camera; " + present());
        }
        if (Files.isDirectory(path) || Files.isRegularFile(path)) {
            throw new FileSystemException(path.toString(), null, "is no camera but a file or folder; " + present());
        }
        if (!Files.isReadable(path) || !Files.isWritable(path)) {
            throw new FileSystemException(
                    path.toString(),
                    null,
                    "this user may not use the camera; add the user to the group that owns the device (mostly"
                            + " \"video\") and log in again");
        }
    }

    private static String present() {
        List<Camera> cameras = Camera.list();
        return cameras.isEmpty()
                ? "this machine shows no camera. Check the cable, whether its switch or key is on, and in a virtual"
                        + " machine or container whether the device is passed on"
                : "there are: " + cameras.stream().map(Camera::toString).collect(Collectors.joining(", "));
    }

    /** On a thread of its own, because a driver that hangs cannot be told to stop. */
    VideoCapture opened(Supplier<VideoCapture> opening, Duration atMost) throws IOException {
        CompletableFuture<VideoCapture> result = new CompletableFuture<>();
        Thread thread = new Thread(
                () -> {
                    try {
                        VideoCapture capture = opening.get();
                        if (!result.complete(capture)) {
                            capture.release();
                        }
                    } catch (RuntimeException e) {
                        result.completeExceptionally(e);
                    }
                },
                "emotion4j-camera-opening");
        thread.setDaemon(true);
        thread.start();
        try {
            return checked(result.get(atMost.toNanos(), TimeUnit.NANOSECONDS));
        } catch (TimeoutException e) {
            if (result.completeExceptionally(e)) {
                throw new IOException(
                        origin() + ": did not open within " + atMost.toMillis()
                                + " ms; its driver hangs. Unplug the camera and plug it in again",
                        e);
            }
            return checked(result.join());
        } catch (ExecutionException e) {
            throw new IOException(origin() + ": cannot be opened: " + e.getCause(), e.getCause());
        } catch (InterruptedException e) {
            if (!result.completeExceptionally(e)) {
                result.join().release();
            }
            Thread.currentThread().interrupt();
            throw new IOException(origin() + ": interrupted while opening", e);
        }
    }

    private VideoCapture openAndTry() {
        VideoCapture capture = new VideoCapture();
        int backend = Camera.isLinux() ? Videoio.CAP_V4L2 : Videoio.CAP_ANY;
        int number = wish.index >= 0 || wish.device == null ? wish.index : number(wish.device);
        boolean opened = number < 0 && wish.device != null
                ? capture.open(wish.device.toString(), backend)
                : capture.open(number, backend);
        if (opened) {
            ask(capture);
            if (!capture.grab()) {
                capture.release();
            }
        }
        return capture;
    }

    /** The number behind a link such as those in {@code /dev/v4l/by-id/}, or -1. */
    private static int number(Path device) {
        try {
            String name = String.valueOf(device.toRealPath().getFileName());
            return name.matches("video\\d{1,4}") ? Integer.parseInt(name.substring("video".length())) : -1;
        } catch (IOException e) {
            return -1;
        }
    }

    private void ask(VideoCapture capture) {
        if ((long) wish.width * wish.height > UNCOMPRESSED_PIXELS) {
            capture.set(Videoio.CAP_PROP_FOURCC, VideoWriter.fourcc('M', 'J', 'P', 'G'));
        }
        if (wish.width > 0) {
            capture.set(Videoio.CAP_PROP_FRAME_WIDTH, wish.width);
            capture.set(Videoio.CAP_PROP_FRAME_HEIGHT, wish.height);
        }
        if (wish.framesPerSecond > 0) {
            capture.set(Videoio.CAP_PROP_FPS, wish.framesPerSecond);
        }
    }

    private VideoCapture checked(VideoCapture capture) throws IOException {
        if (capture.isOpened()) {
            return capture;
        }
        throw new IOException(origin() + ": gives no pictures. Either another program uses the camera (a video call, a"
                + " browser tab; close it), the system's privacy settings keep it back, or this device is no camera; "
                + present());
    }

    private String origin() {
        return wish.index >= 0 ? "camera:" + wish.index : "camera:" + wish.device;
    }
}
