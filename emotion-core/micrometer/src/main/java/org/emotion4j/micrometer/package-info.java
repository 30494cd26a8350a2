/**
 * A running session's counters and latencies as meters of Micrometer: {@link org.emotion4j.micrometer.SessionMeters}, bound to the
 * registry of the application.
 *
 * <p>Not here: the numbers themselves, {@link org.emotion4j.pipeline.SessionMetrics}, which need no Micrometer.
 */
@NullMarked
package org.emotion4j.micrometer;

import org.jspecify.annotations.NullMarked;
