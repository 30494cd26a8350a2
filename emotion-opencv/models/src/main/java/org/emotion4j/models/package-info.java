/**
 * This library's own networks as ONNX files, which OpenCV and ONNX Runtime read: expressions, faces, landmarks. Nothing but
 * weights; {@link org.emotion4j.spi.Weights} finds them.
 */
@NullMarked
package org.emotion4j.models;

import org.jspecify.annotations.NullMarked;
