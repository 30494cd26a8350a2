/**
 * Networks as DJL blocks ({@link org.emotion4j.djl.nets.NetPreset}, {@link org.emotion4j.djl.nets.Net}) and the file that
 * holds their weights ({@link org.emotion4j.djl.nets.NetFile}).
 *
 * <p>Every network here takes {@code [N, 1, 48, 48]} floats, grey values divided by 255, and gives {@code [N, 7]} logits
 * in the order of {@link org.emotion4j.emotion.Emotion}.
 *
 * <p>Not here: training ({@code org.emotion4j.djl.training}) and the stage of a pipeline
 * ({@code org.emotion4j.djl.DjlEmotionClassifier}).
 */
@NullMarked
package org.emotion4j.djl.nets;

import org.jspecify.annotations.NullMarked;
