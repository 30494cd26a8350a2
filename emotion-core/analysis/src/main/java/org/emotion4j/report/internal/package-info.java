/**
 * How pages are made: {@link org.emotion4j.report.internal.SessionPage} and
 * {@link org.emotion4j.report.internal.SubjectPage} have the figures of a page's parts, the templates in {@code src/main/jte} its
 * markup, {@code words.properties} its sentences, {@link org.emotion4j.report.internal.Palette} its colors and
 * {@code page.css} its looks.
 *
 * <p>Not here: the figures themselves ({@code org.emotion4j.analysis}).
 */
@NullMarked
package org.emotion4j.report.internal;

import org.jspecify.annotations.NullMarked;
