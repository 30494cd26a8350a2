package org.emotion4j.window;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * What is shown now, and who is told when that changes. Confined to the user interface's thread.
 *
 * @param <S> what is shown; immutable
 */
abstract class Presenter<S> {
    private final List<Consumer<S>> listeners = new CopyOnWriteArrayList<>();

    /** What is shown now; changed by {@link #change} alone. */
    S state;

    Presenter(S initial) {
        state = initial;
    }

    /** Adds somebody who is told of every change, and of the state as it is now. */
    final void addListener(Consumer<S> listener) {
        listeners.add(listener);
        listener.accept(state);
    }

    /** Tells nobody any longer. */
    void removeListeners() {
        listeners.clear();
    }

    final S state() {
        return state;
    }

    final void change(UnaryOperator<S> how) {
        state = how.apply(state);
        listeners.forEach(listener -> listener.accept(state));
    }
}
