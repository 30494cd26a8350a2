package org.emotion4j.window;

import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import org.emotion4j.analysis.RestStretch;
import org.emotion4j.recording.ConsentText.Signed;
import org.emotion4j.recording.SessionSignature;

/**
 * Leads through the start of a recorded session, step by step: who, consent, place, rest. Fills in the form of the
 * {@link SessionPresenter}, which stays the one that decides. Knows no component and needs no display.
 *
 * <p>Confined to the user interface's thread; what reads and writes runs on a worker thread.
 */
final class GuidedStart extends Presenter<Guide> implements AutoCloseable {
    /** How long the rest is. */
    static final Duration REST = Duration.ofSeconds(10);

    private final Platform surroundings;
    private final SessionPresenter presenter;
    private final BackgroundWork worker;
    private Texts texts = Texts.of(Locale.ENGLISH);

    /** Whether the pseudonym was taken from those who were recorded before, so that nobody needs to be asked. */
    private boolean picked;

    /** How many markers there were before the rest's. */
    private int markersBefore;

    private Duration withoutFaceBefore = Duration.ZERO;

    GuidedStart(Platform surroundings, SessionPresenter presenter, Executor ui) {
        super(Guide.CLOSED);
        this.surroundings = surroundings;
        this.presenter = presenter;
        this.worker = new BackgroundWork("emotion4j-guide-worker", ui);
    }

    /** Sets the language of the text of consent and of the rest's markers. */
    void speak(Texts value) {
        texts = value;
        if (state.isAt(Guide.Step.CONSENT) || state.isAt(Guide.Step.COMPANION_CONSENT)) {
            readText();
        }
    }

    /** Begins, unless a session is going on. After a session it is made ready for another one. */
    void open() {
        Phase phase = presenter.state().phase();
        if (phase.isGoingOn() || phase == Phase.STARTING || phase == Phase.STOPPING) {
            presenter.tell(Message.warning("message.guide.goingOn"));
            return;
        }
        if (phase.hasEnded()) {
            presenter.again();
        }
        presenter.fill(form().withRecord(true));
        picked = false;
        change(now -> Guide.CLOSED.at(Guide.Step.WHO));
        worker.run(
                () -> SessionListing.in(presenter.sessions(), Optional.empty()).stream()
                        .flatMap(each -> each.subject().stream())
                        .distinct()
                        .toList(),
                found -> change(now -> now.withKnown(found)),
                failure -> presenter.tell(Failures.listing(presenter.sessions(), failure)));
    }

    /** Ends the guide; what was filled in stays, and a session goes on. */
    void leave() {
        endRest(Guide.Rest.BROKEN_OFF);
        change(now -> Guide.CLOSED);
    }

    private SessionForm form() {
        return presenter.state().form();
    }

    /** Takes one of those who were recorded before. */
    void pick(String subject) {
        presenter.fill(form().withSubject(subject));
        picked = true;
    }

    /** Takes a pseudonym that was typed, or drawn. */
    void name(String subject) {
        picked &= subject.strip().equals(form().subject());
        presenter.fill(form().withSubject(subject));
    }

    /** Says that somebody else is recorded too, or nobody. */
    void withCompanion(boolean two) {
        if (two != form().companion().isPresent()) {
            presenter.fill(form().withCompanion(two ? Optional.of(Party.NOBODY) : Optional.empty()));
        }
    }

    /** Takes the other one's pseudonym. */
    void nameCompanion(String subject) {
        presenter.fill(form().withCompanion(form().companion().map(other -> other.withSubject(subject))));
    }

    /** Whose consent is asked for now. */
    Party asked() {
        return state.isAt(Guide.Step.COMPANION_CONSENT) ? form().companion().orElse(Party.NOBODY) : form().person();
    }

    /**
     * Notes that the person who is asked has agreed to the text that is shown, or a guardian for them. What was agreed to is on the
     * disk before it counts.
     */
    void agree(boolean guardian, Signed how, Optional<SessionSignature> signature) {
        Optional<ConsentShelf.Shown> shown = state.text();
        if (shown.isEmpty() || (how == Signed.ON_SCREEN && signature.isEmpty())) {
            presenter.tell(Message.warning(shown.isEmpty() ? "message.guide.noText" : "message.guide.sign"));
            return;
        }
        boolean other = state.isAt(Guide.Step.COMPANION_CONSENT);
        Agreement agreed = new Agreement(
                surroundings.clock().instant(),
                guardian,
                Optional.of(shown.get().as(how)),
                how == Signed.ON_SCREEN ? signature : Optional.empty());
        String whose = asked().subject();
        worker.run(
                () -> ConsentShelf.keep(presenter.sessions(), shown.get()),
                kept -> {
                    if (asked().subject().equals(whose)) {
                        agreed(other, Optional.of(agreed));
                    }
                },
                failure -> Failures.consenting(presenter.sessions(), failure),
                presenter::tell);
    }

