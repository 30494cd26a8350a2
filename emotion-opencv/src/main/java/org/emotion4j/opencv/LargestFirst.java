package org.emotion4j.opencv;

import java.util.Comparator;
import java.util.List;
import org.emotion4j.face.DetectedFace;

/** The order in which detectors return faces. Ties are broken by place, so that the same picture gives the same list. */
final class LargestFirst {
    private static final Comparator<DetectedFace> ORDER = Comparator.<DetectedFace>comparingDouble(
                    face -> -face.box().area())
            .thenComparingDouble(face -> face.box().y())
            .thenComparingDouble(face -> face.box().x());

    private LargestFirst() {}

    static List<DetectedFace> sorted(List<DetectedFace> faces) {
        return faces.stream().sorted(ORDER).toList();
    }
}
