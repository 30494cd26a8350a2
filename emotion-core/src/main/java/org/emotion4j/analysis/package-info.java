/**
 * Figures over many readings: how often a classifier is right ({@link org.emotion4j.analysis.ClassificationReport},
 * {@link org.emotion4j.analysis.ConfusionMatrix}), which faces a detector finds
 * ({@link org.emotion4j.analysis.DetectionReport}) and what a face showed over time
 * ({@link org.emotion4j.analysis.EmotionTimeline}), what a recorded session amounts to
 * ({@link org.emotion4j.analysis.SessionSummary}), also without the person's own rest
 * ({@link org.emotion4j.analysis.BaselineCorrection}), whether groups of people are read alike
 * ({@link org.emotion4j.analysis.GroupComparison}), which patterns recur in it
 * ({@link org.emotion4j.analysis.EmotionClusters}), and how several sessions of one person compare
 * ({@link org.emotion4j.analysis.SubjectHistory}).
 *
 * <p>Knows faces, expressions, readings and recorded sessions: no frame, no pipeline.
 */
@NullMarked
package org.emotion4j.analysis;

import org.jspecify.annotations.NullMarked;
