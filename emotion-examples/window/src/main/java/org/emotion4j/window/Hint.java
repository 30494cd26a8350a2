package org.emotion4j.window;

import java.util.Locale;

/** What keeps a face from being read well, the worst first. */
enum Hint {
    NO_FACE,
    NOT_UPRIGHT,
    HARDLY_A_FACE,
    TOO_DARK,
    TOO_BRIGHT,
    TOO_FAR,
    TOO_CLOSE,
    TURNED_AWAY,
    COVERED,
    NOT_CENTERED,
    BLURRED;

    /** The key of its text. */
    String key() {
        return "hint." + name().toLowerCase(Locale.ROOT);
    }
}
