package org.emotion4j.cli.io;

import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.emotion4j.opencv.Pictures;

/** Names for what is made of pictures of several folders, so that no result overwrites another one of the same run. */
public final class UniqueNames {
    /** File systems take 255 bytes; the rest is for a number and an ending. */
    private static final int MAX_BYTES = 200;

    private final Set<String> taken = new HashSet<>();

    /** Returns the file's name without its ending; of two files of one name the second is called {@code name~2}. */
    public String stemOf(Path file) {
        Path last = file.getFileName();
        String name = last == null ? "picture" : expressible(Pictures.origin(last));
        int dot = name.lastIndexOf('.');
        String stem = dot > 0 ? name.substring(0, dot) : name;
        String unique = stem;
        // In lower case, since some file systems take capitals and small letters for the same.
        for (int number = 2; !taken.add(unique.toLowerCase(Locale.ROOT)); number++) {
            unique = stem + "~" + number;
        }
        return unique;
    }

    /** A name of letters that the system's encoding knows, and short enough for what is added to it. */
    private static String expressible(String name) {
        CharsetEncoder encoder =
                Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8")).newEncoder();
        StringBuilder letters = new StringBuilder();
        int bytes = 0;
        for (int letter : name.codePoints().toArray()) {
            String text = Character.toString(letter);
            String known = encoder.canEncode(text) ? text : "_";
            bytes += known.getBytes(StandardCharsets.UTF_8).length;
            if (bytes > MAX_BYTES) {
                break;
            }
            letters.append(known);
        }
        return letters.toString();
    }
}
