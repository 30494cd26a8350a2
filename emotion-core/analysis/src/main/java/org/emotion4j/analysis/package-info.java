/**
 * Figures over many readings: what a face showed over time ({@link org.emotion4j.analysis.EmotionTimeline}), what a recorded
 * session amounts to ({@link org.emotion4j.analysis.SessionSummary}), also without the person's own rest
 * ({@link org.emotion4j.analysis.BaselineCorrection}), which patterns recur in it
 * ({@link org.emotion4j.analysis.EmotionClusters}), and how several sessions of one person compare
 * ({@link org.emotion4j.analysis.SubjectHistory}).
 *
 * <p>Knows faces, expressions, readings and recorded sessions: no frame, no pipeline. Not here: figures of models,
 * {@code org.emotion4j.evaluation}.
 */
@NullMarked
package org.emotion4j.analysis;

import org.jspecify.annotations.NullMarked;
