package org.emotion4j.onnxruntime;

import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/**
 * Lets several threads use one network at the same time: each has a call and a state of its own while it works, made when none is
 * idle and kept for the next. The one used last is taken first, so that one thread stays with one. Thread-safe.
 *
 * @param <S> what one thread at a time needs beside the weights
 */
final class Lanes<S> implements AutoCloseable {
    private final OnnxSession session;
    private final Supplier<S> states;
    private final Deque<Lane<S>> idle = new ConcurrentLinkedDeque<>();
    private volatile boolean closed;

    Lanes(OnnxSession session, Supplier<S> states) {
        this.session = session;
        this.states = states;
    }

    private record Lane<S>(S state, OnnxSession.Call call) {}

    /**
     * Uses the network.
     *
     * @param whose for the message of an error
     * @param use what to do; the state and the call are its own until it returns
     * @return what {@code use} does
     * @throws IllegalStateException if this was closed
     */
    <R> R with(String whose, BiFunction<S, OnnxSession.Call, R> use) {
        requireOpen(whose);
        Lane<S> polled = idle.poll();
        Lane<S> lane = polled == null ? new Lane<>(states.get(), session.call()) : polled;
        try {
            return use.apply(lane.state(), lane.call());
        } finally {
            idle.push(lane);
        }
    }

    void requireOpen(String whose) {
        if (closed) {
            throw new IllegalStateException(whose + " was closed");
        }
    }

    /** Frees calls and weights. No call may be at work. A second call does nothing. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            idle.forEach(lane -> lane.call().close());
            session.close();
        }
    }
}
