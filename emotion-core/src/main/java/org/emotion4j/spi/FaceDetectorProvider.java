package org.emotion4j.spi;

import org.emotion4j.face.FaceDetector;

/** Makes a face detector. */
public interface FaceDetectorProvider extends StageProvider<FaceDetector> {}
