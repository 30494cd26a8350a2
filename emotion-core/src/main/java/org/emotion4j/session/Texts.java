package org.emotion4j.session;

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

    /** Replaces line breaks and other control characters by blanks: a row is one line, and no line has a NUL. */
    static String onOneLine(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (breaksLine(text.charAt(i))) {
                StringBuilder line = new StringBuilder(text);
                for (int j = i; j < line.length(); j++) {
                    if (breaksLine(line.charAt(j))) {
                        line.setCharAt(j, ' ');
                    }
                }
                return line.toString();
            }
        }
        return text;
    }

    private static boolean breaksLine(char c) {
        return Character.isISOControl(c) || c == '\u2028' || c == '\u2029';
    }
}
