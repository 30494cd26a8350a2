/**
 * Where to begin: the order of the stages, and who calls them. {@link org.emotion4j.pipeline.EmotionPipeline} has the models, once for
 * the whole program, and reads single pictures ({@code analyze}). {@link org.emotion4j.pipeline.SessionBuilder} and
 * {@link org.emotion4j.pipeline.EmotionSession} are one source and its record, on threads of their own: what happens when pictures come
 * too fast ({@link org.emotion4j.pipeline.OverflowPolicy}), when a camera goes away ({@link org.emotion4j.pipeline.ReconnectPolicy}),
 * how it went ({@link org.emotion4j.pipeline.SessionMetrics}, {@link org.emotion4j.pipeline.RunSummary}).
 *
 * <p>Not here: the stages themselves, and what comes out ({@code org.emotion4j.reading}).
 */
@NullMarked
package org.emotion4j.pipeline;

import org.jspecify.annotations.NullMarked;
