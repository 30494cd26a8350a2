package org.emotion4j.recording;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.emotion4j.event.EventFinder;
import org.emotion4j.event.SessionEvent;

/** The events of a session, whether they were recorded or not. */
final class FramesAndEvents {
    private FramesAndEvents() {}

    /**
     * Reads a session to its end.
     *
     * @param session a reader before its first frame; left open
     * @param frames gets every frame
     * @return the events of its record, or where that has none, those that are found in its frames
     * @throws IOException if it cannot be read
     */
    static List<SessionEvent> read(SessionReader session, FrameConsumer frames) throws IOException {
        Optional<List<SessionEvent>> recorded = session.events();
        EventFinder finder = EventFinder.ofDefaults();
        List<SessionEvent> events = new ArrayList<>(recorded.orElse(List.of()));
        for (Optional<RecordedFrame> next = session.next(); next.isPresent(); next = session.next()) {
            frames.accept(next.get());
            if (recorded.isEmpty()) {
                events.addAll(next.get().events(finder));
            }
        }
        if (recorded.isEmpty()) {
            events.addAll(finder.end());
        }
        return events;
    }

    /** Takes a frame and may fail. */
    @FunctionalInterface
    interface FrameConsumer {
        void accept(RecordedFrame frame) throws IOException;
    }
}
