package org.emotion4j.ffmpeg;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Motion JPEG without a container, which FFmpeg takes for a single picture or for nothing unless it is told: one JPEG after
 * another as {@code ffmpeg -f mjpeg} and webcams write it, or what a network camera sends over HTTP, each picture with a
 * header of its own ({@code multipart/x-mixed-replace}), saved to a file.
 *
 * @param format FFmpeg's name of the format, or empty for any other file
 * @param headBytes what precedes the first picture or its header and is no part of the format
 */
record MotionJpeg(String format, int headBytes) {
    private static final MotionJpeg NONE = new MotionJpeg("", 0);

    private static final int LOOKED_AT = 4 << 20;
    private static final int HEAD = 4_096;
    private static final int PICTURES = 3;

    private static final String PICTURE = "content-type:\\s*image/jpe?g";

    /** Lines are taken for good: one that might be given back is remembered on the stack. */
    private static final Pattern PART = Pattern.compile(
            "(?:^|\\n)(--[^\\r\\n]+\\r?\\n(?:(?!" + PICTURE + ")[!-9;-~]+:[^\\r\\n]*\\r?\\n)*+" + PICTURE + ")");

    /** Looks at a file's beginning. */
    static MotionJpeg of(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] head = in.readNBytes(HEAD);
            if (startsPicture(head, 0)) {
                boolean named = String.valueOf(file.getFileName())
                        .toLowerCase(Locale.ROOT)
                        .matches(".*\\.mjpe?g");
                if (named || isSequence(head, in.readNBytes(LOOKED_AT - HEAD))) {
                    return new MotionJpeg("mjpeg", 0);
                }
            } else if (isText(head)) {
                Matcher part = PART.matcher(new String(head, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT));
                if (part.find()) {
                    return new MotionJpeg("mpjpeg", part.start(1));
                }
            }
        }
        return NONE;
    }

    /** The answer of a camera begins with a mark, an empty line or HTTP's own header. */
    private static boolean isText(byte[] head) {
        return head.length > 2 && (head[0] == '-' || head[0] == '\r' || head[0] == '\n' || head[0] == 'H');
    }

    /** Several whole pictures, each right after the other; a photo with one or two more in it is still a photo. */
    private static boolean isSequence(byte[] head, byte[] rest) {
        byte[] start = new byte[head.length + rest.length];
        System.arraycopy(head, 0, start, 0, head.length);
        System.arraycopy(rest, 0, start, head.length, rest.length);
        int at = 0;
        for (int i = 0; i < PICTURES; i++) {
            if (!startsPicture(start, at) || hasSeveralPictures(start, at)) {
                return false;
            }
            at = endOfPicture(start, at);
            if (at < 0) {
                return false;
            }
        }
        return startsPicture(start, at) || at == start.length;
    }

    private static boolean startsPicture(byte[] bytes, int at) {
        return at + 3 <= bytes.length
                && bytes[at] == (byte) 0xFF
                && bytes[at + 1] == (byte) 0xD8
                && bytes[at + 2] == (byte) 0xFF;
    }

    /** A photo that says itself that others follow (CIPA DC-007, APP2 with "MPF"). */
    private static boolean hasSeveralPictures(byte[] bytes, int at) {
        String start = new String(bytes, at, Math.min(bytes.length - at, 65_536), StandardCharsets.ISO_8859_1);
        return start.contains("MPF\0");
    }

    private static int endOfPicture(byte[] bytes, int start) {
        int at = start + 2;
        boolean inScan = false;
        while (at + 4 <= bytes.length) {
            int marker = bytes[at + 1] & 0xff;
            if (bytes[at] != (byte) 0xFF || inScan && (marker == 0 || marker >= 0xD0 && marker <= 0xD7)) {
                if (!inScan) {
                    return -1;
                }
                at++;
            } else if (marker == 0xD9) {
                return at + 2;
            } else if (marker == 0xFF) {
                at++;
            } else {
                inScan = marker == 0xDA;
                at += 2 + ((bytes[at + 2] & 0xff) << 8 | bytes[at + 3] & 0xff);
            }
        }
        return at + 2 <= bytes.length && bytes[at] == (byte) 0xFF && bytes[at + 1] == (byte) 0xD9 ? at + 2 : -1;
    }
}
