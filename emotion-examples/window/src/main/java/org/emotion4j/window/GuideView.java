package org.emotion4j.window;

import java.awt.BorderLayout;
import java.awt.FlowLayout;
import java.util.Objects;
import java.util.Optional;
import javax.swing.JButton;
import javax.swing.JLabel;
import javax.swing.JPanel;
import javax.swing.JTextArea;

/**
 * The guided start: a bar above the picture that says what to do now, and for its first steps a page in place of the picture. Calm: one
 * thing at a time, and always a way back.
 */
@SuppressWarnings("serial") // components are never serialized
final class GuideView {
    private static final int SHOWN_STEPS = 4;

    private final Texts texts;
    private final SessionPresenter presenter;
    private final GuidedStart guide;
    private final JPanel bar = new JPanel(new BorderLayout(16, 2));
    private final JLabel title = Controls.heading(" ");
    private final JTextArea help = Controls.prose(" ");
    private final JButton back;
    private final JButton next;
    private final JButton leave;
    private final JButton rest;
    private final JButton without;
    private final WhoPanel who;
    private final ConsentPanel consent;
    private Optional<Guide.Step> shown = Optional.empty();

    GuideView(Texts texts, SessionPresenter presenter, GuidedStart guide) {
        this.texts = texts;
        this.presenter = presenter;
        this.guide = guide;
        who = new WhoPanel(texts, presenter, guide);
        consent = new ConsentPanel(texts, guide);
        back = Controls.button(texts, "guide.back", "guide.back", guide::back);
        next = Controls.button(texts, "guide.next", "guide.next", guide::next);
        leave = Controls.button(texts, "guide.leave", "guide.leave", guide::leave);
        rest = Controls.button(texts, "guide.rest", "guide.rest", guide::rest);
        without = Controls.button(texts, "guide.rest.skip", "guide.rest.skip", guide::skipRest);
        next.putClientProperty("JButton.buttonType", "default");
        rest.putClientProperty("JButton.buttonType", "default");
        title.setName("guide.title");
        help.setName("guide.help");
        JPanel buttons = new JPanel(new FlowLayout(FlowLayout.TRAILING, 8, 0));
        for (JButton each : new JButton[] {leave, back, without, rest, next}) {
            buttons.add(each);
        }
        JPanel above = new JPanel(new BorderLayout(16, 0));
        above.add(title, BorderLayout.CENTER);
        above.add(buttons, BorderLayout.EAST);
        bar.add(above, BorderLayout.NORTH);
        bar.add(help, BorderLayout.CENTER);
        bar.setName("guide");
        bar.setVisible(false);
        bar.setBorder(Controls.underlined());
    }

    /** What stands above the picture. */
    JPanel bar() {
        return bar;
    }

    WhoPanel who() {
        return who;
    }

    ConsentPanel consent() {
        return consent;
    }

    void show(Guide state) {
        SessionForm form = presenter.state().form();
        bar.setVisible(state.step().isPresent());
        who.show(state, form);
        consent.show(state, form);
        state.step().ifPresent(step -> showStep(state, step, form));
        if (!state.step().equals(shown)) {
            shown = state.step();
            shown.ifPresent(this::focus);
        }
    }

    private void showStep(Guide state, Guide.Step step, SessionForm form) {
        boolean two = form.companion().isPresent();
        int number =
                switch (step) {
                    case WHO -> 1;
                    case CONSENT, COMPANION_CONSENT -> 2;
                    case PLACE -> 3;
                    case REST -> 4;
                };
        set(
                texts.get(
                        "guide.title",
                        Integer.toString(number),
                        Integer.toString(SHOWN_STEPS),
                        texts.get("guide." + name(step) + ".title")
                                + (number == 2 && two ? ": " + guide.asked().subject() : "")),
                words(state, step, form));
        boolean resting = step == Guide.Step.REST;
        boolean goingOn = presenter.state().phase().isGoingOn();
        boolean busy = guide.isBusy();
        back.setVisible(!goingOn && !busy);
        next.setVisible(!resting || goingOn);
        next.setEnabled(!busy && (step != Guide.Step.PLACE || isPlaced()));
        Controls.label(next, texts, resting ? "guide.done" : "guide.next");
        rest.setVisible(resting);
        rest.setEnabled(!busy);
        Controls.label(rest, texts, goingOn ? "guide.rest.again" : "guide.rest");
        without.setVisible(resting && !goingOn);
        without.setEnabled(!busy);
        leave.setVisible(!goingOn);
    }

    private static String name(Guide.Step step) {
        return switch (step) {
            case WHO -> "who";
            case CONSENT, COMPANION_CONSENT -> "consent";
            case PLACE -> "place";
            case REST -> "rest";
        };
    }

    private String words(Guide state, Guide.Step step, SessionForm form) {
        return switch (step) {
            case WHO -> texts.get("guide.who.text");
            case CONSENT, COMPANION_CONSENT -> texts.get("guide.consent.text");
            case PLACE -> placeWords(form);
            case REST -> restWords(state);
        };
    }

    /** Whether it is said whose each face is, as far as there are faces. */
    private boolean isPlaced() {
        LiveView view = presenter.view();
        boolean two = presenter.state().form().companion().isPresent();
        return presenter.state().phase() == Phase.READY
                && !view.isToChoose()
                && (!two || view.otherPerson().isPresent());
    }

    private String placeWords(SessionForm form) {
        LiveView view = presenter.view();
        if (presenter.state().phase() != Phase.READY) {
            return texts.get("guide.place.source");
        }
        int people = view.people().size();
        if (form.companion().isPresent()) {
            String other = form.companion().get().subject();
            if (people < 2) {
                return texts.get("message.ask.two", other);
            }
            return view.isToChoose()
                    ? texts.get("guide.place.whose", form.subject())
                    : view.otherPerson().isEmpty()
                            ? texts.get("message.ask.whomElse", other)
                            : texts.get("guide.place.both", form.subject(), other);
        }
        return view.isToChoose()
                ? texts.get("guide.place.whose", form.subject())
                : people == 0 ? texts.get("guide.place.none") : texts.get("guide.place.good");
    }

    private String restWords(Guide state) {
        return switch (state.rest()) {
            case NOT_BEGUN, WAITING, SKIPPED ->
                guide.isBusy()
                        ? texts.get("guide.rest.waiting")
                        : texts.get("guide.rest.text", GuidedStart.REST.toSeconds());
            case RUNNING -> texts.get("guide.rest.running", state.left().toSeconds() + 1);
            case DONE -> texts.get("guide.rest.over");
            case WITHOUT_FACE -> texts.get("guide.rest.withoutFace");
            case BROKEN_OFF -> texts.get("guide.rest.brokenOff");
        };
    }

    private void set(String heading, String text) {
        if (!Objects.equals(title.getText(), heading)) {
            title.setText(heading);
        }
        if (!Objects.equals(help.getText(), text)) {
            help.setText(text);
            bar.revalidate();
        }
    }

    private void focus(Guide.Step step) {
        switch (step) {
            case WHO -> who.focus();
            case CONSENT, COMPANION_CONSENT -> consent.focus();
            case PLACE -> next.requestFocusInWindow();
            case REST -> rest.requestFocusInWindow();
        }
    }
}
