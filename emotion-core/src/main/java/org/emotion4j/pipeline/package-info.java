/**
 * The order of the stages, and who calls them: {@link org.emotion4j.pipeline.EmotionPipeline} and its builder.
 *
 * <p>Not here: the stages themselves, and what comes out ({@code org.emotion4j.reading}).
 */
@NullMarked
package org.emotion4j.pipeline;

import org.jspecify.annotations.NullMarked;
