package org.emotion4j.window;

import java.awt.CardLayout;
import java.util.Optional;
import javax.swing.JPanel;

/** What the frame shows: the live session, a recorded one that is looked at, or the list of people and sessions. */
@SuppressWarnings("serial") // components are never serialized
final class WindowPages extends JPanel {
    private static final String LIVE = "live";
    private static final String REVIEW = "review";
    private static final String PEOPLE = "people";

    private final CardLayout cards = new CardLayout();
    private final SessionPresenter presenter;
    private final ReviewPresenter reviews;
    private final PeoplePresenter people;
    private final WindowContent live;
    private final ReviewView review;
    private final PeopleView list;
    private String shown = LIVE;

    WindowPages(
            Texts texts,
            SessionPresenter presenter,
            ReviewPresenter reviews,
            PeoplePresenter people,
            GuidedStart guiding,
            Overlays overlays,
            RecentFiles recent) {
        this.presenter = presenter;
        this.reviews = reviews;
        this.people = people;
        live = new WindowContent(texts, presenter, guiding, overlays, recent);
        review = new ReviewView(texts, reviews, reviews::leave);
        list = new PeopleView(texts, people, reviews::open);
        setLayout(cards);
        add(live, LIVE);
        add(review, REVIEW);
        add(list, PEOPLE);
        setTransferHandler(live.getTransferHandler());
        reviews.addListener(state -> turn());
        people.addListener(state -> turn());
        presenter.addListener(this::show);
    }

    /** A review lies above the list that it was opened from. */
    private void turn() {
        Review review = reviews.state();
        boolean reviewing = review.opening().isPresent()
                || review.session().isPresent()
                || review.message().isPresent();
        String next = reviewing ? REVIEW : people.state().open() ? PEOPLE : LIVE;
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
            default -> live.dismissMessage();
        }
    }

    /** Ends timers and hears nothing any longer; before it is thrown away. */
    void dispose() {
        live.dispose();
        reviews.removeListeners();
        people.removeListeners();
        presenter.removeListeners();
    }
}
