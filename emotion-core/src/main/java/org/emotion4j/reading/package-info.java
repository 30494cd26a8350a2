/**
 * What comes out of a pipeline: the {@linkplain org.emotion4j.reading.FrameResult result} of a frame with its
 * {@linkplain org.emotion4j.reading.EmotionReading readings}. Values only; nothing here leads to a picture.
 *
 * <p>A package of its own, so that recorders and analyses need not know the pipeline that produces what they read.
 */
@NullMarked
package org.emotion4j.reading;

import org.jspecify.annotations.NullMarked;
