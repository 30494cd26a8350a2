/**
 * What a session tells whoever keeps its record ({@link org.emotion4j.session.SessionRecorder}): how it was set, how it ended
 * and what is missing. Nothing here can reach a picture.
 *
 * <p>Not here: the record on disk, {@code org.emotion4j.recording} of the module emotion-recording.
 */
@NullMarked
package org.emotion4j.session;

import org.jspecify.annotations.NullMarked;
