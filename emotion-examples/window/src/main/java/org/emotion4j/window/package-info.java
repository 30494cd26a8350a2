/**
 * The clinician's window: a live session before a camera or a recording, in Swing. Built on the public API only, so that it
 * can be read as the example of an application around a session.
 *
 * <p>{@link org.emotion4j.window.LiveSession} is the pipeline with its session, {@code SessionPresenter} decides what
 * is done when, without a display, and the views draw what it says. Everything that may take time runs on one worker
 * thread; the event thread only draws.
 */
@NullMarked
package org.emotion4j.window;

import org.jspecify.annotations.NullMarked;
