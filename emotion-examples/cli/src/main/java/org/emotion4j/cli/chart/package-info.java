/** Pictures of results, in plain Java2D and without a screen. Knows readings and timelines, no files and no stages. */
@NullMarked
package org.emotion4j.cli.chart;

import org.jspecify.annotations.NullMarked;
