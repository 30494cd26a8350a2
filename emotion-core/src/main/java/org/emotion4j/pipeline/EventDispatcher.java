package org.emotion4j.pipeline;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadFactory;
import org.emotion4j.event.SessionEvent;
import org.emotion4j.reading.FrameResult;
import org.jspecify.annotations.Nullable;

/** Finds events on the thread of the analysis, and tells of them on one of its own. */
final class EventDispatcher {
    /** An event is rare: more than that wait only where a listener hangs. */
    private static final int CAPACITY = 10_000;

    private final ResultPublisher<SessionEvent> events;
    private final ResultListener<SessionEvent> listener;
    private final EventsWanted.Search search;

    EventDispatcher(EventsWanted wanted, OverflowPolicy overflow, ThreadFactory threads) {
        this.events = new ResultPublisher<>(CAPACITY, overflow, threads);
        this.listener = new ResultListener<>(wanted.listener(), SessionEvent::toString);
        this.search = wanted.search(events::publish);
    }

    void begin() {
        events.subscribe(listener);
    }

    void add(FrameResult result) {
        search.add(result);
    }

    /** After the last frame: closes what is under way. */
    void end(@Nullable Throwable cause) {
        try {
            search.end();
        } finally {
            events.complete(cause);
        }
    }

    /** The analysis does not come back; nobody knows what is under way. */
    void abandon(@Nullable Throwable cause) {
        events.complete(cause);
    }

    /** Drops what waits for a listener that does not come back. */
    void discard() {
        events.discard();
    }

    /** Completed when the listener has had its last event. */
    CompletableFuture<Void> done() {
        return listener.done();
    }

    long dropped() {
        return events.dropped();
    }

    long failures() {
        return listener.failures();
    }
}