    /** Takes the consent back of the person who is asked. */
    void disagree() {
        agreed(state.isAt(Guide.Step.COMPANION_CONSENT), Optional.empty());
    }

    private void agreed(boolean other, Optional<Agreement> agreement) {
        presenter.fill(
                other
                        ? form().withCompanion(form().companion().map(each -> each.with(agreement)))
                        : form().withConsent(agreement));
        change(now -> now.withMissing(Set.of()));
        boolean told = presenter
                .state()
                .message()
                .filter(message -> message.key().equals("message.guide.sign"))
                .isPresent();
        if (told) {
            presenter.dismiss();
        }
    }

    /** Goes to the next step where all is there that this one asks for; says what is missing otherwise. */
    void next() {
        Set<SessionForm.Field> missing = missing();
        if (!missing.isEmpty()) {
            change(now -> now.withMissing(missing));
            return;
        }
        state.step().ifPresent(step -> {
            switch (step) {
                case WHO -> go(Guide.Step.CONSENT);
                case CONSENT -> go(form().companion().isPresent() ? Guide.Step.COMPANION_CONSENT : Guide.Step.PLACE);
                case COMPANION_CONSENT -> go(Guide.Step.PLACE);
                case PLACE -> go(Guide.Step.REST);
                case REST -> leave();
            }
        });
    }

    /** Goes a step back; not once the session has begun. */
    void back() {
        if (presenter.state().phase().isGoingOn()) {
            return;
        }
        state.step().ifPresent(step -> {
            switch (step) {
                case WHO -> leave();
                case CONSENT -> go(Guide.Step.WHO);
                case COMPANION_CONSENT -> go(Guide.Step.CONSENT);
                case PLACE -> go(form().companion().isPresent() ? Guide.Step.COMPANION_CONSENT : Guide.Step.CONSENT);
                case REST -> go(Guide.Step.PLACE);
            }
        });
    }

    private void go(Guide.Step step) {
        change(now -> now.at(step));
        if (step == Guide.Step.CONSENT || step == Guide.Step.COMPANION_CONSENT) {
            readText();
        }
    }

    private Set<SessionForm.Field> missing() {
        SessionForm form = form();
        Set<SessionForm.Field> missing = EnumSet.noneOf(SessionForm.Field.class);
        Optional<Party> other = form.companion();
        if (!form.person().hasPseudonym()) {
            missing.add(SessionForm.Field.SUBJECT);
        }
        if (!form.hasPurpose()) {
            missing.add(SessionForm.Field.PURPOSE);
        }
        if (other.filter(each -> !each.hasPseudonym() || each.subject().equals(form.subject()))
                .isPresent()) {
            missing.add(SessionForm.Field.COMPANION);
        }
        if (!state.isAt(Guide.Step.WHO) && asked().agreement().isEmpty()) {
            missing.add(SessionForm.Field.CONSENT);
        }
        return missing;
    }

    /** Reads the text anew: the clinic may have changed it meanwhile. */
    void readText() {
        worker.run(
                () -> ConsentShelf.text(presenter.sessions(), texts.locale()),
                found -> change(now -> now.with(Optional.of(found))),
                failure -> {
                    change(now -> now.with(Optional.empty()));
                    presenter.tell(Failures.consentText(failure));
                });
    }

    /** Opens the clinic's own text for editing; makes it where there is none. */
    void editText() {
        worker.run(
                () -> {
                    Path file = ConsentShelf.edit(presenter.sessions(), texts.locale());
                    surroundings.browse(file);
                    return file;
                },
                file -> presenter.tell(Message.info("message.guide.textFile", file)),
                failure -> presenter.tell(Failures.consentText(failure)));
    }

