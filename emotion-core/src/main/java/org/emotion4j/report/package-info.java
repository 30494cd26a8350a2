/**
 * What a person reads of a session: {@link org.emotion4j.report.SessionReport}, one self-contained HTML page.
 *
 * <p>Not here: the figures themselves ({@code org.emotion4j.analysis}).
 */
@NullMarked
package org.emotion4j.report;

import org.jspecify.annotations.NullMarked;
