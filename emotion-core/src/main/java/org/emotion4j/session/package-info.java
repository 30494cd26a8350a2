/**
 * The record of a session: who writes it ({@link org.emotion4j.session.SessionRecorder}) and in which form. Nothing here
 * can reach a picture.
 */
@NullMarked
package org.emotion4j.session;

import org.jspecify.annotations.NullMarked;
