/**
 * Pictures of results for the command line and the window, in plain Java2D and without a screen. Knows readings, timelines and
 * figures, no files and no stages.
 */
@NullMarked
package org.emotion4j.chart;

import org.jspecify.annotations.NullMarked;
