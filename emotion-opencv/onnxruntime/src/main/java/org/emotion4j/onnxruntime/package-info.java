/**
 * The library's own networks on ONNX Runtime, by its Java API alone: the expression classifier {@link
 * org.emotion4j.onnxruntime.OnnxRuntimeEmotionClassifier}, the face detector {@link
 * org.emotion4j.onnxruntime.OnnxRuntimeFaceDetector} and 68 landmarks, {@link
 * org.emotion4j.onnxruntime.OnnxRuntimeLandmarkDetector}. The weights are those of emotion-models, which OpenCV runs too.
 *
 * <p>ONNX Runtime is started once per process and computes on the CPU. One that reports its use to its maker (1.29 and later) is not
 * started, unless the environment variable {@code ORT_DISABLE_TELEMETRY} is 1. It unpacks its native
 * library into the folder for temporary files at each start, and this package removes that folder when the virtual machine
 * ends.
 *
 * <p>Not here: the weights (emotion-models), the way from a frame to a tensor and from numbers to faces (emotion-core).
 */
@NullMarked
package org.emotion4j.onnxruntime;

import org.jspecify.annotations.NullMarked;
