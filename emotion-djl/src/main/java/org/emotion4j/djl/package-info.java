/**
 * Stages on Deep Java Library's PyTorch engine: the expression classifier {@link org.emotion4j.djl.DjlEmotionClassifier}, the
 * face detectors {@link org.emotion4j.djl.DjlSingleShotFaceDetector} and {@link org.emotion4j.djl.MtcnnFaceDetector}.
 *
 * <p>It runs networks of {@code org.emotion4j.djl.nets} and TorchScript files, with bundled weights
 * (emotion-models-pytorch) or those of a file that the user names. How the engine is started, which system properties are
 * set where the host has set none, and where natives are unpacked to stands in {@link org.emotion4j.djl.runtime}. No picture and no score leaves the process.
 *
 * <p>Not here: training and labeled faces (emotion-training).
 */
@NullMarked
package org.emotion4j.djl;

import org.jspecify.annotations.NullMarked;
