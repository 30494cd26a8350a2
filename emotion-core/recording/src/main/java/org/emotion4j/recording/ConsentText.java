package org.emotion4j.recording;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.emotion4j.stage.StageMetadata;

/**
 * Which text of consent was agreed to, and how. The text itself stays with whoever shows it; its SHA-256 tells whether a text at
 * hand is the one. Immutable.
 *
 * @param sha256 of the text in UTF-8, without a byte order mark and with line feeds as line ends; 64 hexadecimal digits
 * @param version what the text calls itself in its first line ({@code Version: 3}), 1 to 100 characters; empty where it does not
 * @param signed how it was agreed to
 */
public record ConsentText(String sha256, Optional<String> version, Signed signed) {
    /** The most bytes of a text. */
    public static final int MAX_BYTES = 65_536;

    private static final int MAX_VERSION = 100;

    /** Programs add one in front of another. */
    private static final Pattern BYTE_ORDER_MARKS = Pattern.compile("^\uFEFF*");

    private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");

    /** Without a step back, of which a long line would take the square. */
    private static final Pattern VERSION = Pattern.compile(
            "\\s*+versi[oó]n\\s*+:\\s*+(\\S.*+)(?:\\n|$)", Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);

    /** How a text was agreed to. */
    public enum Signed {
        /** By word of mouth, or by a tick. */
        NO,
        /** On a paper, which stays where it is. */
        ON_PAPER,
        /** On the screen; the strokes are {@link SessionSignature}. */
        ON_SCREEN;

        /**
         * Says it as records do.
         *
         * @return {@code no}, {@code on paper} or {@code on screen}
         */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }

        /**
         * Reads what {@link #word()} says.
         *
         * @param word the word
         * @return how it was agreed to
         * @throws IllegalArgumentException if it is none of them
         */
        public static Signed of(String word) {
            for (Signed each : values()) {
                if (each.word().equals(word)) {
                    return each;
                }
            }
            throw new IllegalArgumentException(
                    "signed is \"" + word + "\", expected \"no\", \"on paper\" or \"on screen\"");
        }
    }

    /**
     * Checks the values.
     *
     * @param sha256 as {@link #sha256()}
     * @param version as {@link #version()}
     * @param signed as {@link #signed()}
     * @throws IllegalArgumentException if the hash is none, or the version is blank or too long
     */
    public ConsentText {
        if (!SHA_256.matcher(sha256).matches()) {
            throw new IllegalArgumentException(
                    "the text's sha256 is \"" + sha256 + "\", expected 64 digits of 0 to 9 and a to f");
        }
        version = version.map(value -> Texts.checked("the text's version", value, MAX_VERSION));
    }

    /**
     * Describes a text.
     *
     * @param text what was read and agreed to
     * @param signed how
     * @return its hash, and its version where its first line says one
     * @throws IllegalArgumentException if the text is blank, or its version too long
     */
    public static ConsentText of(String text, Signed signed) {
        String plain = plain(text);
        if (plain.isBlank()) {
            throw new IllegalArgumentException("the text of consent is blank");
        }
        Matcher version = VERSION.matcher(plain);
        return new ConsentText(
                StageMetadata.sha256(plain.getBytes(StandardCharsets.UTF_8)),
                version.lookingAt() ? Optional.of(version.group(1)) : Optional.empty(),
                signed);
    }

    /**
     * Reads a text.
     *
     * @param file text in UTF-8, {@value #MAX_BYTES} bytes at most
     * @return the text, with line feeds as line ends
     * @throws IOException if it cannot be read, is too long, blank, or not UTF-8
     */
    public static String read(Path file) throws IOException {
        byte[] bytes;
        try (InputStream input = Files.newInputStream(file)) {
            bytes = input.readNBytes(MAX_BYTES + 1);
        }
        if (bytes.length > MAX_BYTES) {
            throw new IOException(
                    file + " has more than " + MAX_BYTES + " bytes, expected a text of consent that a person can read");
        }
        try {
            String text = plain(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
            if (text.isBlank()) {
                throw new IOException(file + " is empty, expected a text of consent");
            }
            return text;
        } catch (CharacterCodingException e) {
            throw new IOException(file + " is no text in UTF-8; save it as plain text in UTF-8", e);
        }
    }

    /**
     * Tells whether a text is the one that was agreed to.
     *
     * @param text a text at hand
     * @return true if it has this hash
     */
    public boolean isOf(String text) {
        return StageMetadata.sha256(plain(text).getBytes(StandardCharsets.UTF_8))
                .equals(sha256);
    }

    private static String plain(String text) {
        return BYTE_ORDER_MARKS
                .matcher(text)
                .replaceFirst("")
                .replace("\r\n", "\n")
                .replace('\r', '\n');
    }
}
