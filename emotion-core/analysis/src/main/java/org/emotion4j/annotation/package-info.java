/**
 * Sessions as annotations, to and from the programs of laboratories. {@link org.emotion4j.annotation.SessionAnnotations} makes tiers
 * of a recorded session (stretches of an expression, events, markers, notes); {@link org.emotion4j.annotation.AnnotationExport} writes
 * them for ELAN, Praat, BORIS and BIDS; {@link org.emotion4j.annotation.AnnotationImport} takes what people added in ELAN or BORIS back
 * into the session's notes.
 *
 * <p>Times are media time. Not here: the notes themselves ({@code org.emotion4j.recording}).
 */
@NullMarked
package org.emotion4j.annotation;

import org.jspecify.annotations.NullMarked;
