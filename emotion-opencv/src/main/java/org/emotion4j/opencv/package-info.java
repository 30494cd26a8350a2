/**
 * What OpenCV does for the pipeline: frames from pictures and cameras ({@link
 * org.emotion4j.opencv.PictureFrameSource}, {@link org.emotion4j.opencv.CameraFrameSource}), face detectors ({@link
 * org.emotion4j.opencv.SingleShotFaceDetector}, the default without ONNX Runtime, {@link
 * org.emotion4j.opencv.CascadeFaceDetector}, {@link org.emotion4j.opencv.YuNetFaceDetector}), expressions ({@link
 * org.emotion4j.opencv.OpenCvEmotionClassifier}), 68 landmarks ({@link org.emotion4j.opencv.OpenCvLandmarkDetector}) and
 * drawing ({@link org.emotion4j.opencv.Annotator}). The one place of this library that knows both pixels in memory and
 * {@link java.awt.image.BufferedImage} ({@link org.emotion4j.opencv.Pictures}).
 *
 * <p>Not here: what a face, a frame or an expression is (emotion-core), and networks that DJL runs (emotion-djl).
 */
@NullMarked
package org.emotion4j.opencv;

import org.jspecify.annotations.NullMarked;
