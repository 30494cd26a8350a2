package org.emotion4j.pipeline;

import java.util.function.Consumer;
import java.util.function.Supplier;
import org.emotion4j.event.EventDetector;
import org.emotion4j.event.EventFinder;
import org.emotion4j.event.SessionEvent;
import org.emotion4j.reading.FrameResult;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who wants to be told of a session's events, and what finds them. */
record EventsWanted(Consumer<? super SessionEvent> listener, Supplier<? extends EventDetector> detectors) {
    private static final Logger LOG = LoggerFactory.getLogger(EmotionSession.class);

    /** Starts to find the events of one session. */
    Search search(Consumer<? super SessionEvent> to) {
        return new Search(EventFinder.with(detectors), to);
    }

    /** Finds events in the frames of one session. A detector that fails is not asked again. Confined to one thread. */
    static final class Search {
        private final EventFinder finder;
        private final Consumer<? super SessionEvent> to;
        private boolean over;

        private Search(EventFinder finder, Consumer<? super SessionEvent> to) {
            this.finder = finder;
            this.to = to;
        }

        void add(FrameResult result) {
            tell(() -> finder.accept(result));
        }

        /** Closes the events that are under way; a second call does nothing. */
        void end() {
            tell(finder::end);
            over = true;
        }

        private void tell(Supplier<? extends Iterable<SessionEvent>> found) {
            if (over) {
                return;
            }
            Iterable<SessionEvent> events;
            try {
                events = found.get();
            } catch (RuntimeException e) {
                over = true;
                LOG.error("a detector of events failed; the session goes on without events", e);
                return;
            }
            events.forEach(to);
        }
    }
}
