/**
 * What OpenCV does for the pipeline: frames from pictures ({@link org.emotion4j.opencv.PictureFrameSource}), face
 * detectors ({@link org.emotion4j.opencv.CascadeFaceDetector}, {@link org.emotion4j.opencv.YuNetFaceDetector}) and
 * drawing ({@link org.emotion4j.opencv.Annotator}). The one place of this library that knows both pixels in memory and
 * {@link java.awt.image.BufferedImage} ({@link org.emotion4j.opencv.Pictures}).
 *
 * <p>Not here: what a face, a frame or an expression is (emotion-core), and networks that DJL runs (emotion-djl).
 */
@NullMarked
package org.emotion4j.opencv;

import org.jspecify.annotations.NullMarked;
