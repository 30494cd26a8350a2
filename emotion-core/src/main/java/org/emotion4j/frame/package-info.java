/**
 * Pictures in memory: where they come from ({@link org.emotion4j.frame.FrameSource}), the pooled memory they live in
 * ({@link org.emotion4j.frame.FrameBuffer}, {@link org.emotion4j.frame.Frame}) and the one place where pixels are
 * resized, converted and warped ({@link org.emotion4j.frame.ImageTransform}).
 *
 * <p>Not here: decoding of files and cameras (emotion-opencv), and anything that knows what a face is.
 */
@NullMarked
package org.emotion4j.frame;

import org.jspecify.annotations.NullMarked;
