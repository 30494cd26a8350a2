/**
 * Networks as DJL blocks ({@link org.emotion4j.djl.nets.NetworkArchitecture}, {@link org.emotion4j.djl.nets.Network}) and the file that
 * holds their weights ({@link org.emotion4j.djl.nets.NetworkFile}).
 *
 * <p>Every {@code NetworkArchitecture} takes {@code [N, 1, side, side]} floats of its own side, gray values divided by 255, and
 * gives {@code [N, 7]} logits in the order of {@link org.emotion4j.emotion.Emotion}. {@link org.emotion4j.djl.nets.MtcnnNetwork} is one of the
 * three networks that find faces.
 *
 * <p>Not here: training (emotion-training) and the stages of a pipeline
 * ({@code org.emotion4j.djl.DjlEmotionClassifier}, {@code org.emotion4j.djl.MtcnnFaceDetector}).
 */
@NullMarked
package org.emotion4j.djl.nets;

import org.jspecify.annotations.NullMarked;
