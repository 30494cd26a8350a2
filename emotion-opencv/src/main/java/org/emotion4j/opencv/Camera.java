package org.emotion4j.opencv;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.opencv.videoio.VideoCapture;

/**
 * A camera of this machine.
 *
 * @param index its number, as {@link CameraFrameSource#open(int)} takes it
 * @param device its device path ({@code /dev/video0}), or the empty string where the system has none
 * @param name what its driver calls it
 */
public record Camera(int index, String device, String name) {
    static final Path DRIVERS = Path.of("/sys/class/video4linux");
    static final Path DEVICES = Path.of("/dev");

    /** Where names are not to be had, so many numbers are tried. */
    private static final int TRIED = 4;

    /**
     * Lists the cameras. On Linux the drivers are asked, nothing is opened, and second nodes of a camera that carry no
     * pictures are left out. Elsewhere OpenCV can only try: the first few numbers are opened and closed again, which
     * lights their lamps for a moment.
     *
     * @return the cameras in order of their numbers; empty where there is none
     */
    public static List<Camera> list() {
        return isLinux() ? list(DRIVERS, DEVICES) : tryOut();
    }

    static List<Camera> list(Path drivers, Path devices) {
        List<Camera> cameras = new ArrayList<>();
        if (!Files.isDirectory(drivers)) {
            return cameras;
        }
        try (DirectoryStream<Path> nodes = Files.newDirectoryStream(drivers, "video[0-9]*")) {
            for (Path node : nodes) {
                String file = String.valueOf(node.getFileName());
                String number = file.substring("video".length());
                // The kernel numbers the nodes of one camera: 0 gives pictures, others metadata.
                boolean givesPictures = read(node.resolve("index"), "0").equals("0");
                if (number.length() <= 4 && number.chars().allMatch(Character::isDigit) && givesPictures) {
                    cameras.add(new Camera(
                            Integer.parseInt(number),
                            devices.resolve(file).toString(),
                            read(node.resolve("name"), "camera " + number)));
                }
            }
        } catch (IOException e) {
            return List.of();
        }
        cameras.sort(Comparator.comparingInt(Camera::index));
        return List.copyOf(cameras);
    }

    static boolean isLinux() {
        return System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("linux");
    }

    private static String read(Path file, String otherwise) {
        try {
            String text = Files.readString(file, StandardCharsets.UTF_8).strip();
            return text.isEmpty() ? otherwise : text;
        } catch (IOException e) {
            return otherwise;
        }
    }

    private static List<Camera> tryOut() {
        OpenCv.load();
        List<Camera> cameras = new ArrayList<>();
        for (int i = 0; i < TRIED; i++) {
            VideoCapture capture = new VideoCapture();
            if (capture.open(i)) {
                cameras.add(new Camera(i, "", "camera " + i));
            }
            capture.release();
        }
        return List.copyOf(cameras);
    }

    @Override
    public String toString() {
        return "camera:" + index + "  " + name + (device.isEmpty() ? "" : "  (" + device + ")");
    }
}
