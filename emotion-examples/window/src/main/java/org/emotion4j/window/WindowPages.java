package org.emotion4j.window;

import java.awt.CardLayout;
import java.util.Optional;
import javax.swing.JPanel;

/**
 * What the frame shows: the live session, a recorded one that is looked at, the list of people and sessions, or what people say
 * against what was read.
 */
@SuppressWarnings("serial") // components are never serialized
final class WindowPages extends JPanel {
    private static final String LIVE = "live";
    private static final String REVIEW = "review";
    private static final String PEOPLE = "people";
    private static final String COMPARISON = "comparison";

    private final CardLayout cards = new CardLayout();
    private final SessionPresenter presenter;
    private final ReviewPresenter reviews;
    private final PeoplePresenter people;
    private final ComparisonPresenter comparison;
    private final WindowContent live;
    private final ReviewView review;
    private final PeopleView list;
    private final ComparisonView labels;
    private String shown = LIVE;

    WindowPages(
            Texts texts,
            SessionPresenter presenter,
            ReviewPresenter reviews,
            PeoplePresenter people,
            ComparisonPresenter comparison,
            GuidedStart guiding,
            Overlays overlays,
            RecentFiles recent,
            Sections sections) {
        this.presenter = presenter;
        this.reviews = reviews;
        this.people = people;
        this.comparison = comparison;
        live = new WindowContent(texts, presenter, guiding, overlays, recent, sections);
        review = new ReviewView(texts, reviews, reviews::leave, this::showLabels);
        SaveDialog saving = new SaveDialog(texts.locale());
        list = new PeopleView(texts, people, saving, reviews::open, comparison::open);
        labels = new ComparisonView(texts, comparison, saving);
        setLayout(cards);
        add(live, LIVE);
        add(review, REVIEW);
        add(list, PEOPLE);
        add(labels, COMPARISON);
        setTransferHandler(live.getTransferHandler());
        reviews.addListener(state -> turn());
        people.addListener(state -> turn());
        comparison.addListener(state -> turn());
        presenter.addListener(this::show);
    }

    /** Those of the session that is looked at, or of this person. */
    private void showLabels() {
        reviews.state()
                .session()
                .ifPresent(session -> comparison.open(
                        session.folder(), session.info().metadata().subjectId()));
    }

    /** Labels lie above the review, and that above the list that it was opened from. */
    private void turn() {
        Review review = reviews.state();
        boolean reviewing = review.opening().isPresent()
                || review.session().isPresent()
                || review.message().isPresent();
        String below = reviewing ? REVIEW : people.state().open() ? PEOPLE : LIVE;
        String next = comparison.state().open() ? COMPARISON : below;
        if (!next.equals(shown)) {
            shown = next;
            cards.show(this, next);
        }
    }

    /** Another source, or a session that begins, is shown at once. */
    private void show(Presentation state) {
        if (!shown.equals(LIVE) && (state.phase() == Phase.OPENING || state.phase() == Phase.STARTING)) {
            people.leave();
            reviews.leave();
            comparison.leave();
        }
    }

    /** The live session where that is shown; what its keys do is not done behind a review. */
    Optional<WindowContent> live() {
        return shown.equals(LIVE) ? Optional.of(live) : Optional.empty();
    }

    /** The live session, for what opens another source. */
    WindowContent content() {
        return live;
    }

    void dismissMessage() {
        switch (shown) {
            case REVIEW -> review.dismissMessage();
            case PEOPLE -> list.dismissMessage();
            case COMPARISON -> labels.dismissMessage();
            default -> live.dismissMessage();
        }
    }

    /** Ends timers and hears nothing any longer; before it is thrown away. */
    void dispose() {
        live.dispose();
        reviews.removeListeners();
        people.removeListeners();
        comparison.removeListeners();
        presenter.removeListeners();
    }
}
