/**
 * How good a model is: how often a classifier is right ({@link org.emotion4j.evaluation.ClassificationReport},
 * {@link org.emotion4j.evaluation.ConfusionMatrix}), which faces a detector finds
 * ({@link org.emotion4j.evaluation.DetectionReport}), and whether groups of people are read alike
 * ({@link org.emotion4j.evaluation.GroupComparison}).
 *
 * <p>Knows faces, expressions and readings. Not here: figures of people, {@code org.emotion4j.analysis}.
 */
@NullMarked
package org.emotion4j.evaluation;

import org.jspecify.annotations.NullMarked;
