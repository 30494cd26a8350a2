package org.emotion4j.opencv;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.emotion4j.file.FileKind;

/**
 * Which files are pictures and which are videos. What a file begins with decides; the ending of its name counts only where
 * that says nothing, so that a damaged picture stays a picture.
 */
final class PictureFiles {
    private static final Set<String> PICTURES = Set.of(
            "jpg", "jpeg", "jpe", "jfif", "jif", "mpo", "png", "bmp", "gif", "tif", "tiff", "webp", "heic", "heif",
            "hif", "avif");

    /** Cameras' own formats, most of which begin as a TIFF whose first picture is a preview. */
    private static final Set<String> RAW = Set.of(
            "3fr", "arw", "cr2", "cr3", "crw", "dcr", "dng", "erf", "iiq", "kdc", "mef", "mos", "mrw", "nef", "nrw",
            "orf", "pef", "raf", "raw", "rw2", "rwl", "sr2", "srf", "srw", "x3f");

    private static final Set<String> VIDEOS = Set.of(
            "avi", "m4v", "mjpeg", "mjpg", "mkv", "mov", "mp4", "mpeg", "mpg", "mts", "m2ts", "ts", "webm", "wmv",
            "flv", "3gp", "ogv");

    /** One JPEG after another, without a container: begins as a picture does. */
    private static final Set<String> MOTION_JPEG = Set.of("mjpeg", "mjpg");

    /** Why neither a pipe nor a device is opened; the end of the sentence "origin: …". */
    static final String PIPE = "a pipe or a device, which is not read: save what it gives to a file and name that";

    private PictureFiles() {}

    /**
     * Tells whether a file of a folder is read as a picture.
     *
     * @param file a regular file
     * @return empty if it is, or what it is in place of a picture
     */
    static Optional<String> whyNotAPicture(Path file) {
        String ending = ending(file);
        if (RAW.contains(ending)) {
            return Optional.of(FileKind.RAW.words());
        }
        FileKind kind;
        try {
            kind = FileKind.of(file);
        } catch (IOException e) {
            return PICTURES.contains(ending) ? Optional.empty() : Optional.of("cannot be read");
        }
        if (kind == FileKind.JPEG && MOTION_JPEG.contains(ending)) {
            return Optional.of(FileKind.OTHER_VIDEO.words());
        }
        return kind.isPicture() || PICTURES.contains(ending) ? Optional.empty() : Optional.of(kind.words());
    }

    /**
     * Tells whether a file that somebody named is taken for a video.
     *
     * @param file the file
     * @return true for a regular file that is neither a picture nor a document
     */
    static boolean isVideo(Path file) {
        if (!Files.isRegularFile(file)) {
            return false;
        }
        String ending = ending(file);
        FileKind kind;
        try {
            kind = FileKind.of(file);
        } catch (IOException e) {
            return !PICTURES.contains(ending);
        }
        if (kind.isVideo()) {
            return true;
        } else if (kind.isPicture() || kind.isOtherPicture()) {
            return kind == FileKind.JPEG && MOTION_JPEG.contains(ending);
        }
        return VIDEOS.contains(ending) || !(PICTURES.contains(ending) || RAW.contains(ending) || kind.isDocument());
    }

    private static String ending(Path file) {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        return name.substring(name.lastIndexOf('.') + 1);
    }
}
