package org.emotion4j.file.internal;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.CRC32;

/**
 * A mark inside what Emotion4J draws and writes, so that it is known again by more than its name: a chart is no picture to
 * analyze, and only a page that nobody has changed since may be made anew in its place. A PNG has the text
 * {@code Software: Emotion4J} in it; a page ends with a comment that holds the SHA-256 of all before it. Stateless and
 * thread-safe.
 */
public final class ProductMark {
    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
    private static final byte[] TEXT = "Software\0Emotion4J".getBytes(StandardCharsets.ISO_8859_1);
    private static final int TEXT_CHUNK = 0x74455874; // tEXt
    private static final int DATA_CHUNK = 0x49444154; // IDAT
    private static final int CHUNK_OVERHEAD = 12;
    private static final int HEADER_END = PNG.length + CHUNK_OVERHEAD + 13;

    private static final String COMMENT = "<!-- made by Emotion4J; SHA-256 of all above: ";
    private static final String COMMENT_END = " -->\n";
    private static final int COMMENT_LENGTH = COMMENT.length() + 64 + COMMENT_END.length();

    private ProductMark() {}

    /**
     * Marks a picture.
     *
     * @param png a whole PNG file
     * @return the same picture with the mark
     * @throws IllegalArgumentException if it is no PNG
     */
    public static byte[] onPicture(byte[] png) {
        if (png.length < HEADER_END || !Arrays.equals(PNG, Arrays.copyOf(png, PNG.length))) {
            throw new IllegalArgumentException("not a PNG file, " + png.length + " bytes");
        }
        ByteBuffer chunk = ByteBuffer.allocate(CHUNK_OVERHEAD + TEXT.length)
                .putInt(TEXT.length)
                .putInt(TEXT_CHUNK)
                .put(TEXT);
        CRC32 sum = new CRC32();
        sum.update(chunk.array(), Integer.BYTES, Integer.BYTES + TEXT.length);
        chunk.putInt((int) sum.getValue());
        ByteArrayOutputStream marked = new ByteArrayOutputStream(png.length + chunk.capacity());
        marked.write(png, 0, HEADER_END);
        marked.writeBytes(chunk.array());
        marked.write(png, HEADER_END, png.length - HEADER_END);
        return marked.toByteArray();
    }

    /**
     * Marks a page.
     *
     * @param html the page
     * @return the same with the mark at its end
     */
    public static String onPage(String html) {
        return html + COMMENT + sha256(html.getBytes(StandardCharsets.UTF_8)) + COMMENT_END;
    }

    /**
     * Tells whether a file is a picture that Emotion4J drew. Reads no more of it than its head.
     *
     * @param file the file
     * @return true for a PNG with the mark; false for anything else, also where there is no such file
     * @throws IOException if it cannot be read
     */
    public static boolean isOnPicture(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            return false;
        }
        try (InputStream stream = Files.newInputStream(file);
                DataInputStream input = new DataInputStream(stream)) {
            if (!Arrays.equals(PNG, input.readNBytes(PNG.length))) {
                return false;
            }
            while (true) {
                int length = input.readInt();
                int type = input.readInt();
                if (length < 0 || type == DATA_CHUNK) {
                    return false;
                }
                if (type == TEXT_CHUNK && length == TEXT.length) {
                    if (Arrays.equals(TEXT, input.readNBytes(length))) {
                        return true;
                    }
                    input.skipNBytes(Integer.BYTES);
                } else {
                    input.skipNBytes(length + (long) Integer.BYTES);
                }
            }
        } catch (EOFException e) {
            return false;
        }
    }

    /**
     * Tells whether a file is a page that Emotion4J wrote and nobody has changed since.
     *
     * @param file the file
     * @return true for a page whose mark fits; false for anything else, also where there is no such file
     * @throws IOException if it cannot be read
     */
    public static boolean isOnPage(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            return false;
        }
        byte[] content = Files.readAllBytes(file);
        int end = content.length - COMMENT_LENGTH;
        if (end < 0) {
            return false;
        }
        String comment = new String(content, end, COMMENT_LENGTH, StandardCharsets.ISO_8859_1);
        return comment.equals(COMMENT + sha256(Arrays.copyOf(content, end)) + COMMENT_END);
    }

    private static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
