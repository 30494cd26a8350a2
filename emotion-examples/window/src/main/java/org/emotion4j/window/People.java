package org.emotion4j.window;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.emotion4j.analysis.SubjectHistory;

/**
 * What the list of people and sessions shows now. Immutable.
 *
 * @param open whether it is shown
 * @param loading whether it is being read
 * @param sessions by pseudonym, of one person the latest first
 * @param chosenFolder the folder of the session that is chosen
 * @param trend the course of the chosen person; empty until all of it is read
 * @param progress how much of it is read, 0 to 1
 * @param message what is to be said; empty where nothing is
 */
record People(
        boolean open,
        boolean loading,
        List<SessionListing> sessions,
        Optional<Path> chosenFolder,
        Optional<SubjectHistory> trend,
        double progress,
        Optional<Message> message)
        implements MessagePresenter.Shown<People> {
    static final People CLOSED =
            new People(false, false, List.of(), Optional.empty(), Optional.empty(), 0, Optional.empty());

    People {
        sessions = List.copyOf(sessions);
    }

    /** The session that is chosen, as it was read last. */
    Optional<SessionListing> chosen() {
        return sessions.stream()
                .filter(each -> chosenFolder.filter(each.folder()::equals).isPresent())
                .findFirst();
    }

    /** The sessions of a person. */
    List<SessionListing> of(Optional<String> subject) {
        return sessions.stream()
                .filter(each -> subject.isPresent() && each.subject().equals(subject))
                .toList();
    }

    People withOpen(boolean value) {
        return new People(value, loading, sessions, chosenFolder, trend, progress, message);
    }

    People withLoading(boolean value) {
        return new People(open, value, sessions, chosenFolder, trend, progress, message);
    }

    People with(List<SessionListing> value) {
        return new People(open, loading, value, chosenFolder, trend, progress, message);
    }

    People withChosen(Optional<Path> value) {
        return new People(open, loading, sessions, value, trend, progress, message);
    }

    People withTrend(Optional<SubjectHistory> value, double share) {
        return new People(open, loading, sessions, chosenFolder, value, share, message);
    }

    @Override
    public People withMessage(Optional<Message> value) {
        return new People(open, loading, sessions, chosenFolder, trend, progress, value);
    }
}
