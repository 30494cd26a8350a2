package org.emotion4j.recording;

/**
 * How much a session holds.
 *
 * @param frames recorded frames, with or without a face
 * @param framesWithoutFace those in which no face was found
 * @param readings readings over all frames
 */
public record SessionCounters(long frames, long framesWithoutFace, long readings) {
    /** Nothing yet. */
    static final SessionCounters NONE = new SessionCounters(0, 0, 0);

    SessionCounters plusFrame(int faces) {
        return new SessionCounters(frames + 1, framesWithoutFace + (faces == 0 ? 1 : 0), readings + faces);
    }
}