    /** Shows the text as a page to print and sign, which goes when the window closes. */
    void print() {
        Optional<ConsentShelf.Shown> shown = state.text();
        if (shown.isEmpty()) {
            return;
        }
        String html = ConsentPage.html(texts, shown.get().words(), asked().subject(), form().purpose(), keepUntil());
        worker.run(
                () -> {
                    Path page = ConsentPage.writeForNow(html);
                    return surroundings.browse(page)
                            ? Message.info("message.guide.printOpened")
                            : Message.info("message.guide.printWritten", page);
                },
                presenter::tell,
                failure -> presenter.tell(Failures.consentText(failure)));
    }

    /** The last day on which a record that begins now may be kept. */
    LocalDate keepUntil() {
        return form().keepUntil(surroundings.clock().instant());
    }

    /** Says whose a face is: first the person's, then, of two people, the other one's. */
    void choose(int faceId) {
        LiveView view = presenter.view();
        boolean second = state.isAt(Guide.Step.PLACE)
                && form().companion().isPresent()
                && view.selected() > LiveView.LARGEST
                && faceId > LiveView.LARGEST
                && faceId != view.selected()
                && view.people().size() > 2;
        if (second) {
            view.companion().choose(faceId);
        } else {
            presenter.choose(faceId);
        }
        change(now -> now);
    }

    /** Begins the session with its rest, or the rest once more. */
    void rest() {
        if (isBusy()) {
            return;
        }
        change(now -> now.with(Guide.Rest.WAITING, REST));
        begin();
        heard(presenter.state());
    }

    /** Begins the session without a rest. */
    void skipRest() {
        change(now -> now.with(Guide.Rest.SKIPPED, Duration.ZERO));
        begin();
        heard(presenter.state());
    }

    /** Whether the rest goes on, or the session is being begun for it: not where that was asked about, or did not work. */
    boolean isBusy() {
        return state.rest() == Guide.Rest.RUNNING || presenter.state().phase() == Phase.STARTING;
    }

    private void begin() {
        if (presenter.state().phase() == Phase.READY) {
            presenter.start(picked);
        }
    }

    /** Hears of every change of the session. */
    void heard(Presentation session) {
        if (state.step().isEmpty()) {
            return;
        }
        Phase phase = session.phase();
        if (state.rest() == Guide.Rest.WAITING && phase == Phase.RUNNING) {
            LiveView view = presenter.view();
            markersBefore = view.markers().size();
            withoutFaceBefore = view.track().totals().noFace();
            change(now -> now.with(Guide.Rest.RUNNING, REST));
            presenter.mark(texts.get("guide.mark.rest"));
        } else if (state.rest() == Guide.Rest.SKIPPED && phase == Phase.RUNNING) {
            leave();
        } else if (state.rest() == Guide.Rest.RUNNING && phase != Phase.RUNNING) {
            endRest(Guide.Rest.BROKEN_OFF);
        }
        Set<SessionForm.Field> missing = missing();
        missing.retainAll(state.missing());
        if (!missing.equals(state.missing())) {
            change(now -> now.withMissing(missing));
        }
        boolean takenBack = !phase.isGoingOn()
                && !state.isAt(Guide.Step.WHO)
                && !form().person().hasPseudonym();
        if (takenBack) {
            change(now -> Guide.CLOSED.withKnown(now.known()).at(Guide.Step.WHO));
        }
        if (phase.hasEnded() && state.isAt(Guide.Step.REST)) {
            change(now -> Guide.CLOSED);
        }
    }

    /** Looks at the session's clock. */
    void tick() {
        LiveView view = presenter.view();
        List<LiveView.Marker> markers = view.markers();
        if (state.rest() != Guide.Rest.RUNNING || markers.size() <= markersBefore) {
            return;
        }
        long from = markers.get(markersBefore).nanos();
        Duration left = REST.minusNanos(Math.max(0, view.now() - from));
        if (left.isZero() || left.isNegative()) {
            Duration missed = view.track().totals().noFace().minus(withoutFaceBefore);
            endRest(missed.multipliedBy(2).compareTo(REST) > 0 ? Guide.Rest.WITHOUT_FACE : Guide.Rest.DONE);
        } else if (left.toSeconds() != state.left().toSeconds()) {
            change(now -> now.with(Guide.Rest.RUNNING, left));
        }
    }

    /** What follows is no rest any longer; a rest that was broken off early is none by its length ({@link RestStretch#LEAST}). */
    private void endRest(Guide.Rest how) {
        if (state.rest() == Guide.Rest.RUNNING) {
            change(now -> now.with(how, Duration.ZERO));
            presenter.mark(texts.get("guide.mark.over"));
        }
    }

    @Override
    public void close() {
        removeListeners();
        worker.shutdown();
    }
}
