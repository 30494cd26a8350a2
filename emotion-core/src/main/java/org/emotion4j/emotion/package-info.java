/**
 * The vocabulary of expressions: the seven {@linkplain org.emotion4j.emotion.Emotion expressions}, their
 * {@linkplain org.emotion4j.emotion.EmotionScores scores}, who gives scores
 * ({@link org.emotion4j.emotion.EmotionClassifier}), who steadies them
 * ({@link org.emotion4j.emotion.TemporalSmoother}) and who puts them into a word
 * ({@link org.emotion4j.emotion.LabelPolicy}).
 *
 * <p>Not here: networks (emotion-djl, emotion-opencv) and anything computed over a whole session
 * ({@code org.emotion4j.analysis}).
 */
@NullMarked
package org.emotion4j.emotion;

import org.jspecify.annotations.NullMarked;
