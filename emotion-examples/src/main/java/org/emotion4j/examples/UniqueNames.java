package org.emotion4j.examples;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** Names for what is made of pictures of several folders, so that no result overwrites another one of the same run. */
final class UniqueNames {
    private final Set<String> taken = new HashSet<>();

    /** Returns the file's name without its ending; of two files of one name the second is called {@code name~2}. */
    String stemOf(Path file) {
        Path last = file.getFileName();
        String name = last == null ? "picture" : last.toString();
        int dot = name.lastIndexOf('.');
        String stem = dot > 0 ? name.substring(0, dot) : name;
        String unique = stem;
        // In lower case, since some file systems take capitals and small letters for the same.
        for (int number = 2; !taken.add(unique.toLowerCase(Locale.ROOT)); number++) {
            unique = stem + "~" + number;
        }
        return unique;
    }
}
