/**
 * Readings of a running session for other programs of the same machine: {@link org.emotion4j.stream.ReadingServer} is a listener of a
 * session and sends each result as JSON to whoever connects to its WebSocket with the token. Readings only, no pictures; nobody waits
 * for a listener that is slow.
 *
 * <p>Not here: the JSON ({@link org.emotion4j.recording.FrameJson}), and a service for other machines (the module emotion-web shows one).
 */
@NullMarked
package org.emotion4j.stream;

import org.jspecify.annotations.NullMarked;
