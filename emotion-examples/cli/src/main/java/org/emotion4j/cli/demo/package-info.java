/**
 * The sample session: eight portraits, each in sight for two seconds, from a {@link org.emotion4j.frame.FrameSource} as an
 * application of its own would write one.
 */
@NullMarked
package org.emotion4j.cli.demo;

import org.jspecify.annotations.NullMarked;
