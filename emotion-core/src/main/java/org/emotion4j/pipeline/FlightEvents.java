package org.emotion4j.pipeline;

import org.emotion4j.reading.FrameResult;

/**
 * Tells Java's flight recorder of frames and sources. Where the run time has no {@code jdk.jfr} (a trimmed one, a phone),
 * it tells nobody.
 */
interface FlightEvents {
    /** Told of an analyzed frame, right after it. */
    void analyzed(FrameResult result);

    /** Told what happened to a source. */
    void source(SourceEvent event);

    static FlightEvents ofPlatform() {
        try {
            Class.forName("jdk.jfr.Event", false, ClassLoader.getPlatformClassLoader());
            return new JfrEvents();
        } catch (ClassNotFoundException | LinkageError e) {
            return new None();
        }
    }

    /** There is no flight recorder. */
    final class None implements FlightEvents {
        @Override
        public void analyzed(FrameResult result) {}

        @Override
        public void source(SourceEvent event) {}
    }
}
