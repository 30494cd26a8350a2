package org.emotion4j.window;

import java.awt.CardLayout;
import java.util.Optional;
import javax.swing.JPanel;

/** What the frame shows: the live session, or a recorded one that is looked at. */
@SuppressWarnings("serial") // components are never serialised
final class WindowPages extends JPanel {
    private static final String LIVE = "live";
    private static final String REVIEW = "review";

    private final CardLayout cards = new CardLayout();
    private final SessionPresenter presenter;
    private final ReviewPresenter reviews;
    private final WindowContent live;
    private final ReviewView review;
    private boolean reviewing;

    WindowPages(Texts texts, SessionPresenter presenter, ReviewPresenter reviews, Overlays overlays) {
        this.presenter = presenter;
        this.reviews = reviews;
        live = new WindowContent(texts, presenter, overlays);
        review = new ReviewView(texts, reviews, reviews::leave);
        setLayout(cards);
        add(live, LIVE);
        add(review, REVIEW);
        setTransferHandler(live.getTransferHandler());
        reviews.addListener(this::show);
        presenter.addListener(this::show);
    }

    private void show(Review state) {
        boolean open = state.opening().isPresent()
                || state.session().isPresent()
                || state.message().isPresent();
        if (open != reviewing) {
            reviewing = open;
            cards.show(this, open ? REVIEW : LIVE);
        }
    }

    /** Another source, or a session that begins, is shown at once. */
    private void show(Presentation state) {
        if (reviewing && (state.phase() == Phase.OPENING || state.phase() == Phase.STARTING)) {
            reviews.dismiss();
            reviews.leave();
        }
    }

    /** The live session where that is shown; what its keys do is not done behind a review. */
    Optional<WindowContent> live() {
        return reviewing ? Optional.empty() : Optional.of(live);
    }

    /** The live session, for what opens another source. */
    WindowContent content() {
        return live;
    }

    void dismissMessage() {
        if (reviewing) {
            review.dismissMessage();
        } else {
            live.dismissMessage();
        }
    }

    /** Ends timers and hears nothing any longer; before it is thrown away. */
    void dispose() {
        live.dispose();
        reviews.removeListeners();
        presenter.removeListeners();
    }
}
