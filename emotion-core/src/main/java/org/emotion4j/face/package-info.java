/**
 * Faces: where they are ({@link org.emotion4j.face.FaceDetector}), which is which
 * ({@link org.emotion4j.face.FaceTracker}), and how one is cut out for a classifier
 * ({@link org.emotion4j.face.FaceAligner}, {@link org.emotion4j.face.CropSpec}).
 *
 * <p>Not here: detectors themselves (emotion-opencv, emotion-djl) and anything that tells persons apart.
 */
@NullMarked
package org.emotion4j.face;

import org.jspecify.annotations.NullMarked;
