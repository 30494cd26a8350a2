/**
 * What happens in a face over time: expressions and movements that begin, peak and end, blinks, nods and head shakes, talking. A
 * detector has one face, {@link org.emotion4j.event.EventFinder} all faces of a session. Rules in media time, the same for a live
 * session and a record; no clock, no randomness.
 *
 * <p>Not here: how a face looks at one moment ({@code emotion}), and what a whole record adds up to ({@code analysis}).
 */
@Experimental
@NullMarked
package org.emotion4j.event;

import org.emotion4j.stage.Experimental;
import org.jspecify.annotations.NullMarked;
