/**
 * The order of the stages, and who calls them: {@link org.emotion4j.pipeline.EmotionPipeline} has the models, {@link
 * org.emotion4j.pipeline.SessionBuilder} and {@link org.emotion4j.pipeline.EmotionSession} a source and its record.
 *
 * <p>Not here: the stages themselves, and what comes out ({@code org.emotion4j.reading}).
 */
@NullMarked
package org.emotion4j.pipeline;

import org.jspecify.annotations.NullMarked;
