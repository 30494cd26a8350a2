package org.emotion4j.ffmpeg;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.emotion4j.file.FileKind;

/** Says in plain words why FFmpeg does not open a file. */
final class Containers {
    private static final int BOX_HEADER = 8;
    private static final int LARGE_BOX_HEADER = 16;

    private Containers() {}

    /**
     * Looks at a file that was not opened.
     *
     * @param file the file
     * @param ffmpeg FFmpeg's own words
     * @return the reason, as the end of the sentence "file: …"
     */
    static String whyNotOpened(Path file, String ffmpeg) {
        try {
            if (Files.size(file) == 0) {
                return "the file is empty";
            }
            Optional<String> cut = cutOff(file);
            if (cut.isPresent()) {
                return cut.get();
            }
        } catch (IOException e) {
            return "cannot be read: " + e;
        }
        return "is no video that FFmpeg reads (" + ffmpeg + ")" + seemsToBe(file)
                + "; expected MP4, MOV, WebM, Matroska, AVI or another container with video in it";
    }

    private static String seemsToBe(Path file) {
        try {
            FileKind kind = FileKind.of(file);
            return kind == FileKind.UNKNOWN ? "" : "; it seems to be " + kind.words();
        } catch (IOException e) {
            return "";
        }
    }

    /**
     * Tells a still picture, whatever its name says. HEIC and AVIF are of the family of MP4, and FFmpeg would take them for
     * videos of one frame, or of one tile.
     *
     * @param file the file
     * @return what picture it is, with its article, or empty for anything else
     */
    static Optional<String> stillPicture(Path file) throws IOException {
        FileKind kind = FileKind.of(file);
        boolean still = (kind.isPicture() || kind.isOtherPicture())
                && kind != FileKind.GIF
                && !(kind == FileKind.PNG && isAnimated(file))
                && MotionJpeg.of(file).format().isEmpty();
        return still ? Optional.of(kind.words()) : Optional.empty();
    }

    /** An APNG has an {@code acTL} chunk before its data. */
    private static boolean isAnimated(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return new String(in.readNBytes(4_096), StandardCharsets.ISO_8859_1).contains("acTL");
        }
    }

    /** Tells whether a file is an MP4 or MOV that ends before its index does. */
    static Optional<String> cutOff(Path file) throws IOException {
        return isMp4WithoutIndex(file)
                ? Optional.of(
                        "the file was cut off: its index (moov) is missing or incomplete, and without it no picture"
                                + " can be found; recorders write it last. Get the whole file, or repair it with the help of"
                                + " another one of the same recorder")
                : Optional.empty();
    }

    /** Walks the top-level boxes of ISO/IEC 14496-12: a 32-bit size, four letters, the content. */
    private static boolean isMp4WithoutIndex(Path file) throws IOException {
        try (SeekableByteChannel channel = Files.newByteChannel(file)) {
            ByteBuffer header = ByteBuffer.allocate(LARGE_BOX_HEADER);
            boolean first = true;
            while (true) {
                long start = channel.position();
                header.clear();
                while (header.hasRemaining() && channel.read(header) >= 0) {
                    // reads on until the header is full or the file ends
                }
                header.flip();
                if (header.limit() < BOX_HEADER) {
                    return !first;
                }
                String type =
                        StandardCharsets.ISO_8859_1.decode(header.slice(4, 4)).toString();
                if (first && !type.equals("ftyp")) {
                    return false;
                }
                first = false;
                long size = header.getInt(0) & 0xFFFF_FFFFL;
                if (size == 1 && header.limit() == LARGE_BOX_HEADER) {
                    size = header.getLong(BOX_HEADER);
                }
                if (size < BOX_HEADER || start + size > channel.size()) {
                    return true;
                }
                if (type.equals("moov")) {
                    return false;
                }
                channel.position(start + size);
            }
        }
    }
}
