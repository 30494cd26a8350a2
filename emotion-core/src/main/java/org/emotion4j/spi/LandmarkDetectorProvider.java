package org.emotion4j.spi;

import org.emotion4j.face.LandmarkDetector;

/** Makes a landmark detector. */
public interface LandmarkDetectorProvider extends StageProvider<LandmarkDetector> {}
