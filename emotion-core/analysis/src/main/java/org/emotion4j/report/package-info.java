/**
 * What a person reads of recorded sessions, each a self-contained HTML page: {@link org.emotion4j.report.SessionReport} for
 * one, {@link org.emotion4j.report.SubjectReport} for several of one person.
 *
 * <p>Not here: the figures themselves ({@code org.emotion4j.analysis}).
 */
@NullMarked
package org.emotion4j.report;

import org.jspecify.annotations.NullMarked;
