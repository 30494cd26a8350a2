package org.emotion4j.window;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What the page of labels against readings shows now. Immutable.
 *
 * @param open whether it is shown
 * @param session the session that it was opened from; empty where that was the list
 * @param subject the person of that session, or the one who is chosen in the list
 * @param scope whose labels count
 * @param progress how much is read, 0 to 1
 * @param found what was counted; empty until all is read
 * @param message what is to be said; empty where nothing is
 */
record Comparison(
        boolean open,
        Optional<Path> session,
        Optional<String> subject,
        Scope scope,
        double progress,
        Optional<LabelComparison> found,
        Optional<Message> message)
        implements MessagePresenter.Shown<Comparison> {
    /** Whose labels count. */
    enum Scope {
        /** Those of the session that is looked at. */
        SESSION,
        /** Those of all sessions of one person. */
        PERSON,
        /** Those of all sessions. */
        ALL
    }

    static final Comparison CLOSED =
            new Comparison(false, Optional.empty(), Optional.empty(), Scope.ALL, 0, Optional.empty(), Optional.empty());

    static Comparison of(Optional<Path> session, Optional<String> subject) {
        Scope scope = session.isPresent() ? Scope.SESSION : subject.isPresent() ? Scope.PERSON : Scope.ALL;
        return new Comparison(true, session, subject, scope, 0, Optional.empty(), Optional.empty());
    }

    /** What can be chosen. */
    List<Scope> scopes() {
        return List.of(Scope.values()).stream()
                .filter(each -> each != Scope.SESSION || session.isPresent())
                .filter(each -> each != Scope.PERSON || subject.isPresent())
                .toList();
    }

    Comparison with(Scope value) {
        return new Comparison(open, session, subject, value, 0, Optional.empty(), Optional.empty());
    }

    Comparison withProgress(double value) {
        return new Comparison(open, session, subject, scope, value, found, message);
    }

    Comparison with(LabelComparison value) {
        return new Comparison(open, session, subject, scope, 1, Optional.of(value), message);
    }

    @Override
    public Comparison withMessage(Optional<Message> value) {
        return new Comparison(open, session, subject, scope, progress, found, value);
    }
}
