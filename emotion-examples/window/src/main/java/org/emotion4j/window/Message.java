package org.emotion4j.window;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Something that the window says in plain words.
 *
 * @param level how bad it is
 * @param key of its text
 * @param values what is filled into the text
 * @param trouble what is behind it and what to do about that; empty where that is not known, or said already
 * @param detail what a library said, in its own words and in English; shown to whoever asks for it
 * @param action what can be done about it
 */
record Message(
        Level level,
        String key,
        List<Object> values,
        Optional<Trouble> trouble,
        Optional<String> detail,
        Action action) {
    /** How bad it is. */
    enum Level {
        INFO,
        WARNING,
        ERROR
    }

    /** What can be done about it. */
    enum Action {
        /** Read, and put away. */
        NONE,
        /** Tidy up the recordings that were cut off. */
        RECOVER,
        /** Look at the report. */
        REPORT,
        /** Open the source again. */
        RETRY,
        /** Look at where the record is. */
        FOLDER,
        /** Asked: whether the pseudonym is that of the same person as last time. */
        SAME_PERSON(true),
        /** Asked: whether a recording is to end. */
        STOP(true),
        /** Asked: whether a session is to end so that another source can be opened. */
        OPEN(true),
        /** Asked: whether a recording is to end and the window to close. */
        QUIT(true),
        /** Asked: whether a record is to be erased. */
        ERASE(true),
        /** Asked once more: whether a record is to be erased. */
        ERASE_FOR_GOOD(true);

        private final boolean question;

        Action() {
            this(false);
        }

        Action(boolean question) {
            this.question = question;
        }

        /** Whether it is asked for, and the other answer leaves everything as it is. */
        boolean isQuestion() {
            return question;
        }

        /** The key of what it is called. */
        String key() {
            return "action." + name().toLowerCase(Locale.ROOT);
        }

        /** The key of the other answer. */
        String otherKey() {
            return question ? "decline." + name().toLowerCase(Locale.ROOT) : "action.dismiss";
        }
    }

    static Message info(String key, Object... values) {
        return new Message(Level.INFO, key, List.of(values), Optional.empty(), Optional.empty(), Action.NONE);
    }

    static Message warning(String key, Object... values) {
        return new Message(Level.WARNING, key, List.of(values), Optional.empty(), Optional.empty(), Action.NONE);
    }

    static Message error(String key, Object... values) {
        return new Message(Level.ERROR, key, List.of(values), Optional.empty(), Optional.empty(), Action.NONE);
    }

    /** With what is behind it, and what a library said about that. */
    Message because(Optional<Trouble> cause, String reason) {
        return new Message(level, key, values, cause, Optional.of(reason), action);
    }

    Message offering(Action value) {
        return new Message(level, key, values, trouble, detail, value);
    }

    String text(Texts texts) {
        return texts.get(key, values.toArray());
    }
}
