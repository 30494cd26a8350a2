package org.emotion4j.recording;

/** The rules for texts that come from outside and go into a record. */
final class Texts {
    private Texts() {}

    /** Strips a text and checks its length. */
    static String checked(String what, String text, int longest) {
        String stripped = text.strip();
        if (stripped.isEmpty() || stripped.length() > longest) {
            throw new IllegalArgumentException(
                    what + " has " + stripped.length() + " characters, expected 1 to " + longest);
        }
        return stripped;
    }

    /**
     * Replaces line breaks and other control characters by blanks: a row is one line, and no line has a NUL. Half a
     * character, which no file can hold, becomes U+FFFD.
     */
    static String onOneLine(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (breaksLine(text.charAt(i)) || isHalf(text, i)) {
                StringBuilder line = new StringBuilder(text);
                for (int j = i; j < line.length(); j++) {
                    if (breaksLine(line.charAt(j))) {
                        line.setCharAt(j, ' ');
                    } else if (isHalf(text, j)) {
                        line.setCharAt(j, '\uFFFD');
                    }
                }
                return line.toString();
            }
        }
        return text;
    }

    /** A surrogate without the other one of its pair. */
    private static boolean isHalf(String text, int at) {
        char c = text.charAt(at);
        if (Character.isHighSurrogate(c)) {
            return at + 1 == text.length() || !Character.isLowSurrogate(text.charAt(at + 1));
        }
        return Character.isLowSurrogate(c) && (at == 0 || !Character.isHighSurrogate(text.charAt(at - 1)));
    }

    private static boolean breaksLine(char c) {
        return Character.isISOControl(c) || c == '\u2028' || c == '\u2029';
    }
}
