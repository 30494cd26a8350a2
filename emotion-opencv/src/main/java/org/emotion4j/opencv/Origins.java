package org.emotion4j.opencv;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Names files in words that tell them apart, also where the system's encoding does not know their letters. */
final class Origins {
    /** What Java puts in place of a byte that the system's encoding (sun.jnu.encoding) does not know. */
    private static final char UNKNOWN = '\uFFFD';

    private Origins() {}

    /**
     * Returns a path as text. In a POSIX locale Java gives the same text for Müller.png and Möller.png, though it keeps
     * their bytes: those are read as UTF-8, and shown as in an address ({@code M%FCller}) where they are none.
     */
    static String of(Path path) {
        String text = path.toString();
        if (text.indexOf(UNKNOWN) < 0) {
            return text;
        }
        StringBuilder names = new StringBuilder(path.isAbsolute() ? String.valueOf(path.getRoot()) : "");
        String separator = "";
        for (Path name : path) {
            names.append(separator).append(name.toString().indexOf(UNKNOWN) < 0 ? name.toString() : decoded(name));
            separator = path.getFileSystem().getSeparator();
        }
        return names.toString();
    }

    /** The only way from a path to its bytes leads through its address, which is absolute: its last part is the name. */
    private static String decoded(Path name) {
        String address = name.toUri().getRawPath();
        String last = address.substring(address.lastIndexOf('/', address.length() - 2) + 1);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < last.length(); i++) {
            if (last.charAt(i) == '%' && i + 2 < last.length()) {
                bytes.write(Integer.parseInt(last.substring(i + 1, i + 3), 16));
                i += 2;
            } else {
                bytes.write(last.charAt(i));
            }
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString();
        } catch (CharacterCodingException e) {
            return last;
        }
    }
}
