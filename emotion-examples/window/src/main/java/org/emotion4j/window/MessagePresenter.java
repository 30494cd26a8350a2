package org.emotion4j.window;

import java.util.Optional;

/**
 * A presenter with a {@link MessageBar}: says something, and puts it away again. Unless somebody asks, every answer puts the message away.
 *
 * @param <S> what is shown; immutable
 */
abstract class MessagePresenter<S extends MessagePresenter.Shown<S>> extends Presenter<S>
        implements MessageBar.Answers {
    /** What has room for a message. */
    interface Shown<S> {
        /** The same with another message, or without one. */
        S withMessage(Optional<Message> value);
    }

    MessagePresenter(S initial) {
        super(initial);
    }

    final void say(Message message) {
        change(now -> now.withMessage(Optional.of(message)));
    }

    @Override
    public void act(Message.Action action) {
        dismiss();
    }

    @Override
    public void decline(Message.Action action) {
        dismiss();
    }

    @Override
    public void dismiss() {
        change(now -> now.withMessage(Optional.empty()));
    }
}
