/**
 * Figures over many readings: how often a classifier is right ({@link org.emotion4j.analysis.ClassificationReport},
 * {@link org.emotion4j.analysis.ConfusionMatrix}) and what a face showed over time
 * ({@link org.emotion4j.analysis.EmotionTimeline}).
 *
 * <p>Knows expressions and readings and nothing else: no frame, no file, no pipeline.
 */
@NullMarked
package org.emotion4j.analysis;

import org.jspecify.annotations.NullMarked;
