package org.emotion4j.window;

import java.util.List;
import java.util.Locale;

/** Videos and pictures, by the endings of their names. */
final class MediaFiles {
    private static final List<String> ENDINGS = List.of(
            "mp4", "m4v", "mov", "mkv", "webm", "avi", "mpg", "mpeg", "ts", "mts", "m2ts", "3gp", "wmv", "flv", "mjpg",
            "mjpeg", "jpg", "jpeg", "png", "bmp", "tif", "tiff", "webp", "heic", "heif", "avif", "gif");

    private MediaFiles() {}

    /** For a dialog's filter. */
    static String[] endings() {
        return ENDINGS.toArray(new String[0]);
    }

    /** Whether a name is that of a video or a picture, whether or not there is such a file. */
    static boolean isCalledSo(String name) {
        int dot = name.lastIndexOf('.');
        return dot > 0 && ENDINGS.contains(name.substring(dot + 1).toLowerCase(Locale.ROOT));
    }
}
